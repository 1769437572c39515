from decimal import Decimal

import pytest

from postings.ingest.money import PayCells, figures_of, parse_pay


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$53K-$91K (Glassdoor est.)", 53_000, 91_000),
        ("$21-$34 Per Hour(Glassdoor est.)", 21, 34),
        ("Employer Provided Salary:$150K - $160K", 150_000, 160_000),
        ("120–150k", 120_000, 150_000),
        ("£30,000 - £40,000 per annum + bonus", 30_000, 40_000),
        ("$70,000 a year", 70_000, 70_000),
        ("$22.50 an hour", 22.5, 22.5),
        ("50.000 € bis 65.000 € brutto im Jahr", 50_000, 65_000),
        ("1.234,56 EUR", 1234.56, 1234.56),
        ("62,5k", 62_500, 62_500),
        ("45 000 - 55 000 zł", 45_000, 55_000),
        ("CHF 110'000 – 130'000", 110_000, 130_000),
        ("60-80 Tsd. Euro", 60_000, 80_000),
        ("6-10 LPA", 600_000, 1_000_000),
        ("$1.2m", 1_200_000, 1_200_000),
        ("up to $90k", None, 90_000),
        ("bis zu 90.000 €", None, 90_000),
        ("from £45,000", 45_000, None),
        ("ab 3.500 € monatlich", 3_500, None),
        ("$100k+", 100_000, None),
        ("20.000 a 30.000 euros", 20_000, 30_000),
        ("$90,000 to $50,000", 90_000, 50_000),
        ("competitive", None, None),
        ("", None, None),
        ("$0", None, None),
    ],
)
def test_figures_and_ranges_are_read(text, low, high):
    found = figures_of(text)
    assert found == tuple(None if figure is None else Decimal(str(figure)) for figure in (low, high))


@pytest.mark.parametrize(
    ("cells", "country", "currency", "period", "yearly"),
    [
        ({"text": "$53K-$91K (Glassdoor est.)"}, "US", "USD", "year", (53_000, 91_000)),
        ({"text": "$20 - $30 an hour"}, "US", "USD", "hour", (41_600, 62_400)),
        ({"text": "$40k-$73k"}, "CA", "CAD", "year", (40_000, 73_000)),
        ({"text": "600 £ per day"}, "GB", "GBP", "day", (156_000, 156_000)),
        ({"text": "3.000 - 4.000 € pro Monat"}, "DE", "EUR", "month", (36_000, 48_000)),
        ({"text": "45 000 kr / mån"}, "SE", "SEK", "", None),
        ({"low": "20.0", "high": "25.0", "currency": "USD", "period": "HOURLY"}, "", "USD", "hour", (41_600, 52_000)),
        ({"low": "79388", "high": "95608", "currency": "USD", "period": "yearly"}, "", "USD", "year", (79_388, 95_608)),
        ({"text": "500.0", "period": "D"}, "GB", "", "day", (130_000, 130_000)),
        ({"low": "12000", "high": "20000"}, "", "", "", None),
        ({"low": "90000", "high": "0", "currency": "EUR"}, "", "EUR", "year", (90_000, None)),
        ({"low": "2500", "high": "3000", "currency": "USD"}, "", "USD", "", None),
        ({"low": "60000", "hint": "salary_year_min_gbp"}, "", "GBP", "year", (60_000, None)),
        (
            {"low": "1000", "text": "$5 per hour", "currency": "PLN", "period": "month"},
            "",
            "PLN",
            "month",
            (12_000, None),
        ),
    ],
)
def test_pay_is_stated_and_a_year_of_it(cells, country, currency, period, yearly):
    pay = parse_pay(PayCells(**cells), country=country)
    assert (pay.currency, pay.period) == (currency, period)
    wanted = yearly or (None, None)
    assert (pay.yearly_min, pay.yearly_max) == tuple(None if y is None else Decimal(y) for y in wanted)
    assert not pay.suspect


@pytest.mark.parametrize(
    "cells",
    [
        {"low": "150000", "high": "120000", "currency": "USD", "period": "year"},
        {"text": "$90k - $50k a year"},
        {"low": "120", "high": "150", "currency": "USD", "period": "yearly"},
        {"low": "90000", "high": "95000", "currency": "USD", "period": "hourly"},
    ],
)
def test_figures_that_contradict_themselves_are_kept_and_flagged(cells):
    pay = parse_pay(PayCells(**cells))
    assert pay.suspect
    assert (pay.min, pay.max) == parse_pay_figures(cells)


def parse_pay_figures(cells):
    if "text" in cells:
        return Decimal(90_000), Decimal(50_000)
    return Decimal(cells["low"]), Decimal(cells["high"])


@pytest.mark.parametrize(
    "cells", [{}, {"text": "-1"}, {"text": "Competitive"}, {"low": "-1", "high": "0"}, {"low": "nan"}]
)
def test_no_pay_is_none(cells):
    assert parse_pay(PayCells(**cells)) is None
