"""Decisions about single mentions: what is no skill where it stands, and what is one after all.

Postings are named as `postings.copies.posting_name` names them. They need not be here: a mark waits for them.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from typing_extensions import TypedDict

from jobsite.decisions import Changes, RefusedError, action
from postings.copies import is_posting_name
from postings.ingest.contacts import mask_contacts
from postings.models import PostingText, WrongMention
from postings.selectors import postings_named
from postings.services.curation.naming import alias_named
from postings.skills import Passage, places_of


class PlaceWords(TypedDict):
    """A place by its sentence: contacts are masked, the mention is at passage[start:end]."""

    passage: str
    start: int
    end: int


@action("mention.wrong", "Mark a wrong mention", follow="facts")
def mark_wrong(changes: Changes, *, postings: Sequence[str], phrase: str, exact_case: bool, place: PlaceWords) -> str:
    """Say that an alias names no skill in a sentence of these postings, an ad and its copies."""
    alias_named(phrase, exact_case=exact_case)
    _refuse_what_is_no_place(postings, place)
    _refuse_texts_without(Passage(place["passage"], place["start"], place["end"]), postings)
    for name in postings:
        if not _marks(name, (phrase, exact_case), place).exists():
            changes.create(WrongMention, posting=name, phrase=phrase, exact_case=exact_case, **place)
    return f"“{phrase}” is no skill in “{_short(place)}”{_in_copies(postings)}."


@action("mention.right", "Take a mark of a wrong mention away", follow="facts")
def mark_right(changes: Changes, *, postings: Sequence[str], phrase: str, exact_case: bool, place: PlaceWords) -> str:
    """Say that the phrase may be a skill there after all: what the lexicon says holds again in these postings."""
    for name in postings:
        mark = _marks(name, (phrase, exact_case), place).first()
        if mark is None:
            raise RefusedError(f"Nobody has marked “{phrase}” in “{_short(place)}”.")
        changes.delete(mark)
    return f"“{phrase}” may be a skill in “{_short(place)}”{_in_copies(postings)}."


def _marks(name: str, alias: tuple[str, bool], place: PlaceWords) -> QuerySet[WrongMention]:
    marks = WrongMention.objects.filter(posting=name, phrase=alias[0], exact_case=alias[1])
    return marks.filter(passage=place["passage"], start=place["start"])


def _refuse_what_is_no_place(postings: Sequence[str], place: PlaceWords) -> None:
    for name in postings:
        if not is_posting_name(name):
            raise RefusedError(f"“{name}” names no posting: the source and the key are wanted, with U+001F between.")
    if not 0 <= place["start"] < place["end"] <= len(place["passage"]):
        raise RefusedError(f"There is no place from {place['start']} to {place['end']} in “{place['passage']}”.")


def _refuse_texts_without(passage: Passage, names: Sequence[str]) -> None:
    here = {posting.pk: posting for posting in postings_named(names).values()}
    for pk, text in PostingText.objects.filter(pk__in=here).values_list("pk", "text"):
        if not any(places_of(passage, mask_contacts(text))):
            raise RefusedError(f"The text of “{mask_contacts(here[pk].title.text)}” does not say “{passage.text}”.")


def _in_copies(postings: Sequence[str]) -> str:
    return "" if len(postings) == 1 else f", in {len(postings)} postings of one ad"


def _short(place: PlaceWords) -> str:
    """Return the words right around the place: a summary is one line."""
    first, last = max(place["start"] - 60, 0), place["end"] + 60
    text = place["passage"]
    return f"{'… ' if first else ''}{' '.join(text[first:last].split())}{' …' if last < len(text) else ''}"
