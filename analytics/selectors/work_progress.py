"""What happens after a change until its figures are on the screens, in a sentence and a bar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from analytics.models import Publication, Run
from jobsite.decisions import actions
from jobsite.decisions.undoing import UNDO, follow_of
from jobsite.models import Decision
from jobsite.work import State
from postings.selectors.progress import last_followed_up, reading_progress

STAGES = 4
"""Looking for what is stale, reading it, grouping copies, making figures; those that are not needed are passed over."""
STEPS_OF_A_RUN = 5
"""How many stages a run reports, see `analytics.services.refresh`."""
AWAITED = ("facts", "copies")
"""What follows decisions only once a worker has looked; a run that follows at once tells of itself."""
GIVEN_UP_AFTER = timedelta(minutes=10)
"""A decision that nothing followed for so long is followed by the hourly chores, if at all."""


@dataclass(frozen=True)
class WorkProgress:
    """What a page shows while work goes on, and once when it has ended.

    `done` of `total` is the bar, 0 of 0 when nobody can tell. `since` is the run that was published when one began to
    look, 0 for none. `news` are there when another one is published: a sentence, the address of that run, and the
    address that compares the two.
    """

    sentence: str
    done: int
    total: int
    since: int
    news: str
    news_url: str
    compare_url: str
    compare_with: int

    @property
    def is_going_on(self) -> bool:
        return bool(self.sentence)


def work_progress(*, since: int | None = None, now: datetime | None = None) -> WorkProgress:
    """Return what goes on now; `since` is what an earlier answer gave, None for a page that begins to look."""
    publication = Publication.objects.select_related("run").first()
    shown = publication.run if publication else None
    pk = shown.pk if shown else 0
    sentence, done, total = _stage(now or timezone.now())
    before = pk if since is None else since
    if sentence or shown is None or before == pk:
        return WorkProgress(sentence, done, total, before, "", "", "", 0)
    compare = f"{reverse('run_changes', args=[pk])}?from={before}" if before else ""
    return WorkProgress("", 0, 0, pk, f"New figures are out: run {pk}.", shown.get_absolute_url(), compare, before)


def _stage(now: datetime) -> tuple[str, int, int]:
    """Return the stage that work is in, as a sentence, and how far it is there; "" when nothing goes on."""
    reading = reading_progress()
    if reading.is_reading:
        copies = "then copies, " if reading.groups_copies else ""
        told = f"Reading {reading.done:,} of {reading.total:,} postings, {copies}then figures: stage 2 of {STAGES}."
        return told, reading.done, reading.total
    if reading.groups_copies:
        return f"Grouping copies, then figures: stage 3 of {STAGES}.", 0, 0
    run = Run.objects.unfinished().order_by("state", "-pk").last()
    if run and run.state == State.RUNNING:
        return f"Making figures (run {run.pk}): stage 4 of {STAGES}.", len(run.stages), STEPS_OF_A_RUN
    if run:
        return f"Figures are asked for (run {run.pk}) and wait for a worker: stage 4 of {STAGES}.", 0, 0
    if _is_decided_and_not_followed(now):
        return f"Looking for postings that the decision touches, then figures: stage 1 of {STAGES}.", 0, 0
    return "", 0, 0


def _is_decided_and_not_followed(now: datetime) -> bool:
    """Whether something was decided of which the workers have not taken up what follows."""
    followed = last_followed_up()
    since = max(followed, now - GIVEN_UP_AFTER) if followed else now - GIVEN_UP_AFTER
    names = [name for name, one in actions().items() if one.follow in AWAITED]
    recent = Decision.objects.filter(at__gt=since)
    undone = recent.filter(action=UNDO).select_related("undoes")
    return recent.filter(action__in=names).exists() or any(follow_of(one) in AWAITED for one in undone)
