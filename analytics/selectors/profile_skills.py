"""What the postings of a profile ask for, and what sets them apart from those of the other profiles."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.charts import Caption, Chart, bar_with_intervals
from analytics.figures import LevelBar, ShareFigure, level_bar, number
from analytics.selectors.contrast import log_odds_unit, odds_estimates
from analytics.selectors.one_profile import OneProfile
from analytics.selectors.shares import postings_text, shares_of
from analytics.tables import SHARE, Column, Row, Sheet, Table, count_cell, levels_cell, share_cell, text_cell
from postings.models import Kind

MOST_ASKED = 50
MOST_APART = 18
MOST_RARE = 8


@dataclass(frozen=True)
class SkillRow:
    """`here` is of the profile's postings, `elsewhere` of those that lean to another profile."""

    name: str
    url: str
    kind: str
    here: ShareFigure
    postings_url: str
    elsewhere: ShareFigure
    levels: LevelBar


@dataclass(frozen=True)
class AskedFor:
    """`left_out` says how many rarer skills are not listed, "" when all are."""

    rows: tuple[SkillRow, ...]
    sheet: Sheet
    others: str
    left_out: str


def asked_for(profile: OneProfile) -> AskedFor:
    """Return the skills that most postings of the profile name."""
    counts = profile.sides.here.any
    named = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].tolist()
    codes = named[:MOST_ASKED]
    rows, rest = tuple(_rows(codes, profile)), len(named) - len(codes)
    return AskedFor(
        rows=rows,
        sheet=Sheet(
            key="asked",
            title=f"What postings of “{profile.name}” ask for",
            table=_table(rows),
            method="share",
            whole=lambda: _table(_rows(named, profile)),
            noun="skills",
        ),
        others=postings_text(profile.sides.there.n),
        left_out=f"The {len(codes)} commonest; {number(rest)} rarer skills are in the files above." if rest else "",
    )


def _table(rows: Iterable[SkillRow]) -> Table:
    columns = (
        Column("Skill", is_number=False),
        Column("Kind", is_number=False),
        Column("In this profile", is_number=False, unit=SHARE),
        Column("Postings"),
        Column("In others", is_number=False, unit=SHARE),
        Column("How strongly", is_number=False),
    )
    return Table(columns, tuple(_cells(row) for row in rows))


def _cells(row: SkillRow) -> Row:
    return (
        text_cell(row.name, row.url, state=row.here.state),
        text_cell(row.kind),
        share_cell(row.here, row.postings_url),
        count_cell(row.here, row.postings_url),
        share_cell(row.elsewhere),
        levels_cell(row.levels),
    )


def _rows(codes: Sequence[int], profile: OneProfile) -> Iterator[SkillRow]:
    here, there = profile.sides.here, profile.sides.there
    shares = zip(codes, shares_of(here.any[codes], here.n), shares_of(there.any[codes], there.n), strict=True)
    for code, share, elsewhere in shares:
        label = profile.snapshot.skill_labels[code]
        yield SkillRow(
            name=label.name,
            url=profile.page_of(label.name),
            kind=Kind(label.kind).label,
            here=share,
            postings_url=profile.postings_url(skill=label.name),
            elsewhere=elsewhere,
            levels=level_bar(int(here.required[code]), int(here.preferred[code]), int(here.mentioned[code])),
        )


@dataclass(frozen=True)
class Apart:
    """`refusal` says why there is no chart, "" when there is one."""

    chart: Chart | None
    refusal: str = ""


def apart(profile: OneProfile) -> Apart:
    """Return the skills that set the profile apart, above, and those that it lacks, below."""
    sides, names = profile.sides, profile.snapshot.skills
    first, last = sides.leaning_here(MOST_APART), sides.leaning_there(MOST_RARE)
    if not first and not last:
        return Apart(None, _refusal(sides.here.n, sides.there.n))
    codes = [*first, *reversed(last)]
    urls = [profile.postings_url(skill=names[code]) if sides.here.any[code] else "" for code in codes]
    marks, lacks = [names[code] for code in first], [names[code] for code in last]
    caption = Caption(
        key="apart",
        title=_title(profile, marks),
        summary=_summary(marks, lacks, postings_text(sides.there.n)),
        unit=log_odds_unit("all other profiles"),
        n=sides.here.n,
        method="log_odds",
    )
    return Apart(bar_with_intervals(odds_estimates(sides, codes, names, urls), caption))


def _refusal(here: int, there: int) -> str:
    return (
        f"No skill is surely commoner or rarer in {postings_text(here)} of this profile than in {postings_text(there)} "
        "of the others: with so few, every interval holds zero."
    )


def _title(profile: OneProfile, marks: list[str]) -> str:
    if len(marks) < 2:
        return f"What sets “{profile.name}” apart"
    first = marks[0][:1].upper() + marks[0][1:] if marks[0].islower() else marks[0]
    return f"{first} and {marks[1]} set “{profile.name}” apart"


def _summary(marks: list[str], lacks: list[str], others: str) -> str:
    if not marks:
        return f"No skill is surely commoner here than in {others} of other profiles; it lacks {lacks[0]} most."
    sentence = f"Against {others} of other profiles, its clearest mark is {marks[0]}"
    return f"{sentence}; what it lacks most is {lacks[0]}." if lacks else f"{sentence}."
