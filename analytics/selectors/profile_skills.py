"""What the postings of a profile ask for, and what sets them apart from those of the other profiles."""

from dataclasses import dataclass

import numpy as np

from analytics.charts import Caption, Chart, bar_with_intervals
from analytics.figures import LevelBar, ShareFigure, level_bar
from analytics.questions import Question
from analytics.selectors.contrast import Sides, log_odds_unit, odds_estimates, sides_of
from analytics.selectors.links import postings_url
from analytics.selectors.profile_parts import Leaning
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.shares import shares_of
from analytics.selectors.skill_links import skill_urls

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
    rows: tuple[SkillRow, ...]
    left_out: int


def asked_for(profile: ProfileName, leaning: Leaning, question: Question, shown: Published) -> AskedFor:
    """Return the skills that most postings of the profile name."""
    sides = _sides(profile, leaning, shown)
    named = int(np.count_nonzero(sides.here.any))
    order = np.lexsort([np.arange(len(sides.here.any)), -sides.here.any])[: min(named, MOST_ASKED)]
    codes = [int(code) for code in order]
    here = shares_of(sides.here.any[codes], sides.here.n)
    elsewhere = shares_of(sides.there.any[codes], sides.there.n)
    names, labels, urls = shown.snapshot.skills, shown.snapshot.skill_labels, skill_urls(shown.run.pk)
    rows = tuple(
        SkillRow(
            name=names[code],
            url=urls[names[code]] + question.query if names[code] in urls else "",
            kind=labels[code].kind,
            here=here[place],
            postings_url=postings_url(question, skill=names[code], profile=profile.known),
            elsewhere=elsewhere[place],
            levels=level_bar(
                int(sides.here.required[code]), int(sides.here.preferred[code]), int(sides.here.mentioned[code])
            ),
        )
        for place, code in enumerate(codes)
    )
    return AskedFor(rows, named - len(rows))


def apart(profile: ProfileName, leaning: Leaning, question: Question, shown: Published) -> Chart:
    """Return the skills that set the profile apart, above, and those that it names least, below."""
    sides = _sides(profile, leaning, shown)
    first, last = sides.leaning_here(MOST_APART), sides.leaning_there(MOST_RARE)
    names = shown.snapshot.skills
    codes = [*first, *reversed(last)]
    urls = [postings_url(question, skill=names[code], profile=profile.known) for code in codes]
    caption = Caption(
        key="apart",
        title=_title(profile, [names[code] for code in first]),
        summary=_summary([names[code] for code in first], [names[code] for code in last], sides),
        unit=log_odds_unit("all other profiles"),
        n=sides.here.n,
    )
    return bar_with_intervals(odds_estimates(sides, codes, names, urls), caption)


def _sides(profile: ProfileName, leaning: Leaning, shown: Published) -> Sides:
    return sides_of(shown.snapshot, leaning.rows(profile.number), leaning.other_rows(profile.number))


def _title(profile: ProfileName, first: list[str]) -> str:
    if len(first) < 2:
        return f"What sets “{profile.name}” apart"
    return f"{_capital(first[0])} and {first[1]} set “{profile.name}” apart"


def _summary(first: list[str], last: list[str], sides: Sides) -> str:
    if not first:
        return "No skill is surely commoner in these postings than in those of the other profiles."
    sentence = f"Against {sides.there.n:,} postings of other profiles, {first[0]} stands out most"
    return f"{sentence}; {last[0]} is missing most." if last else f"{sentence}."


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:] if name.islower() else name
