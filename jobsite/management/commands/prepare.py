"""manage.py prepare"""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from jobsite.rights import make_groups


class Command(BaseCommand):
    help = "Make or update everything an installation needs: tables, taxonomy, roles, groups of people, static files."

    def handle(self, **options: object) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_taxonomy", stdout=self.stdout)
        call_command("load_roles", stdout=self.stdout)
        make_groups()
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write("Prepared.")
