"""manage.py verify_run ID [--json]"""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from analytics import services
from analytics.models import Run
from jobsite.work import LeaseLostError


class Command(BaseCommand):
    help = "Compute a run again and compare it with what was stored; the exit code is 1 when something differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, metavar="ID", help="Number of the run.")
        parser.add_argument("--json", action="store_true", help="Print the checks as JSON.")

    def handle(self, **options: object) -> None:
        run = Run.objects.filter(pk=int(str(options["run"]))).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}.")
        try:
            verification = services.verify_now(run)
        except (services.NotVerifiable, LeaseLostError) as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps({"run": run.pk, "checks": verification.checks}))
        else:
            for check in verification.checks:
                self.stdout.write(f"{check['name']}: {check['result']} ({check['note']})")
        if verification.is_different:
            self.stderr.write(f"Run {run.pk} is not what was stored.")
            sys.exit(1)
