"""Taking one decision back, whatever came after it: row by row, and only where nobody has built on it."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction

from jobsite.decisions.actions import actions, follow_up, signed
from jobsite.decisions.changes import Changes
from jobsite.decisions.refusing import RefusedError
from jobsite.decisions.storable import refuse_unstorable
from jobsite.decisions.together import bring_back_together, rows_back_to_front, take_away_together
from jobsite.decisions.turns import wait_for_turn
from jobsite.decisions.values import from_json, kept_values, label_of, model_of
from jobsite.models import Change, Decision, DecisionRow

UNDO, DECISION = "undo", "decision"
"""The action of an undoing, and the word that names, by its key, what it takes back."""


class CannotUndoError(RefusedError):
    """Something rests on the decision; `because` are the later decisions to undo first, if it was those."""

    def __init__(self, sentence: str, because: Iterable[Decision] = ()) -> None:
        super().__init__(sentence)
        self.because = tuple(because)


def undo(decision: Decision, *, by: User | None = None, why: str = "") -> Decision:
    """Take a decision back and return the decision that does so, which can be undone in its turn.

    Raises CannotUndoError with a sentence that names what rests on it; nothing is changed then.
    """
    with transaction.atomic():
        wait_for_turn()
        undoing, follow = take_back(decision, signed(by, why))
        follow_up({follow})
    return undoing


def take_back(decision: Decision, undoing: Decision) -> tuple[Decision, str]:
    """Do the same inside a transaction, and store `undoing`, which says who and why.

    What follows is left to the caller: its name is returned beside the undoing.
    """
    refuse_unstorable([undoing.why, undoing.by_name])
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    changes = _rows_back(decision)
    undoing.action, undoing.words, undoing.undoes = UNDO, {DECISION: str(decision.key)}, decision
    undoing.summary = f"Undone: {decision.summary}"[:400]
    undoing.save()
    changes.store(undoing)
    _set_standing(decision, stands=False)
    return undoing, follow_of(decision)


def follow_of(decision: Decision) -> str:
    """Return what follows the action that this decision, or the one that it took back, was made by."""
    while decision.undoes:
        decision = decision.undoes
    return actions()[decision.action].follow if decision.action in actions() else ""


def why_not_undone(decision: Decision) -> CannotUndoError | None:
    """Return why a decision cannot be undone, None when it can; nothing is changed."""
    try:
        with transaction.atomic():
            _rows_back(decision)
            transaction.set_rollback(True)
    except CannotUndoError as refused:
        return refused
    return None


def _rows_back(decision: Decision) -> Changes:
    """Make the rows what they were before the decision."""
    if not decision.stands:
        raise CannotUndoError("This decision has been undone already.")
    changes = Changes()
    _all_back(decision, changes)
    return changes


def _set_standing(decision: Decision, *, stands: bool) -> None:
    """Note whether a decision stands; undoing an undoing lets what it took back stand again, and so on."""
    decision.stands = stands
    decision.save(update_fields=["stands"])
    if decision.undoes:
        _set_standing(decision.undoes, stands=not stands)


def _all_back(decision: Decision, changes: Changes) -> None:
    """Make every row what it was before, the last first."""
    for rows in rows_back_to_front(decision):
        relations = _relations(model_of(rows[0].table))
        if take_away_together(rows, relations, decision, changes) or bring_back_together(rows, changes):
            continue
        for row in rows:
            _back(row, decision, changes)


def _back(row: DecisionRow, decision: Decision, changes: Changes) -> None:
    """Make one row what it was before."""
    model = model_of(row.table)
    if row.change == Change.DELETED:
        _bring_back(model, row, decision, changes)
        return
    now = model._base_manager.filter(pk=row.row).first()
    if now is None:
        raise _refusal(f"“{row.name}” is gone.", [(row.table, row.row)], decision)
    held = kept_values(now)
    if any(held[name] != value for name, value in row.after.items()) or _was_touched_since(row, decision):
        raise _refusal(f"“{row.name}” was changed again.", [(row.table, row.row)], decision)
    try:
        with transaction.atomic():
            if row.change == Change.UPDATED:
                changes.update(now, **from_json(model, row.before))
            else:
                _take_away(now, decision, changes)
    except (RefusedError, IntegrityError) as refused:
        if isinstance(refused, CannotUndoError):
            raise
        way = _in_the_way(model, row.row, from_json(model, kept_values(now) | row.before))
        raise _refusal(_in_words(refused, row), [(row.table, row.row), *way], decision) from refused


def _was_touched_since(row: DecisionRow, decision: Decision) -> bool:
    """Return whether a later decision that stands changed the same fields, even to what they were, or a row that this
    one made: it could not be taken back any more."""
    later = DecisionRow.objects.filter(
        table=row.table, row=row.row, decision__gt=decision.pk, decision__stands=True, decision__undoes=None
    )
    return any(row.change == Change.CREATED or one.after.keys() & row.after.keys() for one in later)


def _bring_back(model: type[models.Model], row: DecisionRow, decision: Decision, changes: Changes) -> None:
    try:
        with transaction.atomic():
            changes.create(model, pk=row.row, **from_json(model, row.before))
    except (RefusedError, IntegrityError) as refused:
        way = _in_the_way(model, row.row, from_json(model, row.before))
        raise _refusal(_in_words(refused, row), [(row.table, row.row), *way], decision) from refused


def _take_away(now: models.Model, decision: Decision, changes: Changes) -> None:
    """Delete what the decision created, unless something of people's making points to it."""
    for relation in _relations(type(now)):
        pointing = relation.related_model._base_manager.filter(**{relation.field.name: now}).order_by("pk")
        rows = [(label_of(relation.related_model), pk) for pk in pointing.values_list("pk", flat=True)[:50]]
        if rows:
            names = ", ".join(f"“{_end_of(one, relation.field)}”" for one in pointing[:3])
            raise _refusal(f"“{now}” is in use by {names}.", rows, decision)
    changes.delete(now)


def _relations(model: type[models.Model]) -> list[models.ManyToOneRel]:
    """Return how other rows point to a row of this table, links of many-to-many fields too.

    What the model cannot be asked for by a name (related_name="+") is of the machine's making.
    """
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and (not relation.hidden or relation.related_model._meta.auto_created)
    ]


def _end_of(one: models.Model, pointer: models.Field) -> models.Model:
    """Return the row itself; of a link of a many-to-many field, the row at its other end."""
    if not type(one)._meta.auto_created:
        return one
    ends = [field for field in type(one)._meta.concrete_fields if field.is_relation and field != pointer]
    return getattr(one, ends[0].name) if ends else one


def _in_the_way(model: type[models.Model], pk: int, values: dict[str, object]) -> list[tuple[str, int]]:
    """Return the rows that have what this one must have alone, and those that it points to and that are gone, as
    (table, id)."""
    alone = [field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    sets = [*((name,) for name in alone), *model._meta.unique_together]
    sets += [tuple(one.fields) for one in model._meta.total_unique_constraints]
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    together = [[columns[name] for name in names] for names in sets]
    found = []
    for names in together:
        same = {name: values[name] for name in names if name in values}
        if len(same) == len(names):
            others = model._base_manager.filter(**same).exclude(pk=pk)
            found += [(label_of(model), other) for other in others.values_list("pk", flat=True)[:50]]
    return found + _gone_ends(model, values)


def _gone_ends(model: type[models.Model], values: dict[str, object]) -> list[tuple[str, int]]:
    found = []
    for field in model._meta.concrete_fields:
        end = values.get(field.attname)
        if isinstance(field, models.ForeignKey) and isinstance(end, int):
            other = field.related_model
            if not other._base_manager.filter(pk=end).exists():
                found.append((label_of(other), end))
    return found


def _refusal(what: str, rows: list[tuple[str, int]], decision: Decision) -> CannotUndoError:
    """Say what speaks against it, and name the later decisions that touched these rows and stand."""
    later = _later(rows, decision)
    if not later:
        return CannotUndoError(f"It cannot be undone: {what} No later decision did that: it was changed elsewhere.")
    named = "; ".join(f"{one.summary} (decision {one.pk})" for one in later)
    return CannotUndoError(f"It cannot be undone: {what} Undo first: {named}.", later)


def _later(rows: list[tuple[str, int]], decision: Decision) -> list[Decision]:
    touched = models.Q()
    for table, row in rows:
        touched |= models.Q(rows__table=table, rows__row=row)
    found = Decision.objects.filter(touched, pk__gt=decision.pk, stands=True).exclude(undoes__isnull=False)
    return list(found.distinct().order_by("-pk"))


def _in_words(refused: Exception, row: DecisionRow) -> str:
    if isinstance(refused, RefusedError):
        return str(refused)
    return f"“{row.name}” cannot be what it was beside what there is now."
