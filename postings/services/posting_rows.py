"""Cleaned rows -> rows of the database: each ends as new, changed or repeated."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction

from postings.bulk import insert_rows
from postings.ingest import PostingRow
from postings.models import Company, Extraction, Posting, PostingText, PostingVersion, Title, Upload
from postings.services.posting_book import Known, PostingBook
from postings.services.posting_states import FACTS, State, company_key


@dataclass(frozen=True)
class Outcome:
    new: int = 0
    changed: int = 0
    repeated: int = 0


def save_postings(upload: Upload, rows: Sequence[PostingRow]) -> Outcome:
    """Store the rows of one chunk. Repeatable: the same rows again are all "repeated".

    Inside a chunk, too, the later row wins: a key seen twice is new (or changed) once and then changed or repeated.
    """
    book = PostingBook(upload.source_id, rows, upload=upload.pk)
    counts = Counter(book.take(row) for row in rows)
    _write(upload, book)
    return Outcome(new=counts["new"], changed=counts["changed"], repeated=counts["repeated"])


def foresee(source_id: int, rows: Sequence[PostingRow]) -> list[str]:
    """Return "new", "changed" or "repeated" for each row, as `save_postings` would count it; writes nothing."""
    book = PostingBook(source_id, rows, upload=0)
    return [book.take(row) for row in rows]


def _write(upload: Upload, book: PostingBook) -> None:
    postings = list(book.by_key.values())
    moved = [known for known in postings if known.is_moved and known.state]
    _write_postings(upload, moved, book.stated)
    _mark_seen(upload, [known for known in postings if known.is_seen_here])
    new = {known.key: known for known in moved if known.pk is None}
    for pk, key in Posting.objects.filter(source_id=upload.source_id, key__in=new).values_list("pk", "key"):
        new[key].pk = pk
    # What was read in another text has to be read again.
    Extraction.objects.filter(posting__in=[known.pk for known in moved if known.pk and known.is_reworded]).delete()
    _write_texts([known for known in moved if known.key in new or known.is_reworded or known.is_renamed])
    _write_versions([known for known in moved if known.has_new_versions])


def _write_postings(upload: Upload, moved: Sequence[Known], stated: Iterable[State]) -> None:
    """Insert what is new and update what moved, in one statement."""
    names = [*stated, *(known.now for known in moved)]
    titles, companies = _titles(names), _companies(names)
    kept = ("source_id", "key", "first_upload_id")
    fields = (
        *kept,
        *("kin", "content_hash", "title_id", "company_id", *FACTS),
        *("first_seen", "last_seen", "said_since", "row", "line", "upload_id", "last_upload_id"),
    )
    rows = []
    for known in moved:
        now = known.now
        says = (titles[now.title], companies.get(company_key(now.company)), *(now.values[name] for name in FACTS))
        seen = (known.first_seen, known.last_seen, now.since, now.row, now.line, now.upload, upload.pk)
        rows.append((upload.source_id, known.key, upload.pk, known.kin, known.content_hash, *says, *seen))
    update = [name for name in fields if name not in kept]
    insert_rows(Posting, fields, rows, conflict=("source_id", "key"), update=update)


def _mark_seen(upload: Upload, seen: Sequence[Known]) -> None:
    """Note for postings that say what they said that this upload has them, and that they were seen on a later day."""
    ids = [known.pk for known in seen if known.pk]
    Posting.objects.filter(pk__in=ids).exclude(last_upload=upload).update(last_upload=upload)
    days: dict[date, list[int]] = defaultdict(list)
    for known in seen:
        if known.pk and known.is_moved and known.state is None:
            days[known.last_seen].append(known.pk)
    for day, of_day in days.items():
        Posting.objects.filter(pk__in=of_day).update(last_seen=day)


def _write_texts(postings: Iterable[Known]) -> None:
    insert_rows(
        PostingText,
        ("posting_id", "heading", "text"),
        [(known.pk, f"{known.now.title} · {known.now.company}", known.now.text) for known in postings],
        conflict=("posting_id",),
        update=("heading", "text"),
    )


def _write_versions(postings: Sequence[Known]) -> None:
    """Write all versions of the postings anew: one that is found late takes its place in time."""
    PostingVersion.objects.filter(posting__in=[known.pk for known in postings if known.pk]).delete()
    insert_rows(
        PostingVersion,
        (
            *("posting_id", "number", "content_hash", "upload_id", "row", "line"),
            *("seen_from", "seen_until", "values", "text"),
        ),
        [
            (
                *(known.pk, number, version.content_hash, version.upload, version.row, version.line),
                *(version.since, version.until, version.as_json(), version.text),
            )
            for known in postings
            for number, version in enumerate(known.versions, 1)
        ],
    )


def _titles(states: Iterable[State]) -> dict[str, int]:
    texts = sorted({state.title for state in states})
    return _ids(Title, "text", ("text",), [(text,) for text in texts], texts)


def _companies(states: Iterable[State]) -> dict[str, int]:
    names: dict[str, str] = {}
    for state in states:
        if state.company:
            names.setdefault(company_key(state.company), state.company)
    return _ids(Company, "key", ("key", "name"), sorted(names.items()), sorted(names))


def _ids(
    model: type[models.Model], key: str, fields: Sequence[str], rows: Sequence[tuple[str, ...]], keys: Sequence[str]
) -> dict[str, int]:
    """Return key -> id, adding what is missing. Sorted, so that two workers never wait for each other in a circle."""
    found = dict(model._default_manager.filter(**{f"{key}__in": keys}).values_list(key, "pk"))
    missing = [row for row in rows if row[0] not in found]
    if missing:
        with transaction.atomic():
            insert_rows(model, fields, missing, conflict=(key,))
        found = dict(model._default_manager.filter(**{f"{key}__in": keys}).values_list(key, "pk"))
    return found
