"""manage.py extract_file IN.jsonl OUT.jsonl [--no-model]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from postings import skills
from postings.skills import files


class Command(BaseCommand):
    help = "Read the skills of texts in a JSON Lines file, with the shipped taxonomy; needs no database."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("in_path", type=Path, metavar="IN.jsonl", help='One {"id", "text"} a line.')
        parser.add_argument("out_path", type=Path, metavar="OUT.jsonl")
        parser.add_argument(
            "--no-model", action="store_true", help="Leave out the candidates that only the trained finder sees."
        )

    def handle(self, *, in_path: Path, out_path: Path, no_model: bool, **_: object) -> None:
        try:
            count = files.extract_file(in_path, out_path, skills.load_shipped(), with_finder=not no_model)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{count} texts read.")
