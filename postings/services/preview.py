"""The dry run: what the rows of a held file would become, with nothing written; and the decision that follows."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path

from jobsite.batching import batched
from postings import copies, ingest
from postings.models import Extraction, Source, Upload
from postings.selectors.preview import SHOWN_ROWS, DryRun, Foreseen, first_values
from postings.services.column_memory import suggested, with_choices
from postings.services.intake import queue_held
from postings.services.posting_rows import foresee
from postings.services.posting_states import company_key
from postings.services.register import judge_fields

ROWS = 1000
"""Looked at of a bigger file: what two seconds are enough for on one core."""
CHUNK = 500
NEAR_COPIES_AMONG = 300
"""Rows among which near copies are looked for. Equal texts are found among all rows looked at."""
SAMPLE = 100
CHARACTERS = 40_000_000
"""Of text, after which a dry run of a sample has seen enough: memory stays bounded whatever stands in the cells."""
SECONDS = 8.0
"""After which a dry run of a sample stops at the next chunk; 1,000 usual rows take 2."""

Row = ingest.PostingRow | ingest.RejectedRow


class HeldBackError(Exception):
    """The file goes beyond a threshold of its source; `warnings` says which. `take_upload(anyway=True)` takes it."""

    def __init__(self, warnings: Sequence[str]) -> None:
        super().__init__(" ".join(warnings))
        self.warnings = list(warnings)


def take_upload(upload: Upload, *, columns: ingest.ColumnMap, anyway: bool = False) -> None:
    """Queue a held upload with these columns, and remember them for its source.

    Raises HeldBackError when the file goes beyond a threshold and nobody said `anyway`, UnreadableFile when title or
    text have no column, and DecidedAlreadyError when somebody else has decided. The caller sends it to the workers.
    """
    if missing := columns.missing():
        raise ingest.UnreadableFile(f"No column is chosen for {' and '.join(missing)}.")
    run = dry_run(upload, columns=columns)
    if run.warnings and not anyway:
        raise HeldBackError(run.warnings)
    queue_held(upload, columns=columns, header=list(run.header), because=list(run.warnings))


@dataclass(frozen=True)
class _File:
    """A file that may be taken in, and all that is known of it so far; what it begins with is read once, when asked."""

    path: Path
    fmt: ingest.FileFormat
    source: Source
    seen_on: date
    settled: Mapping[str, str] = field(default_factory=dict)
    lines_total: int = 0

    @cached_property
    def header(self) -> list[str]:
        return ingest.header_of(self.path, self.fmt)

    @cached_property
    def sample(self) -> list[dict[str, str]]:
        return ingest.sample_of(self.path, self.fmt, rows=SAMPLE)

    @cached_property
    def suggestions(self) -> ingest.Suggestions:
        return suggested(self.source, self.header, self.sample)

    def columns_with(self, changes: Mapping[str, str]) -> ingest.ColumnMap:
        return with_choices(self.suggestions.map, changes, header=self.header)


def dry_run(upload: Upload, *, columns: ingest.ColumnMap | None = None, rows: int | None = ROWS) -> DryRun:
    """Read and clean up to `rows` rows (None: all of them) and return what they would become; nothing is written.

    Without `columns`, those settled on for the upload are taken, else the suggested ones. Raises UnreadableFile.
    """
    return _run(_held(upload), columns=columns, rows=rows)


def dry_run_of_path(
    path: Path, *, source: Source, seen_on: date, changes: Mapping[str, str], rows: int | None = ROWS
) -> DryRun:
    """Return what a file that nobody has handed in would become. Raises UnreadableFile.

    `source` need not be saved; `changes` are field -> column where the suggestion is wrong.
    """
    fmt = ingest.sniff_format(path, name=path.name)
    file = _File(path, fmt, source, seen_on, lines_total=ingest.lines_of(path, fmt))
    return _run(file, columns=file.columns_with(changes) if changes else None, rows=rows)


def _run(file: _File, *, columns: ingest.ColumnMap | None, rows: int | None) -> DryRun:
    began = time.monotonic()
    suggestions = file.suggestions
    if columns is None:
        columns = ingest.ColumnMap.from_dict(file.settled) if file.settled else suggestions.map
    tally = _Tally(file.source.pk or 0)
    is_whole = _count(tally, _cleaned(file, columns), rows=rows, began=began)
    counts = {fate: tally.fates[fate] for fate in ("new", "changed", "repeated", "rejected")}
    copied = tally.copies()
    return DryRun(
        fmt=file.fmt,
        preset=suggestions.preset,
        header=tuple(file.header),
        suggested=suggestions.columns,
        columns=columns,
        values={column: first_values(file.sample, column) for column in file.header},
        first=tuple(Foreseen(row, fate, is_copy=row.row in copied) for row, fate in tally.first),
        rows=tally.rows,
        counts=counts,
        copies=len(copied),
        reasons=dict(tally.reasons.most_common()),
        fields=tally.fields,
        is_whole=is_whole,
        rows_total=tally.rows if is_whole else _estimated(file.lines_total, tally),
        warnings=tuple(
            judge_fields(
                file.source, tally.fields, rows=tally.rows, rejected=counts["rejected"], repeated=tally.repeats
            )
        ),
        seconds=time.monotonic() - began,
    )


def columns_with(upload: Upload, changes: Mapping[str, str]) -> ingest.ColumnMap:
    """Return the suggested columns of an upload with `changes`, field -> column, in them. Raises UnreadableFile."""
    return _held(upload).columns_with(changes)


def header_of_upload(upload: Upload) -> list[str]:
    """Return the names of the columns of a held file; raise UnreadableFile."""
    return ingest.header_of(*_file_of(upload))


def _held(upload: Upload) -> _File:
    path, fmt = _file_of(upload)
    return _File(path, fmt, upload.source, upload.seen_on, upload.columns, upload.lines_total)


def _file_of(upload: Upload) -> tuple[Path, ingest.FileFormat]:
    path = Path(upload.file.path)
    if not path.exists():
        raise ingest.UnreadableFile(
            "The file is no longer where uploads are kept: discard this one, and hand it in again."
        )
    if upload.format:
        return path, ingest.FileFormat.from_dict(upload.format)
    return path, ingest.sniff_format(path, name=upload.name)


def _cleaned(file: _File, columns: ingest.ColumnMap) -> Iterator[Row]:
    with closing(ingest.read_rows(file.path, file.fmt)) as found:
        for row in found:
            yield row if isinstance(row, ingest.RejectedRow) else ingest.clean_row(row, columns, seen_on=file.seen_on)


def _count(tally: "_Tally", found: Iterator[Row], *, rows: int | None, began: float) -> bool:
    """Count rows until there are enough; return whether that were all of them."""
    for chunk in batched(islice(found, rows), CHUNK):
        tally.add(chunk)
        is_enough = tally.characters > CHARACTERS or time.monotonic() - began > SECONDS
        if rows is not None and is_enough:
            break
    return next(found, None) is None


@dataclass
class _Tally:
    """What the rows so far would become."""

    source: int
    rows: int = 0
    line: int = 0
    characters: int = 0
    repeats: int = 0
    """Rows that repeat another row of the file."""
    fates: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    fields: ingest.FieldReport = field(default_factory=dict)
    first: list[tuple[Row, str]] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    hashes: dict[tuple[str, str], int] = field(default_factory=dict)
    copied: set[int] = field(default_factory=set)
    compared: list[ingest.PostingRow] = field(default_factory=list)
    docs: list[copies.CopyDoc] = field(default_factory=list)

    def add(self, chunk: Sequence[Row]) -> None:
        taken = [row for row in chunk if isinstance(row, ingest.PostingRow)]
        fates = self._fates(taken)
        for row in chunk:
            fate = fates.get(row.row, "rejected")
            self.fates[fate] += 1
            if isinstance(row, ingest.RejectedRow):
                self.reasons[row.reason] += 1
            if len(self.first) < SHOWN_ROWS:
                self.first.append((row, fate))
        self.rows += len(chunk)
        self.line = chunk[-1].line
        self.characters += sum(len(row.text) for row in taken)
        self.fields = ingest.merged(self.fields, ingest.count_fields(taken))
        self._find_copies([row for row in taken if fates[row.row] == "new"])

    def copies(self) -> set[int]:
        """Return the rows that are the same ad as another posting, as far as was looked."""
        groups = copies.group_copies(self.docs, lambda wanted: {i: self.compared[i].text for i in wanted})
        others = {
            self.compared[i].row for group in groups for i in sorted(group, key=lambda i: self.compared[i].row)[1:]
        }
        return self.copied | others

    def _fates(self, taken: Sequence[ingest.PostingRow]) -> dict[int, str]:
        """Row -> fate. What an earlier chunk of the file held is known by then."""
        fates = {}
        for row, foreseen in zip(taken, foresee(self.source, taken), strict=True):
            known = self.seen.get(row.key)
            self.repeats += known == row.content_hash
            if known is None:
                fates[row.row] = foreseen
            else:
                fates[row.row] = "repeated" if known == row.content_hash else "changed"
            self.seen[row.key] = row.content_hash
        return fates

    def _find_copies(self, new: Sequence[ingest.PostingRow]) -> None:
        hashes = {}
        for row in new:
            # The hash and the signature of a text share its words: asked for in a row, they are found once.
            hashes[row.row] = copies.text_hash(row.text)
            if len(self.compared) < NEAR_COPIES_AMONG:
                self.compared.append(row)
                self.docs.append(_doc(row, hashes[row.row]))
        known = _known_texts(new, hashes)
        for row in new:
            ad = (row.title.casefold(), hashes[row.row])
            if hashes[row.row] in known or self.hashes.setdefault(ad, row.row) != row.row:
                self.copied.add(row.row)


def _doc(row: ingest.PostingRow, content_hash: str) -> copies.CopyDoc:
    return copies.CopyDoc(
        key=row.key,
        title=row.title,
        content_hash=content_hash,
        signature=copies.signature(row.text),
        length=len(row.text),
        company=company_key(row.company) if row.company else "",
        place=row.place,
        city=row.city,
    )


def _known_texts(rows: Sequence[ingest.PostingRow], hashes: Mapping[int, str]) -> set[str]:
    """Return the hashes of texts that postings of the same company and title have, word for word.

    By company and title, which have an index: the hash has none.
    """
    if not rows:
        return set()
    found = Extraction.objects.filter(
        posting__title__text__in={row.title[:300] for row in rows},
        posting__company__key__in={company_key(row.company) for row in rows},
        text_hash__in=set(hashes.values()),
    )
    return set(found.values_list("text_hash", flat=True))


def _estimated(lines: int, tally: _Tally) -> int:
    """Return about how many rows the file has, by the lines that the rows so far took; 0 if lines tell nothing."""
    if not tally.line or tally.line < tally.rows or lines <= tally.line:
        return 0
    return max(round(lines * tally.rows / tally.line), tally.rows)
