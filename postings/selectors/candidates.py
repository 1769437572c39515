"""Where a phrase that waits for a curator stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from postings.ingest.contacts import mask_contacts
from postings.models import Posting
from postings.skills.sentences import Sentences

LONGEST = 160


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
    around, end = Sentences(text).around(at), at + len(phrase)
    masked = mask_contacts(text)
    return PhraseInText(
        before=masked[max(around.start, at - LONGEST) : at].lstrip(),
        phrase=masked[at:end],
        after=masked[end : min(max(around.end, end), end + LONGEST)].rstrip(),
        title=mask_contacts(posting.title.text),
        url=posting.get_absolute_url(),
    )
