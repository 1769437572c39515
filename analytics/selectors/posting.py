"""One posting: its text with every mention marked, what it leans to, its copies, where it came from."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.template.defaultfilters import pluralize
from django.utils.formats import date_format

from analytics.figures import percent
from analytics.questions import Question
from analytics.selectors.countries import country_name, language_name
from analytics.selectors.links import path_of, role_url
from analytics.selectors.posting_beside import Beside, beside_its_role
from analytics.selectors.posting_list import pay_text
from analytics.selectors.posting_marks import (
    MarkedMention,
    Segment,
    distinct_mentions,
    marked_texts,
    reading_of,
    with_struck,
)
from analytics.selectors.published import Published
from analytics.selectors.role_names import role_label
from analytics.selectors.selected import rows_of
from analytics.selectors.title_reading import how_role_was_read, how_seniority_was_read
from postings.ingest.agencies import is_staffing_agency
from postings.ingest.contacts import mask_contacts
from postings.models import Posting
from postings.selectors import CopiesPart, copies_part
from postings.selectors.posting_mentions import MentionsPart
from postings.selectors.versions import VersionLine, version_lines
from postings.skills import Degree, Reading

SHOWN_FROM = 0.05
"""Part of a posting from which a profile is named."""
_DEGREES = {
    Degree.UNSTATED: "not said",
    Degree.NONE: "none needed",
    Degree.BACHELOR: "bachelor",
    Degree.MASTER: "master",
    Degree.PHD: "doctorate",
}


@dataclass(frozen=True)
class Fact:
    """`note` stands small behind the text."""

    label: str
    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class MixPart:
    name: str
    url: str
    percent: str
    width: str


@dataclass(frozen=True)
class MixLevel:
    """The profiles of one level that the posting is a part of by a twentieth and more."""

    name: str
    parts: tuple[MixPart, ...]


@dataclass(frozen=True)
class PostingScreen:
    posting: Posting
    title: str
    company: str
    company_url: str
    is_agency: bool
    facts: tuple[Fact, ...]
    origin: tuple[Fact, ...]
    segments: tuple[Segment, ...]
    skills: tuple[MarkedMention, ...]
    mixes: tuple[MixLevel, ...]
    mix_note: str
    beside: Beside | None
    copies: CopiesPart
    versions: tuple[VersionLine, ...]
    is_read: bool
    mentions: MentionsPart | None
    """For those who may mark mentions as wrong."""


def posting_screen(
    posting: Posting, shown: Published | None, question: Question, *, mentions: MentionsPart | None = None
) -> PostingScreen:
    """Return the page of one posting; also before the first run, then without role and mix.

    `question` is what the reader came from: links keep it, figures are over the whole run.
    """
    reading = reading_of(posting)
    (segments,) = marked_texts([posting])
    if mentions:
        segments = tuple(with_struck(segments, mentions.struck))
    row = _row(posting, shown)
    mixes, note = _mixes(shown, row, question)
    employer = posting.company.merged_into or posting.company if posting.company else None
    return PostingScreen(
        posting=posting,
        title=mask_contacts(posting.title.text),
        company=_employer(posting),
        company_url=employer.get_absolute_url() + question.query if employer and row is not None else "",
        is_agency=employer is not None and is_staffing_agency(employer.name),
        facts=(*_facts(posting, shown, row, question), *(_demands(reading) if reading else ())),
        origin=_origin(posting),
        segments=segments,
        skills=distinct_mentions(segments),
        mixes=mixes,
        mix_note=note,
        beside=beside_its_role(shown, row, question),
        copies=copies_part(posting),
        versions=version_lines(posting),
        is_read=reading is not None,
        mentions=mentions,
    )


def _employer(posting: Posting) -> str:
    """The company as the posting spells it, and under which name it is counted where a curator merged spellings."""
    company = posting.company
    if company is None:
        return "company not given"
    return f"{company.name} (counted as {company.merged_into.name})" if company.merged_into else company.name


def _row(posting: Posting, shown: Published | None) -> int | None:
    if shown is None:
        return None
    found = rows_of(shown.snapshot, [posting.pk])
    return int(found[0]) if len(found) else None


def _mixes(shown: Published | None, row: int | None, question: Question) -> tuple[tuple[MixLevel, ...], str]:
    """Return what the posting leans to on each level, the coarsest first, or a sentence why nothing can be told."""
    if shown is None or row is None:
        return (), "This posting came after the published run: its profiles follow with the next."
    if shown.memberships is None:
        return (), "The published run has no profiles."
    if shown.memberships.thin[row]:
        return (), "It names fewer than three of the skills that profiles are made of: too little to tell."
    # A level that splits nothing says what the one before it says.
    levels = {len(profiles): level for level, profiles in shown.levels.items()}
    in_order = [level for _, level in sorted(levels.items())]
    return tuple(MixLevel(str(level), _parts(shown.at(level), row, question)) for level in in_order), ""


def _parts(shown: Published, row: int, question: Question) -> tuple[MixPart, ...]:
    """Return the posting's profiles of the level that is shown, the largest first."""
    if shown.memberships is None:
        return ()
    values = shown.memberships.row(row, shown.level)
    return tuple(
        MixPart(
            shown.profiles[number].name,
            path_of("profile", shown.profiles[number].known) + question.query,
            percent(float(values[number])),
            f"{float(values[number]) * 100:.1f}%",
        )
        for number in np.argsort(-values, kind="stable")
        if values[number] >= SHOWN_FROM
    )


def _facts(posting: Posting, shown: Published | None, row: int | None, question: Question) -> tuple[Fact, ...]:
    day = posting.date_posted
    facts = [
        Fact("Place", posting.place or "not given"),
        Fact("Country", country_name(posting.country) if posting.country else "not known"),
        Fact("Where", posting.get_remote_display() if posting.remote else "not said"),
        Fact("Posted", date_format(day, "j M Y") if day else "no date given"),
        Fact("Pay", pay_text(posting) or "not stated"),
        Fact("Language", language_name(posting.language) if posting.language else "not known"),
    ]
    if shown is not None and row is not None:
        role = shown.snapshot.roles[shown.snapshot.role[row]]
        seniority = shown.snapshot.seniorities[shown.snapshot.seniority[row]]
        said = how_role_was_read(posting, role)
        facts.insert(0, Fact("Role", role_label(role), role_url(role, question), note=said))
        facts.insert(1, Fact("Seniority", seniority or "not said", note=how_seniority_was_read(posting, seniority)))
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
