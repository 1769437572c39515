"""The screen of trends: what rises and falls, and any skills and roles over time."""

from dataclasses import dataclass

from django.http import QueryDict

from analytics.questions import Question
from analytics.selectors.links import path_of
from analytics.selectors.published import Published
from analytics.selectors.selected import selected
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at
from analytics.selectors.trends_choice import TABS, read_lines
from analytics.selectors.trends_lines import LinesTab, lines_tab
from analytics.selectors.trends_moving import MovingTab, moving_tab


@dataclass(frozen=True)
class TrendsScreen:
    """The chosen tab is filled, the other is None."""

    n: int
    tabs: tuple[Tab, ...]
    problems: tuple[str, ...]
    moving: MovingTab | None = None
    lines: LinesTab | None = None


def trends_screen(question: Question, shown: Published, query: QueryDict) -> TrendsScreen:
    """Return the screen; `query` says which tab, and what of it."""
    n = selected(shown.snapshot, question.filter).n
    tab = chosen_tab(query.get("tab", ""), TABS)
    tabs = tabs_at(path_of("trends"), question, TABS, tab)
    if n == 0:
        return TrendsScreen(n, tabs, ())
    if tab == "moving":
        moving = moving_tab(question, shown, query)
        return TrendsScreen(n, tabs, moving.form.problems, moving=moving)
    choice = read_lines(query, shown.snapshot)
    return TrendsScreen(n, tabs, choice.problems, lines=lines_tab(question, shown, choice))
