"""The screen of pay: ranges, time, premiums of skills and of titles, and how pay was read."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from analytics.charts import Chart
from analytics.figures import number
from analytics.measures import WITHHELD_BELOW
from analytics.questions import UNKNOWN, Question
from analytics.selectors.counted import company_count
from analytics.selectors.key_figures import KeyFigure, share_key_figure
from analytics.selectors.links import path_of
from analytics.selectors.pay_levels import seniority_sheet
from analytics.selectors.pay_quarters import quarter_chart
from analytics.selectors.pay_ranges import role_chart, role_rows, role_sheet
from analytics.selectors.pay_reading import PayReading, pay_reading
from analytics.selectors.pay_sheets import ends
from analytics.selectors.pay_stated import StatedPay
from analytics.selectors.pay_titles import TitlePremiums, title_premiums_part
from analytics.selectors.premium import SkillPremiums, skill_premiums
from analytics.selectors.published import Published
from analytics.selectors.shares import postings_text
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at
from analytics.snapshot.select import pick
from analytics.tables import Sheet

KEEP = ("tab", "currency", "base")
TABS = {
    "roles": "By role",
    "time": "Over time",
    "skills": "Premium of skills",
    "titles": "Title or skills",
    "read": "How it is read",
}


@dataclass(frozen=True)
class Currency:
    label: str
    n: str
    url: str
    current: bool


@dataclass(frozen=True)
class Ranges:
    chart: Chart
    roles: Sheet
    silent: str
    seniority: Sheet


@dataclass(frozen=True)
class PayScreen:
    """The part of the chosen tab is filled, the others are None. `refusal` says why there is no figure at all."""

    n: int
    postings: str
    currency: str
    key: str
    currencies: tuple[Currency, ...]
    caution: str
    figures: tuple[KeyFigure, ...]
    tabs: tuple[Tab, ...]
    tab: str
    refusal: str = ""
    ranges: Ranges | None = None
    time: Chart | None = None
    skills: SkillPremiums | None = None
    titles: TitlePremiums | None = None
    reading: PayReading | None = None


def pay_screen(question: Question, shown: Published, query: QueryDict) -> PayScreen:
    """Return pay in the currency that is asked for, else the one that is stated most within the filters."""
    stated = StatedPay.within(question, shown, query.get("currency", ""))
    tab = chosen_tab(query.get("tab", ""), TABS)
    is_told = stated.figures.reliability.is_shown
    return PayScreen(
        n=stated.selection.n,
        postings=postings_text(stated.selection.n),
        currency=stated.in_words,
        key=stated.key,
        currencies=_currencies(stated, tab),
        caution=_caution(stated),
        figures=pay_figures(stated),
        tabs=tabs_at(path_of("pay"), question, TABS, tab, currency=query.get("currency", "")),
        tab=tab,
        refusal="" if is_told else pay_refusal(stated),
        ranges=_ranges(stated) if is_told and tab == "roles" else None,
        time=quarter_chart(stated) if is_told and tab == "time" else None,
        skills=skill_premiums(stated) if is_told and tab == "skills" else None,
        titles=title_premiums_part(stated, query.get("base", "")) if is_told and tab == "titles" else None,
        reading=pay_reading(stated) if tab == "read" else None,
    )


def _ranges(stated: StatedPay) -> Ranges:
    rows, silent = role_rows(stated)
    return Ranges(role_chart(rows, stated), role_sheet(rows, stated), silent, seniority_sheet(stated))


def pay_figures(stated: StatedPay) -> tuple[KeyFigure, ...]:
    """Return the median, the middle half, and how many state pay."""
    found, unit = stated.figures, stated.unit
    is_told = found.reliability.is_shown
    others = sum(n for _, n in stated.others)
    companies = company_count(stated.snapshot, pick(stated.rows))
    url = stated.postings_url() if found.stated else ""
    elsewhere = "in another currency, or without one" if stated.currency else "in a currency that is said"
    also = f"; {number(others)} more {elsewhere}" if others else ""
    share = share_key_figure(f"Pay stated {stated.in_words}", found.stated, stated.selection.n, also=also)
    return (
        KeyFigure(
            "Median pay a year",
            f"{stated.currency} {unit.text(found.median)}".strip() if is_told else "withheld",
            note=f"{ends(found, unit)} (95%)" if is_told else f"fewer than {WITHHELD_BELOW} state it",
            url=url if is_told else "",
        ),
        KeyFigure("Middle half", unit.interval(found.low, found.high) if is_told else "withheld", note=stated.in_words),
        replace(share, url=url),
        KeyFigure("Companies that state it", number(companies), note=stated.in_words),
    )


def _currencies(stated: StatedPay, tab: str) -> tuple[Currency, ...]:
    if not stated.figures.stated:
        return ()
    every = [(stated.currency, stated.figures.stated), *stated.others]
    every.sort(key=lambda one: (-one[1], one[0]))
    here = "" if tab == next(iter(TABS)) else tab
    return tuple(
        Currency(
            label=name or "not said",
            n=number(n),
            url=path_of("pay") + stated.question.query_with(tab=here, currency=name or UNKNOWN),
            current=name == stated.currency,
        )
        for name, n in every
    )


def _caution(stated: StatedPay) -> str:
    if stated.figures.stated and not stated.currency:
        return "These postings do not say in which currency they pay: what looks like one scale may be several."
    return ""


def pay_refusal(stated: StatedPay) -> str:
    if not stated.figures.stated:
        return "No posting within these filters states yearly pay."
    return (
        f"{postings_text(stated.figures.stated)} within these filters state pay {stated.in_words}: figures of fewer "
        f"than {WITHHELD_BELOW} would mislead, so they are withheld. The postings themselves can be read."
    )
