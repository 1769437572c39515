"""What all companies are counted by at once, each count by the cheapest way."""

import numpy as np
from numpy.typing import NDArray

from analytics.measures import WITHHELD_BELOW
from analytics.selectors.catalogued import is_catalogued
from analytics.selectors.counted import tally
from analytics.selectors.selected import once, paid
from analytics.snapshot import Selection, Snapshot

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@once
def role_numbers(snapshot: Snapshot, selection: Selection) -> Floats:
    """Return the effective number of roles of each company, nan under ten postings with a role of the catalogue."""
    rows = selection.rows[is_catalogued(snapshot)[snapshot.role[selection.rows]]]
    sizes = np.bincount(snapshot.company[rows], minlength=len(snapshot.companies))
    rows = rows[(sizes >= WITHHELD_BELOW)[snapshot.company[rows]]]
    roles = len(snapshot.roles)
    cells, counts = np.unique(snapshot.company[rows].astype(np.int64) * roles + snapshot.role[rows], return_counts=True)
    company = cells // roles
    share = counts / sizes[company]
    entropy = -np.bincount(company, share * np.log(share), minlength=len(sizes))
    return np.where(sizes >= WITHHELD_BELOW, np.exp(entropy), np.nan)


def commonest_currency(snapshot: Snapshot, selection: Selection) -> str:
    """Return the currency in which most postings state pay, of equals the first by name; "" when nobody does."""
    stated = paid(snapshot, selection)
    counts = tally(snapshot, stated, "pay_currency")
    return snapshot.vocabulary("pay_currency")[int(counts.argmax())] if stated.n else ""


@once
def median_pays(snapshot: Snapshot, selection: Selection, currency: str) -> Floats:
    """Return the median yearly pay of each company in one currency, nan where fewer than ten postings state it."""
    rows = paid(snapshot, selection).rows
    rows = rows[snapshot.pay_currency[rows] == snapshot.code("pay_currency", currency)]
    sizes = np.bincount(snapshot.company[rows], minlength=len(snapshot.companies))
    rows = rows[(sizes >= WITHHELD_BELOW)[snapshot.company[rows]]]
    order = np.lexsort((snapshot.pay[rows], snapshot.company[rows]))
    pay = np.append(snapshot.pay[rows][order], np.nan)
    kept = np.where(sizes >= WITHHELD_BELOW, sizes, 0)
    ends = np.cumsum(kept)
    middle = (ends - kept + (kept - 1) // 2, ends - kept + kept // 2)
    found = (pay[np.minimum(middle[0], len(pay) - 1)] + pay[np.minimum(middle[1], len(pay) - 1)]) / 2
    return np.where(kept > 0, found, np.nan)
