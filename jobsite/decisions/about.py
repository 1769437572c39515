"""Who decided what stands in a row, when and why: told from the ledger, so that rows need not keep it."""

from collections.abc import Iterable

from django.db.models import Model

from jobsite.decisions.values import label_of
from jobsite.models import Change, Decision, DecisionRow


def last_decisions(rows: Iterable[Model]) -> dict[int, Decision]:
    """Return id -> the last decision that made or changed the row, for rows of one table; one query for all."""
    wanted = {row.pk: label_of(type(row)) for row in rows}
    tables = set(wanted.values())
    found = DecisionRow.objects.filter(table__in=tables, row__in=wanted).exclude(change=Change.DELETED)
    return {one.row: one.decision for one in found.select_related("decision").order_by("pk")}
