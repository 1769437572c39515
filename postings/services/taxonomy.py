"""The taxonomy in the database, as curators change it, and the lexicon of the moment."""

import hashlib

from django.db import models

from postings import skills
from postings.models import Alias


def current_lexicon() -> skills.Lexicon:
    """Return all aliases of this moment."""
    rows = Alias.objects.order_by("pk").values_list("pk", "phrase", "exact_case", "context", "not_in")
    return skills.Lexicon(skills.LexiconEntry(*row) for row in rows)


def record_stamp(lexicon: skills.Lexicon) -> str:
    """Return the stamp that extraction records carry: the lexicon's own, and the ids that the records point to."""
    ids = ",".join(str(entry.alias_id) for entry in sorted(lexicon.entries, key=lambda e: (e.phrase, e.exact_case)))
    return hashlib.sha256(f"{lexicon.stamp}:{ids}".encode()).hexdigest()[:16]


def plain_aliases(phrase: str) -> models.QuerySet[Alias]:
    """The aliases that texts could not tell from `phrase` without regard to case: one at most."""
    return Alias.objects.filter(phrase__iexact=phrase, exact_case=False)
