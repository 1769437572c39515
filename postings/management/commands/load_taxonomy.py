"""manage.py load_taxonomy"""

from django.core.management.base import BaseCommand

from postings import services


class Command(BaseCommand):
    help = "Add the shipped skills, aliases, groups, definitions and ids elsewhere that the database never had."

    def handle(self, **_: object) -> None:
        added = services.load_taxonomy()
        self.stdout.write(
            f"{added['skills']} skills, {added['aliases']} aliases, {added['groups']} groups, "
            f"{added['definitions']} definitions and {added['references']} references added."
        )
