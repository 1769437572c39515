"""manage.py create_admin [NAME]"""

import secrets
from argparse import ArgumentParser

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make an administrator with a random password, printed once. Does nothing when the name is taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="admin")

    def handle(self, *, name: str, **_: object) -> None:
        if User.objects.filter(username=name).exists():
            self.stdout.write(
                f"There is an account {name} already; `manage.py changepassword {name}` gives it a new password."
            )
            return
        password = secrets.token_urlsafe(12)
        user = User.objects.create_superuser(name, password=password)
        user.groups.add(*Group.objects.filter(name="admin"))
        self.stdout.write(f"Log in as {name} with the password {password} (it is not shown again).")
