"""manage.py refresh [--refit] [--json]"""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict, replace

from django.core.management.base import BaseCommand, CommandError

from analytics import services
from jobsite.work import LeaseLostError
from postings import services as facts


class Command(BaseCommand):
    help = "Read what is stale, group the copies, freeze a snapshot, learn the profiles and publish the run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--refit", action="store_true", help="Learn the profiles anew, whether or not it is time.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, **options: object) -> None:
        began = time.monotonic()
        facts.load_taxonomy_once()
        facts.extract_all_stale()
        facts.group_copies(facts.request_copy_pass())
        try:
            report = services.refresh_now(refit=bool(options["refit"]))
        except LeaseLostError as taken:
            raise CommandError(str(taken)) from taken
        services.finish_off(report.run)
        report = replace(report, seconds=round(time.monotonic() - began, 3))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
            return
        self.stdout.write(
            f"run {report.run}: {report.postings} postings, {report.ads} ads, {report.profiles} profiles, "
            f"snapshot {report.snapshot[:16]}, {report.seconds:.1f} s. {report.note}"
        )
