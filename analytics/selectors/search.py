"""What the one search box finds: roles, skills, companies, titles, profiles, groups; and postings with the words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from analytics.figures import number
from analytics.models import RoleSynonym
from analytics.questions import Question
from analytics.selectors.company_links import company_urls
from analytics.selectors.counted import tally
from analytics.selectors.links import path_of, postings_url, role_url
from analytics.selectors.mix import leaning
from analytics.selectors.names import commonest_names, matching_names
from analytics.selectors.published import Published
from analytics.selectors.role_names import role_label
from analytics.selectors.selected import inside, rows_of, selected
from analytics.selectors.shares import postings_text
from analytics.selectors.skill_links import skill_urls
from analytics.selectors.title_reading import SURE, shipped_reader
from postings.ingest.contacts import mask_contacts
from postings.models import Alias, SkillGroup
from postings.selectors import search_postings

MOST = 12
FIT = ("the very words", "begins with them", "holds them", "by another name")
"""How well a name fits, the best first."""


@dataclass(frozen=True)
class Hit:
    """`fit` is the place in FIT, `count` how many postings."""

    text: str
    url: str
    n: str
    note: str
    fit: int
    count: int


@dataclass(frozen=True)
class HitGroup:
    name: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class SearchScreen:
    """`best` is what bears the very words as its name, None where nothing does."""

    query: str
    best: Hit | None
    best_kind: str
    groups: tuple[HitGroup, ...]
    found: int
    postings: str
    postings_url: str


def search_screen(query: str, question: Question, shown: Published) -> SearchScreen:
    """Return the matches of each kind within the filters of the page, the best first; kinds by their best match."""
    if not query:
        return SearchScreen("", None, "", (), 0, "", "")
    kinds = (
        HitGroup("Roles", _roles(query, question, shown)),
        HitGroup("Skills", _skills(query, question, shown)),
        HitGroup("Companies", _companies(query, question, shown)),
        HitGroup("Profiles", _profiles(query, question, shown)),
        HitGroup("Skill groups", _groups(query, question, shown)),
        HitGroup("Titles", _titles(query, question, shown)),
    )
    groups = tuple(sorted((kind for kind in kinds if kind.hits), key=lambda kind: kind.hits[0].fit))
    best = groups[0].hits[0] if groups and groups[0].hits[0].fit == 0 else None
    selection = selected(shown.snapshot, question.filter)
    found = np.count_nonzero(inside(shown.snapshot, selection)[rows_of(shown.snapshot, search_postings(query))])
    return SearchScreen(
        query,
        best,
        groups[0].name.removesuffix("s").lower().replace("companie", "company") if best else "",
        groups,
        int(found),
        postings_text(int(found)),
        postings_url(question, q=query),
    )


def _hit(query: str, text: str, url: str, count: int, note: str = "") -> Hit:
    return Hit(text, url, number(count), note, 3 if note else fit_of(query, text), count)


def fit_of(query: str, text: str) -> int:
    """Return how well a name fits the words, 0 the best; see FIT."""
    words, name = query.casefold(), text.casefold()
    if name == words:
        return 0
    return 1 if name.startswith(words) else 2


def _best(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (hit.fit, -hit.count, hit.text))[:MOST])


def _roles(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    """Roles by name, by synonym, or by what a title means: "ml engineer" finds machine learning engineer."""
    snapshot = shown.snapshot
    counts = tally(snapshot, selected(snapshot, question.filter), "role")
    synonyms = RoleSynonym.objects.filter(phrase__icontains=query).order_by("-phrase")
    called = Coalesce("role__merged_into__name", "role__name")
    spelled = {role_meant(query): query} | dict(synonyms.values_list(called, "phrase"))
    codes = {snapshot.code("role", name): words for name, words in spelled.items()}
    via = {code: f"as “{words}”" for code, words in codes.items() if code is not None}
    named = dict.fromkeys(matching_names(query, snapshot, "role"), "")
    found = {code: note for code, note in (via | named).items() if snapshot.roles[code] and counts[code]}
    names = snapshot.roles
    return _best(
        _hit(query, role_label(names[code]), role_url(names[code], question), int(counts[code]), note)
        for code, note in found.items()
    )


def role_meant(words: str) -> str:
    """Return the role that these words are called in our catalogue when they are surely a title, else ""."""
    reading = shipped_reader().read(words)
    return reading.role if reading.confidence >= SURE else ""


def _skills(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    """Skills by name or by alias: "k8s" finds Kubernetes."""
    snapshot, urls = shown.snapshot, skill_urls(shown.run.pk)
    counts = snapshot.skill_counts(selected(snapshot, question.filter)).any
    via = dict(Alias.objects.filter(phrase__icontains=query).order_by("-phrase").values_list("skill__name", "phrase"))
    folded = query.casefold()
    hits = []
    for name, phrase in via.items():
        code = snapshot.code("skill", name)
        if code is not None and name in urls:
            note = "" if folded in name.casefold() else f"as “{phrase}”"
            hits.append(_hit(query, name, urls[name] + question.query, int(counts[code]), note))
    return _best(hits)


def _companies(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    codes, counts = _matching(query, "company", question, shown)
    keys, labels = shown.snapshot.companies, shown.snapshot.company_labels
    urls = company_urls((keys[code] for code in codes), question)
    lists = (postings_url(question.narrowed(company=keys[code])) for code in codes)
    return _best(
        _hit(query, labels[code], urls.get(keys[code], fallback), int(counts[code]))
        for code, fallback in zip(codes, lists, strict=True)
    )


def _titles(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    codes, counts = _matching(query, "title", question, shown)
    names = shown.snapshot.titles
    return _best(
        _hit(query, mask_contacts(names[code]), postings_url(question.narrowed(title=names[code])), int(counts[code]))
        for code in codes
    )


def _profiles(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    """Profiles of the level that is shown, by name."""
    if not shown.profiles:
        return ()
    counts = leaning(selected(shown.snapshot, question.filter), shown).sum(axis=0)
    words = query.casefold().split()
    return _best(
        _hit(query, one.name, path_of("profile", one.known) + question.query, int(counts[one.number]))
        for one in shown.profiles
        if all(word in one.name.casefold() for word in words)
    )


def _groups(query: str, question: Question, shown: Published) -> tuple[Hit, ...]:
    """Groups of skills by name; their count is of the postings that name a skill of the group."""
    snapshot = shown.snapshot
    found = {
        slug: name
        for slug, name in SkillGroup.objects.filter(name__icontains=query).values_list("slug", "name")
        if slug in snapshot.group_skills
    }
    counts = _covered(found, question, shown)
    urls = {slug: path_of("skill_list") + question.query_with(group=slug) for slug in found}
    return _best(_hit(query, name, urls[slug], counts[slug]) for slug, name in found.items())


def _covered(groups: Mapping[str, str], question: Question, shown: Published) -> dict[str, int]:
    snapshot = shown.snapshot
    selection = selected(snapshot, question.filter)
    return {slug: snapshot.with_skills(selection, snapshot.group_skills[slug]).n for slug in groups}


def _matching(query: str, column: str, question: Question, shown: Published) -> tuple[Sequence[int], NDArray[np.int64]]:
    snapshot = shown.snapshot
    counts = tally(snapshot, selected(snapshot, question.filter), column)
    return commonest_names(query, counts, snapshot, column, most=MOST), counts
