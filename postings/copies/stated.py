"""What an ad states in so many words and a copy of it repeats: years of experience, and the number of the job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten",
        "ein zwei drei vier fünf",
        "un deux trois quatre cinq",
    )
    for number, word in enumerate(words.split(), start=1)
}
_UNITS = ("year", "yrs", "jahr", " lat ", " lata", " ans", " anni", " años", " anos", " jaar", " jaren", " år")
"""Looked for first, as plain strings: a pattern of all of them takes a hundred times as long."""
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_BEFORE_UNIT = re.compile(
    rf"\b(?P<low>{_NUMBER})\b[ \t]*(?:\(\d{{1,2}}\))?[ \t]*(?:\+|plus\b|or more\b)?[ \t]*"
    rf"(?:(?:-|–|—|to\b|or\b|bis\b|à\b|a\b|do\b)[ \t]*(?P<high>{_NUMBER})[ \t]*\+?)?[ \t-]*$"
)
_LONGEST_NUMBER = 32
_EXPERIENCE = re.compile(
    r"experi|expertise|expérience|erfahrung|erfaring|erfarenhet|ervaring|esperienza|doświadcz|background|proven|"
    r"minim|at least|mindestens|min\.|required|working|in a |in an "
)
_BEFORE, _BEHIND = 60, 60
MOST_YEARS = 15
"""More is the age of the firm."""

_LABELS = ("#", " id", "number", "nummer", " no.", " no ", " nr", " code", " num ", "requisition")
_LABELLED = re.compile(
    r"\b(?:job|req(?:uisition)?|position|vacancy|posting|reference|ref|stellen|referenz)[ _.-]{0,2}"
    r"(?:(?:id|no|nr|number|num|code|nummer|requisition)\b[ .]{0,2}(?:id\b|number\b)?|#)[ .:#]{0,4}"
    r"(?P<number>[a-z]{0,6}[-_]?\d[\w-]{2,18})"
)
_AMOUNT = re.compile(r"[$€£] ?(?P<whole>\d{1,3}(?:[,.]\d{3})+|\d+)(?:[.,]\d{1,2}\b)?(?P<k> ?k\b)?")
THOUSAND = 1000
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d?-\d\d?)?")
_FEWEST_DIGITS = 3
_LABEL_BEFORE, _LABEL_BEHIND = 16, 48


@dataclass(frozen=True)
class Stated:
    """`years` are the years of experience asked for, each year of a range; `numbers` what the job is filed under.

    `pay` are the amounts of money from a thousand on.
    """

    years: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()
    pay: frozenset[int] = frozenset()


def stated(text: str) -> Stated:
    """Return what the text states; of years only those said of experience, of numbers only labelled ones."""
    lowered = text.lower()
    return Stated(frozenset(_years(lowered)), frozenset(_job_numbers(lowered)), frozenset(_amounts(lowered)))


def years_apart(one: Stated, other: Stated) -> bool:
    """Tell whether each asks for years that the other does not; a text that was cut or adds years is no case."""
    return bool(one.years - other.years and other.years - one.years)


def numbers_apart(one: Stated, other: Stated) -> bool:
    """Tell whether the jobs are filed under different numbers of one kind; of two kinds they say nothing."""
    if not one.numbers or not other.numbers or one.numbers & other.numbers:
        return False
    return not {_kind(number) for number in one.numbers}.isdisjoint(_kind(number) for number in other.numbers)


def pay_apart(one: Stated, other: Stated) -> bool:
    """Tell whether both name amounts of money, and no amount is the same."""
    return bool(one.pay and other.pay) and one.pay.isdisjoint(other.pay)


def _years(text: str) -> set[int]:
    found: set[int] = set()
    for at in _places(text, _UNITS):
        match = _BEFORE_UNIT.search(text[max(at - _LONGEST_NUMBER, 0) : at])
        if match is None:
            continue
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] else low
        around = text[max(at - _BEFORE, 0) : at + _BEHIND]
        if 0 < low <= high <= MOST_YEARS and _EXPERIENCE.search(around):
            found.update(range(low, high + 1))
    return found


def _places(text: str, wanted: tuple[str, ...]) -> Iterator[int]:
    """Yield where one of the strings begins."""
    for literal in wanted:
        at = text.find(literal)
        while at >= 0:
            yield at
            at = text.find(literal, at + len(literal))


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _NUMBERS[number]


def _job_numbers(text: str) -> set[str]:
    around = (text[max(at - _LABEL_BEFORE, 0) : at + _LABEL_BEHIND] for at in _places(text, _LABELS))
    found = {match["number"].strip("-_").upper() for part in around for match in _LABELLED.finditer(part)}
    return {n for n in found if sum(map(str.isdigit, n)) >= _FEWEST_DIGITS and not _DATE.fullmatch(n)}


def _amounts(text: str) -> set[int]:
    found: set[int] = set()
    for match in _AMOUNT.finditer(text):
        amount = int(re.sub(r"\D", "", match["whole"])) * (THOUSAND if match["k"] else 1)
        if amount >= THOUSAND:
            found.add(amount)
    return found


def _kind(number: str) -> str:
    """Return the number's make: letters as they are, 9 for digits ("R0211227" and "R0219220" are both R9999999)."""
    return re.sub(r"\d", "9", number)
