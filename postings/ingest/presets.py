"""Exports whose columns are known: JobSpy, boards, scrapers and applicant systems (words/presets.toml).

A preset is recognised when enough of its signature columns are there. Its names are compared as in column_names.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from postings.ingest.column_names import folded
from postings.ingest.synonyms import FIELDS

PRESETS_FILE = Path(__file__).parent / "words" / "presets.toml"


class _Written(TypedDict):
    name: str
    signature: list[str]
    needs: int
    fields: dict[str, list[str]]
    unused: list[str]


@dataclass(frozen=True)
class Preset:
    """`fields`: field -> its columns, folded, the best first; the others are fallbacks. `unused`: known, no field."""

    name: str
    signature: frozenset[str]
    needs: int
    fields: Mapping[str, tuple[str, ...]]
    unused: frozenset[str]

    def field_of(self, column: str) -> tuple[str, int] | None:
        """The field of a column and its place among the columns of that field; ("", 0) if known to be none."""
        plain = folded(column)
        if plain in self.unused:
            return "", 0
        return next(((name, names.index(plain)) for name, names in self.fields.items() if plain in names), None)


def recognised(header: Sequence[str]) -> Preset | None:
    """The preset of which most signature columns are in the header, None if no preset has enough of them."""
    names = {folded(column) for column in header}
    found = [(len(preset.signature & names), preset) for preset in presets()]
    enough = [(count, preset) for count, preset in found if count >= preset.needs]
    return max(enough, key=lambda pair: pair[0] / len(pair[1].signature) + pair[0])[1] if enough else None


@cache
def presets() -> tuple[Preset, ...]:
    """All presets, in the order of the file. A field that does not exist raises ValueError."""
    with PRESETS_FILE.open("rb") as file:
        written: dict[str, _Written] = tomllib.load(file)
    return tuple(_preset(entry) for entry in written.values())


def _preset(entry: _Written) -> Preset:
    if unknown := sorted(set(entry["fields"]) - set(FIELDS)):
        raise ValueError(f"{entry['name']}: not fields of a posting: {', '.join(unknown)}")
    return Preset(
        name=entry["name"],
        signature=frozenset(folded(column) for column in entry["signature"]),
        needs=entry["needs"],
        fields={name: tuple(folded(column) for column in columns) for name, columns in entry["fields"].items()},
        unused=frozenset(folded(column) for column in entry.get("unused", ())),
    )
