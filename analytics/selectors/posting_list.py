"""The list of postings behind any figure: filters, a skill and its level, a profile, words."""

from dataclasses import dataclass

import numpy as np
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format

from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.filterbar import Chip, label_of
from analytics.selectors.membership import profile_rows
from analytics.selectors.published import ProfileName, Published
from analytics.snapshot import Selection
from postings.ingest.contacts import mask_contacts
from postings.models import Posting
from postings.selectors import search_postings
from postings.skills import Level

PER_PAGE = 50
KEEP = ("q", "skill", "level", "profile")


@dataclass(frozen=True)
class Narrowing:
    """What narrows the list besides the filters. `problems` are sentences about parts that name nothing known."""

    words: str
    skill: str
    level: Level | None
    profile: ProfileName | None
    problems: tuple[str, ...]


@dataclass(frozen=True)
class PostingLine:
    title: str
    url: str
    company: str
    place: str
    role: str
    seniority: str
    day: str
    day_sort: str
    pay: str
    source: str
    is_copy: bool


@dataclass(frozen=True)
class PostingListScreen:
    count: str
    noun: str
    lines: tuple[PostingLine, ...]
    page: Page
    chips: tuple[Chip, ...]
    problems: tuple[str, ...]
    words: str


def posting_list_screen(question: Question, shown: Published, query: QueryDict) -> PostingListScreen:
    narrowing = read_narrowing(query, shown)
    selection = narrowed_selection(question, shown, narrowing)
    ids = shown.snapshot.posting_ids(selection)
    page = Paginator(ids, PER_PAGE).get_page(query.get("page"))
    return PostingListScreen(
        count=number(selection.n),
        noun="posting" if selection.n == 1 else "postings",
        lines=_lines(shown, list(page.object_list)),
        page=page,
        chips=_chips(question, narrowing),
        problems=narrowing.problems,
        words=narrowing.words,
    )


def read_narrowing(query: QueryDict, shown: Published) -> Narrowing:
    problems = []
    skill, level = query.get("skill", ""), None
    if skill and shown.snapshot.code("skill", skill) is None:
        problems.append(f"No skill is called “{skill}” in this run, so it was left out.")
        skill = ""
    if stated := query.get("level", ""):
        level = Level.__members__.get(stated.upper())
        if level is None or not skill:
            problems.append("A level is required, preferred or mentioned, and goes with a skill.")
            level = None
    profile = next((p for p in shown.profiles if str(p.known) == query.get("profile")), None)
    if query.get("profile") and profile is None:
        problems.append("This run has no such profile, so it was left out.")
    return Narrowing(query.get("q", "").strip(), skill, level, profile, tuple(problems))


def narrowed_selection(question: Question, shown: Published, narrowing: Narrowing) -> Selection:
    """Return the postings that the filters and all narrowings let through."""
    snapshot = shown.snapshot
    selection = snapshot.select(question.filter)
    if narrowing.skill and (code := snapshot.code("skill", narrowing.skill)) is not None:
        selection = snapshot.with_skill(selection, code, level=narrowing.level)
    if narrowing.profile:
        rows = np.intersect1d(selection.rows, profile_rows(shown, narrowing.profile.number), assume_unique=True)
        selection = snapshot.pick(rows)
    if narrowing.words:
        found = np.isin(snapshot.posting_id[selection.rows], search_postings(narrowing.words))
        selection = snapshot.pick(selection.rows[found])
    return selection


def _lines(shown: Published, ids: list[int]) -> tuple[PostingLine, ...]:
    snapshot = shown.snapshot
    rows = np.flatnonzero(np.isin(snapshot.posting_id, ids))
    row_of = {int(snapshot.posting_id[row]): int(row) for row in rows}
    found = Posting.objects.select_related("title", "company", "source").in_bulk(ids)
    return tuple(_line(found[pk], shown, row_of[pk]) for pk in map(int, ids) if pk in found)


def _line(posting: Posting, shown: Published, row: int) -> PostingLine:
    snapshot = shown.snapshot
    day = posting.date_posted
    return PostingLine(
        title=mask_contacts(posting.title.text),
        url=posting.get_absolute_url(),
        company=posting.company.name if posting.company else "",
        place=posting.place,
        role=label_of("role", snapshot.roles[snapshot.role[row]], snapshot),
        seniority=snapshot.seniorities[snapshot.seniority[row]],
        day=date_format(day, "j M Y") if day else "no date",
        day_sort=day.isoformat() if day else "",
        pay=pay_text(posting),
        source=posting.source.name,
        is_copy=bool(snapshot.is_copy[row]),
    )


def pay_text(posting: Posting) -> str:
    """Return pay as it was stated: "USD 120,000–150,000 a year", or ""."""
    stated = [f"{value:,.0f}" for value in (posting.pay_min, posting.pay_max) if value is not None]
    if not stated:
        return ""
    amount = "–".join(dict.fromkeys(stated))
    words = (posting.pay_currency, amount, posting.get_pay_period_display() if posting.pay_period else "")
    return " ".join(word for word in words if word) + (" (minimum above maximum)" if posting.pay_suspect else "")


def _chips(question: Question, narrowing: Narrowing) -> tuple[Chip, ...]:
    parts = {"q": narrowing.words, "skill": narrowing.skill}
    parts["level"] = narrowing.level.name.lower() if narrowing.level is not None else ""
    parts["profile"] = str(narrowing.profile.known) if narrowing.profile else ""
    texts = {**parts, "profile": narrowing.profile.name if narrowing.profile else ""}
    labels = {"q": "Words", "skill": "Skill", "level": "Level", "profile": "Leans to profile"}
    chips = []
    for name, text in texts.items():
        if text:
            gone = (name, "level") if name == "skill" else (name,)
            left = {key: value for key, value in parts.items() if key not in gone}
            chips.append(Chip(labels[name], text, reverse("posting_list") + question.query_with(**left)))
    return tuple(chips)
