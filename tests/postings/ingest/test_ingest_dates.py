from datetime import date

import pytest

from postings.ingest.dates import is_relative, parse_date

SEEN = date(2026, 3, 15)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-02-15T20:46:02.912021", date(2026, 2, 15)),
        ("2026-03-01T13:27:08.189Z", date(2026, 3, 1)),
        ("2024/5/7 10:00", date(2024, 5, 7)),
        ("20240507", date(2024, 5, 7)),
        ("1713397508000.0", date(2024, 4, 17)),
        ("1713397508", date(2024, 4, 17)),
        ("1.71E+12", date(2024, 3, 9)),
        ("45000", date(2023, 3, 15)),
        ("7/20/2023", date(2023, 7, 20)),
        ("20/7/2023", date(2023, 7, 20)),
        ("03.04.2024", date(2024, 4, 3)),
        ("3-4-24", date(2024, 4, 3)),
        ("Oct 30, 2020", date(2020, 10, 30)),
        ("30 October 2020", date(2020, 10, 30)),
        ("Fri Oct 30 08:47:58 2020", date(2020, 10, 30)),
        ("Fri, 30 Oct 2020 08:47:58 GMT", date(2020, 10, 30)),
        ("1st of March 2024", date(2024, 3, 1)),
        ("3. März 2024", date(2024, 3, 3)),
        ("12. Dezember 2025", date(2025, 12, 12)),
        ("5 de mayo de 2024", date(2024, 5, 5)),
        ("14 juillet 2025", date(2025, 7, 14)),
        ("12 grudnia 2024", date(2024, 12, 12)),
        ("10 мая 2024", date(2024, 5, 10)),
        ("12 Haziran 2025", date(2025, 6, 12)),
        ("3 days ago", date(2026, 3, 12)),
        ("Posted 2 weeks ago", date(2026, 3, 1)),
        ("1 month ago", date(2026, 2, 13)),
        ("a year ago", date(2025, 3, 15)),
        ("13 hours ago", SEEN),
        ("5d", date(2026, 3, 10)),
        ("Just posted", SEEN),
        ("Today", SEEN),
        ("yesterday", date(2026, 3, 14)),
        ("vor 3 Tagen", date(2026, 3, 12)),
        ("vor einem Monat", date(2026, 2, 13)),
        ("gestern", date(2026, 3, 14)),
        ("il y a 2 semaines", date(2026, 3, 1)),
        ("hace 3 días", date(2026, 3, 12)),
        ("há 3 dias", date(2026, 3, 12)),
        ("3 giorni fa", date(2026, 3, 12)),
        ("3 dagen geleden", date(2026, 3, 12)),
    ],
)
def test_a_date_is_read(value, expected):
    assert parse_date(value, seen_on=SEEN) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "N/A",
        "########",
        "-1",
        "None",
        "soon",
        "32/13/2024",
        "2024-02-30",
        "30+ days ago",
        "more than 30 days ago",
        "0",
        "1970-01-01",
        "1900-01-00",
        "2031-01-01",
        "Full-time",
    ],
)
def test_what_is_no_date_is_none(value):
    assert parse_date(value, seen_on=SEEN) is None


@pytest.mark.parametrize(
    ("country", "expected"), [("US", date(2025, 3, 4)), ("", date(2025, 3, 4)), ("GB", date(2025, 4, 3))]
)
def test_slashes_are_read_as_the_country_writes_them(country, expected):
    assert parse_date("03/04/2025", seen_on=SEEN, country=country) == expected


def test_of_two_readings_the_one_that_is_not_in_the_future_wins():
    assert parse_date("03/10/2026", seen_on=SEEN, country="GB") == date(2026, 3, 10)


@pytest.mark.parametrize(("value", "relative"), [("3 days ago", True), ("gestern", True), ("2026-03-01", False)])
def test_relative_dates_are_told_from_written_ones(value, relative):
    assert is_relative(value) is relative
