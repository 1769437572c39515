"""What stands behind a role's name: profiles, titles as written, and the roles nearest to it."""

from dataclasses import dataclass

import numpy as np

from analytics.figures import ShareFigure, number
from analytics.measures import THIN_BELOW, js_distance
from analytics.selectors.counted import commonest, tally
from analytics.selectors.counted_skills import role_skills
from analytics.selectors.links import compare_url, path_of, postings_url, role_url
from analytics.selectors.mix import Counts
from analytics.selectors.narrowing import TOO_THIN
from analytics.selectors.one_role import OneRole
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.shares import shares_of
from postings.ingest.contacts import mask_contacts

MOST_PROFILES = 6
MOST_TITLES = 8
MOST_NEAREST = 6


@dataclass(frozen=True)
class MixLine:
    name: str
    url: str
    share: ShareFigure
    share_url: str


@dataclass(frozen=True)
class Behind:
    """`thin` is the share of postings that name too few technical skills to lean to any profile, None for none."""

    lines: tuple[MixLine, ...]
    thin: ShareFigure | None
    thin_url: str
    note: str

    @property
    def first(self) -> tuple[MixLine, ...]:
        return self.lines[:MOST_PROFILES]

    @property
    def more(self) -> tuple[MixLine, ...]:
        return self.lines[MOST_PROFILES:]


@dataclass(frozen=True)
class TitleLine:
    text: str
    n: str
    url: str


@dataclass(frozen=True)
class Titles:
    lines: tuple[TitleLine, ...]
    more: str


@dataclass(frozen=True)
class Neighbour:
    name: str
    label: str
    url: str
    distance: str
    n: str
    compare_url: str


def profiles_behind(role: OneRole, counts: Counts) -> Behind:
    """Return the share of the role's postings that lean to each profile, the largest first; see mix.leaning."""
    shown = role.shown
    if not shown.profiles:
        return Behind((), None, "", shown.run.quality.get("note") or "This run has no profiles.")
    shares = shares_of(counts, role.n)
    order = sorted(shown.profiles, key=lambda profile: (-int(counts[profile.number]), profile.number))
    lines = tuple(
        MixLine(
            name=profile.name,
            url=path_of("profile", profile.known) + role.around.query,
            share=shares[profile.number],
            share_url=postings_url(role.question, profile=profile.known),
        )
        for profile in order
        if counts[profile.number]
    )
    return Behind(lines, shares[-1] if counts[-1] else None, postings_url(role.question, profile=TOO_THIN), "")


def commonest_titles(role: OneRole) -> Titles:
    """Return what employers write above these postings."""
    counts, names = role.snapshot.tally(role.selection, "title"), role.snapshot.titles
    lines = tuple(
        TitleLine(
            mask_contacts(names[code]),
            number(int(counts[code])),
            postings_url(role.question.narrowed(title=names[code])),
        )
        for code in commonest(counts, MOST_TITLES)
    )
    left = int(np.count_nonzero(counts)) - len(lines)
    return Titles(lines, f"and {number(left)} more ways to write it" if left else "")


def nearest_roles(role: OneRole) -> tuple[Neighbour, ...]:
    """Return the roles whose mix of skills is nearest (Jensen-Shannon); only roles of thirty postings and more."""
    snapshot = role.snapshot
    sizes = tally(snapshot, role.everyone, "role")
    own = snapshot.code("role", role.name)
    others = [code for code in catalogued_by_size(sizes, snapshot.roles) if sizes[code] >= THIN_BELOW and code != own]
    if role.n < THIN_BELOW or not others:
        return ()
    counts = role_skills(snapshot, role.everyone)[others].sum(axis=2)
    distances = js_distance(role.counts.any, counts)
    nearest = [int(place) for place in np.argsort(distances, kind="stable") if not np.isnan(distances[place])]
    return tuple(
        Neighbour(
            name=(name := snapshot.roles[others[place]]),
            label=role_label(name),
            url=role_url(name, role.around),
            distance=number(float(distances[place]), decimals=2),
            n=number(int(sizes[others[place]])),
            compare_url=compare_url(role.name, name, role.around),
        )
        for place in nearest[:MOST_NEAREST]
    )
