"""What is worked out for a run after it is published: its screens need not wait for this."""

from datetime import date

from analytics.archive import snapshot_in
from analytics.frozen import figures_of
from analytics.models import OpenTitle, Publication, Run
from analytics.services.figures import freeze_figures
from analytics.services.open_titles import find_open_titles, store_open_titles
from jobsite.work import State


def finish_off(pk: int) -> None:
    """List the titles about which a person is asked, and work out the figures that take longer than a page may.

    Both are about a finished run. What is there already is left as it is. A run that another one is about to replace
    is passed over, so that nobody waits for figures that nobody will read. Raises DamagedSnapshot, with a sentence.
    """
    run = Run.objects.filter(pk=pk, state=State.DONE).first()
    if run is None or _is_about_to_be_replaced():
        return
    if not OpenTitle.objects.filter(run=run).exists():
        store_open_titles(run, find_open_titles(snapshot_in(run.folder)))
    if not _is_about_to_be_replaced():
        freeze_figures(run)


def finish_off_published(_: date) -> int:
    """Do the same for the published run when its worker was stopped before it could; return how many runs needed it."""
    publication = Publication.objects.select_related("run").filter(run__isnull=False).first()
    if publication is None or publication.run is None or figures_of(publication.run.input_key or "") is not None:
        return 0
    finish_off(publication.run.pk)
    return 1


def _is_about_to_be_replaced() -> bool:
    return Run.objects.filter(state__in=(State.QUEUED, State.RUNNING)).exists()
