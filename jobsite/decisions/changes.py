"""What an action does to rows, written and remembered in one step."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history

from jobsite.decisions.refusing import RefusedError
from jobsite.decisions.values import as_json, kept_values, label_of
from jobsite.models import Change, Decision, DecisionRow

Row = TypeVar("Row", bound=models.Model)


class Changes:
    """The hand of an action: rows are created, updated and deleted through it, and it remembers each.

    It validates what it writes; a value that cannot be raises RefusedError with the model's own sentence.
    """

    def __init__(self) -> None:
        self.rows: list[DecisionRow] = []

    def create(self, model: type[Row], *, pk: int | None = None, **values: Any) -> Row:
        """Add a row; with `pk` it comes back under the id that it had."""
        obj = model(pk=pk, **values)
        _check(obj)
        obj.save(force_insert=True)
        self._note(obj, Change.CREATED, after=kept_values(obj))
        return obj

    def create_many(self, rows: Sequence[Row]) -> None:
        """Add many rows of one table at once, in their order; the database tells what it has already."""
        if not rows:
            return
        model = type(rows[0])
        pointers = [field.name for field in model._meta.concrete_fields if field.is_relation]
        for obj in rows:
            _check(obj, but=pointers)
        try:
            with transaction.atomic():
                if hasattr(model, "history"):
                    bulk_create_with_history(list(rows), model, batch_size=500)
                else:
                    model._base_manager.bulk_create(rows, batch_size=500)
        except IntegrityError as double:
            raise RefusedError(f"Some of these {model._meta.verbose_name_plural} are there already.") from double
        for obj in rows:
            self._note(obj, Change.CREATED, after=kept_values(obj))

    def update(self, obj: Row, **values: Any) -> Row:
        """Set these attributes of a row, of which those that differ are remembered. The row is read anew first."""
        fresh: Row = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        before = kept_values(fresh)
        for name, value in values.items():
            setattr(fresh, name, value)
        after = kept_values(fresh)
        changed = [name for name, value in after.items() if value != before[name]]
        if changed:
            _check(fresh)
            fresh.save()
            self._note(fresh, Change.UPDATED, {name: before[name] for name in changed}, {n: after[n] for n in changed})
        return fresh

    def delete(self, obj: models.Model) -> None:
        """Remove a row. What points to it has to be removed before, or the database refuses; pointers that may be empty
        are emptied, and remembered."""
        for relation in obj._meta.related_objects:
            if relation.on_delete is models.SET_NULL:
                for row in relation.related_model._base_manager.filter(**{relation.field.name: obj}):
                    self.update(row, **{relation.field.attname: None})
        fresh = type(obj)._base_manager.select_for_update().filter(pk=obj.pk).first()
        if fresh is None:
            raise RefusedError(f"“{obj}” is removed already.")
        self._note(fresh, Change.DELETED, before=kept_values(fresh))
        try:
            fresh.delete()
        except models.ProtectedError as used:
            names = ", ".join(sorted(str(one) for one in used.protected_objects)[:5])
            raise RefusedError(f"“{obj}” is in use: {names}.") from used

    def delete_many(self, rows: Sequence[models.Model]) -> None:
        """Remove rows of one table, as they are, to which nothing points that people made."""
        kept = [(obj, kept_values(obj)) for obj in rows]
        ids = [obj.pk for obj in rows]
        type(rows[0])._base_manager.filter(pk__in=ids).delete()
        for obj, before in kept:
            self._note(obj, Change.DELETED, before=before)

    def link(self, obj: models.Model, field: str, others: Iterable[models.Model]) -> None:
        """Add to a many-to-many field those that are not in it yet."""
        through, here, there = _through(obj, field)
        linked = set(through._base_manager.filter(**{here: obj.pk}).values_list(there, flat=True))
        for other in others:
            if other.pk not in linked:
                linked.add(other.pk)
                self.create(through, **{here: obj.pk, there: other.pk})

    def unlink(self, obj: models.Model, field: str, others: Iterable[models.Model]) -> None:
        """Take from a many-to-many field those that are in it."""
        through, here, there = _through(obj, field)
        for row in through._base_manager.filter(**{here: obj.pk, f"{there}__in": [other.pk for other in others]}):
            self.delete(row)

    def store(self, decision: Decision) -> None:
        """Write what was remembered to the ledger, under a stored decision."""
        for row in self.rows:
            row.decision = decision
        DecisionRow.objects.bulk_create(self.rows, batch_size=500)

    def _note(self, obj: models.Model, change: Change, before: dict | None = None, after: dict | None = None) -> None:
        row = DecisionRow(table=label_of(type(obj)), row=obj.pk, name=str(obj)[:200], change=change)
        row.before = {name: as_json(value) for name, value in (before or {}).items()}
        row.after = {name: as_json(value) for name, value in (after or {}).items()}
        self.rows.append(row)


def _check(obj: models.Model, *, but: Sequence[str] | None = None) -> None:
    """Raise RefusedError for what the model does not take; without the fields `but`, only what needs no look into the
    database."""
    try:
        if but is None:
            obj.full_clean()
        else:
            obj.clean_fields(exclude=but)
    except ValidationError as wrong:
        raise RefusedError(f"“{obj}”: {' '.join(wrong.messages)}") from wrong


def _through(obj: models.Model, field: str) -> tuple[type[models.Model], str, str]:
    """Return the table of a many-to-many field, and its columns to this row and to the others."""
    many = type(obj)._meta.get_field(field)
    assert isinstance(many, models.ManyToManyField)
    here, there = f"{many.m2m_field_name()}_id", f"{many.m2m_reverse_field_name()}_id"
    through = many.remote_field.through
    assert through is not None  # models are loaded
    return through, here, there
