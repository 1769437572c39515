"""manage.py ingest FILE... [--source NAME] [--columns FIELD=COLUMN ...] [--dry-run [--all-rows]] [--json]"""

import json
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobsite.work import State
from postings import services
from postings.ingest import ColumnMap, UnreadableFile
from postings.models import Source, Upload
from postings.selectors.preview import sampled_words

BLOCK = 1 << 20


@dataclass(frozen=True)
class Line:
    """One file's line of the report; the last four counts add up to `rows`."""

    file: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    repeated: int = 0
    rejected: int = 0
    seconds: float = 0.0
    error: str = ""


class Command(BaseCommand):
    help = "Take files of postings in, row by row. The same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--source", default="", help="Where the postings come from (default: the name of the file's folder)."
        )
        parser.add_argument(
            "--columns",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="Which column is which field, where the suggestion is wrong; also a JSON file of such pairs.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what the first 1,000 rows would become, and write nothing."
        )
        parser.add_argument("--all-rows", action="store_true", help="With --dry-run: look at every row.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *, files: list[Path], source: str, **options: object) -> None:
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            raise CommandError(f"No such file: {', '.join(missing)}")
        chosen = _chosen(options["columns"])  # type: ignore[arg-type]  # argparse makes it a list of str
        is_dry = bool(options["dry_run"])
        rows = None if options["all_rows"] else services.DRY_RUN_ROWS
        lines = [
            self._try_out(path, source or _folder(path), chosen, rows=rows)
            if is_dry
            else self._ingest(path, source or _folder(path), chosen)
            for path in files
        ]
        if options["json"]:
            self.stdout.write(
                json.dumps([{k: v for k, v in vars(line).items() if k != "error" or v} for line in lines])
            )
        else:
            self._print_table(lines, is_dry=is_dry)
        if any(line.error for line in lines):
            raise CommandError("; ".join(f"{line.file}: {line.error}" for line in lines if line.error))

    def _ingest(self, path: Path, source: str, chosen: dict[str, str]) -> Line:
        began = time.monotonic()
        try:
            with path.open("rb") as file:
                accepted = services.accept_upload(
                    iter(lambda: file.read(BLOCK), b""),
                    name=path.name,
                    source=source,
                    seen_on=timezone.localdate(),
                    hold=bool(chosen),
                )
            if accepted.upload.state == State.HELD:
                self._take(accepted, chosen)
        except (UnreadableFile, services.NoRoomError) as problem:
            return Line(str(path), seconds=_since(began), error=str(problem))
        report = self._bring_to_its_end(accepted)
        self._warn(path, Upload.objects.get(pk=accepted.upload.pk))
        counts = {name: getattr(report, name) for name in ("rows", "new", "changed", "repeated", "rejected", "error")}
        return Line(file=str(path), seconds=_since(began), **counts)

    def _take(self, accepted: services.Accepted, chosen: dict[str, str]) -> None:
        """Take a held file with the columns that were named, or leave nothing of it when they do not fit."""
        try:
            columns = services.columns_with(accepted.upload, chosen)
            services.take_upload(accepted.upload, columns=columns, anyway=True)
        except UnreadableFile:
            if accepted.is_new:
                services.discard_upload(accepted.upload)
            raise

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

    def _warn(self, path: Path, upload: Upload) -> None:
        """Say where the file goes beyond what its source allows: over the web it would have been held back."""
        # Rows that repeat postings of an earlier file are no fault of this one.
        is_first = not Upload.objects.filter(source=upload.source_id, pk__lt=upload.pk).exists()
        repeated = upload.repeated if is_first else 0
        warnings = services.judge_fields(
            upload.source, upload.fields, rows=upload.rows, rejected=upload.rejected, repeated=repeated
        )
        for warning in warnings:
            self.stderr.write(f"{path}: {warning}")

    def _try_out(self, path: Path, source: str, chosen: dict[str, str], *, rows: int | None) -> Line:
        began = time.monotonic()
        known = Source.objects.filter(name=source.strip()[:120]).first() or Source(name=source)
        try:
            run = services.dry_run_of_path(path, source=known, seen_on=timezone.localdate(), changes=chosen, rows=rows)
        except UnreadableFile as problem:
            return Line(str(path), seconds=_since(began), error=str(problem))
        for sentence in (sampled_words(run), *run.columns.lacks(), *run.warnings):
            self.stderr.write(f"{path}: {sentence}")
        missing = f"No column was recognised as {' or '.join(run.columns.missing())}." if run.columns.missing() else ""
        return Line(file=str(path), rows=run.rows, **run.counts, seconds=_since(began), error=missing)

    def _print_table(self, lines: list[Line], *, is_dry: bool) -> None:
        self.stdout.write(f"{'rows':>8} {'new':>8} {'changed':>8} {'repeated':>8} {'rejected':>8} {'seconds':>8}  file")
        for line in lines:
            counts = (line.rows, line.new, line.changed, line.repeated, line.rejected)
            self.stdout.write(" ".join(f"{count:>8}" for count in counts) + f" {line.seconds:>8.2f}  {line.file}")
        if is_dry:
            self.stdout.write("A dry run: nothing was written.")
        else:
            self.stdout.write("Next: `manage.py extract` reads the texts, `manage.py refresh` makes the figures.")


def _folder(path: Path) -> str:
    return path.resolve().parent.name or "files"


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)


def _chosen(options: Sequence[str]) -> dict[str, str]:
    """Return field -> column of "field=column" and of JSON files; a field that does not exist ends the command."""
    chosen: dict[str, str] = {}
    for option in options:
        name, is_pair, column = option.partition("=")
        if is_pair:
            chosen[name.strip()] = column.strip()
            continue
        try:
            pairs = json.loads(Path(option).read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise CommandError(f"--columns takes field=column, or a JSON file: {option} is neither.") from problem
        if not isinstance(pairs, dict):
            raise CommandError(f"--columns: {option} must hold an object of fields and columns.")
        chosen |= {str(name): str(column) for name, column in pairs.items()}
    try:
        ColumnMap.from_dict(chosen)
    except ValueError as problem:
        raise CommandError(f"--columns: {problem}") from problem
    return chosen
