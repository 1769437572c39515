"""Which records are stale: after a change of aliases only those of texts that can hold one of the changed phrases."""

import json
import logging
import zlib
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from jobsite.batching import batched
from postings import skills
from postings.bulk import update_rows
from postings.models import Extraction, LexiconState, PostingText
from postings.services.taxonomy import record_stamp

logger = logging.getLogger(__name__)
MOST_CHANGES = 400
"""Of more changes than these nearly every text holds one: reading all is quicker than looking."""
_AT_ONCE = 40


def carry_over(lexicon: skills.Lexicon) -> int:
    """Give today's stamp to records that today's lexicon would make the same; return how many.

    A record keeps its old stamp, and so is stale, when its text can hold what changed, when it was read by other rules,
    or when nobody knows any more what its lexicon held.
    """
    stamp = remember(lexicon)
    carried = 0
    for old in Extraction.objects.exclude(stamp__in=(stamp, "")).values_list("stamp", flat=True).distinct():
        state = LexiconState.objects.filter(stamp=old, rules=skills.RULES_VERSION).first()
        if state is not None:
            carried += _carry(state, lexicon, stamp)
    return carried


def remember(lexicon: skills.Lexicon) -> str:
    """Keep what stands behind the stamp of a lexicon that texts are read with; return the stamp."""
    stamp = record_stamp(lexicon)
    if not LexiconState.objects.filter(stamp=stamp).exists():
        kept = {"rules": skills.RULES_VERSION, "aliases": _packed(lexicon)}
        LexiconState.objects.get_or_create(stamp=stamp, defaults=kept)
    return stamp


def forget_lexicons() -> int:
    """Drop the lexicons that no record was read with; return how many. One in use is remembered with the next batch."""
    in_use = Extraction.objects.values("stamp").distinct()
    return LexiconState.objects.exclude(stamp__in=in_use).delete()[0]


def _carry(state: LexiconState, lexicon: skills.Lexicon, stamp: str) -> int:
    changes = skills.reach(_unpacked(bytes(state.aliases)), lexicon.entries)
    if len(changes) > MOST_CHANGES or () in changes:
        return 0
    with transaction.atomic():
        stale = {pk for some in batched(changes, _AT_ONCE) for pk in _holding(some, state)}
        update_rows(Extraction, sorted(stale), stamp="")
        carried = Extraction.objects.filter(stamp=state.stamp).update(stamp=stamp)
    logger.info("stale: changes=%d stale=%d carried=%d", len(changes), len(stale), carried)
    return carried


def _holding(changes: Sequence[tuple[str, ...]], state: LexiconState) -> list[int]:
    """The ids of postings read with this lexicon whose texts hold all parts of one of these."""
    held = Q()
    for parts in changes:
        held |= Q(*(Q(text__icontains=part) for part in parts))
    return list(PostingText.objects.filter(held, posting__extraction__stamp=state.stamp).values_list("pk", flat=True))


def _packed(lexicon: skills.Lexicon) -> bytes:
    rows = [(entry.alias_id, entry.phrase, entry.exact_case, entry.context) for entry in lexicon.entries]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> list[skills.LexiconEntry]:
    return [skills.LexiconEntry(*row) for row in json.loads(zlib.decompress(packed))]
