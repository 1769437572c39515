"""manage.py normalise_titles IN.tsv OUT.tsv"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from analytics.titles import TitleReader, load_catalogue
from analytics.titles.files import normalise_titles


class Command(BaseCommand):
    help = "Read role and seniority of titles in a TSV file (id, title), with the shipped catalogue; needs no database."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("in_path", type=Path, metavar="IN.tsv", help="id, title; no header.")
        parser.add_argument("out_path", type=Path, metavar="OUT.tsv", help="id, role, seniority.")

    def handle(self, *, in_path: Path, out_path: Path, **_: object) -> None:
        try:
            count = normalise_titles(in_path, out_path, TitleReader(load_catalogue()))
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{count} titles read.")
