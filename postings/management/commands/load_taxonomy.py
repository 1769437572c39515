"""manage.py load_taxonomy"""

from django.core.management.base import BaseCommand

from postings import services


class Command(BaseCommand):
    help = "Add the shipped skills, aliases and groups that the database never had."

    def handle(self, **_: object) -> None:
        added = services.load_taxonomy()
        self.stdout.write(f"{added['skills']} skills, {added['aliases']} aliases and {added['groups']} groups added.")
