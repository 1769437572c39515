"""What the one search box finds: roles, skills, companies, titles; and how many postings hold the words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.figures import number
from analytics.models import RoleSynonym
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.links import path_of, role_url
from analytics.selectors.published import Published
from analytics.selectors.selected import inside, rows_of, selected
from analytics.selectors.skill_links import skill_urls
from analytics.snapshot import Snapshot
from analytics.titles import TitleReader, load_catalogue
from postings.models import Alias
from postings.selectors import search_postings

MOST = 12
SURE = 0.9
"""Confidence from which a title is a phrase of the catalogue, not a guess from a field of work."""


@dataclass(frozen=True)
class Hit:
    text: str
    url: str
    n: str
    note: str = ""


@dataclass(frozen=True)
class HitGroup:
    name: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class SearchScreen:
    query: str
    groups: tuple[HitGroup, ...]
    postings: str
    postings_url: str


def search_screen(query: str, question: Question, shown: Published) -> SearchScreen:
    """Return the commonest matches of each kind within the filters of the page."""
    if not query:
        return SearchScreen("", (), "", "")
    groups = (
        HitGroup("Roles", _roles(query, question, shown)),
        HitGroup("Skills", _skills(query, question, shown)),
        HitGroup("Companies", _column(query, "company", question, shown)),
        HitGroup("Titles", _column(query, "title", question, shown)),
    )
    selection = selected(shown.snapshot, question.filter)
    found = np.count_nonzero(inside(shown.snapshot, selection)[rows_of(shown.snapshot, search_postings(query))])
    url = path_of("posting_list") + question.query_with(q=query)
    return SearchScreen(query, tuple(group for group in groups if group.hits), number(int(found)), url)


def _roles(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    """Roles by name, by synonym, or by what a title means: "ml engineer" finds machine learning engineer."""
    snapshot = shown.snapshot
    counts = tally(snapshot, selected(snapshot, question.filter), "role")
    synonyms = RoleSynonym.objects.filter(phrase__icontains=query).order_by("-phrase")
    spelled = {role_meant(query): query} | dict(synonyms.values_list("role__name", "phrase"))
    codes = {snapshot.code("role", name): words for name, words in spelled.items()}
    via = {code: f"as “{words}”" for code, words in codes.items() if code is not None}
    named = dict.fromkeys(_matching(query, snapshot, "role"), "")
    found = {code: note for code, note in (via | named).items() if snapshot.roles[code]}
    return tuple(
        Hit(
            snapshot.roles[code],
            role_url(snapshot.roles[code], question),
            number(int(counts[code])),
            note,
        )
        for code, note in _commonest(found, counts, snapshot.roles)
    )


def role_meant(words: str) -> str:
    """Return the role that these words are called in our catalogue when they are surely a title, else ""."""
    reading = _title_reader().read(words)
    return reading.role if reading.confidence >= SURE else ""


@lru_cache(maxsize=1)
def _title_reader() -> TitleReader:
    return TitleReader(load_catalogue())


def _skills(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    """Skills by name or by alias: "k8s" finds Kubernetes."""
    snapshot, urls = shown.snapshot, skill_urls(shown.run.pk)
    counts = snapshot.skill_counts(selected(snapshot, question.filter)).any
    via = dict(Alias.objects.filter(phrase__icontains=query).order_by("-phrase").values_list("skill__name", "phrase"))
    matching = [code for name in via if (code := snapshot.code("skill", name)) is not None]
    order = sorted(matching, key=lambda code: (-int(counts[code]), snapshot.skills[code]))[:MOST]
    hits = []
    for code in order:
        name = snapshot.skills[code]
        note = "" if query.casefold() in name.casefold() else f"as “{via[name]}”"
        if name in urls:
            hits.append(Hit(name, urls[name] + question.query, number(int(counts[code])), note))
    return tuple(hits)


def _column(query: str, column: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    snapshot = shown.snapshot
    names, labels = snapshot.vocabulary(column), _labels(snapshot, column)
    counts = tally(snapshot, selected(snapshot, question.filter), column)
    found = dict.fromkeys(_matching(query, snapshot, column), "")
    return tuple(
        Hit(
            labels[code],
            path_of("posting_list") + question.narrowed(**{column: names[code]}).query,
            number(int(counts[code])),
        )
        for code, _ in _commonest(found, counts, labels)
    )


def _labels(snapshot: Snapshot, column: str) -> Sequence[str]:
    return snapshot.company_labels if column == "company" else snapshot.vocabulary(column)


def _matching(query: str, snapshot: Snapshot, column: str) -> list[int]:
    """Return the codes of the names that hold every word of the query."""
    text, starts = _folded(snapshot, column)
    words = sorted(query.casefold().split(), key=len)
    if not words:
        return []
    places = [hit.start() for hit in re.finditer(re.escape(words[-1]), text)]
    codes = np.unique(np.searchsorted(starts, places, "right") - 1).tolist()
    return [code for code in codes if all(text.find(word, starts[code], starts[code + 1]) >= 0 for word in words[:-1])]


@lru_cache(maxsize=8)
def _folded(snapshot: Snapshot, column: str) -> tuple[str, NDArray[np.int64]]:
    """Return all names as one text, a line each, and where the lines begin: 200,000 titles are searched at once."""
    lines = [label.casefold().replace("\n", " ") for label in _labels(snapshot, column)]
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)])
    return "\n".join(lines), starts


def _commonest(found: Mapping[int, str], counts: np.ndarray, names: Sequence[str]) -> list[tuple[int, str]]:
    """Return (code, note) of those that have postings, the commonest first."""
    codes = np.array([code for code in found if counts[code]], np.int64)
    if len(codes) > MOST:
        codes = codes[counts[codes] >= np.partition(counts[codes], len(codes) - MOST)[len(codes) - MOST]]
    order = sorted(codes.tolist(), key=lambda code: (-int(counts[code]), names[code]))
    return [(code, found[code]) for code in order[:MOST]]
