"""Which postings changed since somebody copied the facts: told by the database, forgotten once they were copied.

Who keeps a copy calls `noted_changes`, reads the postings that it names, keeps what it read, and calls `forget_changes`
with the name of the new copy. Interrupted before that, it finds the same changes and the same mark again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import connection, transaction

from postings.models import ChangeMark, PostingChange


@dataclass(frozen=True)
class NotedChanges:
    """`mark` names the copy from which the changes lead on, "" before the first; `postings` are ids, ascending."""

    mark: str
    notes: tuple[int, ...]
    postings: tuple[int, ...]


def noted_changes() -> NotedChanges:
    """Return what changed since the copy that is marked. Others may go on writing: what they note comes next time."""
    mark = ChangeMark.objects.values_list("name", flat=True).first() or ""
    rows = list(PostingChange.objects.order_by("pk").values_list("pk", "posting_id"))
    return NotedChanges(mark, tuple(pk for pk, _ in rows), tuple(sorted({posting for _, posting in rows})))


def forget_changes(noted: NotedChanges, *, mark: str) -> bool:
    """Mark a copy that holds the noted changes, and forget these; False when another copy was marked meanwhile."""
    with transaction.atomic():
        ChangeMark.objects.get_or_create(id=1)
        if not ChangeMark.objects.filter(id=1, name=noted.mark).update(name=mark):
            return False
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM postings_postingchange WHERE id BETWEEN %s AND %s", list(_stretches(noted.notes))
            )
    return True


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run without a gap: one in a gap may be of a writer who has not committed yet."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]
