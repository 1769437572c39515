"""Which records are stale: after a change of aliases only those of texts that can hold one of the changed phrases."""

import json
import logging
import zlib
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Q

from jobsite.batching import batched
from postings import skills
from postings.bulk import update_rows
from postings.models import Extraction, LexiconState, PostingText
from postings.services.taxonomy import record_stamp

logger = logging.getLogger(__name__)
MOST_CHANGES = 400
"""Of more changes than these nearly every text holds one: reading all is quicker than looking."""
MOST_REWRITTEN = 20_000
"""So many records get a new stamp one by one; of more, only the lexicon behind their stamp is said to be the same."""
_AT_ONCE = 40


def carry_over(lexicon: skills.Lexicon) -> int:
    """Take records that today's lexicon would make the same for today's; return how many.

    A record is stale when its text can hold what changed, when it was read by other rules, or when nobody knows any
    more what its lexicon held.
    """
    stamp = remember(lexicon)
    in_use = Extraction.objects.exclude(stamp__in=(stamp, "")).values_list("stamp", flat=True).distinct()
    known = LexiconState.objects.filter(stamp__in=list(in_use), rules=skills.RULES_VERSION)
    meant: dict[str, list[str]] = defaultdict(list)
    for old, same_as in known.values_list("stamp", "same_as"):
        meant[same_as or old].append(old)
    meant.pop(stamp, None)
    states = LexiconState.objects.filter(rules=skills.RULES_VERSION).in_bulk(list(meant))
    return sum(_carry(state, meant[state.stamp], lexicon, stamp) for state in states.values())


def remember(lexicon: skills.Lexicon) -> str:
    """Keep what stands behind the stamp of a lexicon that texts are read with; return the stamp."""
    stamp = record_stamp(lexicon)
    if not LexiconState.objects.filter(stamp=stamp).exists():
        kept = {"rules": skills.RULES_VERSION, "aliases": _packed(lexicon)}
        LexiconState.objects.get_or_create(stamp=stamp, defaults=kept)
    # A lexicon that came back is today's: what is read with it from now on speaks for no other one.
    LexiconState.objects.filter(stamp=stamp).exclude(same_as="").update(same_as="")
    return stamp


def stamps_of_today(stamp: str) -> list[str]:
    """Return the stamps of records that are not stale when the lexicon of `stamp` is today's."""
    same = LexiconState.objects.filter(same_as=stamp, rules=skills.RULES_VERSION)
    return [stamp, *same.values_list("stamp", flat=True)]


def is_todays(stamp: str) -> bool:
    """Whether no later lexicon has taken over from that of `stamp`; none can before the transaction ends."""
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""  # on SQLite nobody else writes meanwhile
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT same_as FROM postings_lexiconstate WHERE stamp = %s{lock}", [stamp])  # noqa: S608
        row = cursor.fetchone()
    return row is None or not row[0]


def forget_lexicons() -> int:
    """Drop the lexicons that no record needs; return how many. One in use is remembered with the next batch."""
    in_use = set(Extraction.objects.values_list("stamp", flat=True).distinct())
    meant = set(LexiconState.objects.filter(stamp__in=in_use).values_list("same_as", flat=True))
    return LexiconState.objects.exclude(stamp__in=in_use | meant).delete()[0]


def _carry(state: LexiconState, stamps: list[str], lexicon: skills.Lexicon, stamp: str) -> int:
    """Carry the records with these stamps, which are as the lexicon of `state` would make them, over to today's."""
    before = _unpacked(bytes(state.aliases))
    changes = skills.reach(before, lexicon.entries)
    if len(changes) > MOST_CHANGES or () in changes:
        return 0
    with transaction.atomic():
        # First of all, so that whoever still reads with an older lexicon has stored its records, or knows by now.
        LexiconState.objects.filter(stamp__in=stamps).update(same_as=stamp)
        touches = skills.Touching(before, lexicon.entries)
        stale = {pk for some in batched(changes, _AT_ONCE) for pk in _holding(some, stamps, touches)}
        update_rows(Extraction, sorted(stale), stamp="")
        left = Extraction.objects.filter(stamp__in=stamps)
        carried = left.count()
        if carried <= MOST_REWRITTEN:
            left.update(stamp=stamp)
    logger.info("stale: changes=%d stale=%d carried=%d", len(changes), len(stale), carried)
    return carried


def _holding(changes: Sequence[tuple[str, ...]], stamps: list[str], touches: skills.Touching) -> list[int]:
    """The ids of postings whose records carry these stamps and whose texts can be read differently.

    The database looks for all parts of one of `changes`, letter by letter; the words are looked at here.
    """
    held = Q()
    for parts in changes:
        held |= Q(*(Q(text__icontains=part) for part in parts))
    rows = PostingText.objects.filter(held, posting__extraction__stamp__in=stamps).values_list("pk", "text")
    return [pk for pk, text in rows.iterator(chunk_size=500) if touches(text)]


def _packed(lexicon: skills.Lexicon) -> bytes:
    rows = [(e.alias_id, e.phrase, e.exact_case, e.context, e.not_in) for e in lexicon.entries]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> list[skills.LexiconEntry]:
    return [skills.LexiconEntry(*row) for row in json.loads(zlib.decompress(packed))]
