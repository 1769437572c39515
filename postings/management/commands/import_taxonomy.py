"""manage.py import_taxonomy PATH --format own|esco|onet [--add] [--dry-run]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from postings import services
from postings.skills import TaxonomyError

_SHOWN = 20


class Command(BaseCommand):
    help = "Take in a taxonomy: our own files, ESCO's or O*NET's. What curators changed stays as they left it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="A folder of our own files or ESCO's, or one file.")
        parser.add_argument("--format", choices=services.IMPORT_FORMATS, required=True, dest="kind")
        parser.add_argument(
            "--add", action="store_true", help="Make skills of ESCO's or O*NET's entries that are unknown here."
        )
        parser.add_argument("--dry-run", action="store_true", help="Count, and write nothing.")

    def handle(self, *, path: Path, kind: str, add: bool, dry_run: bool, verbosity: int, **_: object) -> None:
        try:
            report = services.import_taxonomy(path, kind=kind, add=add, dry_run=dry_run)
        except (OSError, TaxonomyError) as problem:
            raise CommandError(str(problem)) from problem
        if kind != services.OWN:
            self._write_matches(report, verbosity=verbosity)
        added = ", ".join(f"{count} {what}" for what, count in report.added.items())
        self.stdout.write(f"Added: {added}.")
        if dry_run:
            self.stdout.write("A dry run: nothing was written.")
        elif report.added.get("aliases"):
            self.stdout.write("Next: `manage.py refresh` reads the postings that the new aliases can stand in.")

    def _write_matches(self, report: services.ImportReport, *, verbosity: int) -> None:
        shown = report.ambiguous if verbosity > 1 else report.ambiguous[:_SHOWN]
        for label, names in shown:
            self.stdout.write(f"  {label}: perhaps {', '.join(names)}")
        if len(shown) < len(report.ambiguous):
            self.stdout.write(f"  ... and {len(report.ambiguous) - len(shown)} more (all with --verbosity 2)")
        self.stdout.write(
            f"{report.linked} linked, {len(report.ambiguous)} ambiguous (left for a person), {report.unknown} unknown."
        )
        for why, count in sorted(report.refused.items()):
            self.stdout.write(f"{count} unknown ones were not added: {why}.")
