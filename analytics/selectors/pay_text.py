"""Yearly pay as words: a median never stands without how many postings state pay."""

from dataclasses import dataclass

from analytics.figures import Reliability, ShareFigure, number
from analytics.selectors.shares import WITHHELD, share_of, state_of
from analytics.snapshot import PayByCurrency

_DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class PayFigure:
    """Median yearly pay: `median` with its currency, `amount` without; both "" where fewer than ten state it.

    `coverage` is the share of the postings that state pay in this currency, `sort` the median as a plain number.
    """

    median: str
    amount: str
    interval: str
    quartiles: str
    coverage: ShareFigure
    sort: str
    state: Reliability


def pay_figure(pay: PayByCurrency | None, n: int) -> PayFigure:
    """Return the pay of n postings; None is a currency in which nobody states pay."""
    if pay is None or pay.figures.stated == 0:
        return PayFigure("", "", "", "", share_of(0, n), "", WITHHELD)
    found = pay.figures
    coverage = share_of(found.stated, n)
    state = state_of(found.stated)
    if state == WITHHELD:
        return PayFigure("", "", "", "", coverage, "", state)
    return PayFigure(
        median=f"{pay.currency or 'currency not stated:'} {short_amount(found.median)}",
        amount=short_amount(found.median),
        interval=f"{short_amount(found.median_low)}{_DASH}{short_amount(found.median_high)}",
        quartiles=f"{short_amount(found.low)}{_DASH}{short_amount(found.high)}",
        coverage=coverage,
        sort=f"{found.median:.0f}",
        state=state,
    )


def stated_in(currency: str | None) -> str:
    """Return what the share that states pay in one currency is called; None where nobody states any."""
    if currency is None:
        return "Pay stated"
    return f"Pay stated in {currency}" if currency else "Pay stated without a currency"


def short_amount(value: float) -> str:
    """Return 152300 as "152k" and 1523000 as "1.5M"; under a thousand as it is."""
    if value >= 999_500:
        return f"{number(value / 1e6, decimals=1)}M"
    return f"{number(value / 1e3)}k" if value >= 1000 else number(value)
