"""How the lexicon of the day reads what people marked as no skill: each mark is a test case."""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence

import numpy as np
from django.db import transaction

from jobsite.batching import batched
from postings import skills
from postings.ingest.contacts import mask_contacts
from postings.models import Extraction, PostingText, WrongMention, WrongMentionReport
from postings.selectors import postings_named
from postings.services.extraction import extractor_of
from postings.services.quality import code_version
from postings.services.taxonomy import current_lexicon, record_stamp
from postings.services.wrong_mentions import is_marked, phrases_of, places_in

logger = logging.getLogger(__name__)
_AT_ONCE = 200
_RECORDS_AT_ONCE = 5_000


def check_wrong_mentions() -> WrongMentionReport | None:
    """Return how today's lexicon reads the marked places, read now unless it was before; None while there are none."""
    marks = list(WrongMention.objects.order_by("pk"))
    lexicon = current_lexicon()
    if not marks:
        WrongMentionReport.objects.all().delete()
        return None
    stamp = _stamp(lexicon, marks)
    report = WrongMentionReport.objects.first()
    if report and report.stamp == stamp:
        return report
    taken = sorted(mark.pk for part in batched(marks, _AT_ONCE) for mark in _taken(part, lexicon))
    mentions = _mentions({(mark.phrase, mark.exact_case) for mark in marks}, lexicon)
    with transaction.atomic():
        WrongMentionReport.objects.all().delete()
        report = WrongMentionReport.objects.create(stamp=stamp, taken=taken, mentions=mentions)
    logger.info("wrong mentions: marks=%d taken=%d", len(marks), len(taken))
    return report


def _stamp(lexicon: skills.Lexicon, marks: Sequence[WrongMention]) -> str:
    told = [
        record_stamp(lexicon),
        code_version(),
        Extraction.objects.count(),
        *((mark.pk, mark.posting, mark.phrase) for mark in marks),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _taken(marks: Sequence[WrongMention], lexicon: skills.Lexicon) -> Iterator[WrongMention]:
    """Yield the marks at whose place the phrase is found: in the posting, or in the sentence alone if that is gone."""
    texts = _texts({mark.posting for mark in marks})
    read = [texts.get(mark.posting, mark.passage) for mark in marks]
    phrases = phrases_of(lexicon)
    readings = extractor_of(record_stamp(lexicon), lexicon).read_many(read)
    for mark, text, reading in zip(marks, read, readings, strict=True):
        places = places_in(mask_contacts(text), [mark])
        if any(is_marked(one, places, phrases) for one in reading.mentions):
            yield mark


def _texts(names: set[str]) -> dict[str, str]:
    here = {posting.pk: name for name, posting in postings_named(names).items()}
    return {here[pk]: text for pk, text in PostingText.objects.filter(pk__in=here).values_list("pk", "text")}


def _mentions(aliases: set[tuple[str, bool]], lexicon: skills.Lexicon) -> list[tuple[str, bool, int]]:
    """Return how often each of these aliases stands in all records."""
    known = {e.alias_id: (e.phrase, e.exact_case) for e in lexicon.entries if (e.phrase, e.exact_case) in aliases}
    ids = np.array(sorted(known), dtype=np.int64)
    counts = np.zeros(len(ids), dtype=np.int64)
    records = Extraction.objects.order_by("pk").values_list("record", flat=True).iterator(_RECORDS_AT_ONCE)
    for part in batched(records, _RECORDS_AT_ONCE):
        found = skills.unpack_many([bytes(record) for record in part]).alias
        found = found[np.isin(found, ids)]
        counts += np.bincount(np.searchsorted(ids, found), minlength=len(ids))
    return [(*known[int(alias)], int(count)) for alias, count in zip(ids, counts, strict=True)]
