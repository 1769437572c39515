"""Which column of a file is which of our fields: the map itself, and what a source lacks without a column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from postings.ingest.synonyms import FIELDS, REQUIRED
from postings.ingest.values import given

# What may be the same for all rows of a source: a Polish board pays in PLN a month, a career site has one employer.
CONSTANT_FIELDS = ("company", "country", "pay_currency", "pay_period", "language")
# What a second column may give where the first one is empty ("principal" and "secondary" company name).
FALLBACK_FIELDS = ("company", "place", "date_posted", "url", "pay_text", "description")

_NUMBERED = re.compile(r"(.+) \((\d+)\)")
_FIXED = " (fixed)"
_PLACE = ("place", "city", "region", "country")
_PAY = ("pay_text", "pay_min", "pay_max")
_LACKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("title",), "No column gives the title: no row can be taken."),
    (("description",), "No column gives the text: no row can be taken."),
    (("company",), "No column gives the company: postings will have no employer."),
    (_PLACE, "No column gives the place: postings will have no place and no country."),
    (("date_posted",), "No column gives the date: postings will have no day."),
    (
        ("external_id", "url"),
        "No column gives an id or an address: postings are told apart by company, title, place and text.",
    ),
    (_PAY, "No column gives the pay: postings will have none."),
)


@dataclass(frozen=True)
class ColumnMap:
    """Field -> column. `fallbacks` are asked, in order, where that column is empty.

    `constants`: field -> the value of all rows that state none; only for CONSTANT_FIELDS. A field that does not exist,
    or may not be constant, raises ValueError.
    """

    columns: Mapping[str, str]
    fallbacks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted((set(self.columns) | set(self.fallbacks) | set(self.constants)) - set(FIELDS))
        if unknown:
            raise ValueError(f"not fields of a posting: {', '.join(unknown)}")
        varying = sorted(set(self.constants) - set(CONSTANT_FIELDS))
        if varying:
            raise ValueError(f"fields that cannot be the same for all rows: {', '.join(varying)}")

    def missing(self) -> list[str]:
        """The required fields that have no column."""
        return [name for name in REQUIRED if name not in self.columns]

    def lacks(self) -> list[str]:
        """Sentences on what no column gives, the gravest first, and on pay whose currency is nowhere stated."""
        stated = set(self.columns) | set(self.constants)
        sentences = [sentence for names, sentence in _LACKS if not stated & set(names)]
        figures = {"pay_min", "pay_max"} & set(self.columns)
        if figures and "pay_text" not in stated and "pay_currency" not in stated:
            sentences.append("No column gives the currency of pay: name one for all rows, or it stays open.")
        return sentences

    def value(self, row: Mapping[str, str], name: str) -> str:
        """What the row says about a field, without blanks around it; else what all rows say; "" if nothing does."""
        for column in (self.columns.get(name), *self.fallbacks.get(name, ())):
            if column is not None and (found := given(row.get(column, ""))):
                return found
        return self.constants.get(name, "")

    def to_dict(self) -> dict[str, str]:
        """Field -> column; fallbacks are numbered, constants fixed: "company (2)", "pay_currency (fixed)": "PLN"."""
        flat = dict(self.columns)
        for name, columns in self.fallbacks.items():
            flat |= {f"{name} ({number})": column for number, column in enumerate(columns, start=2)}
        return flat | {f"{name}{_FIXED}": value for name, value in self.constants.items()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, str]) -> Self:
        """The inverse of `to_dict`. Fields without a column ("") are left out; an unknown field raises ValueError."""
        columns: dict[str, str] = {}
        constants: dict[str, str] = {}
        numbered: dict[str, list[tuple[int, str]]] = {}
        for name, column in stored.items():
            match = _NUMBERED.fullmatch(name)
            if not column:
                continue
            if match:
                numbered.setdefault(match[1], []).append((int(match[2]), column))
            elif name.endswith(_FIXED):
                constants[name.removesuffix(_FIXED)] = column
            else:
                columns[name] = column
        fallbacks = {name: tuple(column for _, column in sorted(found)) for name, found in numbered.items()}
        return cls(columns, fallbacks, constants)
