"""manage.py extract [--all]"""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from postings import services


class Command(BaseCommand):
    help = "Bring stale postings up to today's lexicon."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="Read every posting again, stale or not.")

    def handle(self, **options: object) -> None:
        began = time.monotonic()
        if services.load_taxonomy_once():
            self.stdout.write("There were no skills yet: the shipped taxonomy has been loaded.")
        if options["all"]:
            services.mark_everything_stale()
        count = services.extract_all_stale()
        self.stdout.write(f"{count} postings read in {time.monotonic() - began:.1f} s.")
