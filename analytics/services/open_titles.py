"""Titles about which a person is asked: they have no role, their skills speak for another, or their role is a guess."""

from dataclasses import dataclass, replace

import numpy as np
from django.db import transaction

from analytics.models import Asks, OpenTitle, Publication, Role, Run, TitlePin
from analytics.services.proposals import SURE, commonest_skills, propose_roles
from analytics.services.roles import current_roles
from analytics.snapshot import Snapshot
from analytics.titles import NO_ROLE, TitleReader
from analytics.titles.doubting import RoledAds, RoleSkills, doubtful_titles, nearest_roles
from analytics.titles.proposing import Codes
from jobsite.batching import batched
from postings.models import Title

MOST_JUDGED = 3000
"""So many of the commonest titles with a role are asked whether their skills agree."""
MOST_GUESSED = 1000
BATCH = 500


@dataclass(frozen=True)
class Asked:
    """A title as the published screens count it, and why a person is asked about it; see OpenTitle."""

    asks: str
    title: str
    postings: int
    reading: str
    certainty: float
    skills: tuple[str, ...]
    nearest: tuple[str, ...] = ()
    role: str = ""
    confidence: float | None = None
    margin: float | None = None
    why: tuple[str, ...] = ()


def find_open_titles(snapshot: Snapshot) -> tuple[Asked, ...]:
    """Return the titles of a run about which people are asked, those that ask the same in the order to work through.

    Copies are left out. Titles that a person has pinned are asked about no more.
    """
    ads = roled_ads(snapshot)
    rates = RoleSkills().fit(ads)
    reader = TitleReader(current_roles().catalogue)
    pinned = set(TitlePin.objects.values_list("title__text", flat=True))
    mapped = _commonest_mapped(snapshot, ads, pinned)
    asked = (
        *_without_role(snapshot, ads, rates),
        *_against_their_skills(snapshot, ads, rates, mapped[:MOST_JUDGED], reader),
        *_guessed(snapshot, ads, rates, mapped, reader),
    )
    return tuple(one for one in asked if one.title not in pinned)


def store_open_titles(run: Run, asked: tuple[Asked, ...]) -> int:
    """Keep what `find_open_titles` found for a run, in place of what was kept for it; return how many.

    Only the published run and this one keep theirs: the list is a place to work, not a record.
    """
    texts = sorted({found.title for found in asked})
    batches = (Title.objects.filter(text__in=batch).values_list("text", "pk") for batch in batched(texts, BATCH))
    titles = {text: pk for batch in batches for text, pk in batch}
    roles = dict(Role.objects.values_list("name", "pk"))
    rows = [
        OpenTitle(
            run=run,
            title_id=titles[found.title],
            asks=found.asks,
            place=place,
            postings=found.postings,
            reading=found.reading,
            certainty=found.certainty,
            skills=list(found.skills),
            nearest=list(found.nearest),
            proposed_id=roles.get(found.role),
            confidence=found.confidence,
            margin=found.margin,
            why=list(found.why),
        )
        for place, found in enumerate(asked)
        if found.title in titles
    ]
    with transaction.atomic():
        published = Publication.objects.filter(run__isnull=False).values("run")
        OpenTitle.objects.exclude(run__in=published).delete()
        OpenTitle.objects.filter(run=run).delete()
        OpenTitle.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def roled_ads(snapshot: Snapshot) -> RoledAds:
    """Return all ads with the role that each has in a run."""
    rows = snapshot.everything.rows
    return RoledAds(
        title=snapshot.title[rows].astype(np.int64),
        company=snapshot.company[rows].astype(np.int64),
        role=snapshot.role[rows].astype(np.int64),
        skills=snapshot.matrix(rows),
        is_role=np.array([name not in ("", *NO_ROLE) for name in snapshot.roles], np.bool_),
    )


def _commonest_mapped(snapshot: Snapshot, ads: RoledAds, pinned: set[str]) -> Codes:
    """Return the codes of the titles that the reader gave a role, the commonest first, by name among equals."""
    codes, counts = np.unique(ads.title[ads.is_role[ads.role]], return_counts=True)
    order = np.lexsort((codes, -counts))
    is_read = np.array([snapshot.titles[code] not in pinned for code in codes[order]], np.bool_)
    return np.asarray(codes[order][is_read], np.int64)


def _without_role(snapshot: Snapshot, ads: RoledAds, rates: RoleSkills) -> list[Asked]:
    found = propose_roles(snapshot).titles
    codes = [code for one in found if (code := snapshot.code("title", one.title)) is not None]
    nearest = nearest_roles(ads, rates, codes)
    return [
        Asked(
            asks=Asks.ROLE,
            title=one.title,
            postings=one.postings,
            reading=one.reading,
            certainty=one.certainty,
            skills=one.skills,
            nearest=_names(snapshot, nearest.get(code, [])),
            role=one.role,
            confidence=one.confidence,
            why=one.why,
        )
        for code, one in zip(codes, found, strict=True)
    ]


def _against_their_skills(
    snapshot: Snapshot, ads: RoledAds, rates: RoleSkills, mapped: Codes, reader: TitleReader
) -> list[Asked]:
    """Return those whose skills speak for another role: first where a guess may have misplaced most postings."""
    doubts = {doubt.title: doubt for doubt in doubtful_titles(ads, rates, mapped.tolist())}
    listed = []
    for asked, code in _described(snapshot, ads, rates, list(doubts), reader):
        doubt = doubts[code]
        why = tuple(snapshot.skills[skill] for skill in doubt.skills)
        margin = round(doubt.margin, 4)
        role = snapshot.roles[doubt.role]
        listed.append(replace(asked, asks=Asks.SKILLS, role=role, margin=margin, why=why))
    return sorted(listed, key=lambda one: (-one.postings * (1 - one.certainty), -(one.margin or 0), one.title))


def _guessed(snapshot: Snapshot, ads: RoledAds, rates: RoleSkills, mapped: Codes, reader: TitleReader) -> list[Asked]:
    """Return those whose wording is read with little certainty: first where most postings may be misread."""
    unsure = [code for code in mapped.tolist() if reader.read(snapshot.titles[code]).confidence < SURE]
    counts = dict(zip(*(part.tolist() for part in np.unique(ads.title, return_counts=True)), strict=True))
    doubt = {code: counts[code] * (1 - reader.read(snapshot.titles[code]).confidence) for code in unsure}
    first = sorted(unsure, key=lambda code: (-doubt[code], snapshot.titles[code]))[:MOST_GUESSED]
    return [
        replace(asked, asks=Asks.WORDING, role=asked.reading, confidence=asked.certainty)
        for asked, _ in _described(snapshot, ads, rates, first, reader)
    ]


def _described(
    snapshot: Snapshot, ads: RoledAds, rates: RoleSkills, codes: list[int], reader: TitleReader
) -> list[tuple[Asked, int]]:
    """Return titles with a role, and their codes, in the order of `codes`."""
    counts = np.bincount(ads.title, minlength=len(snapshot.titles))
    role_of = np.zeros(len(snapshot.titles), np.int64)
    role_of[ads.title] = ads.role
    nearest = nearest_roles(ads, rates, codes)
    skills = commonest_skills(snapshot, np.array(codes, np.int64)) if codes else []
    return [
        (
            Asked(
                asks=Asks.WORDING,
                title=snapshot.titles[code],
                postings=int(counts[code]),
                reading=snapshot.roles[role_of[code]],
                certainty=reader.read(snapshot.titles[code]).confidence,
                skills=named,
                nearest=_names(snapshot, nearest.get(code, [])),
            ),
            code,
        )
        for code, named in zip(codes, skills, strict=True)
    ]


def _names(snapshot: Snapshot, roles: list[int]) -> tuple[str, ...]:
    return tuple(snapshot.roles[role] for role in roles)
