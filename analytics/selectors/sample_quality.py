"""What people found in samples, for the Quality page: from the newest finished sample of each kind. Names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.utils.formats import date_format

from analytics.models import Answer, Sample, SampleOf
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.sample_figures import (
    agreement_figures,
    agreement_of,
    alias_sheet,
    level_strata,
    share_figure,
    strata_of,
    strata_sheet,
)
from analytics.selectors.sample_marks import NOT_A_ROLE, Judged, Passage, judged, passage_of, role_words, said_words
from analytics.selectors.samples import sample_head
from analytics.tables import Sheet

MOST_WRONG = 6
POOLED = 5
"""Phrases are told from so many of the newest finished samples together, since one holds few of each."""


@dataclass(frozen=True)
class WrongOne:
    """Something that the machine read wrongly: `passage` of a mention, `title` of a title."""

    passage: Passage | None
    title: str
    read_as: str
    people: str
    url: str


@dataclass(frozen=True)
class SampleFinding:
    """What one sample says. `url` is of its page, "" for whoever may not see it."""

    title: str
    says: str
    url: str
    figures: tuple[KeyFigure, ...]
    agreement: tuple[KeyFigure, ...]
    strata: Sheet
    aliases: Sheet | None
    wrong: tuple[WrongOne, ...]
    wrong_count: str


def sample_findings(user: User | AnonymousUser) -> tuple[SampleFinding, ...]:
    """Return what the newest finished sample of each kind says, one that is not narrowed where there is any."""
    finished = list(Sample.objects.finished().select_related("run"))
    findings = []
    for of in (SampleOf.MENTIONS, SampleOf.TITLES):
        own = [sample for sample in finished if sample.of == of]
        # Those that are not narrowed first; the order among them, the newest first, stays.
        ranked = sorted(own, key=lambda sample: bool(sample.asked))
        if ranked:
            findings.append(_finding(ranked[0], own[:POOLED], sees_it=user.is_staff))
    return tuple(findings)


def _finding(sample: Sample, pooled: Sequence[Sample], *, sees_it: bool) -> SampleFinding:
    items = judged(sample)
    is_mentions = sample.of == SampleOf.MENTIONS
    of = "mentions" if is_mentions else "titles"
    strata = strata_of(sample, items)
    both = agreement_of([one.first.answer for one in items], [one.second.answer for one in items])
    levels = (share_figure("Levels that are right", level_strata(sample, items), of="levels"),) if is_mentions else ()
    others = [one for other in pooled if other != sample for one in judged(other)]
    wrong = [one for one in items if one.counts and not one.is_right]
    label = "Mentions of skills that are right" if is_mentions else "Titles that are right"
    return SampleFinding(
        title="Mentions of skills, read by two people" if is_mentions else "Titles, read by two people",
        says=_says(sample, items),
        url=sample.get_absolute_url() if sees_it else "",
        figures=(share_figure(label, strata, of=of), *levels),
        agreement=agreement_figures(both, of=of),
        strata=strata_sheet(sample, strata, key=f"{of}-strata"),
        aliases=alias_sheet([*items, *others], key="mentions-aliases") if is_mentions else None,
        wrong=_wrong_ones(wrong, is_mentions=is_mentions),
        wrong_count=f"{len(wrong)}",
    )


def _says(sample: Sample, items: Sequence[Judged]) -> str:
    """Return what was read, when, of which run, and what is left out."""
    head = sample_head(sample, total=len(items))
    finished = sample.finished_at
    day = date_format(finished, "j M Y") if finished else ""
    disputed = sum(one.is_disputed for one in items)
    levels = sum(one.is_disputed_in_level_alone for one in items)
    in_level = f", on {levels} of these in the level alone" if levels else ""
    still_open = sum(one.is_open for one in items)
    unsure = sum(one.final.answer == Answer.UNSURE for one in items)
    return (
        f"{head.what.capitalize()}, {head.drawn[0].lower()}{head.drawn[1:]}, copies left out; read until {day}. "
        f"The readers differ on {disputed}{in_level}. Left out are {still_open} on which nothing is settled "
        f"and {unsure} that could not be told."
    )


def _wrong_ones(wrong: Sequence[Judged], *, is_mentions: bool) -> tuple[WrongOne, ...]:
    roles = NOT_A_ROLE if is_mentions else role_words()
    return tuple(
        WrongOne(
            passage=passage_of(one.item) if is_mentions else None,
            title="" if is_mentions else one.item.text,
            read_as=one.item.reading if is_mentions else roles.get(one.item.reading, one.item.reading),
            people="not this skill" if is_mentions else said_words(one.final, roles),
            url=one.item.posting.get_absolute_url(),
        )
        for one in wrong[:MOST_WRONG]
    )
