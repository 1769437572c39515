"""manage.py sweep"""

from django.core.management.base import BaseCommand

from jobsite import work


class Command(BaseCommand):
    help = "Send again what died or was forgotten; beat does the same every 30 seconds."

    def handle(self, **_: object) -> None:
        counts = work.sweep_all()
        self.stdout.write(", ".join(f"{n} {name}" for name, n in counts.items()) or "Nothing to sweep up.")
