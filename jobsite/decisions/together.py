"""Taking many new rows away, or bringing many removed ones back, at once, where nothing speaks against any of them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db import IntegrityError, models, transaction
from django.db.models.signals import post_save

from jobsite.decisions.changes import Changes
from jobsite.decisions.refusing import RefusedError
from jobsite.decisions.values import from_json, kept_values, model_of
from jobsite.models import Change, Decision, DecisionRow

AT_ONCE = 500


def rows_back_to_front(decision: Decision) -> Iterator[list[DecisionRow]]:
    """Yield what a decision changed, the last first: runs of rows of one table to which the same was done."""
    before: dict[str, int] = {}
    while page := list(decision.rows.filter(**before).order_by("-pk")[:AT_ONCE]):
        for _, run in groupby(page, key=lambda row: (row.table, row.change)):
            yield list(run)
        before = {"pk__lt": page[-1].pk}


def take_away_together(
    rows: Sequence[DecisionRow], relations: Iterable[models.ManyToOneRel], decision: Decision, changes: Changes
) -> bool:
    """Remove what a decision created, rows of one table; return whether it was done.

    False where something speaks against one of them: nothing is done then, and going through them one by one finds out
    what it is. `relations` are how other rows can point to these.
    """
    if rows[0].change != Change.CREATED or len(rows) == 1:
        return False
    model, ids = model_of(rows[0].table), [row.row for row in rows]
    there = model._base_manager.select_for_update().in_bulk(ids)
    if any(row.row not in there or kept_values(there[row.row]) != row.after for row in rows):
        return False
    later = DecisionRow.objects.filter(table=rows[0].table, row__in=ids, decision__gt=decision.pk)
    if later.filter(decision__stands=True, decision__undoes=None).exists():
        return False
    pointing = (one.related_model._base_manager.filter(**{f"{one.field.name}__in": ids}) for one in relations)
    if any(some.exists() for some in pointing):
        return False
    try:
        with transaction.atomic():
            changes.delete_many([there[pk] for pk in ids])
    except (models.ProtectedError, IntegrityError):
        return False
    return True


def bring_back_together(rows: Sequence[DecisionRow], changes: Changes) -> bool:
    """Add again what a decision removed, rows of one table, each under its id; return whether it was done, as above.

    Not where others listen for new rows, the history aside: adding many at once tells nobody.
    """
    model = model_of(rows[0].table)
    is_told = post_save.has_listeners(model) and not hasattr(model, "history")
    if rows[0].change != Change.DELETED or len(rows) == 1 or is_told:
        return False
    try:
        changes.create_many([model(pk=row.row, **from_json(model, row.before)) for row in rows])
    except RefusedError:
        return False
    return True
