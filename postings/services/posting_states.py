"""What a posting says at one time: the state that a row brings, that is stored, or that a version keeps."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Self

from postings.ingest import PostingRow
from postings.models import PostingVersion
from postings.services.near_text import is_cut

LEGAL_FORMS = re.compile(
    r"\b(inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|co|gmbh|ag|se|kg|sa|sas|sarl|srl|spa|bv|nv|ab|oy|as|aps|"
    r"pty|pvt|sp z o o)\b\.?"
)

Json = str | bool | None
Value = Json | date | Decimal

FACTS = (
    "external_id", "url", "place", "city", "region", "country", "remote", "date_posted",
    "pay_min", "pay_max", "pay_currency", "pay_period", "pay_yearly_min", "pay_yearly_max", "pay_suspect",
    "seniority", "employment_type", "language",
)  # fmt: skip
"""The columns of Posting that a row decides, but for title and company."""

MONEY = ("pay_min", "pay_max", "pay_yearly_min", "pay_yearly_max")

FACTS_TOGETHER = (
    ("place", "city", "region", "country"),
    (*MONEY, "pay_currency", "pay_period", "pay_suspect"),
    *((name,) for name in ("external_id", "url", "remote", "date_posted", "seniority", "employment_type", "language")),
)
"""FACTS by what is stated together: a currency without an amount would go with another one's amount."""

READ_BY_PEOPLE = (
    "place", "country", "remote", "date_posted", "pay_min", "pay_max", "pay_currency", "pay_period", "seniority",
    "employment_type",
)  # fmt: skip
"""Another value in one of these, in title, company or text, and a reader would say that the posting changed."""

CENT = Decimal("0.01")


@dataclass(frozen=True)
class State:
    """What a posting says. `values` has every name of FACTS; `since` and `until` are days on which it said so.

    `upload`, `row` and `line` say which row of which file brought it.
    """

    content_hash: str
    title: str
    company: str
    values: Mapping[str, Value]
    text: str
    upload: int
    row: int
    line: int
    since: date
    until: date
    unreadable: frozenset[str] = frozenset()
    """The FACTS of which the row's cell held something that could not be read."""

    @classmethod
    def of_row(cls, row: PostingRow, *, company: str, upload: int) -> Self:
        """`company` is the row's, as it is spelled here."""
        return cls(
            content_hash=row.content_hash,
            title=row.title[:300],
            company=company,
            values=_values(row),
            text=row.text,
            upload=upload,
            row=row.row,
            line=row.line,
            since=row.seen_on,
            until=row.seen_on,
            unreadable=frozenset(_fact(problem.field) for problem in row.problems),
        )

    @classmethod
    def of_version(cls, version: PostingVersion) -> Self:
        values = dict(version.values)
        return cls(
            content_hash=version.content_hash,
            title=values.pop("title"),
            company=values.pop("company"),
            values={name: _from_json(name, values.get(name)) for name in FACTS},
            text=version.text,
            upload=version.upload_id,
            row=version.row,
            line=version.line,
            since=version.seen_from,
            until=version.seen_until,
        )

    def as_json(self) -> dict[str, Json]:
        """Return title, company and FACTS as a version keeps them; `of_version` reads them back."""
        return {"title": self.title, "company": self.company} | {
            name: _to_json(value) for name, value in self.values.items()
        }

    def says_the_same_as(self, other: "State") -> bool:
        """Whether a reader would find no difference; the spelling of the company and the address do not count."""
        return (
            self.title == other.title
            and self.text == other.text
            and company_key(self.company) == company_key(other.company)
            and all(self.values[name] == other.values[name] for name in READ_BY_PEOPLE)
        )

    def completed_by(self, stored: "State") -> "State":
        """Return this state with what is stored where it says nothing else.

        A cell that cannot be read says nothing. Nor does what is missing beside a text of which only the beginning is
        there: who lists beginnings lists few of the fields, and counts days roughly.
        """
        is_short = is_cut(self.text, stored.text)
        if not (is_short or self.unreadable):
            return self
        values: dict[str, Value] = {}
        for group in FACTS_TOGETHER:
            is_empty = all(self.values[name] in ("", None, False) for name in group)
            is_kept = is_empty and (is_short or not self.unreadable.isdisjoint(group))
            values |= {name: (stored if is_kept else self).values[name] for name in group}
        if not is_short:
            return replace(self, values=values)
        values["date_posted"] = stored.values["date_posted"] or self.values["date_posted"]
        return replace(self, text=stored.text, values=values, company=self.company or stored.company)


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """Return a company's name without case, accents, punctuation and legal form: what two spellings share."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.sub(r"[^\w&+]+", " ", plain.replace(".", ""))
    short = " ".join(LEGAL_FORMS.sub(" ", words).split())
    return (short or " ".join(words.split()) or plain.strip())[:200]


def _values(row: PostingRow) -> dict[str, Value]:
    pay = row.pay
    return {
        "external_id": row.external_id[:200],
        "url": row.url,
        "place": row.place[:200],
        "city": row.city[:120],
        "region": row.region[:120],
        "country": row.country,
        "remote": row.remote,
        "date_posted": row.date_posted,
        "pay_min": _money(pay.min) if pay else None,
        "pay_max": _money(pay.max) if pay else None,
        "pay_currency": pay.currency if pay else "",
        "pay_period": pay.period if pay else "",
        "pay_yearly_min": _money(pay.yearly_min) if pay else None,
        "pay_yearly_max": _money(pay.yearly_max) if pay else None,
        "pay_suspect": pay.suspect if pay else False,
        "seniority": row.seniority[:40],
        "employment_type": row.employment_type[:40],
        "language": row.language,
    }


def _fact(field: str) -> str:
    return "pay_min" if field.startswith("pay") else field


def _money(amount: Decimal | None) -> Decimal | None:
    """Round as the database does, so that what is read back is what was compared."""
    return None if amount is None else amount.quantize(CENT)


def _to_json(value: Value) -> Json:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value


def _from_json(name: str, value: Json) -> Value:
    """Return what `_to_json` was given; a fact that an older version did not keep is empty."""
    if isinstance(value, str) and name == "date_posted":
        return date.fromisoformat(value)
    if isinstance(value, str) and name in MONEY:
        return Decimal(value)
    if value is None and name not in (*MONEY, "date_posted"):
        return False if name == "pay_suspect" else ""
    return value
