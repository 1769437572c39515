"""What the screen of trends was asked for: two times, skills and roles, periods, the mix that is held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from analytics.questions import Question
from analytics.selectors.periods import MONTH, QUARTER
from analytics.selectors.role_names import NOT_IN_CATALOGUE
from analytics.selectors.two_times import Times
from analytics.snapshot import Snapshot

TABS = {"moving": "Rising and falling", "lines": "Skills and roles over time"}
WINDOWS = {"3": "Last 3 months", "6": "Last 6 months", "12": "Last 12 months", "dates": "Two times of your own"}
USUAL_WINDOW = "6"
DATES = {
    "then_since": "Earlier time, from",
    "then_until": "to",
    "now_since": "Later time, from",
    "now_until": "to",
}
HOLDS = {"source": "sources", "seniority": "seniority", "size": "size of the company"}
USUAL_HOLD = ("source", "seniority")
FIXED, SEEN = "fixed", "seen"
MOST_SKILLS, MOST_ROLES = 4, 4
KEEP = ("tab", "window", *DATES, "skill", "in", "by", "mix", "hold", "base")


@dataclass(frozen=True)
class LinesChoice:
    """`hold` is what stays as in the period `base` when `mix` is fixed; "" lets the page choose one."""

    skills: tuple[str, ...]
    roles: tuple[str, ...]
    by: str
    mix: str
    hold: tuple[str, ...]
    base: str
    problems: tuple[str, ...]

    @property
    def is_fixed(self) -> bool:
        return self.mix == FIXED


def read_lines(query: QueryDict, snapshot: Snapshot) -> LinesChoice:
    """Return the chosen skills and roles that the run knows; what it does not is left out, and said."""
    problems: list[str] = []
    skills = _known(query.getlist("skill"), set(snapshot.skills), "skill", problems)
    roles = _known(query.getlist("in"), set(snapshot.roles) - NOT_IN_CATALOGUE.keys(), "role", problems)
    hold = tuple(name for name in HOLDS if name in query.getlist("hold"))
    return LinesChoice(
        skills=_most(skills, MOST_SKILLS, "skills", problems),
        roles=_most(roles, MOST_ROLES, "roles", problems),
        by=MONTH if query.get("by") == MONTH else QUARTER,
        mix=FIXED if query.get("mix") == FIXED else SEEN,
        hold=hold or USUAL_HOLD,
        base=query.get("base", ""),
        problems=tuple(problems),
    )


def read_times(query: QueryDict, problems: list[str]) -> Times | None:
    """Return the two times of an address, None while they are not whole; `problems` says what is wrong with them."""
    days: dict[str, date] = {}
    for name in DATES:
        if stated := query.get(name):
            try:
                days[name] = date.fromisoformat(stated)
            except ValueError:
                problems.append(f"“{stated}” is not a date like 2026-08-01.")
    if len(days) < len(DATES):
        if not problems:
            problems.append("Give all four days: from and to of the earlier and of the later time.")
        return None
    first, second = (days["then_since"], days["then_until"]), (days["now_since"], days["now_until"])
    if first[0] > first[1] or second[0] > second[1]:
        problems.append("A time ends before it begins.")
    elif first[1] >= second[0]:
        problems.append("The later time must begin after the earlier one has ended.")
    else:
        return Times(first, second)
    return None


def hidden_pairs(question: Question, extra: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the filters and further parts as the hidden fields of a form."""
    return (*question.pairs(), *extra)


def _known(stated: Sequence[str], names: set[str], noun: str, problems: list[str]) -> list[str]:
    wanted = [name for name in dict.fromkeys(text.strip() for text in stated) if name]
    by_letters = {name.casefold(): name for name in names}
    found = [by_letters.get(name.casefold(), "") for name in wanted]
    problems += [
        f"This run has no {noun} called “{name}”, so it was left out."
        for name, known in zip(wanted, found, strict=True)
        if not known
    ]
    return [name for name in dict.fromkeys(found) if name]


def _most(names: list[str], most: int, noun: str, problems: list[str]) -> tuple[str, ...]:
    if len(names) > most:
        problems.append(f"At most {most} {noun} are drawn: {', '.join(names[most:])} was left out.")
    return tuple(names[:most])
