"""What people marked as no skill where it stands is left out of the records of these postings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction

from postings import skills
from postings.copies import posting_name, source_and_key
from postings.ingest.contacts import mask_contacts
from postings.models import Extraction, Posting, WrongMention

Places = frozenset[tuple[int, int, str]]
"""Start, end and phrase in lower case of what is no skill in a text."""


def leave_out_wrong(
    readings: Mapping[int, skills.Reading], texts: Mapping[int, str], lexicon: skills.Lexicon
) -> dict[int, skills.Reading]:
    """Return the readings, by id of posting, without the mentions that people marked wrong in these texts.

    Marks are read now: whoever calls holds the rows of the postings, so that no mark comes in between.
    """
    marks = _marks_of(readings)
    if not marks:
        return dict(readings)
    phrases = phrases_of(lexicon)
    places = {pk: places_in(mask_contacts(texts[pk]), of_posting) for pk, of_posting in marks.items()}
    return {pk: _without(reading, places.get(pk, frozenset()), phrases) for pk, reading in readings.items()}


def places_in(masked: str, marks: Iterable[WrongMention]) -> Places:
    """Return the places of a text, contacts masked, that these marks speak of."""
    return frozenset(
        (span.start, span.end, mark.phrase.casefold())
        for mark in marks
        for span in skills.places_of(skills.Passage(mark.passage, mark.start, mark.end), masked)
    )


def phrases_of(lexicon: skills.Lexicon) -> dict[int, str]:
    """Return alias id -> phrase in lower case: what a mark holds for whatever becomes of the alias's rules."""
    return {entry.alias_id: entry.phrase.casefold() for entry in lexicon.entries}


def is_marked(mention: skills.Mention, places: Places, phrases: Mapping[int, str]) -> bool:
    """Tell whether a mention is one that people marked wrong."""
    return (mention.start, mention.end, phrases[mention.alias_id]) in places


def read_again(name: str) -> None:
    """Make the posting of this name stale, if it is here. Whoever is storing its record is waited for."""
    source, key = source_and_key(name)
    with transaction.atomic():
        held = Posting.objects.select_for_update().filter(source__name=source, key=key).values_list("pk", flat=True)
        Extraction.objects.filter(pk__in=list(held)).update(stamp="")


def _marks_of(postings: Iterable[int]) -> dict[int, list[WrongMention]]:
    if not WrongMention.objects.exists():
        return {}
    rows = Posting.objects.filter(pk__in=list(postings)).values_list("pk", "source__name", "key")
    ids = {posting_name(source, key): pk for pk, source, key in rows}
    marks: dict[int, list[WrongMention]] = defaultdict(list)
    for mark in WrongMention.objects.filter(posting__in=list(ids)):
        marks[ids[mark.posting]].append(mark)
    return marks


def _without(reading: skills.Reading, places: Places, phrases: Mapping[int, str]) -> skills.Reading:
    kept = tuple(mention for mention in reading.mentions if not is_marked(mention, places, phrases))
    return reading._replace(mentions=kept)
