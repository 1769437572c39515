"""manage.py sweep"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobsite import chores, work


class Command(BaseCommand):
    help = (
        "Send again what died or was forgotten, and do what is due; beat does the same every 30 seconds and every hour."
    )

    def handle(self, **_: object) -> None:
        counts = work.sweep_all() | chores.do_chores(timezone.localdate())
        self.stdout.write(", ".join(f"{n} {name}" for name, n in counts.items()) or "Nothing to sweep up.")
