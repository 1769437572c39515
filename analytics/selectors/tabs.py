"""The tabs of a screen, as _tabs.html places them: one part of a screen at a time, each with its own address."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.questions import Question


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool
    count: str = ""


def chosen_tab(asked: str, labels: Mapping[str, str]) -> str:
    """Return the tab that was asked for, the first one when there is no such tab."""
    return asked if asked in labels else next(iter(labels))


def tabs_at(path: str, question: Question, labels: Mapping[str, str], chosen: str, **extra: str) -> tuple[Tab, ...]:
    """Return the tabs of the screen at `path`; the first is its plain address. `extra` goes along."""
    first = next(iter(labels))
    return tuple(
        Tab(label, path + question.query_with(tab="" if name == first else name, **extra), current=name == chosen)
        for name, label in labels.items()
    )
