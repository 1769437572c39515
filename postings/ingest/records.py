"""What crosses the border of ingest: frozen values, and the one exception."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Self, cast

Kind = Literal["csv", "json", "jsonl"]

VALUE_LIMIT = 200


class UnreadableFile(Exception):  # noqa: N818 - the contract names it; it says what the file is, not what went wrong
    """The file cannot be read at all. Its text is a sentence for the person who handed the file in."""


@dataclass(frozen=True)
class FileFormat:
    """How the bytes of a file become rows. `encoding` is a Python codec, `delimiter` is "" unless the kind is csv."""

    kind: Kind
    compression: Literal["", "gzip"] = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ""

    def to_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, str]) -> Self:
        """The inverse of `to_dict`; a kind or compression that we do not know raises ValueError."""
        kind, compression = stored["kind"], stored["compression"]
        if kind not in {"csv", "json", "jsonl"} or compression not in {"", "gzip"}:
            raise ValueError(f"not a file format: {kind!r}, {compression!r}")
        return cls(
            kind=cast("Kind", kind),
            compression="gzip" if compression else "",
            encoding=stored["encoding"],
            delimiter=stored["delimiter"],
        )


@dataclass(frozen=True)
class RawRow:
    """One data row as written. `row` counts from 0, `line` is the physical line (from 1) where it starts.

    Values are text; "" and an absent name both mean "missing".
    """

    row: int
    line: int
    values: dict[str, str]


@dataclass(frozen=True)
class RejectedRow:
    """A row that was not taken: where it stands, what was wrong (`reason`, a sentence), and what it held."""

    row: int
    line: int
    column: str
    value: str
    reason: str
    raw: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", self.value[:VALUE_LIMIT])


@dataclass(frozen=True)
class Pay:
    """Pay as stated, and per year. `suspect`: the figures contradict each other or their period; nothing is mended.

    `period` is hour, day, week, month, year, or "" when the posting does not say; then no yearly figure is given.
    `currency` is ISO 4217, or "" when the posting does not say.
    """

    min: Decimal | None
    max: Decimal | None
    currency: str
    period: str
    yearly_min: Decimal | None
    yearly_max: Decimal | None
    suspect: bool = False


@dataclass(frozen=True)
class PostingRow:
    """One posting, cleaned. `key`: its identity inside a source; `content_hash` changes when a reader would say so."""

    row: int
    line: int
    key: str
    content_hash: str
    external_id: str
    title: str
    company: str
    place: str
    city: str
    region: str
    country: str
    remote: str
    date_posted: date | None
    pay: Pay | None
    seniority: str
    employment_type: str
    language: str
    url: str
    text: str
