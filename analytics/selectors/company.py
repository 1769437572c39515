"""The screen of one company."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from django.http import QueryDict

from analytics.figures import number
from analytics.measures import WITHHELD_BELOW
from analytics.questions import Question
from analytics.selectors.company_apart import ApartTab, apart_tab
from analytics.selectors.company_asked import asked_tab
from analytics.selectors.company_others import OthersTab, others_tab
from analytics.selectors.company_pay import PayTab, pay_tab
from analytics.selectors.company_time import TimeTab, time_tab
from analytics.selectors.company_titles import TitlesTab, titles_tab
from analytics.selectors.counted import tally
from analytics.selectors.key_figures import KeyFigure, share_key_figure, skills_each_figure
from analytics.selectors.links import postings_url
from analytics.selectors.mix import leaning, mixed_figure
from analytics.selectors.months import EVERY_MONTH, month_axis
from analytics.selectors.one_company import OneCompany
from analytics.selectors.pay_text import pay_figure, stated_in
from analytics.selectors.published import Published
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at
from analytics.tables import Sheet
from postings.ingest.agencies import is_staffing_agency
from postings.models import Company

TABS = {
    "titles": "What it calls things",
    "asked": "Asked for",
    "apart": "Sets it apart",
    "others": "Against the same titles",
    "time": "Over time",
    "pay": "Pay",
}


@dataclass(frozen=True)
class CompanyScreen:
    """One of `titles` ... `pay` is given, the one that `tab` names. `spellings` are counted under this name as well."""

    name: str
    is_agency: bool
    spellings: tuple[str, ...]
    n: int
    postings: str
    postings_url: str
    where: str
    own_query: str
    figures: tuple[KeyFigure, ...]
    tabs: tuple[Tab, ...]
    tab: str
    is_withheld: bool
    titles: TitlesTab | None = None
    asked: Sheet | None = None
    apart: ApartTab | None = None
    others: OthersTab | None = None
    time: TimeTab | None = None
    pay: PayTab | None = None


def company_screen(row: Company, question: Question, shown: Published, query: QueryDict) -> CompanyScreen:
    """Return the page of a company that is counted; one without postings in the run has n = 0 and says so."""
    company = OneCompany.within(question, row.key, row.name, shown)
    tab = chosen_tab(query.get("tab", ""), TABS)
    screen = CompanyScreen(
        name=row.name,
        is_agency=is_staffing_agency(row.name),
        spellings=tuple(row.merged.values_list("name", flat=True)),
        n=company.n,
        postings=number(company.n),
        postings_url=postings_url(company.question),
        where=_where(company),
        own_query=company.question.query,
        figures=_figures(company) if company.n else (),
        tabs=tabs_at(row.get_absolute_url(), company.around, TABS, tab),
        tab=tab,
        # What a title is called and when postings came are counts; all else are shares.
        is_withheld=company.n < WITHHELD_BELOW and tab not in ("titles", "time", "others", "pay"),
    )
    return screen if screen.is_withheld or not company.n else _with_tab(screen, company, query.get("page"))


def _with_tab(screen: CompanyScreen, company: OneCompany, page: str | None) -> CompanyScreen:
    parts: dict[str, Callable[[], object]] = {
        "titles": lambda: titles_tab(company, page),
        "asked": lambda: asked_tab(company, page),
        "apart": lambda: apart_tab(company),
        "others": lambda: others_tab(company),
        "time": lambda: time_tab(company),
        "pay": lambda: pay_tab(company),
    }
    part: dict[str, object] = {screen.tab: parts[screen.tab]()}
    return replace(screen, **part)  # type: ignore[arg-type]


def _where(company: OneCompany) -> str:
    """Return "12 roles · 4 sources · Jan 2023 – Aug 2026"."""
    roles = int(np.count_nonzero(company.by_role[company.is_catalogued]))
    sources = int(np.count_nonzero(tally(company.snapshot, company.selection, "source")))
    months = month_axis(company.snapshot, company.selection, most=EVERY_MONTH)
    counted = (f"{roles} role{'' if roles == 1 else 's'}", f"{sources} source{'' if sources == 1 else 's'}")
    return " · ".join((*counted, months.text))


def _figures(company: OneCompany) -> tuple[KeyFigure, ...]:
    roles = mixed_figure(np.where(company.is_catalogued, company.by_role, 0))
    profiles = mixed_figure(leaning(company.selection, company.shown).sum(axis=0)[:-1])
    return (
        share_key_figure("Of all postings", company.n, company.everyone.n),
        KeyFigure(
            "Roles", roles.text or "withheld", note="effective number" if roles.text else f"n = {roles.n} with a role"
        ),
        KeyFigure(
            "Profiles",
            profiles.text or "withheld",
            note=f"effective number, of {len(company.shown.profiles)}" if profiles.text else f"n = {profiles.n}",
        ),
        skills_each_figure(int(company.counts.any.sum()), company.n),
        *_pay_figures(company),
    )


def _pay_figures(company: OneCompany) -> tuple[KeyFigure, ...]:
    pays = company.snapshot.pay_by_currency(company.selection)
    pay = pay_figure(pays[0] if pays else None, company.n)
    careful = "; few, read with care" if pay.state == "thin" else ""
    note = f"{pay.interval} (95%); middle half {pay.quartiles}{careful}" if pay.median else "fewer than 10 state it"
    stated = pays[0].figures.stated if pays else 0
    return (
        KeyFigure("Median pay a year", pay.median or "withheld", note=note),
        share_key_figure(stated_in(pays[0].currency if pays else None), stated, company.n),
    )
