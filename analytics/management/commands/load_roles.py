"""manage.py load_roles"""

from django.core.management.base import BaseCommand

from analytics import services


class Command(BaseCommand):
    help = "Add the shipped roles and synonyms that the database never had."

    def handle(self, **_: object) -> None:
        added = services.load_roles()
        self.stdout.write(f"{added['roles']} roles and {added['synonyms']} synonyms added.")
