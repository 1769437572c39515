"""Coarse, middle and fine profiles: the switch between them, and what is a part of what."""

from dataclasses import dataclass

from analytics.models import ProfileLevel
from analytics.questions import Question
from analytics.selectors.links import path_of
from analytics.selectors.published import SHOWN_LEVEL, ProfileName, Published
from analytics.selectors.tabs import Tab

LABELS = {ProfileLevel.COARSE: "Coarse", ProfileLevel.MIDDLE: "Middle", ProfileLevel.FINE: "Fine"}


@dataclass(frozen=True)
class NamedLink:
    name: str
    url: str


@dataclass(frozen=True)
class Relation:
    """`text` is "Part of" or "Split into"."""

    text: str
    links: tuple[NamedLink, ...]


def level_switch(path: str, question: Question, shown: Published) -> tuple[Tab, ...]:
    """Return a tab for each level of the screen at `path`; none when no coarse profile is split."""
    if not shown.has_levels:
        return ()
    return tuple(
        Tab(
            LABELS[ProfileLevel(level)],
            path + question.carrying(profiles="" if level == SHOWN_LEVEL else level).query,
            current=level == shown.level,
            count=str(len(shown.levels[level])),
        )
        for level in shown.levels
    )


def relations_of(profile: ProfileName, question: Question, shown: Published) -> tuple[Relation, ...]:
    """Return what the profile is a part of, and what it is split into; () for one that is the same on all levels."""
    whole, parts = shown.whole(profile), shown.parts(profile)
    related = (("Part of", (whole,) if whole else ()), ("Split into", parts))
    return tuple(Relation(text, tuple(profile_link(one, question) for one in some)) for text, some in related if some)


def profile_link(profile: ProfileName, question: Question) -> NamedLink:
    return NamedLink(profile.name, path_of("profile", profile.known) + question.query)
