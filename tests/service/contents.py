"""What a database holds, as one hash for each kind of row: the same whatever its ids, its order and its clock."""

import hashlib
import json
from collections.abc import Iterator

from django.db import models

from postings.models import Company, Posting, PostingText, PostingVersion, Rejection, Source, Title, Upload

# Kind of row -> what names it among its kind, without ids.
NAMED_BY = {
    Source: ("name",),
    Upload: ("checksum",),
    Rejection: ("upload__checksum", "row"),
    Company: ("key",),
    Title: ("text",),
    Posting: ("source__name", "key"),
    PostingText: ("posting__source__name", "posting__key"),
    PostingVersion: ("posting__source__name", "posting__key", "number"),
}
# How the work went, which a fault may change.
OF_THE_WORK = {"attempts", "token", "lease_until"}


def contents() -> dict[str, list]:
    """Name of the model -> number of rows and a hash over all of them."""
    return {model.__name__: _hashed(model) for model in NAMED_BY}


def _hashed(model: type[models.Model]) -> list:
    rows = model.objects.order_by().values_list(*_columns(model)).iterator(chunk_size=2000)
    # Sorted here: databases disagree on the order of texts.
    hashes = sorted(hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode()).digest() for row in rows)
    return [len(hashes), hashlib.sha256(b"".join(hashes)).hexdigest()[:16]]


def _columns(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.related_model in NAMED_BY:
            yield from (f"{field.name}__{name}" for name in NAMED_BY[field.related_model])
        elif not (
            field.primary_key
            or field.is_relation
            or isinstance(field, models.DateTimeField)
            or field.name in OF_THE_WORK
        ):
            yield field.name
