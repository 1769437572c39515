"""What crosses the border of ingest: frozen values, and the one exception."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Self, cast, get_args

Kind = Literal["csv", "json", "jsonl", "xlsx"]
Compression = Literal["", "gzip", "zip"]

VALUE_LIMIT = 200


class UnreadableFile(Exception):  # noqa: N818 - the contract names it; it says what the file is, not what went wrong
    """The file cannot be read at all. Its text is a sentence for the person who handed the file in."""


@dataclass(frozen=True)
class FileFormat:
    """How the bytes of a file become rows. `encoding` is a Python codec, `delimiter` is "" unless the kind is csv.

    `member` names the one file inside a zip archive, `sheet` the sheet of a workbook; "" elsewhere.
    """

    kind: Kind
    compression: Compression = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ""
    member: str = ""
    sheet: str = ""

    def to_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, str]) -> Self:
        """The inverse of `to_dict`; a kind or compression that we do not know raises ValueError."""
        kind, compression = stored["kind"], stored["compression"]
        if kind not in get_args(Kind) or compression not in get_args(Compression):
            raise ValueError(f"not a file format: {kind!r}, {compression!r}")
        return cls(
            kind=cast("Kind", kind),
            compression=cast("Compression", compression),
            encoding=stored["encoding"],
            delimiter=stored["delimiter"],
            member=stored["member"],
            sheet=stored["sheet"],
        )


@dataclass(frozen=True)
class RawRow:
    """One data row as written. `row` counts from 0, `line` is the physical line (from 1) where it starts.

    Values are text; "" and an absent name both mean "missing".
    """

    row: int
    line: int
    values: dict[str, str]

    @property
    def chars(self) -> int:
        return sum(map(len, self.values.values()))


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

    @property
    def chars(self) -> int:
        return sum(map(len, self.raw.values()))


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
class Problem:
    """A value that is there and could not be read: its field was left empty. `reason` is a sentence."""

    field: str
    column: str
    value: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", self.value[:VALUE_LIMIT])


@dataclass(frozen=True)
class PostingRow:
    """One posting, cleaned. `key`: its identity inside a source; `content_hash` changes when a reader would say so.

    `kin` is what postings without an external id share when only their text may have changed (company, title, place);
    "" for one that has an id. `seen_on` is the day the posting was seen: the row's own, else that of the file.
    `problems` are the values that could not be read.
    """

    row: int
    line: int
    key: str
    kin: str
    content_hash: str
    seen_on: date
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
    problems: tuple[Problem, ...] = ()
