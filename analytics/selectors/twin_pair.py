"""Two companies' ads under two titles side by side: what both ask for, where they differ, and ads to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from django.http import Http404

from analytics.figures import number
from analytics.frozen import figures_of
from analytics.measures import COMPARED_FROM, WITHHELD_BELOW, Band, change_between, permutation_band
from analytics.measures.trends import ALPHA
from analytics.questions import Question
from analytics.selectors.counted import commonest, tally
from analytics.selectors.counted_skills import role_skills, skill_counts_of
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.links import path_of, postings_url, role_url
from analytics.selectors.published import Published
from analytics.selectors.role_names import role_named, role_within
from analytics.selectors.selected import selected
from analytics.selectors.shares import p_cell, postings_text, shares_of
from analytics.selectors.skill_links import skill_urls
from analytics.selectors.twin_examples import ExamplePair, example_pairs
from analytics.snapshot import Filter, Selection, SkillCounts, Snapshot
from analytics.tables import Column, Row, Sheet, Table, Unit, interval_cell, number_cell, share_cell, text_cell
from postings.ingest.contacts import mask_contacts
from postings.models import Company

MOST_LINES, MOST_TITLES, MOST_SHUFFLED = 25, 10, 2_000
ROUNDS, SEED = 200, 1
POINTS = Unit("points", scale=100, decimals=1)


@dataclass(frozen=True)
class AdsCell:
    """One company's ads under one role, within the other filters of the page."""

    company: Company
    role: str
    question: Question
    shown: Published

    @property
    def name(self) -> str:
        return f"{self.company.name}’s {role_within(self.role)}"

    @property
    def n(self) -> int:
        return self.selection.n

    @cached_property
    def selection(self) -> Selection:
        return selected(self.shown.snapshot, self.question.filter)

    @cached_property
    def counts(self) -> SkillCounts:
        return skill_counts_of(role_skills(self.shown.snapshot, self.selection).sum(axis=0), self.n)


Pair = tuple[AdsCell, AdsCell]


@dataclass(frozen=True)
class Side:
    company: str
    company_url: str
    role: str
    role_url: str
    postings: str
    postings_url: str
    titles: Sheet


@dataclass(frozen=True)
class TwinPairScreen:
    """`shared` and `differences` are None where `refusal` says why shares are withheld; `both` names skills then."""

    title: str
    sides: tuple[Side, Side]
    verdict: str
    figures: tuple[KeyFigure, ...]
    refusal: str
    both: tuple[tuple[str, str], ...]
    shared: Sheet | None
    differences: Sheet | None
    examples: tuple[ExamplePair, ...]


def twin_pair_screen(
    cells: tuple[tuple[Company, str], tuple[Company, str]], question: Question, shown: Published
) -> TwinPairScreen:
    """Return two cells beside each other; raises Http404 for a role that the run does not have."""
    first, second = (_cell(company, slug, question, shown) for company, slug in cells)
    pair = first, second
    few = [cell for cell in pair if cell.n < WITHHELD_BELOW]
    counted = " and ".join(f"{postings_text(cell.n)} of {cell.name}" for cell in few)
    band = _band(pair)
    return TwinPairScreen(
        title=f"{first.name} and {second.name}",
        sides=(_side(first, "one"), _side(second, "other")),
        verdict=_verdict(band, shown),
        figures=_figures(band, shown),
        refusal=f"{counted}: under {WITHHELD_BELOW}, shares are withheld." if few else "",
        both=_both(pair),
        shared=None if few else _shared(pair),
        differences=None if few else _differences(pair),
        examples=example_pairs(shown.snapshot, first.selection.rows, second.selection.rows),
    )


def _cell(company: Company, slug: str, question: Question, shown: Published) -> AdsCell:
    role = role_named(slug, shown.snapshot)
    if role is None:
        raise Http404(f"No posting of {shown.run} has the role “{slug}”.")
    around = question.without("company").without("role")
    return AdsCell(company, role, around.narrowed(company=company.key, role=role), shown)


def _side(cell: AdsCell, key: str) -> Side:
    plain = cell.question.without("company").without("role")
    return Side(
        company=cell.company.name,
        company_url=cell.company.get_absolute_url() + plain.query,
        role=role_within(cell.role),
        role_url=role_url(cell.role, plain),
        postings=postings_text(cell.n),
        postings_url=postings_url(cell.question),
        titles=_titles(cell, key),
    )


def _titles(cell: AdsCell, key: str) -> Sheet:
    snapshot = cell.shown.snapshot
    counts = tally(snapshot, cell.selection, "title")
    rows = []
    for code in commonest(counts, MOST_TITLES):
        url = postings_url(cell.question.narrowed(title=snapshot.titles[code]))
        rows.append((text_cell(mask_contacts(snapshot.titles[code]), url), number_cell(int(counts[code]), url=url)))
    columns = (Column("Title as written", is_number=False), Column("Postings"))
    title = f"What {cell.company.name} writes above its {role_within(cell.role)} postings"
    return Sheet(f"titles-{key}", title, Table(columns, tuple(rows)), method="postings", noun="titles")


def _band(pair: Pair) -> Band | None:
    """Return the distance between the two and what shuffled ads give, None under five ads on a side."""
    if min(cell.n for cell in pair) < COMPARED_FROM:
        return None
    return _shuffled(pair[0].shown.snapshot, pair[0].question.filter, pair[1].question.filter)


@lru_cache(maxsize=256)
def _shuffled(snapshot: Snapshot, first: Filter, second: Filter) -> Band:
    rows = [_sampled(selected(snapshot, asked).rows) for asked in (first, second)]
    both = np.sort(np.concatenate(rows))
    return permutation_band(snapshot.matrix(both), np.isin(both, rows[0]), seed=SEED, rounds=ROUNDS)


def _sampled(rows: np.ndarray) -> np.ndarray:
    return rows if len(rows) <= MOST_SHUFFLED else rows[np.arange(MOST_SHUFFLED) * len(rows) // MOST_SHUFFLED]


def _within(shown: Published) -> float | None:
    figures = figures_of(shown.run.input_key or "")
    return figures.within if figures else None


def _verdict(band: Band | None, shown: Published) -> str:
    within = _within(shown)
    if band is None:
        return f"It takes {COMPARED_FROM} ads on each side to say how close they are."
    if within is None:
        return f"Their ads are {number(band.observed, decimals=2)} apart."
    closer = "closer to each other than" if band.observed < within else "not closer to each other than"
    beyond = "still further apart than chance" if band.observed > band.high else "no further apart than chance"
    return f"They are {closer} two companies under one and the same title are in the middle, and {beyond}."


def _figures(band: Band | None, shown: Published) -> tuple[KeyFigure, ...]:
    if band is None:
        return ()
    within, low, high = _within(shown), band.low, band.high
    chance = f"by chance {number(low, decimals=2)} to {number(high, decimals=2)}"
    figures = [KeyFigure("Distance", number(band.observed, decimals=2), note=f"0 the same, 1 nothing shared; {chance}")]
    if within is not None:
        note = "median between two companies, of the whole run"
        figures.append(KeyFigure("Inside one title", number(within, decimals=2), note=note, url=path_of("twins")))
    return tuple(figures)


def _both(pair: Pair) -> tuple[tuple[str, str], ...]:
    """Return name and page of the skills that both name, by the smaller share of the two."""
    snapshot, question = pair[0].shown.snapshot, pair[0].question.without("company").without("role")
    urls = skill_urls(pair[0].shown.run.pk)
    return tuple(
        (name := snapshot.skills[code], f"{urls[name]}{question.query}" if name in urls else "")
        for code in _common(pair)
    )


def _common(pair: Pair) -> list[int]:
    both = np.minimum(*(cell.counts.any / max(cell.n, 1) for cell in pair))
    return [int(code) for code in np.argsort(-both, kind="stable")[:MOST_LINES] if both[code] > 0]


def _shared(pair: Pair) -> Sheet:
    columns = (Column("Skill", is_number=False), *(Column(cell.name) for cell in pair))
    return Sheet(
        "shared", "What both ask for", Table(columns, tuple(_lines(pair, _common(pair)))), "share", noun="skills"
    )


def _lines(pair: Pair, codes: Sequence[int]) -> list[Row]:
    snapshot, urls = pair[0].shown.snapshot, skill_urls(pair[0].shown.run.pk)
    around = pair[0].question.without("company").without("role")
    shares = [shares_of(cell.counts.any[list(codes)], cell.n) for cell in pair]
    rows: list[Row] = []
    for place, code in enumerate(codes):
        name = snapshot.skills[code]
        sides = (
            share_cell(shares[side][place], postings_url(cell.question, skill=name)) for side, cell in enumerate(pair)
        )
        rows.append((text_cell(name, urls[name] + around.query if name in urls else ""), *sides))
    return rows


def _differences(pair: Pair) -> Sheet:
    """Return what sets the two apart, in points with interval and adjusted p, the largest difference first."""
    first, second = pair
    change = change_between(second.counts.any, second.n, first.counts.any, first.n)
    named = first.counts.any + second.counts.any > 0
    order = [int(code) for code in np.argsort(-np.abs(change.difference), kind="stable") if named[code]]

    def table(codes: Sequence[int]) -> Table:
        rows = []
        for code, line in zip(codes, _lines(pair, codes), strict=True):
            p = float(change.adjusted_p[code])
            state = "ok" if p < ALPHA else "thin"
            figures = (
                number_cell(float(change.difference[code]), POINTS),
                interval_cell(float(change.low[code]), float(change.high[code]), POINTS),
                p_cell(p),
            )
            head = text_cell(line[0].text, line[0].url, state=state)  # type: ignore[arg-type]
            rows.append((head, *line[1:], *figures))
        columns = (
            Column("Skill", is_number=False),
            *(Column(cell.name) for cell in pair),
            Column("Difference", unit=POINTS),
            Column("95% interval", unit=POINTS),
            Column("Adjusted p"),
        )
        return Table(columns, tuple(rows))

    return Sheet(
        key="differences",
        title="Where they differ most",
        table=table(order[:MOST_LINES]),
        method="change",
        whole=lambda: table(order),
        noun="skills",
    )
