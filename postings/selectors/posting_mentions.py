"""The mentions of one posting, for those who may say that one of them is no skill."""

from collections.abc import Iterable
from dataclasses import dataclass

from jobsite.decisions import last_decisions
from jobsite.models import Decision
from postings.copies import posting_name
from postings.ingest.contacts import mask_contacts
from postings.models import Alias, Posting, PostingText, WrongMention
from postings.skills import Mention, Passage, Reading, Span, passage_around, places_of, unpack

SHOWN_AROUND = 70
"""Characters of the sentence that are shown on either side of a mention."""


@dataclass(frozen=True)
class MentionLine:
    """A mention to be marked: `alias` and `start` name it, `before`, `hit` and `after` are words of its sentence."""

    alias: int
    start: int
    skill: str
    phrase: str
    before: str
    hit: str
    after: str


@dataclass(frozen=True)
class WrongLine:
    """A mark that stands, and the decision that made it. `spans` are its places in the text, none if that changed."""

    mark: int
    phrase: str
    before: str
    hit: str
    after: str
    decision: Decision | None
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class MentionsPart:
    """What a curator sees of the mentions of a posting."""

    lines: tuple[MentionLine, ...]
    wrong: tuple[WrongLine, ...]

    @property
    def struck(self) -> tuple[Span, ...]:
        """The places that are marked wrong, in the order of the text."""
        return tuple(sorted({span for line in self.wrong for span in line.spans}))


def mentions_part(posting: Posting) -> MentionsPart:
    """Return the mentions of a posting in the order of its text, each sentence of an alias once, and its marks."""
    masked = mask_contacts(posting.text_row.text)
    wrong = _wrong_lines(posting, masked)
    struck = {span for line in wrong for span in line.spans}
    extraction = getattr(posting, "extraction", None)
    found = unpack(bytes(extraction.record)).mentions if extraction else ()
    # Until it has been read again, a record holds what was marked a moment ago.
    left = [mention for mention in found if Span(mention.start, mention.end) not in struck]
    return MentionsPart(tuple(_lines(left, masked)), wrong)


def mention_at(posting: Posting, *, alias: int, start: int) -> Mention | None:
    """Return the mention that a line names; None when the posting was read again and has it no more."""
    extraction = getattr(posting, "extraction", None)
    reading = unpack(bytes(extraction.record)) if extraction else Reading((), ())
    return next((one for one in reading.mentions if (one.alias_id, one.start) == (alias, start)), None)


def passage_of(posting: Posting, mention: Mention) -> Passage:
    """Return the sentence of a mention, contacts masked."""
    return passage_around(mask_contacts(posting.text_row.text), Span(mention.start, mention.end))


def postings_that_say(posting: Posting, passage: Passage) -> list[str]:
    """Return the names of the posting and of the copies of its ad whose texts say the same, the posting first."""
    names = [posting_name(posting.source.name, posting.key)]
    if posting.ad_group_id is None:
        return names
    others = PostingText.objects.filter(posting__ad_group=posting.ad_group_id).exclude(pk=posting.pk).order_by("pk")
    rows = others.values_list("posting__source__name", "posting__key", "text").iterator(chunk_size=200)
    same = (posting_name(source, key) for source, key, text in rows if any(places_of(passage, mask_contacts(text))))
    return names + list(same)


def same_marks(posting: Posting, mark: WrongMention) -> list[str]:
    """Return the names of the posting and of its copies that are marked alike, the posting first."""
    names = postings_that_say(posting, Passage(mark.passage, mark.start, mark.end))
    alike = WrongMention.objects.filter(passage=mark.passage, start=mark.start, posting__in=names)
    of_alias = alike.filter(phrase=mark.phrase, exact_case=mark.exact_case)
    marked = set(of_alias.values_list("posting", flat=True))
    return [name for name in names if name in marked]


def shown_around(passage: Passage) -> tuple[str, str, str]:
    """Return a passage in three parts, cut on both sides: before the place, the place, behind it."""
    before, after = passage.text[: passage.start], passage.text[passage.end :]
    if len(before) > SHOWN_AROUND:
        before = "… " + before[-SHOWN_AROUND:].split(" ", 1)[-1]
    if len(after) > SHOWN_AROUND:
        after = after[:SHOWN_AROUND].rsplit(" ", 1)[0] + " …"
    return before, passage.text[passage.start : passage.end], after


def _lines(mentions: Iterable[Mention], masked: str) -> Iterable[MentionLine]:
    mentions = list(mentions)
    aliases = Alias.objects.select_related("skill__merged_into").in_bulk({mention.alias_id for mention in mentions})
    seen: set[tuple[int, Passage]] = set()
    for mention in mentions:
        alias, passage = aliases.get(mention.alias_id), passage_around(masked, Span(mention.start, mention.end))
        if alias is None or (alias.pk, passage) in seen:
            continue
        seen.add((alias.pk, passage))
        skill = str(alias.skill.merged_into or alias.skill)
        yield MentionLine(alias.pk, mention.start, skill, alias.phrase, *shown_around(passage))


def _wrong_lines(posting: Posting, masked: str) -> tuple[WrongLine, ...]:
    marks = list(WrongMention.objects.filter(posting=posting_name(posting.source.name, posting.key)))
    made = last_decisions(marks)
    return tuple(_wrong_line(mark, made.get(mark.pk), masked) for mark in marks)


def _wrong_line(mark: WrongMention, decision: Decision | None, masked: str) -> WrongLine:
    passage = Passage(mark.passage, mark.start, mark.end)
    return WrongLine(mark.pk, mark.phrase, *shown_around(passage), decision, tuple(places_of(passage, masked)))
