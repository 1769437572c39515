"""Cleaned rows -> rows of the database: each ends as new, changed or repeated."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models, transaction

from postings.bulk import insert_rows
from postings.ingest import PostingRow
from postings.models import Company, Extraction, Posting, PostingText, Title, Upload

LEGAL_FORMS = re.compile(
    r"\b(inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|co|gmbh|ag|se|kg|sa|sas|sarl|srl|spa|bv|nv|ab|oy|as|aps|"
    r"pty|pvt|sp z o o)\b\.?"
)


@dataclass(frozen=True)
class Outcome:
    new: int = 0
    changed: int = 0
    repeated: int = 0


def company_key(name: str) -> str:
    """Return a company's name without case, accents, punctuation and legal form: what two spellings share."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.sub(r"[^\w&+]+", " ", plain.replace(".", ""))
    short = " ".join(LEGAL_FORMS.sub(" ", words).split())
    return (short or " ".join(words.split()) or plain.strip())[:200]


def save_postings(upload: Upload, rows: Sequence[PostingRow]) -> Outcome:
    """Store the rows of one chunk. Repeatable: the same rows again are all "repeated".

    Inside a chunk, too, the later row wins: a key seen twice is new (or changed) once and then changed or repeated.
    """
    known = dict(
        Posting.objects.filter(source_id=upload.source_id, key__in={row.key for row in rows}).values_list(
            "key", "content_hash"
        )
    )
    new: dict[str, PostingRow] = {}
    changed: dict[str, PostingRow] = {}
    hashes, counts = dict(known), {"new": 0, "changed": 0, "repeated": 0}
    for row in rows:
        if row.key not in hashes:
            counts["new"] += 1
            new[row.key] = row
        elif hashes[row.key] == row.content_hash:
            counts["repeated"] += 1
        else:
            counts["changed"] += 1
            (changed if row.key in known else new)[row.key] = row
        hashes[row.key] = row.content_hash
    _write(upload, new, changed)
    _mark_seen(upload, [row.key for row in rows if row.key in known])
    return Outcome(**counts)


def _write(upload: Upload, new: dict[str, PostingRow], changed: dict[str, PostingRow]) -> None:
    rows = [*new.values(), *changed.values()]
    titles, companies = _titles(rows), _companies(rows)

    def values(row: PostingRow) -> dict[str, object]:
        return posting_values(
            upload, row, title=titles[row.title[:300]], company=companies.get(company_key(row.company))
        )

    if new:
        firsts = [
            {**values(row), "source_id": upload.source_id, "key": row.key, "first_upload_id": upload.pk}
            for row in new.values()
        ]
        insert_rows(Posting, list(firsts[0]), [tuple(item.values()) for item in firsts])
    for key, row in changed.items():
        Posting.objects.filter(source_id=upload.source_id, key=key).update(**values(row))
    ids = dict(Posting.objects.filter(source_id=upload.source_id, key__in=[*new, *changed]).values_list("key", "pk"))
    # A changed text has to be read again.
    Extraction.objects.filter(posting_id__in=[ids[key] for key in changed]).delete()
    insert_rows(
        PostingText,
        ("posting_id", "heading", "text"),
        [(ids[row.key], f"{row.title[:300]} · {row.company[:200]}", row.text) for row in rows],
        conflict=("posting_id",),
        update=("heading", "text"),
    )


def posting_values(upload: Upload, row: PostingRow, *, title: int, company: int | None) -> dict[str, object]:
    """Return the columns of Posting that a row decides, by attname."""
    pay = row.pay
    return {
        "content_hash": row.content_hash,
        "external_id": row.external_id[:200],
        "url": row.url,
        "title_id": title,
        "company_id": company,
        "place": row.place[:200],
        "city": row.city[:120],
        "region": row.region[:120],
        "country": row.country,
        "remote": row.remote,
        "date_posted": row.date_posted,
        "pay_min": pay.min if pay else None,
        "pay_max": pay.max if pay else None,
        "pay_currency": pay.currency if pay else "",
        "pay_period": pay.period if pay else "",
        "pay_yearly_min": pay.yearly_min if pay else None,
        "pay_yearly_max": pay.yearly_max if pay else None,
        "pay_suspect": pay.suspect if pay else False,
        "seniority": row.seniority[:40],
        "employment_type": row.employment_type[:40],
        "language": row.language,
        "row": row.row,
        "line": row.line,
        "upload_id": upload.pk,
        "last_upload_id": upload.pk,
    }


def _mark_seen(upload: Upload, keys: Iterable[str]) -> None:
    Posting.objects.filter(source_id=upload.source_id, key__in=set(keys)).exclude(last_upload=upload).update(
        last_upload=upload
    )


def _titles(rows: Iterable[PostingRow]) -> dict[str, int]:
    texts = sorted({row.title[:300] for row in rows})
    return _ids(Title, "text", ("text",), [(text,) for text in texts], texts)


def _companies(rows: Iterable[PostingRow]) -> dict[str, int]:
    names = {company_key(row.company): row.company.strip()[:200] for row in rows if row.company.strip()}
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
