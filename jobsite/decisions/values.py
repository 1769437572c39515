"""Rows as the ledger keeps them: field by field, in JSON."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model


def kept_fields(model: type[Model]) -> list[Field]:
    """Return the fields of a table that the ledger keeps: all but those that the database or the clock fills in."""
    return [field for field in model._meta.concrete_fields if not field.primary_key and not _is_clock(field)]


def kept_values(obj: Model) -> dict[str, Any]:
    """Return name of the column's attribute -> value as JSON, for `kept_fields`."""
    return {field.attname: as_json(field.value_from_object(obj)) for field in kept_fields(type(obj))}


def as_json(value: Any) -> Any:
    """Return a value as JSON keeps it; what is JSON already stays."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def from_json(model: type[Model], kept: dict[str, Any]) -> dict[str, Any]:
    """Return kept values as the model's attributes take them."""
    fields = {field.attname: field for field in kept_fields(model)}
    return {name: fields[name].to_python(value) for name, value in kept.items()}


def label_of(model: type[Model]) -> str:
    """Return the name of a table in the ledger, "postings.alias"."""
    return model._meta.label_lower


def model_of(label: str) -> type[Model]:
    """Return the model of a table in the ledger."""
    return apps.get_model(label)


def _is_clock(field: Field) -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))
