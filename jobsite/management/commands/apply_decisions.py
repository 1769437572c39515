"""manage.py apply_decisions FILE [--dry-run]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jobsite.decisions import RefusedError, apply_decisions


class Command(BaseCommand):
    help = "Make the decisions of a file that another installation exported; what was made here before is passed over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="A file of decisions (JSON).")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be made and refused; write nothing.")

    def handle(self, *, file: Path, dry_run: bool, **_: object) -> None:
        try:
            applied = apply_decisions(file.read_text(encoding="utf-8-sig"), name=file.name, dry_run=dry_run)
        except (OSError, UnicodeDecodeError, RefusedError) as problem:
            raise CommandError(str(problem)) from problem
        for line in applied.refused:
            self.stdout.write(f"  refused: {line}")
        counts = f"{len(applied.done)} made, {len(applied.refused)} refused, {applied.known} passed over."
        self.stdout.write(f"A dry run: {counts} Nothing was written." if dry_run else counts)
