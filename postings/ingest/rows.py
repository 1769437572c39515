"""One raw row -> a posting, or a rejection that says why."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from postings.ingest import identity
from postings.ingest.columns import ColumnMap
from postings.ingest.dates import is_relative, parse_date
from postings.ingest.language import detect_language, stated_language
from postings.ingest.levels import employment_of, remote_of, seniority_of
from postings.ingest.money import PayCells, parse_pay
from postings.ingest.places import Place, parse_place
from postings.ingest.records import Pay, PostingRow, RawRow, RejectedRow
from postings.ingest.text import clean_line, clean_text, criteria_of
from postings.ingest.values import given

TITLE_LIMIT = 300
TEXT_LIMIT = 200_000

_RATING = re.compile(r"\s*\n\s*[0-5](?:[.,]\d)?\s*$")
_STARS = re.compile(r"\s+[0-5][.,]\d\s*(?:★|stars?)?$")
_APPLY = re.compile(r"apply|application|bewerb", re.IGNORECASE)
_LINKEDIN_COUNTRY = re.compile(r"https?://([a-z]{2})\.linkedin\.com/")
_PAY_FIELDS = ("pay_text", "pay_min", "pay_max")


def clean_row(
    raw: RawRow, columns: ColumnMap, *, seen_on: date, language_of: Callable[[str], str] = detect_language
) -> PostingRow | RejectedRow:
    """Return the posting of a row, or why it is none. Relative dates count from the row's own day, else from `seen_on`.

    Only a missing title or description rejects a row; any other field that is missing or cannot be read is left empty.
    `language_of` is asked for the language of the text where no column states one.
    """
    row = _Cells(raw, columns)
    title = clean_line(row["title"])
    if problem := _title_problem(title, columns):
        return _rejected(raw, columns, "title", problem)
    criteria = criteria_of(clean_text(row["description"]))
    if problem := _text_problem(criteria.text, columns):
        return _rejected(raw, columns, "description", problem)
    place = _place(row)
    seen_on = parse_date(row["seen_on"], seen_on=seen_on) or seen_on
    company = _company(row["company"], place)
    facts = _Facts(
        title=title,
        company=company,
        place=place,
        remote=remote_of(row["remote"], place=row["place"] or row["city"], title=title),
        date_posted=parse_date(row["date_posted"], seen_on=seen_on, country=place.country),
        is_dated=not is_relative(row["date_posted"]),
        pay=_pay(row, columns, place.country),
        seniority=seniority_of(row["seniority"] or criteria.seniority),
        employment_type=employment_of(row["employment_type"] or criteria.employment_type),
        text=criteria.text,
    )
    language = stated_language(row["language"]) or language_of(criteria.text)
    return _posting(raw, facts, external_id=_external_id(raw, columns), language=language, url=row["url"])


class _Cells:
    """What a row says about each field."""

    def __init__(self, raw: RawRow, columns: ColumnMap) -> None:
        self._values = raw.values
        self._columns = columns

    def __getitem__(self, name: str) -> str:
        return self._columns.value(self._values, name)


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


def _posting(raw: RawRow, facts: _Facts, *, external_id: str, language: str, url: str) -> PostingRow:
    place = facts.place
    by_content = {"company": facts.company, "title": facts.title, "place": place.place, "text": facts.text}
    return PostingRow(
        row=raw.row,
        line=raw.line,
        key=identity.key_of_id(external_id) if external_id else identity.key_of_content(**by_content),
        content_hash=facts.content_hash(),
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
        url=url if "://" in url else "",
        text=facts.text,
    )


def _title_problem(title: str, columns: ColumnMap) -> str:
    if "title" not in columns.columns:
        return "No column of the file is the title."
    if not any(char.isalpha() for char in title):
        return "The title is missing." if not title else "The title holds no word."
    if len(title) > TITLE_LIMIT:
        return f"The title is {len(title):,} characters long: the cells of this row seem to be shifted."
    return ""


def _text_problem(text: str, columns: ColumnMap) -> str:
    if "description" not in columns.columns:
        return "No column of the file is the description."
    if not any(char.isalpha() for char in text):
        return "The description is missing."
    if len(text) > TEXT_LIMIT:
        return f"The description is {len(text):,} characters long: a quotation mark of this row seems to be missing."
    return ""


def _rejected(raw: RawRow, columns: ColumnMap, name: str, reason: str) -> RejectedRow:
    column = columns.columns.get(name, "")
    return RejectedRow(raw.row, raw.line, column, raw.values.get(column, ""), reason, raw.values)


def _place(row: _Cells) -> Place:
    place = parse_place(row["place"], city=row["city"], region=row["region"], country=row["country"])
    if place.country or not (match := _LINKEDIN_COUNTRY.match(row["url"])):
        return place
    # A LinkedIn address says in which country the posting is, where the place is only "Greater Barcelona".
    return parse_place(row["place"], city=row["city"], region=row["region"], country=match[1])


def _company(cell: str, place: Place) -> str:
    """The name without the rating that Glassdoor prints below it, and without the place that others glue to it."""
    name = clean_line(_RATING.sub("", cell))
    name = _STARS.sub("", name)
    for town in (place.place, place.city):
        if town and len(name) > len(town) + 1 and name.endswith(f"-{town}"):
            return name.removesuffix(f"-{town}").rstrip()
    return name


def _pay(row: _Cells, columns: ColumnMap, country: str) -> Pay | None:
    cells = PayCells(
        text=clean_line(row["pay_text"]),
        low=row["pay_min"],
        high=row["pay_max"],
        currency=row["pay_currency"],
        period=row["pay_period"],
        hint=" ".join(columns.columns[name] for name in _PAY_FIELDS if name in columns.columns),
    )
    return parse_pay(cells, country=country)


def _external_id(raw: RawRow, columns: ColumnMap) -> str:
    """The stated id, else the one in the posting's own address: where to apply is shared by postings, and changes."""
    stated = identity.external_id_of(columns.value(raw.values, "external_id"))
    column = columns.columns.get("url", "")
    if stated or not column or _APPLY.search(column):
        return stated
    return identity.url_id(given(raw.values.get(column)))
