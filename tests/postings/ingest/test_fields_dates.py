"""Days as boards and scrapers write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.ingest.dates import EARLIEST, date_problem, is_relative, parse_date

SEEN = date(2026, 3, 15)

DAYS = {
    "ISO": ("2025-06-05", date(2025, 6, 5)),
    "ISO with a time": ("2025-06-05 13:45:00", date(2025, 6, 5)),
    "ISO with Z": ("2025-06-05T23:59:59Z", date(2025, 6, 5)),
    "ISO with a zone": ("2025-06-05T23:30:00-08:00", date(2025, 6, 5)),
    "ISO with parts of seconds": ("2025-06-05T23:30:00.123+0200", date(2025, 6, 5)),
    "slashes from the year": ("2025/06/05", date(2025, 6, 5)),
    "dots from the year": ("2025.06.05", date(2025, 6, 5)),
    "without signs": ("20250605", date(2025, 6, 5)),
    "without signs, with a time": ("20250605T101500Z", date(2025, 6, 5)),
    "US": ("6/25/2025", date(2025, 6, 25)),
    "US, two digits": ("6/25/25", date(2025, 6, 25)),
    "European slashes": ("25/06/2025", date(2025, 6, 25)),
    "European dots": ("25.06.2025", date(2025, 6, 25)),
    "European dots, short": ("5.6.25", date(2025, 6, 5)),
    "European dashes": ("25-06-2025", date(2025, 6, 25)),
    "epoch seconds": ("1749081600", date(2025, 6, 5)),
    "epoch milliseconds": ("1749081600000", date(2025, 6, 5)),
    "epoch microseconds": ("1749081600000000", date(2025, 6, 5)),
    "epoch as a float": ("1749081600000.0", date(2025, 6, 5)),
    "epoch in a spreadsheet": ("1.7490816E+12", date(2025, 6, 5)),
    "Excel serial": ("45813", date(2025, 6, 5)),
    "Excel serial with a time": ("45813.5", date(2025, 6, 5)),
    "Excel month name": ("5-Jun-25", date(2025, 6, 5)),
    "English": ("June 5, 2025", date(2025, 6, 5)),
    "English short": ("Jun 5 2025", date(2025, 6, 5)),
    "English day first": ("5 June 2025", date(2025, 6, 5)),
    "English ordinal": ("June 5th, 2025", date(2025, 6, 5)),
    "English of": ("5th of June 2025", date(2025, 6, 5)),
    "weekday": ("Thursday, June 5, 2025", date(2025, 6, 5)),
    "mail header": ("Thu, 05 Jun 2025 10:00:00 +0000", date(2025, 6, 5)),
    "C time": ("Thu Jun  5 10:00:00 2025", date(2025, 6, 5)),
    "year first by name": ("2025 June 5", date(2025, 6, 5)),
    "slashes with a name": ("05/Jun/2025", date(2025, 6, 5)),
    "German": ("5. Juni 2025", date(2025, 6, 5)),
    "German short": ("5. Mär. 2025", date(2025, 3, 5)),
    "Austrian": ("5. Jänner 2026", date(2026, 1, 5)),
    "French": ("5 février 2026", date(2026, 2, 5)),
    "French first": ("1er août 2025", date(2025, 8, 1)),
    "French without accents": ("5 fevrier 2026", date(2026, 2, 5)),
    "Spanish": ("5 de junio de 2025", date(2025, 6, 5)),
    "Spanish short": ("5 ene 2026", date(2026, 1, 5)),
    "Portuguese": ("5 de março de 2025", date(2025, 3, 5)),
    "Portuguese short": ("5 dez. 2025", date(2025, 12, 5)),
    "Italian": ("5 luglio 2025", date(2025, 7, 5)),
    "Dutch": ("5 maart 2025", date(2025, 3, 5)),
    "Polish": ("5 czerwca 2025", date(2025, 6, 5)),
    "Polish short": ("5 paź 2025", date(2025, 10, 5)),
    "Japanese": ("2025年6月5日", date(2025, 6, 5)),
    "labelled": ("Posted on 2025-06-05", date(2025, 6, 5)),
    "days ago": ("3 days ago", SEEN - timedelta(3)),
    "posted days ago": ("Posted 5 days ago", SEEN - timedelta(5)),
    "active days ago": ("Active 3 days ago", SEEN - timedelta(3)),
    "reposted": ("Reposted 2 weeks ago", SEEN - timedelta(14)),
    "an hour ago": ("an hour ago", SEEN),
    "a month ago": ("1 month ago", SEEN - timedelta(30)),
    "short days": ("5d", SEEN - timedelta(5)),
    "short weeks": ("2w ago", SEEN - timedelta(14)),
    "short months": ("2mo", SEEN - timedelta(60)),
    "just posted": ("Just posted", SEEN),
    "just now": ("just now", SEEN),
    "today": ("Posted Today", SEEN),
    "yesterday": ("Posted Yesterday", SEEN - timedelta(1)),
    "German ago": ("vor 3 Tagen", SEEN - timedelta(3)),
    "German posted ago": ("Veröffentlicht vor 2 Wochen", SEEN - timedelta(14)),
    "heute": ("heute", SEEN),
    "French ago": ("il y a 3 jours", SEEN - timedelta(3)),
    "aujourd'hui": ("Aujourd’hui", SEEN),
    "hier": ("hier", SEEN - timedelta(1)),
    "Spanish ago": ("hace 3 días", SEEN - timedelta(3)),
    "ayer": ("ayer", SEEN - timedelta(1)),
    "Portuguese ago": ("há 3 dias", SEEN - timedelta(3)),
    "Portuguese behind": ("3 dias atrás", SEEN - timedelta(3)),
    "Italian ago": ("3 giorni fa", SEEN - timedelta(3)),
    "Dutch ago": ("3 dagen geleden", SEEN - timedelta(3)),
    "Polish ago": ("3 dni temu", SEEN - timedelta(3)),
    "wczoraj": ("wczoraj", SEEN - timedelta(1)),
}

NO_DAYS = {
    "30+ days ago": "days",
    "Posted 30+ Days Ago": "days",
    "30d+": "days",
    "more than 30 days ago": "days",
    "vor mehr als 30 Tagen": "days",
    "Vor über 30 Tagen": "days",
    "il y a plus de 30 jours": "days",
    "hace más de 30 días": "days",
    "há mais de 30 dias": "days",
    "meer dan 30 dagen geleden": "days",
    "ponad 30 dni temu": "days",
    "a few days ago": "about when",
    "last week": "about when",
    "vor einigen Tagen": "about when",
    "June 2025": "no day, only",
    "2025": "no day, only",
    "2025-06": "no day, only",
    "5 June": "no year",
    "Jun 5": "no year",
    "1970-01-01": "before 1995",
    "2031-01-01": "year ahead",
    "32/13/2025": "not a date",
    "2025-02-30": "not a date",
    "soon": "not a date",
    "Full-time": "not a date",
    "ongoing": "not a date",
}


@pytest.mark.parametrize("name", DAYS)
def test_a_day_is_read(name):
    written, day = DAYS[name]
    assert parse_date(written, seen_on=SEEN) == day
    assert date_problem(written, seen_on=SEEN) == ""


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_gives_no_day_says_why(written):
    assert parse_date(written, seen_on=SEEN) is None
    assert NO_DAYS[written] in date_problem(written, seen_on=SEEN)


@pytest.mark.parametrize("written", ["", "N/A", "-1", "None", "keine Angabe", "Not specified"])
def test_a_placeholder_is_no_problem(written):
    assert (parse_date(written, seen_on=SEEN), date_problem(written, seen_on=SEEN)) == (None, "")


MONTHS = st.sampled_from(
    ["Jun", "März", "août", "de", "ago", "vor", "days", "Tagen", "+", "30", "3", "2025", "/", "-", ".", "today", "T"]
)


@settings(deadline=None)  # dateparser is loaded by the first of them
@given(st.text(max_size=40) | st.lists(MONTHS, max_size=6).map(" ".join), st.dates(date(1996, 1, 1), date(2090, 1, 1)))
def test_a_day_is_between_1995_and_the_year_after_it_was_seen(written, seen_on):
    day = parse_date(written, seen_on=seen_on)

    assert day is None or EARLIEST <= day <= date(seen_on.year + 1, 12, 31)
    assert day is None or date_problem(written, seen_on=seen_on) == ""
    assert isinstance(is_relative(written), bool)


@given(st.dates(date(1996, 1, 1), SEEN), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y", "%Y%m%d"]))
def test_every_day_that_is_written_out_is_read_back(day, form):
    assert parse_date(day.strftime(form), seen_on=SEEN) == day
