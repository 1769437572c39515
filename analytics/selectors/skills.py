"""All skills that the postings of a question name: by kind and group, in an order of choice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.core.paginator import Paginator
from django.http import QueryDict

from analytics.figures import LevelBar, ShareFigure, Spark, level_bar, number
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import skill_months
from analytics.selectors.links import path_of, postings_url
from analytics.selectors.months import month_axis
from analytics.selectors.published import Published
from analytics.selectors.selected import selected
from analytics.selectors.shares import postings_text, share_of, shares_of
from analytics.selectors.skill_choice import (
    Browser,
    SkillChoice,
    area_names,
    browser_of,
    chosen_codes,
    kinds_of,
    list_url,
    read_choice,
)
from analytics.selectors.skill_links import skill_urls
from analytics.selectors.sparks import share_spark
from analytics.snapshot import Selection, SkillCounts
from analytics.tables import (
    SHARE,
    Column,
    Row,
    Sheet,
    Table,
    Unit,
    count_cell,
    levels_cell,
    share_cell,
    spark_cell,
    text_cell,
)
from postings.models import Kind, SkillGroup

PER_PAGE = 50
KEEP = ("q", "kind", "group", "sort")
MONTHS = 24
SORTS = {"share": "Share of postings", "required": "How strongly", "name": "Skill", "kind": "Kind"}
"""Name in the address -> head of the column. Words sort from a to z, the rest by postings that name or require it."""


@dataclass(frozen=True)
class SkillLine:
    name: str
    url: str
    kind: str
    areas: tuple[str, ...]
    share: ShareFigure
    postings_url: str
    levels: LevelBar
    trend: Spark


@dataclass(frozen=True)
class SkillListScreen:
    """`rule` says which skills are listed. `lines` are those of this page, and `sheet` is their table.

    `covered` is the share of postings that name a skill of the chosen group, None without one; `hidden` are the
    parts of the address that a search for words keeps.
    """

    n: int
    title: str
    definition: str
    covered: ShareFigure | None
    covered_url: str
    rule: str
    lines: tuple[SkillLine, ...]
    sheet: Sheet
    browser: Browser
    words: str
    hidden: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    reset_url: str


@dataclass(frozen=True)
class _Ground:
    """What every line is counted on."""

    question: Question
    shown: Published
    selection: Selection
    counts: SkillCounts
    areas: Mapping[str, str]


def skill_list_screen(question: Question, shown: Published, query: QueryDict) -> SkillListScreen:
    snapshot = shown.snapshot
    selection = selected(snapshot, question.filter)
    counts = snapshot.skill_counts(selection)
    groups = {group.slug: group for group in SkillGroup.objects.all()}
    choice = read_choice(query, groups, sorts=SORTS)
    codes = chosen_codes(choice, counts.any, snapshot)
    ordered = _in_order(codes, choice, counts, shown)
    page = Paginator(ordered, PER_PAGE).get_page(query.get("page"))
    group = groups.get(choice.group)
    ground = _Ground(question, shown, selection, counts, area_names(groups))
    lines = tuple(_lines(list(page.object_list), ground))
    columns = _columns(choice, question)
    return SkillListScreen(
        n=selection.n,
        title=group.name if group else "Skills",
        definition=group.definition if group else "",
        covered=_covered(choice.group, selection, shown) if group else None,
        covered_url=postings_url(question, group=choice.group) if choice.group in snapshot.group_skills else "",
        rule=_rule(len(codes), int(np.count_nonzero(counts.any)), selection.n, choice),
        lines=lines,
        sheet=Sheet(
            key="skills",
            title=f"{group.name if group else 'Skills'} named by {postings_text(selection.n)}",
            table=_table(lines, columns),
            method="share",
            page=page,
            whole=lambda: _table(_lines(ordered, ground), columns),
            noun="skills",
        ),
        browser=browser_of(choice, counts.any, groups, question, snapshot),
        words=choice.words,
        hidden=(*question.pairs(), *replace(choice, words="").pairs()),
        problems=choice.problems,
        reset_url=path_of("skill_list") + question.query,
    )


def _covered(group: str, selection: Selection, shown: Published) -> ShareFigure:
    """Return the share of postings that name at least one skill of the group."""
    codes = shown.snapshot.group_skills.get(group, np.empty(0, np.int64))
    return share_of(shown.snapshot.with_skills(selection, codes).n, selection.n)


def _in_order(codes: np.ndarray, choice: SkillChoice, counts: SkillCounts, shown: Published) -> list[int]:
    """Return the codes sorted as chosen; ties by count, then by name."""
    labels = shown.snapshot.skill_labels
    if choice.sort == "name":
        return sorted(codes.tolist(), key=lambda code: (labels[code].name.casefold(), -int(counts.any[code]), code))
    first = {"required": -counts.required[codes], "kind": kinds_of(shown.snapshot)[codes]}
    keys = (codes, -counts.any[codes], first.get(choice.sort, np.zeros(len(codes))))
    return [int(code) for code in codes[np.lexsort(keys)]]


def _lines(codes: Sequence[int], ground: _Ground) -> Iterator[SkillLine]:
    snapshot, question, counts = ground.shown.snapshot, ground.question, ground.counts
    urls = skill_urls(ground.shown.run.pk)
    axis = month_axis(snapshot, ground.selection, most=MONTHS)
    totals = tally(snapshot, ground.selection, "month")[axis.finished_codes]
    shares = shares_of(counts.any[codes], ground.selection.n)
    trends = skill_months(snapshot, ground.selection, codes)[:, axis.finished_codes]
    for code, share, trend in zip(codes, shares, trends, strict=True):
        label = snapshot.skill_labels[code]
        yield SkillLine(
            name=label.name,
            url=urls[label.name] + question.query if label.name in urls else "",
            kind=Kind(label.kind).label,
            areas=tuple(ground.areas[slug] for slug in label.groups if slug in ground.areas),
            share=share,
            postings_url=postings_url(question, skill=label.name),
            levels=level_bar(int(counts.required[code]), int(counts.preferred[code]), int(counts.mentioned[code])),
            trend=share_spark(trend, totals, axis),
        )


def _table(lines: Iterable[SkillLine], columns: tuple[Column, ...]) -> Table:
    return Table(columns, tuple(_row(line) for line in lines))


def _row(line: SkillLine) -> Row:
    return (
        text_cell(line.name, line.url, note=", ".join(line.areas), state=line.share.state),
        text_cell(line.kind),
        share_cell(line.share, line.postings_url),
        count_cell(line.share, line.postings_url),
        levels_cell(line.levels),
        spark_cell(line.trend),
    )


def _columns(choice: SkillChoice, question: Question) -> tuple[Column, ...]:
    def sorted_by(sort: str, *, unit: Unit | None = None) -> Column:
        column = Column(SORTS[sort], is_number=False, unit=unit, url=list_url(replace(choice, sort=sort), question))
        falls = sort in ("share", "required")
        return replace(column, order="descending" if falls else "ascending") if sort == choice.sort else column

    return (
        sorted_by("name"),
        sorted_by("kind"),
        sorted_by("share", unit=SHARE),
        Column("Postings"),
        sorted_by("required"),
        Column("Trend", is_number=False),
    )


def _rule(listed: int, named: int, n: int, choice: SkillChoice) -> str:
    if choice.is_narrow:
        return f"{number(listed)} of the {number(named)} skills that {postings_text(n)} name."
    return (
        f"The {number(named)} skills that at least one of {postings_text(n)} names; "
        "skills of the taxonomy that none names are left out."
    )
