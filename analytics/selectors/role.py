"""The screen of one role."""

from dataclasses import dataclass

from django.http import QueryDict

from analytics.charts import Chart
from analytics.figures import number
from analytics.measures import WITHHELD_BELOW
from analytics.questions import Question
from analytics.selectors.ambiguities import ambiguity_of
from analytics.selectors.counted import company_count, tally
from analytics.selectors.key_figures import KeyFigure, share_key_figure, skills_each_figure
from analytics.selectors.links import compare_url, path_of, postings_url, role_path
from analytics.selectors.mix import Counts, leaning, mixed_figure
from analytics.selectors.months import EVERY_MONTH, month_axis
from analytics.selectors.one_role import OneRole
from analytics.selectors.pay_role import RolePayTab, role_pay_tab
from analytics.selectors.pay_text import pay_figure, stated_in
from analytics.selectors.published import Published
from analytics.selectors.role_behind import (
    Behind,
    Neighbour,
    Titles,
    commonest_titles,
    nearest_roles,
    profiles_behind,
)
from analytics.selectors.role_companies import CompaniesTab, companies_tab
from analytics.selectors.role_elsewhere import Elsewhere, carried_elsewhere
from analytics.selectors.role_groups import GroupSet, groups_tab
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label
from analytics.selectors.role_postings import newest_postings
from analytics.selectors.role_skills import ApartTab, AskedTab, apart_tab, asked_tab, levels_tab
from analytics.selectors.role_time import TimeTab, time_tab
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at
from analytics.tables import Sheet

TABS = {
    "asked": "Asked for",
    "apart": "Sets it apart",
    "levels": "Required vs preferred",
    "groups": "By group",
    "time": "Over time",
    "pay": "Pay",
    "companies": "Companies",
    "elsewhere": "Under other titles",
    "postings": "Postings",
}


@dataclass(frozen=True)
class RoleScreen:
    """One of `asked` ... `newest` is given, the one that `tab` names; shares not under ten postings."""

    name: str
    label: str
    note: str
    n: int
    postings: str
    postings_url: str
    where: str
    compare_url: str
    mine_url: str
    is_withheld: bool
    figures: tuple[KeyFigure, ...]
    tabs: tuple[Tab, ...]
    tab: str
    behind: Behind
    titles: Titles
    nearest: tuple[Neighbour, ...]
    asked: AskedTab | None = None
    apart: ApartTab | None = None
    levels: Chart | None = None
    groups: tuple[GroupSet, ...] = ()
    time: TimeTab | None = None
    pay: RolePayTab | None = None
    companies: CompaniesTab | None = None
    newest: Sheet | None = None
    elsewhere: Elsewhere | None = None


def role_screen(name: str, question: Question, shown: Published, query: QueryDict) -> RoleScreen:
    """Return the page of a role that the run knows; `query` says which tab and which page of it."""
    role = OneRole.within(question, name, shown)
    tab = chosen_tab(query.get("tab", ""), TABS)
    mix = leaning(role.selection, shown)[shown.snapshot.code("role", name)]
    is_withheld = role.n < WITHHELD_BELOW
    opened = "" if is_withheld and tab != "postings" else tab
    nearest = nearest_roles(role)
    return RoleScreen(
        name=name,
        label=role_label(name),
        note=NOT_IN_CATALOGUE.get(name, ""),
        n=role.n,
        postings=number(role.n),
        postings_url=postings_url(role.question),
        where=_where(role),
        compare_url=compare_url(name, nearest[0].name if nearest else "", role.around),
        mine_url=path_of("my_skills") + role.question.query,
        is_withheld=is_withheld,
        figures=_figures(role, mix),
        tabs=tabs_at(role_path(name), role.around, TABS, tab),
        tab=tab,
        behind=profiles_behind(role, mix),
        titles=commonest_titles(role),
        nearest=nearest,
        asked=asked_tab(role, query.get("page")) if opened == "asked" else None,
        apart=apart_tab(role) if opened == "apart" else None,
        levels=levels_tab(role) if opened == "levels" else None,
        groups=groups_tab(role) if opened == "groups" else (),
        time=time_tab(role) if opened == "time" else None,
        pay=role_pay_tab(role, query.get("currency", "")) if opened == "pay" else None,
        companies=companies_tab(role, query.get("page")) if opened == "companies" else None,
        newest=newest_postings(role) if opened == "postings" else None,
        elsewhere=carried_elsewhere(role, mix) if opened == "elsewhere" else None,
    )


def _where(role: OneRole) -> str:
    """Return "688 companies · 9 sources · Jan 2023 – Aug 2026"."""
    companies = company_count(role.snapshot, role.selection)
    sources = int((tally(role.snapshot, role.selection, "source") > 0).sum())
    months = month_axis(role.snapshot, role.selection, most=EVERY_MONTH)
    counted = (
        f"{number(companies)} {'company' if companies == 1 else 'companies'}",
        f"{number(sources)} source{'' if sources == 1 else 's'}",
    )
    return " · ".join((*counted, months.text))


def _figures(role: OneRole, mix: Counts) -> tuple[KeyFigure, ...]:
    mixed = mixed_figure(mix[:-1])
    return (
        *_pay_figures(role),
        KeyFigure(
            "Profiles behind it",
            mixed.text or "withheld",
            note=f"effective number, of {len(role.shown.profiles)}; 1 is one job" if mixed.text else f"n = {mixed.n}",
        ),
        _ambiguity_figure(role),
        skills_each_figure(int(role.counts.any.sum()), role.n),
        share_key_figure("Of all postings", role.n, role.everyone.n),
    )


def _ambiguity_figure(role: OneRole) -> KeyFigure:
    """How far apart companies are under this title: of the whole run, since shuffling takes too long for a page."""
    found = ambiguity_of(role.name, role.shown)
    if not found.text:
        return KeyFigure("Ambiguity", "withheld", note=found.note)
    return KeyFigure(
        "Ambiguity",
        found.text,
        note=f"{found.verdict}: {found.interval} (95%), by chance {found.chance}; {found.reach}",
    )


def _pay_figures(role: OneRole) -> tuple[KeyFigure, ...]:
    """Pay in the currency in which the role's postings state it most; never without how many state it."""
    pays = role.snapshot.pay_by_currency(role.selection)
    pay = pay_figure(pays[0] if pays else None, role.n)
    others = sum(one.figures.stated for one in pays[1:])
    elsewhere = f"; {number(others)} in other currencies" if others else ""
    careful = "; few, read with care" if pay.state == "thin" else ""
    stated = pays[0].figures.stated if pays else 0
    note = f"{pay.interval} (95%); middle half {pay.quartiles}{careful}" if pay.median else "fewer than 10 state it"
    return (
        KeyFigure("Median pay a year", pay.median or "withheld", note=note),
        share_key_figure(stated_in(pays[0].currency if pays else None), stated, role.n, also=elsewhere),
    )
