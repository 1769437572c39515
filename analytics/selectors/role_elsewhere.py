"""The same work under other titles: postings that lean to a role's own profile and are not titled so."""

from dataclasses import dataclass

import numpy as np

from analytics.figures import ShareFigure, Spark, number
from analytics.measures import THIN_BELOW
from analytics.selectors.counted import commonest, role_months
from analytics.selectors.links import path_of, postings_url
from analytics.selectors.membership import leading_profile
from analytics.selectors.mix import Counts, leaning
from analytics.selectors.months import month_axis
from analytics.selectors.one_role import OneRole
from analytics.selectors.published import ProfileName
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label
from analytics.selectors.shares import share_of
from analytics.selectors.sparks import share_spark
from analytics.snapshot.select import pick
from analytics.tables import Column, Row, Sheet, Table, number_cell, share_cell, text_cell
from postings.ingest.contacts import mask_contacts

MOST_TITLES = 8
MOST_ROLES = 8
MONTHS = 25


@dataclass(frozen=True)
class Elsewhere:
    """`profile` is the one that most of the role's postings lean to; `share` those of it that are titled otherwise.

    `own` is how many of the role's postings lean to it; `trend` the share by month of all postings that lean to it and
    are titled otherwise.
    """

    profile: str
    profile_url: str
    own: ShareFigure
    own_url: str
    share: ShareFigure
    url: str
    trend: Spark
    titles: Sheet
    roles: Sheet


def carried_elsewhere(role: OneRole, mix: Counts) -> Elsewhere | None:
    """Return the postings of other roles that lean to the profile that most of this role's do.

    None without profiles, and where under thirty of the role's postings can be told. `mix` is as mix.leaning gives it.
    """
    told = mix[:-1].copy()
    for profile in role.shown.profiles:
        told[profile.number] *= not profile.is_residue  # what is left over is nobody's work
    if len(told) == 0 or told.sum() < THIN_BELOW or role.name in NOT_IN_CATALOGUE:
        return None
    profile = next(one for one in role.shown.profiles if one.number == int(told.argmax()))
    code = role.snapshot.code("role", role.name)
    by_role = leaning(role.everyone, role.shown)[:, profile.number].copy()
    every = int(by_role.sum())
    by_role[code] = 0
    rows = role.everyone.rows
    rows = rows[(leading_profile(role.shown)[rows] == profile.number) & (role.snapshot.role[rows] != code)]
    return Elsewhere(
        profile=profile.name,
        profile_url=path_of("profile", profile.known) + role.around.query,
        own=share_of(int(mix[profile.number]), role.n),
        own_url=postings_url(role.question, profile=profile.known),
        share=share_of(len(rows), every),
        url=postings_url(role.around, profile=profile.known, besides=role.name),
        trend=_trend(role, rows),
        titles=_titles(role, profile, rows),
        roles=_roles(role, profile, by_role),
    )


def _trend(role: OneRole, rows: np.ndarray) -> Spark:
    snapshot = role.snapshot
    axis = month_axis(snapshot, role.everyone, most=MONTHS)
    codes = axis.finished_codes
    every = role_months(snapshot, role.everyone).sum(axis=0)
    return share_spark(snapshot.tally(pick(rows), "month")[codes], every[codes], axis)


def _titles(role: OneRole, profile: ProfileName, rows: np.ndarray) -> Sheet:
    snapshot = role.snapshot
    counts = snapshot.tally(pick(rows), "title")
    lines: list[Row] = []
    for code in commonest(counts, MOST_TITLES):
        titled = role.around.narrowed(title=snapshot.titles[code])
        url = postings_url(titled, profile=profile.known, besides=role.name)
        lines.append((text_cell(mask_contacts(snapshot.titles[code])), number_cell(int(counts[code]), url=url)))
    columns = (Column("Title as written", is_number=False), Column("Postings"))
    every = int(np.count_nonzero(counts))
    title = "Other titles of the same work" + (f": {len(lines)} of {number(every)}" if every > len(lines) else "")
    return Sheet("other-titles", title, Table(columns, tuple(lines)), method="profiles", noun="titles")


def _roles(role: OneRole, profile: ProfileName, by_role: np.ndarray) -> Sheet:
    sizes = leaning(role.everyone, role.shown).sum(axis=1)
    lines: list[Row] = []
    for code in commonest(by_role, MOST_ROLES):
        name = role.snapshot.roles[code]
        url = postings_url(role.around.narrowed(role=name), profile=profile.known)
        share = share_of(int(by_role[code]), int(sizes[code]))
        lines.append((text_cell(role_label(name)), number_cell(int(by_role[code]), url=url), share_cell(share, url)))
    columns = (Column("Role", is_number=False), Column("Postings"), Column("Share of that role"))
    return Sheet(
        "other-roles",
        "Roles under which the same work is",
        Table(columns, tuple(lines)),
        method="profiles",
        noun="roles",
    )
