"""Where a phrase that waits for a curator stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from postings.ingest.contacts import mask_contacts
from postings.models import Posting
from postings.skills.sentences import Sentences

LONGEST = 150
"""Characters kept on either side of what is shown."""
BULLETS = "-*·–— \t"


@dataclass(frozen=True)
class PhraseInText:
    """A sentence in three parts, contacts masked, and the posting that it is of."""

    before: str
    phrase: str
    after: str
    title: str
    url: str


def sentences_with(phrase: str, postings: Sequence[int]) -> list[PhraseInText]:
    """Return a sentence with the phrase from each of these postings that still says it, in their order."""
    there = Posting.objects.select_related("text_row", "title").in_bulk(postings)
    found = (_sentence(phrase, there[pk]) for pk in postings if pk in there)
    return [sentence for sentence in found if sentence]


def _sentence(phrase: str, posting: Posting) -> PhraseInText | None:
    text = posting.text_row.text
    at = text.casefold().find(phrase.casefold())
    if at < 0 or len(text.casefold()) != len(text):
        at = text.find(phrase)
    if at < 0:
        return None
    before, said, after = cut_around(text, at, at + len(phrase))
    return PhraseInText(before, said, after, title=mask_contacts(posting.title.text), url=posting.get_absolute_url())


def cut_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the sentence around text[start:end] in three parts, contacts masked; a long one is cut at words."""
    # The mask is a row of bullets, and a bullet ends a sentence: so the sentence is found before it is masked.
    around = Sentences(text).around(start)
    masked = mask_contacts(text)
    before = masked[around.start : start].lstrip(BULLETS)
    after = masked[end : max(around.end, end)].rstrip()
    if len(before) > LONGEST:
        before = "… " + before[-LONGEST:].split(" ", 1)[-1]
    if len(after) > LONGEST:
        after = after[:LONGEST].rsplit(" ", 1)[0] + " …"
    return before, masked[start:end], after
