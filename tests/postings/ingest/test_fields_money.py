"""Pay as boards write it: least, most, currency, period."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.ingest.figures import pay_problem
from postings.ingest.money import PERIODS_A_YEAR, PayCells, figure_problem, parse_pay

# Least, most, currency and period of what is written; an empty text where it says nothing about one of them.
PAY = {
    "$53K-$91K (Glassdoor est.)": ("53000", "91000", "USD", "year"),
    "$21-$34 Per Hour(Glassdoor est.)": ("21", "34", "USD", "hour"),
    "Employer Provided Salary: $120K - $150K": ("120000", "150000", "USD", "year"),
    "£45,000 - £60,000 a year": ("45000", "60000", "GBP", "year"),
    "£30k-£35k + 25 days holiday": ("30000", "35000", "GBP", "year"),
    "30 days holiday and £30k": ("30000", "30000", "GBP", "year"),
    "60-70 an hour": ("60", "70", "", "hour"),
    "120-150k": ("120000", "150000", "", ""),
    "120k–150": ("120000", "150000", "", ""),
    "50/60k": ("50000", "60000", "", ""),
    "18 000 - 25 000 PLN": ("18000", "25000", "PLN", ""),
    "PLN18000-25000": ("18000", "25000", "PLN", ""),
    "12 000 – 16 000 zł / mies.": ("12000", "16000", "PLN", "month"),
    "150 zł/godz.": ("150", "150", "PLN", "hour"),
    "od 15 000 do 20 000 zł netto": ("15000", "20000", "PLN", ""),
    "Up to $250/day": ("", "250", "USD", "day"),
    "up to 90,000 (DOE)": ("", "90000", "", ""),
    "< 60k": ("", "60000", "", ""),
    "max. 60.000 €": ("", "60000", "EUR", "year"),
    "bis zu 90.000 €": ("", "90000", "EUR", "year"),
    "hasta 30.000€": ("", "30000", "EUR", "year"),
    "From $20 an hour": ("20", "", "USD", "hour"),
    "min. 50k EUR": ("50000", "", "EUR", "year"),
    "> 50k USD": ("50000", "", "USD", "year"),
    "ab 3.200 € monatlich": ("3200", "", "EUR", "month"),
    "$100k+": ("100000", "", "USD", "year"),
    "100K+ USD": ("100000", "", "USD", "year"),
    "₹5,00,000 - ₹8,00,000 a year": ("500000", "800000", "INR", "year"),
    "8 LPA": ("800000", "800000", "", "year"),
    "1.2 - 1.5 crore": ("12000000", "15000000", "", ""),
    "Rs 50,000 per month": ("50000", "50000", "INR", "month"),
    "€50.000,00": ("50000", "50000", "EUR", "year"),
    "€45.000 x 14": ("45000", "45000", "EUR", "year"),
    "1.234.567,89 HUF": ("1234567.89", "1234567.89", "HUF", ""),
    "CHF 120'000": ("120000", "120000", "CHF", "year"),
    "3.500,- bis 4.200,- €": ("3500", "4200", "EUR", ""),
    "3.000 bis 3.500 Euro im Monat": ("3000", "3500", "EUR", "month"),
    "2.500 € brutto / Monat": ("2500", "2500", "EUR", "month"),
    "60-80 Tsd. Euro": ("60000", "80000", "EUR", "year"),
    "12,50 EUR/Std.": ("12.5", "12.5", "EUR", "hour"),
    "70k€ fixe": ("70000", "70000", "EUR", "year"),
    "50-60 k€ brut/an": ("50000", "60000", "EUR", "year"),
    "45K€ à 55K€": ("45000", "55000", "EUR", "year"),
    "40 000€ - 45 000€": ("40000", "45000", "EUR", "year"),
    "1 800 € par mois": ("1800", "1800", "EUR", "month"),
    "da 30.000 a 35.000 euro annui": ("30000", "35000", "EUR", "year"),
    "€ 3.500 - € 4.500 per maand": ("3500", "4500", "EUR", "month"),
    "30.000€ - 36.000€ bruto/año": ("30000", "36000", "EUR", "year"),
    "R$ 5.000,00": ("5000", "5000", "BRL", ""),
    "$60K/yr - $80K/yr": ("60000", "80000", "USD", "year"),
    "$50,000.00/year - $60,000.00/year": ("50000", "60000", "USD", "year"),
    "$15.00 - $20.00 Hourly": ("15", "20", "USD", "hour"),
    "£18.50 p/h": ("18.5", "18.5", "GBP", "hour"),
    "$1,000 weekly": ("1000", "1000", "USD", "week"),
    "USD 4,000 monthly": ("4000", "4000", "USD", "month"),
    "$3,000 per month, 8 hours a day": ("3000", "3000", "USD", "month"),
    "40 hours per week, $20 per hour": ("20", "20", "USD", "hour"),
    "35,000 GBP per annum": ("35000", "35000", "GBP", "year"),
    "SEK 45 000/month": ("45000", "45000", "SEK", "month"),
    "¥6,000,000 - ¥8,000,000": ("6000000", "8000000", "", ""),
    "A$120k": ("120000", "120000", "AUD", "year"),
    "$1M": ("1000000", "1000000", "USD", "year"),
    "$1M - $1.5M": ("1000000", "1500000", "USD", "year"),
    "$120k + 0.1% equity": ("120000", "", "USD", "year"),
    "10% bonus, $90k": ("90000", "90000", "USD", "year"),
    "401(k) and $50k": ("50000", "50000", "USD", "year"),
    "Salary 2024: $50k": ("50000", "50000", "USD", "year"),
    "Inside IR35, £500 per day": ("500", "500", "GBP", "day"),
    "Grade 7: £54,358 - £61,585": ("54358", "61585", "GBP", "year"),
    "$25/hr, call 555-010-9999": ("25", "25", "USD", "hour"),
    "OTE $200k": ("200000", "200000", "USD", "year"),
}
NO_PAY = [
    "competitive", "Competitive salary", "DOE", "negotiable", "nach Vereinbarung", "à négocier", "a convenir",
    "a combinar", "Attraktives Gehalt", "marktconform", "do uzgodnienia", "401k", "0.5% - 1.5% equity", "$0", "0 - 0",
    "unpaid", "Not disclosed", "N/A", "-1",
]  # fmt: skip
UNREADABLE = ["see advert", "2024", "Call 555-010-9999", "TVöD E13", "Level 5", "-5000", "40 hours per week"]


def figures(written):
    pay = parse_pay(PayCells(text=written))
    return tuple("" if figure is None else figure for figure in (pay.min, pay.max)), pay.currency, pay.period


@pytest.mark.parametrize("written", PAY)
def test_pay_is_read(written):
    low, high, currency, period = PAY[written]
    assert figures(written) == (tuple(Decimal(figure) if figure else "" for figure in (low, high)), currency, period)


@pytest.mark.parametrize("written", NO_PAY)
def test_pay_that_is_not_stated_is_missing_and_no_problem(written):
    assert parse_pay(PayCells(text=written)) is None
    assert pay_problem(written) == ""


@pytest.mark.parametrize("written", UNREADABLE)
def test_pay_that_cannot_be_read_is_a_problem(written):
    assert parse_pay(PayCells(text=written)) is None
    assert pay_problem(written).endswith(".")


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("", ""),
        ("0", ""),
        ("-1", ""),
        ("45000", ""),
        ("45.000 €", ""),
        ("-5000", "below zero"),
        ("1e15", "too large"),
        ("abc", "no figure"),
    ],
)
def test_a_figure_in_a_column_of_its_own_says_what_is_wrong_with_it(value, word):
    reason = figure_problem(value)
    assert word in reason if word else reason == ""


@pytest.mark.parametrize("written", ["$90,000 to $50,000", "90k-50k EUR", "60 - 40 an hour USD"])
def test_figures_in_the_wrong_order_are_flagged_and_stay(written):
    pay = parse_pay(PayCells(text=written))
    assert pay.suspect
    assert pay.min > pay.max


FIGURES = st.decimals("0.5", "900000", places=2)
PIECES = st.sampled_from(
    [
        "$",
        "€",
        "k",
        "-",
        "–",
        "to",
        "a year",
        "per hour",
        "12",
        "1.5",
        "45,000",
        "%",
        "up to",
        "401k",
        "LPA",
        "€/h",
        "x 14",
        "CHF",
    ]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=8).map(" ".join))
def test_reading_pay_never_fails_and_every_figure_is_positive(written):
    pay = parse_pay(PayCells(text=written))

    assert pay is None or any(figure is not None for figure in (pay.min, pay.max))
    assert pay is None or all(figure > 0 for figure in (pay.min, pay.max) if figure is not None)


@given(FIGURES, FIGURES, st.sampled_from(sorted(PERIODS_A_YEAR)))
def test_figures_in_columns_are_never_swapped_and_a_year_is_by_the_table(low, high, period):
    pay = parse_pay(PayCells(low=str(low), high=str(high), currency="EUR", period=period))

    assert (pay.min, pay.max) == (low, high)
    assert pay.yearly_min == low * PERIODS_A_YEAR[period]
    assert pay.suspect or low <= high
