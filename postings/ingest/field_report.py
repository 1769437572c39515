"""How well the fields of a file are filled: given, missing, unreadable, with reasons and examples. Pure.

A report is plain JSON, so that an upload can keep it: field -> FieldCounts.
"""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from postings.ingest.contacts import mask_contacts
from postings.ingest.records import PostingRow

EXAMPLES = 5
REASONS = 20
OTHER_REASONS = "other reasons"
EXAMPLE_LENGTH = 80

FIELDS = (
    "company", "place", "country", "date_posted", "pay", "remote", "seniority", "employment_type", "language", "url",
    "external_id",
)  # fmt: skip
"""What a posting may lack; title and description are always there, a row without them is rejected."""


class FieldCounts(TypedDict):
    """Counts of rows. `reasons`: reason -> rows; `examples`: at most 5 of [line, value], contacts masked."""

    given: int
    missing: int
    unreadable: int
    reasons: dict[str, int]
    examples: list[list[int | str]]


FieldReport = dict[str, FieldCounts]


def count_fields(rows: Iterable[PostingRow]) -> FieldReport:
    """Return the report of cleaned rows; {} for none.

    A field is given when something is stored, unreadable when its cell held something that could not be read, and
    missing else. Given wins: pay of which only the period could not be read is given, with the reason counted.
    """
    report: FieldReport = {}
    for row in rows:
        if not report:
            report = {name: nothing_counted() for name in FIELDS}
        problems = _first_problems(row)
        for name in FIELDS:
            counts = report[name]
            if _is_given(row, name):
                counts["given"] += 1
            elif name in problems:
                counts["unreadable"] += 1
            else:
                counts["missing"] += 1
        for name, (reason, value) in problems.items():
            counts = report.setdefault(name, nothing_counted())
            counts["reasons"][reason] = counts["reasons"].get(reason, 0) + 1
            if len(counts["examples"]) < EXAMPLES:
                counts["examples"].append([row.line, value])
    return report


def merged(first: Mapping[str, FieldCounts], second: Mapping[str, FieldCounts]) -> FieldReport:
    """Return the report over both, `first` being the earlier rows. After 20 reasons the rest are “other”."""
    names = list(dict.fromkeys((*first, *second)))
    return {name: _both(first.get(name, nothing_counted()), second.get(name, nothing_counted())) for name in names}


def nothing_counted() -> FieldCounts:
    return {"given": 0, "missing": 0, "unreadable": 0, "reasons": {}, "examples": []}


def _both(first: FieldCounts, second: FieldCounts) -> FieldCounts:
    reasons = dict(first["reasons"])
    for reason, n in second["reasons"].items():
        name = reason if reason in reasons or len(reasons) < REASONS else OTHER_REASONS
        reasons[name] = reasons.get(name, 0) + n
    return {
        "given": first["given"] + second["given"],
        "missing": first["missing"] + second["missing"],
        "unreadable": first["unreadable"] + second["unreadable"],
        "reasons": reasons,
        "examples": [*first["examples"], *second["examples"]][:EXAMPLES],
    }


def _first_problems(row: PostingRow) -> dict[str, tuple[str, str]]:
    """Return field -> (reason, masked value), one for each field that has a problem."""
    found: dict[str, tuple[str, str]] = {}
    for problem in row.problems:
        name = "pay" if problem.field.startswith("pay") else problem.field
        found.setdefault(name, (problem.reason, mask_contacts(problem.value)[:EXAMPLE_LENGTH]))
    return found


def _is_given(row: PostingRow, name: str) -> bool:
    return getattr(row, name) not in ("", None)
