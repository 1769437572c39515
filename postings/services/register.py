"""The source register: what a source allows, and what in a file goes beyond it."""

from collections.abc import Mapping

from postings.ingest import FieldCounts
from postings.models import Source

ENOUGH_TO_JUDGE = 20
"""Fewer rows, or values of a field, say nothing: one bad cell of three is no pattern."""

NEEDED = {"company": "company", "place": "place", "date_posted": "date"}


def judge_fields(
    source: Source, fields: Mapping[str, FieldCounts], *, rows: int, rejected: int, repeated: int
) -> list[str]:
    """Return a sentence for each threshold of the source that a file goes beyond; [] lets it pass.

    `rows` were looked at; `rejected` of them are not taken, `repeated` repeat another row of the same file. `fields`
    is the report over the rows that were taken (`ingest.count_fields`).
    """
    found = []
    if rows >= ENOUGH_TO_JUDGE:
        if _is_beyond(rejected, rows, source.most_rejected):
            found.append(_sentence(rejected, rows, "rows would be rejected", source.most_rejected))
        if _is_beyond(repeated, rows, source.most_repeated):
            found.append(_sentence(repeated, rows, "rows repeat another row of the file", source.most_repeated))
    for name, counts in fields.items():
        found += _about_field(source, name, counts)
    return found


def _about_field(source: Source, name: str, counts: FieldCounts) -> list[str]:
    found = []
    unreadable, values = counts["unreadable"], counts["given"] + counts["unreadable"]
    if values >= ENOUGH_TO_JUDGE and _is_beyond(unreadable, values, source.most_unreadable):
        what = f"values of “{name.replace('_', ' ')}” cannot be read"
        found.append(_sentence(unreadable, values, what, source.most_unreadable))
    lacking, rows = counts["missing"] + unreadable, values + counts["missing"]
    if name in NEEDED and rows >= ENOUGH_TO_JUDGE and _is_beyond(lacking, rows, source.most_incomplete):
        found.append(_sentence(lacking, rows, f"rows are without a {NEEDED[name]}", source.most_incomplete))
    return found


def _is_beyond(count: int, of: int, most: int) -> bool:
    return count * 100 > of * most


def _sentence(count: int, of: int, what: str, most: int) -> str:
    return f"{_percent(count, of)} of {of:,} {what}; this source allows {most}%."


def _percent(count: int, of: int) -> str:
    """Return whole percents, or one decimal where whole ones would hide that the limit is passed."""
    share = 100 * count / of
    return f"{share:.0f}%" if share >= 99.95 or abs(share - round(share)) < 0.05 else f"{share:.1f}%"
