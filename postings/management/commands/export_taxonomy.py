"""manage.py export_taxonomy FOLDER [--format own|flat|json]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jobsite.log import note
from jobsite.models import EventKind
from postings import services
from postings.skills import TaxonomyError


class Command(BaseCommand):
    help = "Write the skills, groups, aliases, definitions and ids elsewhere of this moment into files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="Made if it is not there.")
        parser.add_argument(
            "--format",
            choices=services.EXPORT_FORMATS,
            default=services.OWN,
            dest="kind",
            help="own: the files that import_taxonomy reads back the same; flat: one table, a row an alias; "
            "json: one file for programs.",
        )

    def handle(self, *, folder: Path, kind: str, **_: object) -> None:
        try:
            taxonomy = services.export_taxonomy(folder, kind=kind)
        except (OSError, TaxonomyError) as problem:
            raise CommandError(str(problem)) from problem
        aliases = sum(len(skill.aliases) for skill in taxonomy.skills)
        note(EventKind.EXPORT, f"The taxonomy ({kind}) into {folder}", by=None, rows=len(taxonomy.skills))
        self.stdout.write(f"{len(taxonomy.skills)} skills with {aliases} aliases written to {folder}.")
