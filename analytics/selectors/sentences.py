"""Real sentences that mention a skill, cut out of the published postings, contacts masked."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.formats import date_format

from analytics.selectors.published import Published
from analytics.selectors.selected import NewestFirst
from analytics.snapshot import Selection
from postings.ingest.contacts import mask_contacts
from postings.models import Posting
from postings.selectors import cut_around
from postings.skills import unpack

MOST = 8
LOOKED_AT = 200
"""Of so many of the newest postings, one per company is taken."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in three parts, the middle one the mention; `level` as in the marks of a posting's text."""

    before: str
    mention: str
    after: str
    level: str
    title: str
    company: str
    day: str
    url: str


def sentences(naming: Selection, aliases: Collection[int], shown: Published) -> tuple[Sentence, ...]:
    """Return sentences of the newest postings of `naming`, of as many companies as there are.

    `aliases` are the ids of the phrases that name the skill. Postings removed since the run are left out.
    """
    ids = _spread_over_companies(naming, shown)
    related = ("title", "company", "text_row", "extraction")
    found = Posting.objects.select_related(*related).in_bulk(ids)
    cut = (_sentence(found[pk], aliases) for pk in ids if pk in found)
    return tuple(sentence for sentence in cut if sentence)


def _spread_over_companies(naming: Selection, shown: Published) -> list[int]:
    """Return the ids of the newest postings, one per company first; an unknown company is one of its own."""
    snapshot = shown.snapshot
    first: dict[str, int] = {}
    repeats = []
    for row in NewestFirst(snapshot, naming)[:LOOKED_AT]:
        pk = int(snapshot.posting_id[row])
        company = snapshot.companies[snapshot.company[row]] or f"posting {pk}"
        if company in first:
            repeats.append(pk)
        else:
            first[company] = pk
    return [*first.values(), *repeats][:MOST]


def _sentence(posting: Posting, aliases: Collection[int]) -> Sentence | None:
    extraction = getattr(posting, "extraction", None)
    if extraction is None:
        return None
    mentions = [one for one in unpack(bytes(extraction.record)).mentions if one.alias_id in aliases]
    if not mentions:
        return None
    strongest = max(mentions, key=lambda one: (one.level, -one.start))
    before, mention, after = cut_around(posting.text_row.text, strongest.start, strongest.end)
    day = posting.date_posted
    return Sentence(
        before=before,
        mention=mention,
        after=after,
        level=strongest.level.name.lower(),
        title=mask_contacts(posting.title.text),
        company=posting.company.name if posting.company else "company not given",
        day=date_format(day, "j M Y") if day else "no date",
        url=posting.get_absolute_url(),
    )
