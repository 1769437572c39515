"""manage.py ingest FILE... [--source NAME] [--json]"""

import json
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobsite.work import State
from postings import services
from postings.models import Upload

BLOCK = 1 << 20


@dataclass(frozen=True)
class Line:
    """One file's line of the report; the last four counts add up to `rows`."""

    file: str
    rows: int
    new: int
    changed: int
    repeated: int
    rejected: int
    seconds: float
    error: str = ""


class Command(BaseCommand):
    help = "Take files of postings in, row by row. The same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--source", default="", help="Where the postings come from (default: the name of the file's folder)."
        )
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *, files: list[Path], source: str, **options: object) -> None:
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            raise CommandError(f"No such file: {', '.join(missing)}")
        lines = [self._ingest(path, source or path.resolve().parent.name or "files") for path in files]
        if options["json"]:
            self.stdout.write(
                json.dumps([{k: v for k, v in vars(line).items() if k != "error" or v} for line in lines])
            )
        else:
            self._print_table(lines)
        if any(line.error for line in lines):
            raise CommandError("; ".join(f"{line.file}: {line.error}" for line in lines if line.error))

    def _ingest(self, path: Path, source: str) -> Line:
        began = time.monotonic()
        with path.open("rb") as file:
            accepted = services.accept_upload(
                iter(lambda: file.read(BLOCK), b""),
                name=path.name,
                source=services.source_named(source),
                seen_on=timezone.localdate(),
            )
        report = self._bring_to_its_end(accepted)
        return Line(
            file=str(path),
            rows=report.rows,
            new=report.new,
            changed=report.changed,
            repeated=report.repeated,
            rejected=report.rejected,
            seconds=round(time.monotonic() - began, 3),
            error=report.error,
        )

    def _bring_to_its_end(self, accepted: services.Accepted) -> services.IngestReport:
        upload = accepted.upload
        if upload.state == State.DONE:
            return services.IngestReport.handed_in_again(upload)
        older = Upload.objects.unfinished().filter(source=upload.source_id, pk__lt=upload.pk).order_by("pk")
        for pk in older.values_list("pk", flat=True):
            services.ingest_upload(pk)
        report = services.ingest_upload(upload.pk)
        if report.state in (State.QUEUED, State.RUNNING):
            raise CommandError(f"A worker has {upload.name} in hand: see upload {upload.pk} on the Uploads page.")
        return report

    def _print_table(self, lines: list[Line]) -> None:
        self.stdout.write(f"{'rows':>8} {'new':>8} {'changed':>8} {'repeated':>8} {'rejected':>8} {'seconds':>8}  file")
        for line in lines:
            counts = (line.rows, line.new, line.changed, line.repeated, line.rejected)
            self.stdout.write(" ".join(f"{count:>8}" for count in counts) + f" {line.seconds:>8.2f}  {line.file}")
        self.stdout.write("Next: `manage.py extract` reads the texts, `manage.py refresh` makes the figures.")
