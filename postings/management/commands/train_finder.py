"""manage.py train_finder SKILLSPAN_TRAIN.jsonl [--out FOLDER]"""

import time
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from postings import skills


class Command(BaseCommand):
    help = "Train the finder of skills that no alias names, by sentences marked as SkillSpan's are; needs no database."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="SKILLSPAN_TRAIN.jsonl")
        parser.add_argument("--out", type=Path, metavar="FOLDER", help="Default: the one that ships with Rolescope.")

    def handle(self, *, path: Path, out: Path | None, **_: object) -> None:
        from postings.skills.finder import FOLDER, store, training  # slow to import: only this command pays

        began = time.monotonic()
        try:
            marked = training.read_marked(path)
            model = training.train(marked, skills.load_shipped(), training.Plan())
            store.save(model, out or FOLDER)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{len(model.weights)} networks taught by {len(marked)} sentences in {time.monotonic() - began:.0f} s, "
            f"written to {out or FOLDER}."
        )
