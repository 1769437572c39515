"""Every screen's compute, as its view calls it, over questions as people put them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from django.http import QueryDict

from analytics.models import Run
from analytics.questions import Question
from analytics.selectors.compare import compare_screen
from analytics.selectors.filterbar import filter_bar, strip
from analytics.selectors.overview import overview_screen, since_run
from analytics.selectors.posting import posting_screen
from analytics.selectors.posting_list import posting_list_screen
from analytics.selectors.profile import TABS as PROFILE_TABS
from analytics.selectors.profile import profile_screen
from analytics.selectors.profiles import profile_list_screen
from analytics.selectors.published import Published, published
from analytics.selectors.quality import quality_screen
from analytics.selectors.role import TABS as ROLE_TABS
from analytics.selectors.role import role_screen
from analytics.selectors.roles import roles_screen
from analytics.selectors.runs import run_screen, runs_screen
from analytics.selectors.search import search_screen
from analytics.selectors.skill import TABS as SKILL_TABS
from analytics.selectors.skill import skill_about, skill_screen
from analytics.selectors.skills import skill_list_screen
from analytics.selectors.trends import trends_screen
from analytics.snapshot import Filter, Snapshot
from postings.models import Posting, Skill

NARROWING = ("since", "roles", "countries", "seniorities", "companies", "sources", "remotes", "languages", "copies")
COMMON = 200
"""Companies and skills that people ask for are among so many of the commonest."""
RELATED = ("title", "company__merged_into", "source", "upload", "first_upload", "text_row", "extraction", "ad_group")

Compute = Callable[["Asked", Published], object]


@dataclass(frozen=True)
class Asked:
    """A question, and what a person looks at with it: two roles, a skill, a profile and a posting."""

    question: Question
    role: str
    other: str
    skill: str
    profile: int
    posting: int


@dataclass(frozen=True)
class Timing:
    """Seconds: `p50`, `p95` and `cpu95` (of the processor) of questions put for the first time; `unfiltered` of the one
    that filters nothing, put again as the peer is asked: the median of three after a first time."""

    unfiltered: float
    p50: float
    p95: float
    cpu95: float


def screens() -> dict[str, Compute]:
    """Return every screen by name."""
    found: dict[str, Compute] = {
        "overview": lambda asked, shown: overview_screen(asked.question, shown, since_run(shown.run)),
        "roles": lambda asked, shown: roles_screen(asked.question, shown, QueryDict()),
    }
    found |= {f"role: {tab}": _role(tab) for tab in ROLE_TABS}
    found |= {
        "compare: nothing chosen": lambda asked, shown: compare_screen(asked.question, shown, QueryDict()),
        "compare: two roles": _compare("role:{role}", "role:{other}"),
        "compare: how far apart": _compare("role:{role}", "role:{other}", tab="apart"),
        "compare: by quarter": _compare("role:{role}", "role:{other}", tab="quarters"),
        "compare: four sides": _compare("role:{role}", "role:{other}", "2024", "2025"),
        "profiles": lambda asked, shown: profile_list_screen(asked.question, shown),
    }
    found |= {f"profile: {tab}": _profile(tab) for tab in PROFILE_TABS}
    found |= {"skills": _skills(""), "skills: a group": _skills("group=area-1&sort=required")}
    found |= {f"skill: {tab}": _skill(tab) for tab in SKILL_TABS}
    found |= {f"trends: {query}": _trends(query) for query in TRENDS}
    found |= {
        "postings": lambda asked, shown: posting_list_screen(asked.question, shown, QueryDict()),
        "postings of a skill": _postings_of_skill,
        "posting": _posting,
        "search": lambda asked, shown: search_screen(asked.skill[:4], asked.question, shown),
        "quality": lambda asked, shown: quality_screen(),
        "runs": lambda asked, shown: runs_screen(page=None),
        "run": lambda asked, shown: run_screen(Run.objects.get(pk=shown.run.pk)),
    }
    return found


TRENDS = ("rising and falling", "tab=lines", "tab=lines&mix=fixed")
WARMING = 3
"""How many questions `warming` returns."""
UNFRAMED = ("posting", "quality", "runs", "run")


def _trends(query: str) -> Compute:
    return lambda asked, shown: trends_screen(asked.question, shown, QueryDict(query))


def _role(tab: str) -> Compute:
    return lambda asked, shown: role_screen(asked.role, asked.question, shown, QueryDict(f"tab={tab}"))


def _compare(*sides: str, tab: str = "") -> Compute:
    def compute(asked: Asked, shown: Published) -> object:
        query = QueryDict(mutable=True)
        query.setlist("side", [side.format(role=asked.role, other=asked.other) for side in sides])
        query["tab"] = tab
        return compare_screen(asked.question, shown, query)

    return compute


def _profile(tab: str) -> Compute:
    return lambda asked, shown: profile_screen(
        shown.profiles[asked.profile % len(shown.profiles)], asked.question, shown, tab=tab
    )


def _skills(query: str) -> Compute:
    return lambda asked, shown: skill_list_screen(asked.question, shown, QueryDict(query))


def _skill(tab: str) -> Compute:
    def compute(asked: Asked, shown: Published) -> object:
        row = Skill.objects.select_related("merged_into").get(name=asked.skill)
        return skill_screen(skill_about(row, asked.question), asked.question, shown, tab=tab)

    return compute


def _postings_of_skill(asked: Asked, shown: Published) -> object:
    profile = shown.profiles[asked.profile % len(shown.profiles)].known
    return posting_list_screen(asked.question, shown, QueryDict(f"skill={asked.skill}&profile={profile}"))


def _posting(asked: Asked, shown: Published) -> object:
    return posting_screen(Posting.objects.select_related(*RELATED).get(pk=asked.posting), shown, asked.question)


def questions(snapshot: Snapshot, count: int, *, seed: int) -> list[Asked]:
    """Return `count` questions, the first without a filter and about the commonest things, the others by chance."""
    rng = np.random.default_rng(seed)
    skills = np.argsort(-snapshot.skill_counts(snapshot.everything).any, kind="stable")[:COMMON]
    roles = np.argsort(-np.bincount(snapshot.role), kind="stable")
    asked = []
    for number in range(count):
        first, second = (0, 1) if number == 0 else rng.permutation(len(roles))[:2]
        one = Asked(
            question=Question(_filter(snapshot, rng) if number else Filter()),
            role=snapshot.roles[roles[first]],
            other=snapshot.roles[roles[second]],
            skill=snapshot.skills[skills[0 if number == 0 else rng.integers(len(skills))]],
            profile=int(rng.integers(1000)) if number else 0,
            posting=int(snapshot.posting_id[rng.integers(snapshot.n)]),
        )
        asked.append(one)
    return asked


def _filter(snapshot: Snapshot, rng: np.random.Generator) -> Filter:
    """Return none to three filters; common values are asked for more often."""
    chosen: dict[str, object] = {}
    for name in rng.choice(NARROWING, rng.integers(0, 4), replace=False):
        if name == "copies":
            chosen["copies"] = True
        elif name == "since":
            since = date(2023 + int(rng.integers(0, 3)), int(rng.integers(1, 13)), 1)
            chosen["since"] = since + timedelta(int(rng.integers(0, 2)) * int(rng.integers(1, 27)))
            if rng.random() < 0.5:
                chosen["until"] = date(2026, int(rng.integers(1, 10)), 1) - timedelta(1)
        else:
            column = {"countries": "country", "companies": "company"}.get(str(name), str(name).rstrip("s"))
            column = {"senioritie": "seniority"}.get(column, column)
            chosen[str(name)] = _values(snapshot, column, rng)
    return Filter(**chosen)


def _values(snapshot: Snapshot, column: str, rng: np.random.Generator) -> tuple[str, ...]:
    counts = snapshot.tally(snapshot.everything, column)
    common = np.argsort(-counts, kind="stable")[:COMMON]
    common = common[counts[common] > 0]
    size = min(len(common), int(rng.integers(1, 4)))
    weight = counts[common] / counts[common].sum()
    codes = rng.choice(common, size, replace=False, p=weight)
    return tuple(sorted(snapshot.vocabulary(column)[code] for code in codes))


def frame(asked: Asked) -> Published:
    """Return the published run as a view opens it, with the bar and the strip around every screen of figures."""
    shown = opened()
    filter_bar(asked.question, shown, action="/")
    strip(asked.question, shown)
    return shown


def opened() -> Published:
    shown = published()
    if shown is None:
        raise LookupError("No run is published.")
    return shown


def timings(snapshot: Snapshot, count: int, *, only: str = "") -> Iterator[tuple[str, Timing]]:
    """Yield the times of each screen. A question is put once in all, so nothing that is kept by question helps."""
    for number, (name, compute) in enumerate(screens().items()):
        if only not in name:
            continue
        for warm in warming(snapshot):
            compute(warm, frame(warm))
        asked = questions(snapshot, count, seed=number)
        spent = [_spent(compute, one, framed=name not in UNFRAMED) for one in asked]
        walls, cpus = zip(*spent, strict=True)
        p50, p95 = np.quantile(walls, (0.5, 0.95))
        again = [_spent(compute, asked[0], framed=name not in UNFRAMED)[0] for _ in range(3)]
        yield name, Timing(float(np.median(again)), float(p50), float(p95), float(np.quantile(cpus, 0.95)))


def warming(snapshot: Snapshot) -> list[Asked]:
    """Return questions that no screen is timed on, with many rows, few and whole months: what a process reads or
    lays out once per run is there after them."""
    (asked,) = questions(snapshot, 1, seed=0)
    languages, companies = (snapshot.vocabulary(column) for column in ("language", "company"))
    filters = (
        Filter(until=date(2026, 8, 31)),
        Filter(languages=languages, until=date(2026, 8, 30)),
        Filter(companies=companies[:50], copies=True),
    )
    return [replace(asked, question=Question(one)) for one in filters]


def _spent(compute: Compute, one: Asked, *, framed: bool) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    compute(one, frame(one) if framed else opened())
    return time.perf_counter() - began, time.process_time() - cpu
