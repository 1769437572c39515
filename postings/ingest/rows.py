"""One raw row -> a posting, or a rejection that says why."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from postings.ingest import identity
from postings.ingest.columns import ColumnMap
from postings.ingest.companies import clean_company
from postings.ingest.dates import is_relative, parse_date
from postings.ingest.language import detect_language, stated_language
from postings.ingest.levels import employment_of, remote_of, seniority_of
from postings.ingest.money import PayCells, parse_pay
from postings.ingest.places import Place, parse_place
from postings.ingest.problems import Understood, problems_of
from postings.ingest.records import Pay, PostingRow, RawRow, RejectedRow
from postings.ingest.row_cells import Cells
from postings.ingest.text import Criteria, clean_line, clean_text, criteria_of
from postings.ingest.titles import title_parts
from postings.ingest.urls import clean_url
from postings.ingest.values import LOST_IN_A_SPREADSHEET, given

TITLE_LIMIT = 300
TEXT_LIMIT = 200_000

_APPLY = re.compile(r"apply|application|bewerb", re.IGNORECASE)
_LINKEDIN_COUNTRY = re.compile(r"https?://([a-z]{2})\.linkedin\.com/")
_PAY_FIELDS = ("pay_text", "pay_min", "pay_max")


def clean_row(
    raw: RawRow, columns: ColumnMap, *, seen_on: date, language_of: Callable[[str], str] = detect_language
) -> PostingRow | RejectedRow:
    """Return the posting of a row, or why it is none. Relative dates count from the row's own day, else from `seen_on`.

    Only a missing title or description rejects a row; any other field that is missing or cannot be read is left empty,
    and `problems` tells of each value that is there and could not be read.
    `language_of` is asked for the language of the text where no column states one.
    """
    row = Cells(raw.values, columns)
    title = clean_line(row["title"])
    if problem := _title_problem(title, row, columns):
        return _rejected(raw, columns, "title", problem)
    criteria = criteria_of(clean_text(row["description"]))
    if problem := _text_problem(criteria.text, row, columns):
        return _rejected(raw, columns, "description", problem)
    facts = _facts(row, title=title, criteria=criteria, seen_on=seen_on)
    language = stated_language(row["language"]) or language_of(criteria.text)
    return _posting(raw, row, facts, language=language, external_id=_external_id(raw, columns))


@dataclass(frozen=True)
class _Facts:
    """What a reader of the posting would see; `is_dated`: the day was written, not counted back."""

    title: str
    company: str
    place: Place
    remote: str
    date_posted: date | None
    is_dated: bool
    pay: Pay | None
    seniority: str
    employment_type: str
    text: str
    seen_on: date

    def content_hash(self) -> str:
        """Another hash when a reader would say that the posting changed: not for a tracker in its address, nor because
        "3 days ago" has become "4 days ago".
        """
        pay = self.pay
        money = (pay.min, pay.max, pay.currency, pay.period) if pay else ()
        day = self.date_posted if self.is_dated else None
        parts = (
            self.title,
            self.company,
            self.place.place,
            self.place.country,
            self.remote,
            self.seniority,
            self.employment_type,
        )
        return identity.digest(*parts, str(day or ""), *map(str, money), self.text)


def _facts(row: Cells, *, title: str, criteria: Criteria, seen_on: date) -> _Facts:
    place = _place(row)
    seen_on = parse_date(row["seen_on"], seen_on=seen_on) or seen_on
    company = clean_company(row["company"], place)
    parts = title_parts(title, place=place, company=company)
    return _Facts(
        title=parts.title,
        company=company,
        place=place,
        remote=remote_of(row["remote"], place=row["place"] or row["city"], title=title),
        date_posted=parse_date(row["date_posted"], seen_on=seen_on, country=place.country),
        is_dated=not is_relative(row["date_posted"]),
        pay=_pay(row, place.country),
        seniority=seniority_of(row["seniority"] or criteria.seniority),
        employment_type=employment_of(row["employment_type"] or criteria.employment_type)
        or _contract_in(parts.dropped),
        text=criteria.text,
        seen_on=seen_on,
    )


def _contract_in(dropped: tuple[str, ...]) -> str:
    """The kind of employment that a title said before it was cleaned."""
    return next(
        (found for part in dropped if not part.lower().startswith("no ") and (found := employment_of(part))), ""
    )


def _posting(raw: RawRow, row: Cells, facts: _Facts, *, language: str, external_id: str) -> PostingRow:
    place = facts.place
    shared = {"company": facts.company, "title": facts.title, "place": place.place}
    return PostingRow(
        row=raw.row,
        line=raw.line,
        key=identity.key_of_id(external_id) if external_id else identity.key_of_content(**shared, text=facts.text),
        kin="" if external_id else identity.kin_of(**shared),
        content_hash=facts.content_hash(),
        seen_on=facts.seen_on,
        external_id=external_id,
        title=facts.title,
        company=facts.company,
        place=place.place,
        city=place.city,
        region=place.region,
        country=place.country,
        remote=facts.remote,
        date_posted=facts.date_posted,
        pay=facts.pay,
        seniority=facts.seniority,
        employment_type=facts.employment_type,
        language=language,
        url=clean_url(row["url"]),
        text=facts.text,
        problems=problems_of(row, Understood(facts.seen_on, facts.company, place, facts.date_posted, facts.pay)),
    )


def _title_problem(title: str, row: Cells, columns: ColumnMap) -> str:
    if "title" not in columns.columns:
        return "No column of the file is the title."
    if not title and row.lost_in("title"):
        return LOST_IN_A_SPREADSHEET
    if not any(char.isalpha() for char in title):
        return "The title is missing." if not title else "The title holds no word."
    if len(title) > TITLE_LIMIT:
        return f"The title is {len(title):,} characters long: the cells of this row seem to be shifted."
    return ""


def _text_problem(text: str, row: Cells, columns: ColumnMap) -> str:
    if "description" not in columns.columns:
        return "No column of the file is the description."
    if not text and row.lost_in("description"):
        return LOST_IN_A_SPREADSHEET
    if not any(char.isalpha() for char in text):
        return "The description is missing."
    if len(text) > TEXT_LIMIT:
        return f"The description is {len(text):,} characters long: a quotation mark of this row seems to be missing."
    return ""


def _rejected(raw: RawRow, columns: ColumnMap, name: str, reason: str) -> RejectedRow:
    column = columns.columns.get(name, "")
    return RejectedRow(raw.row, raw.line, column, raw.values.get(column, ""), reason, raw.values)


def _place(row: Cells) -> Place:
    place = parse_place(row["place"], city=row["city"], region=row["region"], country=row["country"])
    if place.country or not (match := _LINKEDIN_COUNTRY.match(row["url"])):
        return place
    # A LinkedIn address says in which country the posting is, where the place is only "Greater Barcelona".
    return parse_place(row["place"], city=row["city"], region=row["region"], country=match[1])


def _pay(row: Cells, country: str) -> Pay | None:
    if not any(row[name] for name in _PAY_FIELDS):
        return None
    cells = PayCells(
        text=clean_line(row["pay_text"]),
        low=row["pay_min"],
        high=row["pay_max"],
        currency=row["pay_currency"],
        period=row["pay_period"],
        hint=row.heading(_PAY_FIELDS),
    )
    return parse_pay(cells, country=country)


def _external_id(raw: RawRow, columns: ColumnMap) -> str:
    """The stated id, else the one in the posting's own address: where to apply is shared by postings, and changes."""
    stated = identity.external_id_of(columns.value(raw.values, "external_id"))
    column = columns.columns.get("url", "")
    if stated or not column or _APPLY.search(column):
        return stated
    return identity.url_id(given(raw.values.get(column)))
