"""What a reader of the overview should know before trusting it: stale figures, drift, one source, few dates."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from django.db.models import F, Sum
from django.urls import reverse

from analytics.figures import number, percent
from analytics.measures import THIN_BELOW, js_distance
from analytics.models import Run
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.key_figures import RunBefore
from analytics.selectors.published import Published
from analytics.selectors.shares import postings_text
from analytics.snapshot import Selection, Snapshot
from jobsite.work import State
from postings.models import Upload

DRIFT_FROM = 0.1
"""Jensen-Shannon distance of two mixes from which Evidently, too, speaks of drift."""
DRIFTING = {"source": "sources", "role": "roles", "country": "countries"}
ONE_SOURCE_FROM = 0.5
UNDATED_FROM = 0.05


@dataclass(frozen=True)
class Notice:
    kind: Literal["info", "warning"]
    text: str
    url: str = ""
    link: str = ""


def notices_since(run: Run) -> tuple[Notice, ...]:
    """Return what has come since the run: another one that was held back, postings that it does not count."""
    return tuple(notice for notice in (_held_back(run), _not_yet_counted(run)) if notice)


def notices(selection: Selection, question: Question, shown: Published, before: RunBefore | None) -> tuple[Notice, ...]:
    """Return what is to be said of the figures themselves."""
    found = (
        _few(selection),
        _one_source(selection, question, shown.snapshot),
        _undated(selection, shown.snapshot),
        _drift(shown.snapshot, before),
    )
    return tuple(notice for notice in found if notice)


def _held_back(run: Run) -> Notice | None:
    newer = Run.objects.filter(state=State.DONE, pk__gt=run.pk).order_by("-pk").first()
    if newer is None or "held" not in newer.quality:
        return None
    text = f"Run {newer.pk} is newer and was not published by itself: {newer.quality['held']}"
    return Notice("warning", text, newer.get_absolute_url(), "Look at it")


def _not_yet_counted(run: Run) -> Notice | None:
    if run.started_at is None:
        return None
    later = Upload.objects.filter(finished_at__gt=run.started_at)
    waiting = later.aggregate(n=Sum(F("new") + F("changed")))["n"] or 0
    if not waiting:
        return None
    came = "posting was" if waiting == 1 else "postings were"
    text = f"{number(waiting)} {came} taken in after this run: the next one counts them."
    return Notice("info", text, reverse("run_list"), "Runs")


def _few(selection: Selection) -> Notice | None:
    if not 0 < selection.n < THIN_BELOW:
        return None
    return Notice("warning", f"Only {postings_text(selection.n)}: shares are greyed, and under ten withheld.")


def _one_source(selection: Selection, question: Question, snapshot: Snapshot) -> Notice | None:
    """Of the postings that the filters leave; the strip speaks for the whole run."""
    if question.filter.sources or not question.is_filtered or len(snapshot.sources) == 1 or not selection.n:
        return None
    counts = tally(snapshot, selection, "source")
    largest = int(counts.argmax())
    if counts[largest] <= ONE_SOURCE_FROM * selection.n:
        return None
    share = percent(float(counts[largest]) / selection.n)
    return Notice("warning", f"{share} of these postings come from one source, {snapshot.sources[largest]}.")


def _undated(selection: Selection, snapshot: Snapshot) -> Notice | None:
    undated = int(tally(snapshot, selection, "month")[0])
    if undated <= UNDATED_FROM * selection.n:
        return None
    text = f"{percent(undated / selection.n)} of these postings carry no date: figures over time leave them out."
    return Notice("info", text)


def _drift(snapshot: Snapshot, before: RunBefore | None) -> Notice | None:
    """Compare the whole runs, whatever the filter: a filtered figure moves with what flowed into the run."""
    if before is None or min(snapshot.everything.n, before.snapshot.everything.n) < THIN_BELOW:
        return None
    moved = [
        f"{name} (distance {distance:.2f})"
        for column, name in DRIFTING.items()
        if (distance := _mix_distance(column, snapshot, before.snapshot)) > DRIFT_FROM
    ]
    if not moved:
        return None
    text = f"Since run {before.run.pk} the mix has drifted: {', '.join(moved)}; from {DRIFT_FROM} it counts as drift."
    return Notice("warning", text, before.run.get_absolute_url(), f"Run {before.run.pk}")


def _mix_distance(column: str, now: Snapshot, then: Snapshot) -> float:
    mixes = []
    names = sorted({*now.vocabulary(column), *then.vocabulary(column)})
    for snapshot in (now, then):
        counts = dict(zip(snapshot.vocabulary(column), tally(snapshot, snapshot.everything, column), strict=True))
        mixes.append(np.array([counts.get(name, 0) for name in names], np.float64))
    return float(js_distance(*mixes))
