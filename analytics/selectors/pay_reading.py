"""How pay was read: what counts as stated, how it became yearly, and what could not be used."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q

from analytics.selectors.links import postings_url
from analytics.selectors.pay_ranges import by_column
from analytics.selectors.pay_stated import StatedPay, currencies
from analytics.snapshot import Filter
from analytics.tables import Column, Row, Sheet, Table, number_cell, text_cell
from postings.ingest.money import PERIODS_A_YEAR
from postings.models import Posting


@dataclass(frozen=True)
class PayReading:
    """`periods` and `currencies` are of the whole run, copies counted; the others lie within the filters."""

    periods: Sheet
    currencies: Sheet
    by_source: Sheet
    by_country: Sheet


@dataclass(frozen=True)
class _Read:
    """Postings that state a figure of pay for a period; `contradictory` and `unclear` ones are in no figure."""

    period: str
    stated: int
    contradictory: int
    unclear: int


def pay_reading(stated: StatedPay) -> PayReading:
    return PayReading(
        periods=_periods(stated.shown.run.pk),
        currencies=_currencies(stated),
        by_source=by_column(stated, "source", "Who states pay: by source"),
        by_country=by_column(stated, "country", "Who states pay: by country"),
    )


def _periods(run_id: int) -> Sheet:
    columns = (
        Column("Stated for", is_number=False),
        Column("Times a year"),
        Column("Postings"),
        Column("Used"),
        Column("Contradictory"),
        Column("No period, and none evident"),
    )
    rows = tuple(_period_row(read) for read in pay_as_read(run_id))
    return Sheet("pay-periods", "How pay is stated", Table(columns, rows), method="pay", noun="periods")


def _period_row(read: _Read) -> Row:
    times = PERIODS_A_YEAR.get(read.period)
    return (
        text_cell(f"a {read.period}" if read.period != "hour" else "an hour") if times else text_cell("not said"),
        number_cell(int(times) if times else None),
        number_cell(read.stated),
        number_cell(read.stated - read.contradictory - read.unclear),
        number_cell(read.contradictory),
        number_cell(read.unclear),
    )


def _currencies(stated: StatedPay) -> Sheet:
    every = stated.question.cleared().changed({"copies": True})
    found = currencies(stated.snapshot, stated.snapshot.select(Filter(copies=True)))
    rows = tuple(
        (
            text_cell(name or "not said", note="" if name else "may be several: their medians mean little"),
            number_cell(n, url=postings_url(every, pay=name or "none")),
        )
        for name, n in found
    )
    columns = (Column("Currency", is_number=False), Column("Postings that state yearly pay"))
    return Sheet("pay-currencies", "Currencies", Table(columns, rows), method="pay", noun="currencies")


@lru_cache(maxsize=8)
def pay_as_read(run_id: int) -> tuple[_Read, ...]:
    """Return the counts by period, once per run and process: the postings of a million are looked through for it."""
    figures = Posting.objects.filter(Q(pay_min__isnull=False) | Q(pay_max__isnull=False))
    unclear = Q(pay_yearly_min__isnull=True, pay_yearly_max__isnull=True)
    counts = (
        figures.order_by()
        .values_list("pay_period")
        .annotate(
            stated=Count("pk"), contradictory=Count("pk", Q(pay_suspect=True) & ~unclear), unclear=Count("pk", unclear)
        )
    )
    order = [*reversed(PERIODS_A_YEAR), ""]
    return tuple(sorted((_Read(*one) for one in counts), key=lambda read: order.index(read.period)))
