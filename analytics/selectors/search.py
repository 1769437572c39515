"""What the one search box finds: roles, skills, companies, titles; and how many postings hold the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.urls import reverse
from django.utils.text import slugify

from analytics.figures import number
from analytics.models import RoleSynonym
from analytics.questions import Question
from analytics.selectors.published import Published
from analytics.selectors.skill_links import skill_urls
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
    selection = shown.snapshot.select(question.filter)
    found = np.isin(shown.snapshot.posting_id[selection.rows], search_postings(query)).sum()
    url = reverse("posting_list") + question.query_with(q=query)
    return SearchScreen(query, tuple(group for group in groups if group.hits), number(int(found)), url)


def _roles(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    """Roles by name, by synonym, or by what a title means: "ml engineer" finds machine learning engineer."""
    snapshot = shown.snapshot
    counts = snapshot.tally(snapshot.select(question.filter), "role")
    synonyms = RoleSynonym.objects.filter(phrase__icontains=query).order_by("-phrase")
    spelled = {role_meant(query): query} | dict(synonyms.values_list("role__name", "phrase"))
    codes = {snapshot.code("role", name): words for name, words in spelled.items()}
    via = {code: f"as “{words}”" for code, words in codes.items() if code is not None}
    named = dict.fromkeys(_matching(query, snapshot.roles), "")
    found = {code: note for code, note in (via | named).items() if snapshot.roles[code]}
    return tuple(
        Hit(
            snapshot.roles[code],
            reverse("role", args=[slugify(snapshot.roles[code])]) + question.without("role").query,
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
    counts = snapshot.skill_counts(snapshot.select(question.filter)).any
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
    labels = snapshot.company_labels if column == "company" else snapshot.vocabulary(column)
    names = snapshot.vocabulary(column)
    counts = snapshot.tally(snapshot.select(question.filter), column)
    return tuple(
        Hit(
            labels[code],
            reverse("posting_list") + question.narrowed(**{column: names[code]}).query,
            number(int(counts[code])),
        )
        for code in _best(query, labels, counts)
    )


def _best(query: str, names: Sequence[str], counts: np.ndarray) -> list[int]:
    return [code for code, _ in _commonest(dict.fromkeys(_matching(query, names), ""), counts, names)]


def _matching(query: str, names: Sequence[str]) -> list[int]:
    wanted = query.casefold().split()
    return [code for code, name in enumerate(names) if all(word in name.casefold() for word in wanted)]


def _commonest(found: Mapping[int, str], counts: np.ndarray, names: Sequence[str]) -> list[tuple[int, str]]:
    """Return (code, note) of those that have postings, the commonest first."""
    some = [(code, note) for code, note in found.items() if counts[code]]
    return sorted(some, key=lambda hit: (-int(counts[hit[0]]), names[hit[0]]))[:MOST]
