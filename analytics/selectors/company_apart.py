"""What sets a company apart from the others that hire for the same roles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, bar_with_intervals
from analytics.figures import number
from analytics.measures import WITHHELD_BELOW, LogOdds, Standardised, benjamini_hochberg, log_odds
from analytics.measures.trends import ALPHA
from analytics.selectors.company_asked import in_the_same_roles
from analytics.selectors.contrast import LEAST, log_odds_unit
from analytics.selectors.one_company import OneCompany
from analytics.selectors.shares import p_cell, shares_of
from analytics.tables import SHARE, Column, Estimate, Table, interval_cell, number_cell, share_cell, text_cell

MOST_APART, MOST_LACKING = 24, 8
UNIT = log_odds_unit("others in the same roles")


@dataclass(frozen=True)
class ApartTab:
    """`refusal` says why there is nothing to set it against, `left_out` which postings are not compared."""

    chart: Chart | None
    left_out: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class _Compared:
    """`own` [k]: the company's postings in the roles that others have too, `n` of them, by skill."""

    own: NDArray[np.int64]
    n: int
    others: Standardised
    odds: LogOdds
    adjusted: NDArray[np.float64]


def apart_tab(company: OneCompany) -> ApartTab:
    """Return the skills whose log-odds against the others in the same roles differ from zero at 5% false discoveries.

    The others count as many postings as they stand for once they are weighted to the company's own mix of roles.
    """
    others = in_the_same_roles(company)
    if others.compared < WITHHELD_BELOW:
        return ApartTab(
            None,
            refusal=f"{number(others.compared)} of its postings stand under roles that others have too: "
            f"it takes {WITHHELD_BELOW} to set them apart.",
        )
    found = _compared(company, others)
    above = _clear(found, found.odds.low)[:MOST_APART]
    below = _clear(found, -found.odds.high)[:MOST_LACKING]
    codes = [*above, *reversed(below)]
    names = company.snapshot.skills
    caption = Caption(
        key="apart",
        title=f"What sets {company.name} apart from others that hire for the same roles",
        summary=_summary([names[code] for code in above], [names[code] for code in below], others),
        unit=UNIT,
        n=found.n,
        method="standardised",
    )
    chart = bar_with_intervals([_estimate(company, found, code) for code in codes], caption)
    return ApartTab(replace(chart, table=_table(company, found, codes)), _left_out(company, company.n - found.n))


def _compared(company: OneCompany, others: Standardised) -> _Compared:
    own = company.counts_by_role[others.used].sum(axis=0)
    theirs = others.share * others.n
    odds = log_odds(own, theirs)
    known = own + theirs >= LEAST
    return _Compared(own, others.compared, others, odds, benjamini_hochberg(np.where(known, odds.p, np.nan)))


def _clear(found: _Compared, strength: NDArray[np.float64]) -> list[int]:
    """Return the skills that surely lean one way, in the order of the end of their interval nearer to zero."""
    clear = np.flatnonzero((strength > 0) & (found.adjusted < ALPHA))
    return [int(code) for code in clear[np.argsort(-strength[clear], kind="stable")]]


def _estimate(company: OneCompany, found: _Compared, code: int) -> Estimate:
    odds, name = found.odds, company.snapshot.skills[code]
    ends = (float(odds.delta[code]), float(odds.low[code]), float(odds.high[code]))
    return Estimate(name, *ends, n=int(company.counts.any[code]), url=company.holders_url(name))


def _left_out(company: OneCompany, n: int) -> str:
    if n == 0:
        return ""
    return (
        f"{number(n)} of its {number(company.n)} postings are not compared: their titles are outside our catalogue of "
        "roles, or nobody else has the role."
    )


def _summary(above: Sequence[str], below: Sequence[str], others: Standardised) -> str:
    against = f"Against other companies’ postings in the same roles (they stand for {number(others.n)})"
    if not above and not below:
        return f"{against}, nothing differs by more than chance would."
    said = [
        f"{' and '.join(above[:2])} stand{'s' if len(above) == 1 else ''} out most" if above else "",
        f"{below[0]} is missing most" if below else "",
    ]
    return f"{against}, {'; '.join(part for part in said if part)}."


def _table(company: OneCompany, found: _Compared, codes: Sequence[int]) -> Table:
    """The chart's figures, and beside them the shares that they come from."""
    here = shares_of(company.counts.any[list(codes)], company.n)
    rows = []
    for place, code in enumerate(codes):
        name, odds = company.snapshot.skills[code], found.odds
        rows.append(
            (
                text_cell(name, company.skill_url(name)),
                number_cell(float(odds.delta[code]), UNIT),
                interval_cell(float(odds.low[code]), float(odds.high[code]), UNIT),
                p_cell(float(found.adjusted[code])),
                share_cell(here[place], company.holders_url(name)),
                number_cell(float(found.others.share[code]), SHARE),
            )
        )
    columns = (
        Column("Skill", is_number=False),
        Column("Log-odds", unit=UNIT),
        Column("95% interval", unit=UNIT),
        Column("Adjusted p"),
        Column("Share of its postings"),
        Column("Others in these roles", unit=SHARE),
    )
    return Table(columns, tuple(rows))
