"""manage.py import_taxonomy PATH --format own|flat|esco|onet [--add] [--dry-run]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jobsite.decisions import RefusedError
from jobsite.log import note
from jobsite.models import EventKind
from postings import services
from postings.selectors.imports import Foreseen
from postings.skills import TaxonomyError

_SHOWN = 20


class Command(BaseCommand):
    help = "Take in a taxonomy: our own files, a flat table, ESCO's or O*NET's. What curators changed stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="A folder of our own files or ESCO's, or one file.")
        parser.add_argument("--format", choices=services.IMPORT_FORMATS, required=True, dest="kind")
        parser.add_argument(
            "--add", action="store_true", help="Make skills of ESCO's or O*NET's entries that are unknown here."
        )
        parser.add_argument("--bring-back", action="store_true", help="Take what was here once and was removed, too.")
        parser.add_argument("--dry-run", action="store_true", help="Count, and write nothing.")

    def handle(  # noqa: PLR0913  (one for each option)
        self, *, path: Path, kind: str, add: bool, bring_back: bool, dry_run: bool, verbosity: int, **_: object
    ) -> None:
        try:
            foreseen = services.foresee_taxonomy(path, kind=kind, add=add, bring_back=bring_back)
            self._write_findings(foreseen, is_a_list=kind not in (services.OWN, services.FLAT), verbosity=verbosity)
            added = ", ".join(f"{count} {what}" for what, count in foreseen.counts.items())
            decision = None if dry_run else services.take_taxonomy(foreseen, source=path.name, why="")
        except (OSError, TaxonomyError, RefusedError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Added: {added}.")
        if dry_run:
            self.stdout.write("A dry run: nothing was written.")
            return
        note(EventKind.IMPORT, f"A taxonomy ({kind}) from {path}", by=None, rows=sum(foreseen.counts.values()))
        if decision:
            self.stdout.write(f"Decision {decision.pk}: it can be undone. New figures follow.")

    def _write_findings(self, foreseen: Foreseen, *, is_a_list: bool, verbosity: int) -> None:
        said = [f"{one.label}: perhaps {', '.join(one.names)}" for one in foreseen.ambiguous]
        said += [f"{one.skill}, {one.what}: here {one.here!r}, there {one.there!r}" for one in foreseen.differing]
        said += foreseen.left_out
        shown = said if verbosity > 1 else said[:_SHOWN]
        for line in shown:
            self.stdout.write(f"  {line}")
        if len(shown) < len(said):
            self.stdout.write(f"  ... and {len(said) - len(shown)} more (all with --verbosity 2)")
        if is_a_list:
            self.stdout.write(
                f"{foreseen.linked} linked, {len(foreseen.ambiguous)} ambiguous (left for a person), "
                f"{len(foreseen.unknown)} unknown."
            )
        else:
            self.stdout.write(f"{len(foreseen.differing)} differ, left as they are; {len(foreseen.left_out)} left out.")
        for why, count in sorted(foreseen.refused.items()):
            self.stdout.write(f"{count} unknown ones were not added: {why}.")
