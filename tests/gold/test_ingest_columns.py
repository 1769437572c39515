"""Every column of every source in ../shared/data/postings against columns.toml, which was written by looking at them.

The sources were known when the names, the presets and the looks of values were written: these figures say that nothing
is lost, not how well an unknown source is read. What values alone reach is nearer to that.
"""

import fnmatch
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from postings.ingest import FIELDS, header_of, sample_of, sniff_format, suggestions
from postings.ingest.values import given

SOURCES = Path(__file__).parents[3] / "shared" / "data" / "postings"
RIGHT = tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))
# As many files of one source with one header as are looked at.
FILES_ALIKE = 5
FEWEST_VALUES = 3

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not SOURCES.exists(), reason="real postings: ../shared/data is not here"),
]


@dataclass(frozen=True)
class Judged:
    """What was suggested for one column of one file, and what is right ("a|b": both are)."""

    source: str
    file: str
    header: tuple[str, ...]
    column: str
    field: str
    right: str
    confidence: float
    filled: int

    @property
    def is_right(self) -> bool:
        return self.field in self.right.split("|")


@cache
def files():
    found, alike = [], Counter()
    for source in sorted(path for path in SOURCES.iterdir()):
        for path in sorted(source.iterdir()):
            fmt = sniff_format(path, name=path.name)
            header = tuple(header_of(path, fmt))
            alike[source.name, header] += 1
            if alike[source.name, header] <= FILES_ALIKE:
                found.append((source.name, path.name, header, sample_of(path, fmt)))
    return found


def right_field(source: str, column: str) -> str:
    """What columns.toml says of a column; a column that it does not name raises StopIteration."""
    named = RIGHT[source]
    return named[column] if column in named else next(named[key] for key in named if fnmatch.fnmatch(column, key))


@cache
def judged(way: str) -> list[Judged]:
    """By "names and values", by "names" without a sample, by "values" under the names col1, col2 ..."""
    found = []
    for source, file, header, sample in files():
        names = {column: f"col{number}" if way == "values" else column for number, column in enumerate(header, start=1)}
        rows = [{names[column]: row.get(column, "") for column in header} for row in sample]
        listed = suggestions(list(names.values()), () if way == "names" else rows).columns
        for column, entry in zip(header, listed, strict=True):
            filled = sum(1 for row in sample if given(row.get(column)))
            right = right_field(source, column)
            found.append(Judged(source, file, header, column, entry.field, right, entry.confidence, filled))
    return found


def share_right(found: list[Judged]) -> float:
    """A column is right if it is in every file of its source that has the same header."""
    columns: dict[tuple[str, tuple[str, ...], str], bool] = {}
    for one in found:
        key = (one.source, one.header, one.column)
        columns[key] = columns.get(key, True) and one.is_right
    return sum(columns.values()) / len(columns)


def wrong_ones(found: list[Judged]) -> str:
    return "\n".join(
        f"{one.source}/{one.file}: {one.column} -> {one.field or 'not used'}, right is {one.right or 'not used'} "
        f"({one.confidence})"
        for one in found
        if not one.is_right
    )


def say(*lines: str) -> None:
    """Shown by pytest -s."""
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


def test_columns_toml_names_every_source_and_only_fields():
    assert set(RIGHT) == {path.name for path in SOURCES.iterdir()}
    said = {field for columns in RIGHT.values() for right in columns.values() for field in right.split("|")}
    assert said <= {*FIELDS, ""}


@pytest.mark.parametrize(("way", "least"), [("names and values", 0.97), ("names", 0.97)])
def test_the_suggestion_is_right_for_nearly_all_columns(way, least):
    found = judged(way)
    say(f"by {way}: {share_right(found):.1%} of the columns", wrong_ones(found))
    assert share_right(found) >= least, wrong_ones(found)


def test_values_alone_tell_nine_of_ten_columns_that_hold_something():
    found = [one for one in judged("values") if one.filled >= FEWEST_VALUES]
    say(f"by values: {share_right(found):.1%} of the columns", wrong_ones(found))
    assert share_right(found) >= 0.9, wrong_ones(found)


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("title", 1.0), ("description", 1.0), ("url", 1.0), ("date_posted", 1.0), ("place", 0.9), ("company", 0.85),
        ("pay_min", 0.8), ("pay_max", 0.8), ("pay_text", 0.7),
    ],
)  # fmt: skip
def test_values_alone_find_the_field_in_most_files_that_have_it(field, least):
    found = judged("values")
    having = {
        (one.source, one.file) for one in found if one.right.split("|")[0] == field and one.filled >= FEWEST_VALUES
    }
    right = {(one.source, one.file) for one in found if one.field == field and one.is_right}
    say(f"{field}: {len(having & right)} of {len(having)} files")
    assert len(having & right) >= least * len(having), sorted(having - right)


@pytest.mark.parametrize("field", ["title", "description", "url", "pay_text", "pay_min", "pay_max"])
def test_values_alone_take_nothing_else_for_the_field(field):
    assert [one for one in judged("values") if one.field == field and not one.is_right] == []


def test_wrong_suggestions_are_less_sure_than_right_ones():
    used = [one for way in ("names and values", "names", "values") for one in judged(way) if one.field]
    right = [one.confidence for one in used if one.is_right]
    wrong = [one.confidence for one in used if not one.is_right]
    sure = [one.is_right for one in used if one.confidence >= 0.85]
    unsure = [one.is_right for one in used if one.confidence < 0.6]
    say(
        f"mean confidence: right {sum(right) / len(right):.2f}, wrong {sum(wrong) / len(wrong):.2f}",
        f"right: {sum(sure) / len(sure):.1%} of {len(sure)} sure ones",
        f"right: {sum(unsure) / len(unsure):.1%} of {len(unsure)} unsure ones",
    )
    assert sum(wrong) / len(wrong) < sum(right) / len(right) - 0.1
    assert sum(sure) / len(sure) > 0.99
    assert sum(unsure) / len(unsure) < sum(sure) / len(sure)
