"""What a run does after it is published: its screens need not wait for this."""

from datetime import date

from analytics.archive import snapshot_in
from analytics.frozen import figures_of
from analytics.models import Publication, Run, UnmappedTitle
from analytics.services.figures import freeze_figures
from analytics.services.keeping import remove_old_arrays
from analytics.services.proposals import propose_roles, store_unmapped


def finish_off(run: Run) -> None:
    """Work out the figures that take long, list the titles without a role, remove what old runs need no longer.

    What is there already is left as it is. Raises DamagedSnapshot, with a sentence.
    """
    freeze_figures(run)
    if not UnmappedTitle.objects.filter(run=run).exists():
        store_unmapped(run, propose_roles(snapshot_in(run.folder)))
    remove_old_arrays()


def finish_off_published(_: date) -> int:
    """Do the same for the published run when its worker was stopped before it could; return how many runs needed it."""
    publication = Publication.objects.select_related("run").filter(run__isnull=False).first()
    if publication is None or publication.run is None or figures_of(publication.run.input_key or "") is not None:
        return 0
    finish_off(publication.run)
    return 1
