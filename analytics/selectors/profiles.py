"""The profiles of the published run as cards."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.figures import ShareFigure, Spark, number, percent
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.links import path_of, postings_url, role_url
from analytics.selectors.mix import leaning as roles_leaning
from analytics.selectors.months import month_axis
from analytics.selectors.narrowing import TOO_THIN
from analytics.selectors.profile_levels import NamedLink, Relation, level_switch, relations_of
from analytics.selectors.profile_parts import Badge, Leaning, badges_of, leaning_of, postings_leaning
from analytics.selectors.published import UNSTABLE_UNDER, ProfileName, Published
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.shares import WITHHELD, postings_text, share_of, shares_of, state_of
from analytics.selectors.skill_links import skill_page
from analytics.selectors.sparks import share_spark
from analytics.selectors.tabs import Tab
from analytics.tables import SHARE, Column, Row, Sheet, Table, Unit, count_cell, number_cell, share_cell, text_cell

MOST_ROLES = 4
MONTHS = 36
DISTINCTIVE = 12

_JACCARD = Unit("mean Jaccard", decimals=2)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class RoleShare:
    """A role and its share of the profile's postings."""

    name: str
    url: str
    share: ShareFigure
    postings_url: str


@dataclass(frozen=True)
class ProfileCard:
    """`proposed` is the machine's name where a person gave another, else ""."""

    name: str
    proposed: str
    url: str
    badges: tuple[Badge, ...]
    share: ShareFigure
    postings: str
    postings_url: str
    relations: tuple[Relation, ...]
    skills: tuple[NamedLink, ...]
    roles: tuple[RoleShare, ...]
    spark: Spark


@dataclass(frozen=True)
class ProfileListScreen:
    """`sheet` says in a table what the cards say; `levels` are the switch between the granularities.

    `left_out` goes on about the postings that stand in no profile; `refusal` says why there are no profiles.
    """

    levels: tuple[Tab, ...]
    cards: tuple[ProfileCard, ...]
    sheet: Sheet
    n: int
    thin: str
    thin_url: str
    left_out: str
    refusal: str
    unstable: str


def profile_list_screen(question: Question, shown: Published) -> ProfileListScreen:
    """Return a card for each profile, the largest first and residues last; sizes are within the question."""
    leaning = leaning_of(question, shown)
    sizes = leaning.sizes(len(shown.profiles))
    order = sorted(shown.profiles, key=lambda one: (one.is_residue, -int(sizes[one.number]), one.number))
    cards = _cards(order, leaning, question, shown)
    return ProfileListScreen(
        levels=level_switch(path_of("profile_list"), question, shown),
        cards=cards,
        sheet=Sheet("profiles", "Profiles and what they are made of", _table(cards, order), method="stability"),
        n=leaning.selection.n,
        thin=postings_text(leaning.thin) if leaning.thin else "",
        thin_url=postings_url(question, profile=TOO_THIN),
        left_out=_left_out(leaning.thin, leaning.selection.n),
        refusal="" if shown.profiles else _refusal(shown),
        unstable=_unstable(shown),
    )


def distinctive(profile: ProfileName, question: Question, shown: Published) -> tuple[NamedLink, ...]:
    """Return the skills that set the profile apart in the run as a whole, the strongest first."""
    names = profile.distinctive[:DISTINCTIVE]
    return tuple(NamedLink(name, skill_page(name, question, shown.run.pk)) for name in names)


def _cards(
    profiles: Sequence[ProfileName], leaning: Leaning, question: Question, shown: Published
) -> tuple[ProfileCard, ...]:
    by_role = roles_leaning(leaning.selection, shown)[:, :-1].T
    by_month = _by_month(leaning, shown)
    totals = tally(shown.snapshot, leaning.selection, "month")
    axis = month_axis(shown.snapshot, leaning.selection, most=MONTHS)
    codes = axis.finished_codes
    cards = []
    for profile in profiles:
        size = int(by_role[profile.number].sum())
        card = ProfileCard(
            name=profile.name,
            proposed=profile.proposed if profile.is_pinned else "",
            url=path_of("profile", profile.known) + question.query,
            badges=badges_of(profile),
            share=share_of(size, leaning.selection.n),
            postings=postings_text(size),
            postings_url=postings_url(question, profile=profile.known),
            relations=relations_of(profile, question, shown),
            skills=distinctive(profile, question, shown),
            roles=_roles(profile, by_role[profile.number], question, shown),
            spark=share_spark(by_month[profile.number, codes], totals[codes], axis),
        )
        cards.append(card)
    return tuple(cards)


def _table(cards: Sequence[ProfileCard], profiles: Sequence[ProfileName]) -> Table:
    columns = (
        Column("Profile", is_number=False),
        Column("Postings"),
        Column("Share", unit=SHARE),
        Column("Stability"),
        Column("Part of, or split into", is_number=False),
        Column("Commonest roles", is_number=False),
        Column("Distinctive skills", is_number=False),
    )
    return Table(columns, tuple(_cells(card, profile) for card, profile in zip(cards, profiles, strict=True)))


def _cells(card: ProfileCard, profile: ProfileName) -> Row:
    return (
        text_cell(card.name, card.url, note=", ".join(badge.text for badge in card.badges if badge.tone == "warn")),
        count_cell(card.share, card.postings_url),
        share_cell(card.share, card.postings_url),
        number_cell(profile.stability, _JACCARD),
        text_cell("; ".join(f"{one.text} {', '.join(link.name for link in one.links)}" for one in card.relations)),
        text_cell(", ".join(role.name for role in card.roles)),
        text_cell(", ".join(skill.name for skill in card.skills)),
    )


def _roles(profile: ProfileName, by_role: Counts, question: Question, shown: Published) -> tuple[RoleShare, ...]:
    names, size = shown.snapshot.roles, int(by_role.sum())
    if state_of(size) == WITHHELD:
        return ()
    codes = catalogued_by_size(by_role, names)[:MOST_ROLES]
    return tuple(
        RoleShare(
            name=role_label(names[code]),
            url=role_url(names[code], question),
            share=share,
            postings_url=postings_url(question.narrowed(role=names[code]), profile=profile.known),
        )
        for code, share in zip(codes, shares_of(by_role[codes], size), strict=True)
    )


def _by_month(leaning: Leaning, shown: Published) -> Counts:
    """Count by leading profile and month: [profiles, months]."""
    snapshot = shown.snapshot
    months = [tally(snapshot, postings_leaning(leaning, one.number), "month") for one in shown.profiles]
    return np.reshape(months, (len(shown.profiles), len(snapshot.vocabulary("month"))))


def _left_out(thin: int, n: int) -> str:
    if not thin:
        return ""
    return (
        f"of {number(n)} ({percent(thin / n)}) name fewer than three of the skills that profiles are made of: too "
        "little to tell, so they stand in no profile. With them the shares add up to 100%."
    )


def _unstable(shown: Published) -> str:
    names = [f"“{profile.name}”" for profile in shown.profiles if profile.is_unstable]
    if not names:
        return ""
    they, it = ("is", "it") if len(names) == 1 else ("are", "them")
    return (
        f"{' and '.join(names)} {they} marked unstable: learned again from other draws of these postings, "
        f"less than {percent(UNSTABLE_UNDER)} of {it} comes back."
    )


def _refusal(shown: Published) -> str:
    return str(shown.run.quality.get("note") or "This run holds too few postings to learn profiles from.")
