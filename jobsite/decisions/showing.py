"""Rows of the ledger as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model

from jobsite.decisions.values import model_of
from jobsite.models import DecisionRow


@dataclass(frozen=True)
class ShownField:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownRow:
    table: str
    name: str
    change: str
    fields: tuple[ShownField, ...]


def shown_rows(rows: Iterable[DecisionRow]) -> list[ShownRow]:
    """Return each row with its fields before and after in words; what a value points to is named as it is now."""
    return [_shown(row) for row in rows]


def _shown(row: DecisionRow) -> ShownRow:
    model = model_of(row.table)
    names = list(dict.fromkeys([*row.before, *row.after]))
    fields = (_field(model, name, row) for name in names)
    told = tuple(one for one in fields if one.before or one.after)
    return ShownRow(str(model._meta.verbose_name), row.name, row.get_change_display(), told)


def _field(model: type[Model], attribute: str, row: DecisionRow) -> ShownField:
    try:
        field = next(one for one in model._meta.concrete_fields if one.attname == attribute)
    except StopIteration as gone:
        raise FieldDoesNotExist(f"{model._meta.label} has no {attribute} any more.") from gone
    before, after = (_value(field, values.get(attribute)) for values in (row.before, row.after))
    return ShownField(str(field.verbose_name), before, after)


def _value(field: Field, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        there = field.related_model._base_manager.filter(pk=value).first()
        return str(there) if there else f"number {value}, which is gone"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(dict(field.flatchoices).get(value, value))
