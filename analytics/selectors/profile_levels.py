"""Coarse and fine profiles: the switch between the two, and what is a part of what."""

from dataclasses import dataclass

from analytics.models import ProfileLevel
from analytics.questions import Question
from analytics.selectors.links import path_of
from analytics.selectors.published import SHOWN_LEVEL, ProfileName, Published
from analytics.selectors.tabs import Tab

LABELS = {ProfileLevel.COARSE: "Coarse", ProfileLevel.FINE: "Fine"}


@dataclass(frozen=True)
class NamedLink:
    name: str
    url: str


@dataclass(frozen=True)
class Relation:
    """`text` is "Part of" or "Split into"; no links for a profile that is one and the same on both levels."""

    text: str
    links: tuple[NamedLink, ...]


def level_switch(path: str, question: Question, shown: Published) -> tuple[Tab, ...]:
    """Return a tab for each level of the screen at `path`; none when no coarse profile is split."""
    if not shown.has_two_levels:
        return ()
    return tuple(
        Tab(
            LABELS[level],
            path + question.query_with(profiles="" if level == SHOWN_LEVEL else level),
            current=level == shown.level,
            count=str(len(shown.levels[level])),
        )
        for level in LABELS
    )


def relation_of(profile: ProfileName, question: Question, shown: Published) -> Relation:
    """Return what the profile is a part of, or what it is split into."""
    text = "Split into" if profile.level == ProfileLevel.COARSE else "Part of"
    return Relation(text, tuple(profile_link(one, question) for one in shown.relatives(profile)))


def profile_link(profile: ProfileName, question: Question) -> NamedLink:
    return NamedLink(profile.name, path_of("profile", profile.known) + question.query)
