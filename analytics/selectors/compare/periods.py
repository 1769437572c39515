"""Times as an address names them: "2024", "2024-Q2", "2024-05", "2024-05-13", or "2024-01..2024-06"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.figures import month_name
from analytics.snapshot.select import month_number

_DASH = "\N{EN DASH}"
_PART = re.compile(r"(\d{4})(?:-?Q([1-4])|-(\d\d)(?:-(\d\d))?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """The days from `since` to `until`, both inclusive; None is open. `key` is how an address names it."""

    key: str
    since: date | None
    until: date | None

    @property
    def text(self) -> str:
        """Return "2024", "Q2 2024", "May 2024", "Jan 2024 – Jun 2024" or "3 Jan 2024 – 5 Feb 2024"."""
        if self.since is None or self.until is None:
            return f"from {_day(self.since)}" if self.since else f"to {_day(self.until)}"
        if self.since.day != 1 or (self.until + timedelta(days=1)).day != 1:
            return f"{_day(self.since)} {_DASH} {_day(self.until)}" if self.since != self.until else _day(self.since)
        first, last = month_number(self.since), month_number(self.until)
        if first == last:
            return month_name(first)
        if last - first == 11 and first % 12 == 0:
            return str(self.since.year)
        if last - first == 2 and first % 3 == 0:
            return f"Q{first % 12 // 3 + 1} {self.since.year}"
        return f"{month_name(first)} {_DASH} {month_name(last)}"


def read_period(text: str) -> Period | None:
    """Return the period that `text` names; None when it names none."""
    start, dots, end = text.strip().partition("..")
    since, until = _span(start.strip()), _span((end if dots else start).strip())
    if (since is None and start.strip()) or (until is None and end.strip()) or (since is None and until is None):
        return None
    found = Period(text.strip(), since[0] if since else None, until[1] if until else None)
    return None if found.since and found.until and found.since > found.until else found


def months_period(first: int, last: int) -> Period:
    """Return the whole months from `first` to `last`, counted from January 1970."""
    names = [f"{1970 + month // 12}-{month % 12 + 1:02}" for month in (first, last)]
    found = read_period("..".join(names))
    if found is None:
        raise ValueError(f"No months lie between {names[0]} and {names[1]}.")
    return found


def _span(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, quarter, month or day."""
    match = _PART.fullmatch(text)
    if match is None:
        return None
    year, quarter, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day:
            return date(year or 0, month or 0, day), date(year or 0, month or 0, day)
        first, last = (3 * quarter - 2, 3 * quarter) if quarter else (month or 1, month or 12)
        return date(year or 0, first, 1), _end_of_month(year or 0, last)
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _day(day: date | None) -> str:
    return f"{day.day} {month_name(month_number(day))}" if day else ""
