"""manage.py unmapped_titles [--top N] [--json]"""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from analytics.selectors.published import published
from analytics.selectors.unmapped import UnmappedRow, unmapped_titles


class Command(BaseCommand):
    help = "Print the commonest titles without a role, copies left out, and the roles that are proposed for them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--top", type=int, default=100, metavar="N", help="How many titles, 100 by default.")
        parser.add_argument("--json", action="store_true", help="Print JSON, with the reasons and skills.")

    def handle(self, *, top: int, **options: object) -> None:
        if top < 1:
            raise CommandError("--top takes a number of titles, from 1.")
        if published() is None:
            raise CommandError("There is no published run yet: manage.py refresh makes one.")
        rows = unmapped_titles(top)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(line_of(row))


def line_of(row: UnmappedRow) -> str:
    """Return postings, title, reading and proposal, separated by tabs."""
    proposal = f"{row.proposed}? {row.confidence:.2f}" if row.proposed else "-"
    return f"{row.postings}\t{row.title}\t{row.reading} {row.certainty:.1f}\t{proposal}"
