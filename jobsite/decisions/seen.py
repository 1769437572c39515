"""What a person saw when deciding: told again by a hash, so that nobody overwrites what came in between."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from jobsite.decisions.refusing import ChangedMeanwhileError
from jobsite.decisions.values import kept_values, label_of
from jobsite.models import DecisionRow


def version_of(rows: Iterable[Model]) -> str:
    """Return a hash (16 hex) of these rows as they are now, in any order: it goes into the form as a hidden field."""
    told = sorted(
        json.dumps([label_of(type(row)), row.pk, kept_values(row)], sort_keys=True, default=str) for row in rows
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Seen:
    """The rows that a decision rests on: the hash of what the page showed, and how to read them again."""

    version: str
    read: Callable[[], Iterable[Model]]

    def check(self) -> None:
        """Raise ChangedMeanwhileError, naming who did what, when the rows are not what was seen."""
        rows = list(self.read())
        if version_of(rows) == self.version:
            return
        raise ChangedMeanwhileError(f"{_who_did_it(rows)} Nothing was saved: look again, then decide.")


def _who_did_it(rows: list[Model]) -> str:
    names = {(label_of(type(row)), row.pk) for row in rows}
    ids = [pk for _, pk in names]
    found = DecisionRow.objects.filter(row__in=ids).select_related("decision").order_by("-pk")[:200]
    last = next((one.decision for one in found if (one.table, one.row) in names), None)
    if last is None:
        return "This was changed meanwhile."
    at = date_format(timezone.localtime(last.at), "H:i, j F")
    return f"This was changed meanwhile; last by {last.by_name or 'somebody'} at {at}: {last.summary}"
