"""One posting: its text with every mention marked, what it leans to, its copies, where it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.formats import date_format

from analytics.figures import percent
from analytics.questions import Question
from analytics.selectors.context_rules import TAKEN_BY
from analytics.selectors.countries import country_name
from analytics.selectors.links import path_of
from analytics.selectors.posting_list import pay_text
from analytics.selectors.published import Published
from analytics.selectors.selected import rows_of
from postings.ingest.contacts import mask_contacts
from postings.models import Alias, Posting
from postings.selectors import CopiesPart, copies_part
from postings.selectors.versions import VersionLine, version_lines
from postings.skills import Degree, Mention, Reading, unpack

_DEGREES = {
    Degree.UNSTATED: "not said",
    Degree.NONE: "none needed",
    Degree.BACHELOR: "bachelor",
    Degree.MASTER: "master",
    Degree.PHD: "doctorate",
}


@dataclass(frozen=True)
class MarkedMention:
    """`years`: "3+ years", or "" where none are asked of this skill."""

    level: str
    skill: str
    alias: str
    rule: str
    url: str
    years: str = ""


@dataclass(frozen=True)
class Segment:
    text: str
    mention: MarkedMention | None


@dataclass(frozen=True)
class Fact:
    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class MixPart:
    name: str
    url: str
    percent: str
    width: str


@dataclass(frozen=True)
class PostingScreen:
    posting: Posting
    title: str
    company: str
    facts: tuple[Fact, ...]
    origin: tuple[Fact, ...]
    segments: tuple[Segment, ...]
    skills: tuple[MarkedMention, ...]
    mix: tuple[MixPart, ...]
    mix_note: str
    copies: CopiesPart
    versions: tuple[VersionLine, ...]
    is_read: bool


def posting_screen(posting: Posting, shown: Published | None) -> PostingScreen:
    """Return the page of one posting; also before the first run, then without role and mix."""
    text = mask_contacts(posting.text_row.text)
    extraction = getattr(posting, "extraction", None)
    reading = unpack(bytes(extraction.record)) if extraction else None
    segments = tuple(_segments(text, reading.mentions if reading else ()))
    row = _row(posting, shown)
    mix, note = _mix(shown, row)
    return PostingScreen(
        posting=posting,
        title=mask_contacts(posting.title.text),
        company=_employer(posting),
        facts=(*_facts(posting, shown, row), *(_demands(reading) if reading else ())),
        origin=_origin(posting),
        segments=segments,
        skills=_distinct(segment.mention for segment in segments if segment.mention),
        mix=mix,
        mix_note=note,
        copies=copies_part(posting),
        versions=version_lines(posting),
        is_read=extraction is not None,
    )


def _employer(posting: Posting) -> str:
    """The company as the posting spells it, and under which name it is counted where a curator merged spellings."""
    company = posting.company
    if company is None:
        return "company not given"
    return f"{company.name} (counted as {company.merged_into.name})" if company.merged_into else company.name


def _segments(text: str, mentions: Iterable[Mention]) -> Iterable[Segment]:
    mentions = list(mentions)
    aliases = Alias.objects.select_related("skill", "skill__merged_into").in_bulk({m.alias_id for m in mentions})
    at = 0
    for mention in mentions:
        alias = aliases.get(mention.alias_id)
        if alias is None or mention.start < at:
            continue
        if mention.start > at:
            yield Segment(text[at : mention.start], None)
        skill = alias.skill.merged_into or alias.skill
        level, rule = mention.level.name.lower(), TAKEN_BY[mention.by]
        years = f"{mention.years}+ years" if mention.years else ""
        marked = MarkedMention(level, skill.name, alias.phrase, rule, skill.get_absolute_url(), years)
        yield Segment(text[mention.start : mention.end], marked)
        at = mention.end
    if at < len(text):
        yield Segment(text[at:], None)


def _distinct(mentions: Iterable[MarkedMention]) -> tuple[MarkedMention, ...]:
    """Return one entry per skill with its strongest level, the strongest first."""
    order = ("required", "preferred", "mentioned")
    best: dict[str, MarkedMention] = {}
    for mention in mentions:
        kept = best.get(mention.skill)
        if kept is None or order.index(mention.level) < order.index(kept.level):
            best[mention.skill] = mention
    return tuple(sorted(best.values(), key=lambda m: (order.index(m.level), m.skill.casefold())))


def _row(posting: Posting, shown: Published | None) -> int | None:
    if shown is None:
        return None
    found = rows_of(shown.snapshot, [posting.pk])
    return int(found[0]) if len(found) else None


def _mix(shown: Published | None, row: int | None) -> tuple[tuple[MixPart, ...], str]:
    if shown is None or row is None:
        return (), "This posting came after the published run: its profiles follow with the next."
    if shown.memberships is None:
        return (), "The published run has no profiles."
    if shown.memberships.thin[row]:
        return (), "It names fewer than three of the skills that profiles are made of: too little to tell."
    values = shown.memberships.row(row, shown.level)
    parts = [
        MixPart(
            shown.profiles[number].name,
            path_of("profile", shown.profiles[number].known),
            percent(float(values[number])),
            f"{float(values[number]) * 100:.1f}%",
        )
        for number in np.argsort(-values, kind="stable")
        if values[number] >= 0.05
    ]
    return tuple(parts), ""


def _facts(posting: Posting, shown: Published | None, row: int | None) -> tuple[Fact, ...]:
    day = posting.date_posted
    facts = [
        Fact("Place", posting.place or "not given"),
        Fact("Country", country_name(posting.country) if posting.country else "not known"),
        Fact("Where", posting.get_remote_display() if posting.remote else "not said"),
        Fact("Posted", date_format(day, "j M Y") if day else "no date given"),
        Fact("Pay", pay_text(posting) or "not stated"),
        Fact("Language", posting.language or "not known"),
    ]
    if shown is not None and row is not None:
        role = shown.snapshot.roles[shown.snapshot.role[row]]
        seniority = shown.snapshot.seniorities[shown.snapshot.seniority[row]]
        facts.insert(0, Fact("Role", role, reverse("posting_list") + Question().narrowed(role=role).query))
        facts.insert(1, Fact("Seniority", seniority or "not said"))
    return tuple(facts)


def _demands(reading: Reading) -> tuple[Fact, ...]:
    years, degree = reading.demands
    experience = "not said" if years is None else f"{years} year{pluralize(years)} or more" if years else "none needed"
    return Fact("Experience", experience), Fact("Degree", _DEGREES[degree])


def _origin(posting: Posting) -> tuple[Fact, ...]:
    facts = [
        Fact("Source", posting.source.name),
        Fact("File", posting.upload.name, posting.upload.get_absolute_url()),
        Fact("Row", f"{posting.row + 1:,} (line {posting.line:,})"),
        Fact("Seen", _days(posting.first_seen, posting.last_seen)),
    ]
    if posting.first_upload_id != posting.upload_id:
        facts.append(Fact("First seen in", posting.first_upload.name, posting.first_upload.get_absolute_url()))
    if posting.external_id:
        facts.append(Fact("Id there", posting.external_id))
    if posting.url.startswith(("https://", "http://")):
        facts.append(Fact("Address", "the ad as it was published", posting.url))
    return tuple(facts)


def _days(first: date, last: date) -> str:
    days = [date_format(day, "j M Y") for day in (first, last)]
    return days[0] if first == last else f"from {days[0]} to {days[1]}"
