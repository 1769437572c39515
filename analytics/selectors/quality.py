"""The quality page: how well skills are found on the marked postings that ship with Rolescope."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analytics.figures import interval_text, number, percent
from analytics.models import Publication
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.shares import points_text
from postings.models import Kind, QualityReport
from postings.skills.quality import Estimate, Quality
from postings.skills.quality_examples import Example

FEW = 30
"""Figures that rest on fewer forms are greyed, as shares of so few postings are elsewhere."""
KIND_HEADS = ("Kind", "Marked", "Found", "Precision", "Recall", "F1")
LEVEL_HEADS = ("Level", "Marked", "Read", "Precision", "Recall")
SINCE_HEADS = ("Figure", "Before", "Now", "Points")
DEMAND_HEADS = ("Demand", "Postings", "Read right")
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class EstimateText:
    """A share as _quality_estimate.html places it: "88%", "86–90", a plain number to sort by, and of how much it is."""

    percent: str
    interval: str
    sort: str
    of: str


@dataclass(frozen=True)
class QualityRow:
    """One line of a table: texts (how many forms or postings), then shares."""

    label: str
    counts: tuple[str, ...]
    estimates: tuple[EstimateText, ...]
    is_thin: bool


@dataclass(frozen=True)
class QualityTable:
    """`heads` name the first column, the counts and the shares of the rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[QualityRow, ...]


@dataclass(frozen=True)
class QualityExample:
    """A form that was got wrong, with a sentence in three parts: `where` says in how many postings, and in which."""

    name: str
    kind: str
    before: str
    hit: str
    after: str
    where: str


@dataclass(frozen=True)
class Since:
    """What changed since the report before, figure by figure."""

    before: QualityReport
    is_same_set: bool
    table: QualityTable


@dataclass(frozen=True)
class QualityScreen:
    report: QualityReport
    run: str
    """Whether the published run was read with the same lexicon, in words; "" before the first run."""
    figures: tuple[KeyFigure, ...]
    kinds: QualityTable
    levels: QualityTable
    demands: QualityTable
    since: Since | None
    misses: tuple[QualityExample, ...]
    missed: str
    false_hits: tuple[QualityExample, ...]
    wrong: str


def quality_screen() -> QualityScreen | None:
    """Return the newest report beside the one before it; None before the first measurement."""
    reports = list(QualityReport.objects.all()[:2])
    if not reports:
        return None
    report, before = reports[0], reports[1] if len(reports) > 1 else None
    quality = Quality.from_figures(report.figures)
    old = Quality.from_figures(before.figures) if before else None
    return QualityScreen(
        report=report,
        run=_run_words(report),
        figures=_key_figures(quality, old),
        kinds=QualityTable("Skills by kind", KIND_HEADS, tuple(_kind_rows(quality))),
        levels=QualityTable("Levels of the skills found", LEVEL_HEADS, tuple(_level_rows(quality))),
        demands=QualityTable("Years and degree", DEMAND_HEADS, tuple(_demand_rows(quality))),
        since=_since(report, quality, before, old) if before and old else None,
        misses=_examples(quality.misses),
        missed=_lost(quality.overall.recall),
        false_hits=_examples(quality.false_hits),
        wrong=_lost(quality.overall.precision),
    )


def _key_figures(quality: Quality, old: Quality | None) -> tuple[KeyFigure, ...]:
    before = _headline(old) if old else {}
    return tuple(_key_figure(label, now, before.get(label)) for label, now in _headline(quality).items())


def _headline(quality: Quality) -> dict[str, Estimate]:
    overall = quality.overall
    shares = {"Precision": overall.precision, "Recall": overall.recall, "F1": overall.f1}
    return shares | {"Level right": quality.level_accuracy}


def _key_figure(label: str, now: Estimate, old: Estimate | None) -> KeyFigure:
    text = _text(now)
    points = _points(old, now) if old else ""
    direction = {"+": "up", _MINUS: "down"}.get(points[:1], "")
    note = f"95%: {text.interval}" if text.interval else "nothing to measure"
    change = f"{points} points since the report before" if points and direction else ""
    return KeyFigure(label, text.percent, note, change=change, direction=direction)


def _kind_rows(quality: Quality) -> Iterator[QualityRow]:
    for row in (quality.overall, *quality.kinds):
        label = Kind(row.kind).label if row.kind in Kind.values else "all kinds"
        estimates = (_text(row.precision, "forms found"), _text(row.recall, "forms marked"), _text(row.f1))
        yield _row(label, (row.marked, row.found), estimates)


def _level_rows(quality: Quality) -> Iterator[QualityRow]:
    for row in quality.levels:
        estimates = (_text(row.precision, f"forms read as {row.level}"), _text(row.recall, f"marked {row.level}"))
        yield _row(row.level, (row.marked, row.read), estimates)


def _demand_rows(quality: Quality) -> Iterator[QualityRow]:
    for label, right in (("years of experience", quality.years), ("lowest degree", quality.degree)):
        yield _row(label, (right.n,), (_text(right, "postings"),))


def _row(label: str, counts: tuple[int, ...], estimates: tuple[EstimateText, ...]) -> QualityRow:
    return QualityRow(label, tuple(number(count) for count in counts), estimates, is_thin=min(counts) < FEW)


def _text(estimate: Estimate, of: str = "") -> EstimateText:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return EstimateText("–", "", "", "")
    interval = interval_text(estimate.low, estimate.high)
    title = f"of {number(estimate.n)} {of}" if of else ""
    return EstimateText(percent(estimate.value), interval, str(estimate.value), title)


def _since(report: QualityReport, quality: Quality, before: QualityReport, old: Quality) -> Since:
    rows = zip(_compared(old), _compared(quality), strict=True)
    lines = tuple(
        QualityRow(label, (_exact(was), _exact(now), _points(was, now)), (), is_thin=min(was.n, now.n) < FEW)
        for (label, was), (_, now) in rows
    )
    table = QualityTable("Changes since the report before", SINCE_HEADS, lines)
    return Since(before, report.marked_set == before.marked_set, table)


def _compared(quality: Quality) -> list[tuple[str, Estimate]]:
    by_kind = [(f"F1, {Kind(row.kind).label}", row.f1) for row in quality.kinds]
    return [*_headline(quality).items(), *by_kind, ("Years right", quality.years), ("Degree right", quality.degree)]


def _exact(estimate: Estimate) -> str:
    """Return a share with a decimal, so that it goes with its change in points."""
    return "–" if estimate.value is None else f"{number(estimate.value * 100, decimals=1)}%"


def _points(was: Estimate, now: Estimate) -> str:
    """Return a change in points with its sign, "" where one of the two says nothing."""
    return "" if was.value is None or now.value is None else points_text(now.value - was.value)


def _examples(examples: Iterable[Example]) -> tuple[QualityExample, ...]:
    return tuple(
        QualityExample(
            name=one.name,
            kind=Kind(one.kind).label,
            before=one.before,
            hit=one.hit,
            after=one.after,
            where=one.posting if one.postings == 1 else f"{one.postings} postings, one is {one.posting}",
        )
        for one in examples
    )


def _lost(share: Estimate) -> str:
    """Return how many forms a share leaves out."""
    return number(round(share.n * (1 - (share.value or 0.0))))


def _run_words(report: QualityReport) -> str:
    publication = Publication.objects.select_related("run").first()
    if publication is None or publication.run is None:
        return ""
    if publication.run.lexicon == report.lexicon:
        return "the figures on the other screens were read with the same one"
    return f"the figures on the other screens were read with another one, {publication.run.lexicon}"
