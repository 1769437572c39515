"""What a file would become, and how its preview says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postings.ingest import ColumnMap, FileFormat, PostingRow, RejectedRow, Suggested
from postings.ingest.contacts import mask_contacts
from postings.models import PayPeriod, Upload
from postings.selectors.figures import Figure
from postings.selectors.words import FIELD_LABELS, FieldLine, field_lines, format_words, rows_words

SHOWN_ROWS = 20
SHOWN_CHARACTERS = 4000
BEGINNING = 140
CELL = 70
SURE, LIKELY = 0.85, 0.55


@dataclass(frozen=True)
class Foreseen:
    """One row and what would become of it: "new", "changed", "repeated" or "rejected"."""

    row: PostingRow | RejectedRow
    fate: str
    is_copy: bool = False


@dataclass(frozen=True)
class DryRun:
    """What the first rows of a file would become. new + changed + repeated + rejected = rows.

    `copies` of the new and changed ones are the same ad as another posting: at least, since only equal texts and the
    first rows are compared. `rows_total` is how many rows the file has, counted if `is_whole`, else estimated; 0 if
    that cannot be told. `fields` is as Upload.fields; `values` are the first values of each column.
    """

    fmt: FileFormat
    preset: str
    header: tuple[str, ...]
    suggested: tuple[Suggested, ...]
    columns: ColumnMap
    values: Mapping[str, tuple[str, ...]]
    first: tuple[Foreseen, ...]
    rows: int
    counts: Mapping[str, int]
    copies: int
    reasons: Mapping[str, int]
    fields: Mapping[str, Mapping]
    is_whole: bool
    rows_total: int
    warnings: tuple[str, ...]
    seconds: float = 0.0


@dataclass(frozen=True)
class PreviewRow:
    """One of the first rows as it will be stored; `reason` says why one is rejected. Contacts are masked."""

    number: int
    line: int
    fate: str
    badge: str
    title: str = ""
    company: str = ""
    place: str = ""
    date: str = ""
    pay: str = ""
    seniority: str = ""
    remote: str = ""
    language: str = ""
    beginning: str = ""
    text: str = ""
    reason: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreviewColumn:
    """One column of the file: what it is taken for, how sure that is, and what stands in it."""

    name: str
    values: tuple[str, ...]
    chosen: str
    """The field that it is, "company (2)" where it is a second choice, or "" when it is not used."""
    badge: str
    how_sure: str
    because: str


@dataclass(frozen=True)
class PreviewScreen:
    """Everything that the preview of a held upload says."""

    upload: Upload
    facts: tuple[tuple[str, str], ...]
    sampled: str
    """"Counted on the first 2,000 of about 98,000 rows.", or that all rows were looked at."""
    spoken: str
    counts: tuple[Figure, ...]
    reasons: tuple[Figure, ...]
    rows: tuple[PreviewRow, ...]
    columns: tuple[PreviewColumn, ...]
    fields: tuple[FieldLine, ...]
    lacks: tuple[str, ...]
    warnings: tuple[str, ...]
    error: str = ""
    mends: Upload | None = None
    used: int = 0


def preview_screen(upload: Upload, run: DryRun) -> PreviewScreen:
    """Return the preview of a held upload after a dry run."""
    columns = tuple(_column(run, suggested) for suggested in run.suggested)
    return PreviewScreen(
        upload=upload,
        facts=_facts(upload, run),
        sampled=sampled_words(run),
        spoken=f"{sampled_words(run)} {_spoken(run)}",
        counts=_counts(run),
        reasons=tuple(Figure(reason, f"{n:,}") for reason, n in run.reasons.items()),
        rows=tuple(_row(found) for found in run.first),
        columns=columns,
        fields=field_lines(run.fields, columns=run.columns),
        lacks=tuple(run.columns.lacks()),
        warnings=run.warnings,
        mends=upload.mends,
        used=sum(bool(column.chosen) for column in columns),
    )


def unreadable_preview(upload: Upload, sentence: str) -> PreviewScreen:
    """Return the preview of a file that turned out unreadable: it can only be discarded."""
    nothing: tuple = ()
    return PreviewScreen(
        upload, nothing, "", "", nothing, nothing, nothing, nothing, nothing, nothing, nothing, error=sentence
    )


def sampled_words(run: DryRun) -> str:
    """Say on how many rows the counts rest."""
    if run.is_whole:
        return f"All {run.rows:,} rows were looked at." if run.rows != 1 else "Its one row was looked at."
    if run.rows_total:
        return f"Counted on the first {run.rows:,} of {rows_words(run.rows_total, is_counted=False)}."
    return f"Counted on the first {run.rows:,} rows; how many follow is not known yet."


def _spoken(run: DryRun) -> str:
    parts = [f"{run.counts[fate]:,} {fate}" for fate in ("new", "changed", "repeated", "rejected")]
    return f"{', '.join(parts)}."


def _facts(upload: Upload, run: DryRun) -> tuple[tuple[str, str], ...]:
    rows = rows_words(run.rows_total, is_counted=run.is_whole) if run.rows_total else f"more than {run.rows:,} rows"
    found = [("Format", format_words(run.fmt)), ("Rows", rows)]
    if run.preset:
        found.append(("Recognised as", f"{run.preset} export"))
    return tuple(found)


def _counts(run: DryRun) -> tuple[Figure, ...]:
    of = "of the rows looked at"
    return (
        Figure("New", f"{run.counts['new']:,}", "postings not seen before"),
        Figure("Changed", f"{run.counts['changed']:,}", "seen before, with changes"),
        Figure("Repeated", f"{run.counts['repeated']:,}", "seen before or further up, the same"),
        Figure("Rejected", f"{run.counts['rejected']:,}", "will not be taken" if run.counts["rejected"] else of),
        Figure("Copies", f"at least {run.copies:,}" if run.copies else "none found", "same ad as another posting"),
    )


FATE_BADGES = {"new": "good", "changed": "info", "repeated": "", "rejected": "bad"}


def _row(found: Foreseen) -> PreviewRow:
    row, fate = found.row, found.fate
    if isinstance(row, RejectedRow):
        beginning = mask_contacts(" ".join(value for value in row.raw.values() if value)[:BEGINNING])
        return PreviewRow(row.row + 1, row.line, fate, "bad", reason=row.reason, beginning=beginning)
    text = mask_contacts(row.text[:SHOWN_CHARACTERS])
    more = f"\n… {len(row.text):,} characters in all." if len(row.text) > SHOWN_CHARACTERS else ""
    return PreviewRow(
        number=row.row + 1,
        line=row.line,
        fate="copy" if found.is_copy else fate,
        badge="warn" if found.is_copy else FATE_BADGES[fate],
        title=mask_contacts(row.title),
        company=mask_contacts(row.company),
        place=_place(row),
        date=row.date_posted.isoformat() if row.date_posted else "",
        pay=_pay(row),
        seniority=row.seniority,
        remote=row.remote,
        language=row.language,
        beginning=_clipped(" ".join(text.split()), BEGINNING),
        text=text + more,
        problems=tuple(_problem(problem.field, problem.value, problem.reason) for problem in row.problems),
    )


def _problem(name: str, value: str, reason: str) -> str:
    return f"{FIELD_LABELS.get(name, name)}: “{_clipped(mask_contacts(value), CELL)}” – {reason}"


def _place(row: PostingRow) -> str:
    if not row.country or row.place.rstrip().endswith(row.country):
        return row.place
    return f"{row.place} ({row.country})" if row.place else row.country


def _pay(row: PostingRow) -> str:
    pay = row.pay
    if not pay:
        return ""
    figures = [f"{figure:,.0f}" for figure in (pay.min, pay.max) if figure is not None]
    period = PayPeriod(pay.period).label if pay.period else ""
    words = " ".join(part for part in ("–".join(dict.fromkeys(figures)), pay.currency, period) if part)
    return f"{words} (contradicts itself)" if pay.suspect else words


def _column(run: DryRun, suggested: Suggested) -> PreviewColumn:
    chosen = field_of_column(run.columns, suggested.column)
    values = tuple(_clipped(mask_contacts(value), CELL) for value in run.values.get(suggested.column, ()))
    if chosen.partition(" (")[0] != suggested.field:
        return PreviewColumn(suggested.column, values, chosen, "info", "your choice", "")
    if not chosen:
        return PreviewColumn(suggested.column, values, "", "", "not used", suggested.because)
    sure = suggested.confidence
    badge, words = ("good", "sure") if sure >= SURE else ("info", "likely") if sure >= LIKELY else ("warn", "a guess")
    return PreviewColumn(suggested.column, values, chosen, badge, words, suggested.because)


def field_of_column(columns: ColumnMap, column: str) -> str:
    """Return "company", "company (2)" where it is a second choice, or "" when the column is not used."""
    for name, taken in columns.columns.items():
        if taken == column:
            return name
    for name, others in columns.fallbacks.items():
        if column in others:
            return f"{name} ({others.index(column) + 2})"
    return ""


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def first_values(sample: Sequence[Mapping[str, str]], column: str, *, most: int = 3) -> tuple[str, ...]:
    """Return the first different values of a column that say something, each on one line."""
    found: dict[str, None] = {}
    for row in sample:
        value = " ".join(row.get(column, "")[:400].split())
        if value:
            found.setdefault(value)
        if len(found) == most:
            break
    return tuple(found)
