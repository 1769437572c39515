"""Texts become extraction records, in bounded ranges of ids, by any number of workers."""

import gc
import logging
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from jobsite.batching import batched
from jobsite.work import LeaseLostError
from postings import copies, skills
from postings.bulk import insert_rows
from postings.models import Extraction, ExtractionBatch, Posting, PostingText
from postings.services.staleness import carry_over, is_todays, remember, stamps_of_today
from postings.services.taxonomy import current_lexicon, record_stamp
from postings.services.wrong_mentions import leave_out_wrong

logger = logging.getLogger(__name__)
TEXTS_AT_ONCE = 200


def stale_postings(stamp: str) -> QuerySet[Posting]:
    """Postings whose record is not as the lexicon of `stamp`, which is today's, would make it, or that have none."""
    return Posting.objects.filter(Q(extraction=None) | ~Q(extraction__stamp__in=stamps_of_today(stamp)))


def mark_everything_stale() -> None:
    Extraction.objects.update(stamp="")


def plan_extraction() -> list[int]:
    """Cut the stale postings that nobody is reading yet into batches, and return the batches' ids."""
    lexicon = current_lexicon()
    stamp = record_stamp(lexicon)
    carry_over(lexicon)
    ids = stale_postings(stamp).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000)
    planned = []
    for stretch in _between(ids, _ranges_in_hand(stamp)):
        for batch in batched(stretch, settings.EXTRACT_BATCH_POSTINGS):
            try:
                with transaction.atomic():
                    row = ExtractionBatch.objects.create(
                        stamp=stamp, first_id=batch[0], last_id=batch[-1], stale=len(batch)
                    )
            except IntegrityError:
                continue  # another process planned the same range at the same moment
            planned.append(row.pk)
    return planned


def _ranges_in_hand(stamp: str) -> list[tuple[int, int]]:
    """Return the first and last id of each batch that waits or runs, in order."""
    rows = ExtractionBatch.objects.unfinished().filter(stamp=stamp)
    return sorted(rows.values_list("first_id", "last_id"))


def _between(ids: Iterable[int], ranges: Sequence[tuple[int, int]]) -> Iterator[Iterator[int]]:
    """Yield the ids outside of `ranges`, a stretch between two ranges at a time: no batch spans another one."""
    starts = [first for first, _ in ranges]
    ends = list(accumulate((last for _, last in ranges), max))

    def stretch_of(pk: int) -> tuple[int, bool]:
        begun = bisect_right(starts, pk)
        return begun, begun > 0 and pk <= ends[begun - 1]

    for (_, is_in_hand), stretch in groupby(ids, key=stretch_of):
        if not is_in_hand:
            yield stretch


def extract_batch(pk: int) -> int:
    """Read the stale postings of one batch and return how many; 0 if somebody else has it.

    Killed in the middle it loses at most the texts in hand: the next claim reads what is still stale.
    """
    token = ExtractionBatch.objects.all().claim(pk)
    if not token:
        return 0
    batch = ExtractionBatch.objects.get(pk=pk)
    lexicon = current_lexicon()
    began, done = time.monotonic(), Read(0, 0)
    remember(lexicon)
    try:
        # A lexicon that changed since is no reason to fail: its own batches are planned when this one ends.
        for part in _stale_ids(record_stamp(lexicon), batch.first_id, batch.last_id):
            done += _extract(part, lexicon)
            so_far = {"postings": batch.postings + done.postings, "new_texts": batch.new_texts + done.new_texts}
            ExtractionBatch.objects.all().keep(pk, token, **so_far)
        ExtractionBatch.objects.all().finish(pk, token)
    except LeaseLostError as lost:
        logger.warning("extract: %s", lost)
    logger.info("extract: batch=%d postings=%d seconds=%.2f", pk, done.postings, time.monotonic() - began)
    return done.postings


def extract_all_stale() -> int:
    """Read every stale posting in this process and return how many; for commands, beside or without workers."""
    lexicon = current_lexicon()
    carry_over(lexicon)
    return sum(_extract(part, lexicon).postings for part in _stale_ids(record_stamp(lexicon)))


def _stale_ids(stamp: str, first: int = 0, last: int | None = None) -> Iterator[list[int]]:
    """Yield ids of stale postings in small parts, in order; asks anew for each, so that it never goes stale itself."""
    while True:
        stale = stale_postings(stamp).filter(pk__gte=first)
        if last is not None:
            stale = stale.filter(pk__lte=last)
        part = list(stale.order_by("pk").values_list("pk", flat=True)[:TEXTS_AT_ONCE])
        if not part:
            return
        yield part
        first = part[-1] + 1


@dataclass(frozen=True)
class Read:
    """How many postings were read, and how many of them have a text that was not read before."""

    postings: int
    new_texts: int

    def __add__(self, other: "Read") -> "Read":
        return Read(self.postings + other.postings, self.new_texts + other.new_texts)


def _extract(ids: Sequence[int], lexicon: skills.Lexicon) -> Read:
    """Read these texts and store what they say; a posting that went or changed meanwhile is left stale."""
    read = list(PostingText.objects.filter(pk__in=ids).values_list("pk", "posting__content_hash", "text"))
    stamp = record_stamp(lexicon)
    found = extractor_of(stamp, lexicon).read_many(text for _, _, text in read)
    readings = {pk: reading for (pk, _, _), reading in zip(read, found, strict=True)}
    texts = {pk: text for pk, _, text in read}
    rows = {
        (pk, content): (copies.signature(text), copies.text_hash(text), len(text), pk) for pk, content, text in read
    }
    fields = ("stamp", "record", "signature", "text_hash", "length", "posting_id")
    with transaction.atomic():
        said = stamp if is_todays(stamp) else ""
        locked = Posting.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", "content_hash")
        held = [posting for posting in locked if posting in rows]
        records = leave_out_wrong({pk: readings[pk] for pk, _ in held}, texts, lexicon)
        fresh = [(said, skills.pack(records[pk]), *rows[pk, content]) for pk, content in held]
        known = {
            pk: told for pk, *told in Extraction.objects.filter(pk__in=ids).values_list("pk", "text_hash", "length")
        }
        insert_rows(Extraction, fields, fresh, conflict=("posting_id",), update=fields[:-1])
    return Read(len(fresh), sum(known.get(pk) != [text_hash, length] for *_, text_hash, length, pk in fresh))


_built: dict[str, skills.Extractor] = {}


def extractor_of(stamp: str, lexicon: skills.Lexicon) -> skills.Extractor:
    """The extractor of this process: built once, and anew when the lexicon, told by its record stamp, changes."""
    if stamp not in _built:
        _built.clear()
        _built[stamp] = skills.Extractor(lexicon)
        set_apart_from_garbage()
    return _built[stamp]


def set_apart_from_garbage() -> None:
    """Keep the collector away from the extractor just built; the one before, kept away as well, goes first.

    Hundreds of thousands of objects that stay: to look through them for garbage again and again takes a tenth of the
    time of reading.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
