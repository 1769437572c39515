"""Rejected rows, mended in a spreadsheet and handed in again: each is taken once, as a row of the file it came from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from postings.ingest import PostingRow, RawRow, RejectedRow
from postings.models import Rejection, Upload
from postings.selectors.rejections import MARK, OF_THE_LIST, mark_of, name_in_list
from postings.services.intake import Accepted, accept_upload
from postings.spreadsheets import neutral, plain


@dataclass(frozen=True)
class Mended:
    """The cleaned rows of a chunk, and the ids of the rejections that have become postings by it."""

    rows: list[PostingRow | RejectedRow] = field(default_factory=list)
    rejections: list[int] = field(default_factory=list)


def accept_mended(chunks: Iterable[bytes], *, upload: Upload, name: str, by: User | None = None) -> Accepted:
    """Store the downloaded list of rejected rows of `upload`, mended by hand, and return its own upload, which waits.

    Only the rows of the list are taken from it, by their mark, with the columns and the day of the upload that they
    came from first. Spreadsheets may save it as they like. The same bytes handed in again return the first upload.
    """
    first = first_of(upload)
    return accept_upload(chunks, name=name, source=first.source, seen_on=first.seen_on, by=by, mends=first)


def first_of(upload: Upload) -> Upload:
    """Return the upload whose rows a list of rejected rows is about: a list can be mended in several goes."""
    return upload.mends or upload


def clean_mended(
    mends: Upload, rows: Sequence[RawRow | RejectedRow], clean: Callable[[RawRow], PostingRow | RejectedRow]
) -> Mended:
    """Clean a chunk of a mending file as rows of the upload `mends`; asks the database once.

    A row that is still bad stays rejected and can be mended in another go.
    """
    marked = {row.row: _row_of(mends, row.values.get(MARK, "")) for row in rows if isinstance(row, RawRow)}
    rejections = Rejection.objects.filter(upload=mends, row__in=[row for row in marked.values() if row >= 0])
    by_row = {rejection.row: rejection for rejection in rejections}
    taken = {rejection.row for rejection in rejections if rejection.mended_in_id}
    mended = Mended()
    for row in rows:
        if isinstance(row, RejectedRow):
            mended.rows.append(row)
        elif reason := _refusal(mends, marked[row.row], by_row, taken):
            mended.rows.append(_refused(row, reason))
        else:
            rejection = by_row[marked[row.row]]
            cleaned = clean(RawRow(row.row, row.line, _restored(row, rejection)))
            mended.rows.append(cleaned)
            if isinstance(cleaned, PostingRow):
                mended.rejections.append(rejection.pk)
                taken.add(rejection.row)
    return mended


def keep_mended(upload: Upload, rejections: Iterable[int]) -> None:
    """Note that these rejected rows have become postings by `upload`."""
    Rejection.objects.filter(pk__in=list(rejections), mended_in=None).update(mended_in=upload)


def _row_of(mends: Upload, mark: str) -> int:
    """Return the row that a mark such as "17:203" names, or -1 if it names none of this upload."""
    upload, _, row = mark.strip().partition(":")
    return int(row) if upload == str(mends.pk) and row.isdecimal() else -1


def _refusal(mends: Upload, row: int, known: Iterable[int], taken: Iterable[int]) -> str:
    if row not in known:
        return f"“{MARK}” names no rejected row of “{mends.name}”: only those are taken from a mended list."
    return "This row was mended and taken before." if row in taken else ""


def _refused(row: RawRow, reason: str) -> RejectedRow:
    raw = {name: value for name, value in row.values.items() if name == MARK or name not in OF_THE_LIST}
    return RejectedRow(row.row, row.line, MARK, row.values.get(MARK, ""), reason, raw)


def _restored(row: RawRow, rejection: Rejection) -> dict[str, str]:
    """Return the cells of the row under the names of its first file, with its mark.

    A column that is gone from the list keeps the value it had.
    """
    names = {name_in_list(name): name for name in rejection.raw}
    values = {name: str(value) for name, value in rejection.raw.items()}
    for column, cell in row.values.items():
        if column not in OF_THE_LIST:
            name = names.get(column, column)
            values[name] = _plain(cell, before=values.get(name, ""))
    return {**values, MARK: mark_of(rejection)}


def _plain(cell: str, *, before: str) -> str:
    """Take away the quotation mark that `neutral` put before a formula, and only that one."""
    if cell == neutral(before):
        return before
    return plain(cell)
