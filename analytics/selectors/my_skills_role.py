"""One role against a person's skills: what is missing, what it would add, and what the role has no use for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.figures import interval_text, number, percent
from analytics.measures import THIN_BELOW, WITHHELD_BELOW
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import role_skills
from analytics.selectors.links import role_url
from analytics.selectors.my_skills_cover import COVERED, Mine, covered_by_role, missing_by_share
from analytics.selectors.my_skills_fit import LEAST_REQUIRED, fits_with
from analytics.selectors.one_role import OneRole
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label, role_within
from analytics.selectors.shares import share_of, shares_of, signed
from analytics.tables import Cell, Column, Row, Sheet, Table, Unit, number_cell, share_cell, text_cell

MOST_MISSING = 25
RARE = 0.05
GAIN = Unit("points of what is covered", scale=100, decimals=1, prefix="+")


@dataclass(frozen=True)
class RoleAgainst:
    """`refusal` says why there is nothing to tell; the sheets are None where they would have no rows."""

    name: str
    label: str
    url: str
    refusal: str
    sentences: tuple[str, ...] = ()
    fitting_url: str = ""
    fitting: str = ""
    missing: Sheet | None = None
    asked: Sheet | None = None
    rare: Sheet | None = None


def role_against(name: str, mine: Mine) -> RoleAgainst:
    """Return what a role asks for beside what the person has; a role that the run does not know is refused."""
    label, url = role_label(name), role_url(name, mine.around)
    code = mine.shown.snapshot.code("role", name)
    if code is None or name in NOT_IN_CATALOGUE:
        return RoleAgainst(name, label, "", "This run has no such role in its catalogue.")
    role = OneRole.within(mine.question, name, mine.shown)
    covered = covered_by_role(mine)
    if role.n < WITHHELD_BELOW or covered.shares.asked[code] == 0:
        return RoleAgainst(name, label, url, f"It has {number(role.n)} postings here: too few to tell.")
    fit = share_of(int(covered.fit[code]), int(covered.rated[code]))
    return RoleAgainst(
        name,
        label,
        url,
        "",
        sentences=_sentences(role, code, mine),
        fitting_url=mine.fitting_url(name) if fit.percent else "",
        fitting=f"{fit.percent} ({fit.interval}): {fit.count} of {fit.n}" if fit.percent else f"withheld, n = {fit.n}",
        missing=_missing(role, code, mine),
        asked=_asked(role, mine),
        rare=_rare(role, mine),
    )


def _sentences(role: OneRole, code: int, mine: Mine) -> tuple[str, ...]:
    shares = covered_by_role(mine).shares
    value = float(shares.value[code])
    between = interval_text(float(shares.low[code]), float(shares.high[code]))
    first = missing_by_share(code, mine)[:5]
    said = [f"Your skills cover {percent(value)} ({between}) of what {number(role.n)} postings ask for."]
    if first:
        names = ", ".join(mine.shown.snapshot.skills[skill] for skill in first)
        gained = value + float(role.counts.any[first].sum()) / int(shares.asked[code])
        said.append(f"With {names} it would be {percent(gained)}.")
    return tuple(said)


def _missing(role: OneRole, code: int, mine: Mine) -> Sheet | None:
    order = missing_by_share(code, mine)[:MOST_MISSING]
    if not order:
        return None
    covered, names, counts = covered_by_role(mine), mine.shown.snapshot.skills, role.counts
    asked = int(covered.shares.asked[code])
    fits = fits_with(mine.shown.snapshot, role.selection, mine.had, order)
    reached = float(covered.shares.value[code]) + np.cumsum(counts.any[order]) / asked
    columns = (
        Column("Missing skill", is_number=False),
        Column("Named in"),
        Column("Required by"),
        Column("Adds", unit=GAIN),
        Column("Covered so far", unit=COVERED),
        Column("Postings that you would fit"),
    )
    rows = []
    for place, (skill, share) in enumerate(zip(order, shares_of(counts.any[order], role.n), strict=True)):
        more = fits[place] - int(covered.fit[code])
        row: Row = (
            text_cell(names[skill], role.skill_url(names[skill]), state=share.state),
            share_cell(share, role.holders_url(names[skill])),
            _required_cell(role, skill),
            number_cell(int(counts.any[skill]) / asked, GAIN),
            number_cell(float(reached[place]), COVERED),
            Cell(
                number(fits[place]),
                value=fits[place],
                url=mine.fitting_url(role.name, names[skill]),
                note=signed(more, decimals=0) if more else "",
            ),
        )
        rows.append(row)
    title = f"What {role_within(role.name)} postings ask for and you do not have"
    return Sheet("missing", title, Table(columns, tuple(rows)), "coverage", noun="skills")


def _required_cell(role: OneRole, skill: int) -> Cell:
    count = int(role.counts.required[skill])
    return number_cell(count, url=role.holders_url(role.snapshot.skills[skill], "required") if count else "")


def _asked(role: OneRole, mine: Mine) -> Sheet | None:
    counts, names = role.counts, role.snapshot.skills
    held = [code for code in mine.had.codes if counts.any[code] >= RARE * role.n]
    order = sorted(held, key=lambda code: -int(counts.any[code]))
    if not order:
        return None
    columns = (Column("Your skill", is_number=False), Column("Named in"), Column("Required by"))
    rows: list[Row] = [
        (
            text_cell(names[code], role.skill_url(names[code]), state=share.state),
            share_cell(share, role.holders_url(names[code])),
            _required_cell(role, code),
        )
        for code, share in zip(order, shares_of(counts.any[order], role.n), strict=True)
    ]
    title = f"What you have and {role_within(role.name)} postings ask for"
    return Sheet("have", title, Table(columns, tuple(rows)), "share", noun="skills")


def _rare(role: OneRole, mine: Mine) -> Sheet | None:
    counts, names = role.counts, role.snapshot.skills
    rare = [code for code in mine.had.codes if counts.any[code] < RARE * role.n]
    if not rare:
        return None
    sizes = tally(role.snapshot, role.everyone, "role")
    named = role_skills(role.snapshot, role.everyone)[:, rare].sum(axis=2)
    columns = (
        Column("Your skill", is_number=False),
        Column("Named in"),
        Column("Asked most by", is_number=False),
        Column("Named there in"),
    )
    rows = [
        (
            text_cell(names[code], role.skill_url(names[code]), state=share.state),
            share_cell(share, role.holders_url(names[code])),
            *_asked_most(names[code], named[:, place], sizes, mine),
        )
        for place, (code, share) in enumerate(zip(rare, shares_of(counts.any[rare], role.n), strict=True))
    ]
    title = f"What you have and {role_within(role.name)} postings rarely ask for"
    return Sheet("rare", title, Table(columns, tuple(rows)), "share", noun="skills")


def _asked_most(skill: str, named: np.ndarray, sizes: np.ndarray, mine: Mine) -> Sequence[Cell]:
    """Return the role of thirty postings and more that names the skill most often, and how often."""
    roles = mine.shown.snapshot.roles
    known = [code for code in np.flatnonzero(sizes >= THIN_BELOW) if roles[code] not in NOT_IN_CATALOGUE]
    if not known or not named[known].any():
        return Cell("nobody here"), Cell()
    most = max(known, key=lambda code: named[code] / sizes[code])
    there = OneRole.within(mine.question, roles[most], mine.shown)
    share = share_of(int(named[most]), int(sizes[most]))
    return text_cell(role_label(roles[most]), mine.page_url(roles[most])), share_cell(share, there.holders_url(skill))


RULE = f"Postings that require fewer than {LEAST_REQUIRED} are left out: they would fit almost anybody."
