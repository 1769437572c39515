"""The text of a posting cut at its mentions, contacts masked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.selectors.context_rules import TAKEN_BY
from postings.ingest.contacts import mask_contacts
from postings.models import Alias, Posting
from postings.skills import Mention, Reading, Span, unpack

STRENGTHS = ("required", "preferred", "mentioned")


@dataclass(frozen=True)
class MarkedMention:
    """`years`: "3+ years", or "" where none are asked of this skill."""

    level: str
    skill: str
    alias: str
    rule: str
    url: str
    years: str = ""


@dataclass(frozen=True)
class Segment:
    """`is_struck` where a curator said that it is no skill; readers are not told."""

    text: str
    mention: MarkedMention | None
    is_struck: bool = False


def reading_of(posting: Posting) -> Reading | None:
    """Return what was found in the text, None where it has not been read."""
    extraction = getattr(posting, "extraction", None)
    return unpack(bytes(extraction.record)) if extraction else None


def marked_texts(postings: Sequence[Posting]) -> list[tuple[Segment, ...]]:
    """Return the text of each posting in segments; the aliases of all are read in one query."""
    found = [reading.mentions if (reading := reading_of(posting)) else () for posting in postings]
    wanted = {mention.alias_id for mentions in found for mention in mentions}
    aliases = Alias.objects.select_related("skill", "skill__merged_into").in_bulk(wanted)
    return [
        tuple(_segments(mask_contacts(posting.text_row.text), mentions, aliases))
        for posting, mentions in zip(postings, found, strict=True)
    ]


def with_struck(segments: Iterable[Segment], struck: Sequence[Span]) -> Iterator[Segment]:
    """Yield the segments of one text, cut once more at the places that are marked wrong, in the order of the text."""
    at = 0
    for segment in segments:
        end, done = at + len(segment.text), at
        for span in struck:
            if at <= span.start and span.end <= end:
                if span.start > done:
                    yield replace(segment, text=segment.text[done - at : span.start - at])
                yield Segment(segment.text[span.start - at : span.end - at], None, is_struck=True)
                done = span.end
        if done < end:
            yield replace(segment, text=segment.text[done - at :])
        at = end


def distinct_mentions(segments: Iterable[Segment]) -> tuple[MarkedMention, ...]:
    """Return one entry per skill with its strongest level, the strongest first."""
    best: dict[str, MarkedMention] = {}
    for mention in (segment.mention for segment in segments if segment.mention):
        kept = best.get(mention.skill)
        if kept is None or STRENGTHS.index(mention.level) < STRENGTHS.index(kept.level):
            best[mention.skill] = mention
    return tuple(sorted(best.values(), key=lambda m: (STRENGTHS.index(m.level), m.skill.casefold())))


def _segments(text: str, mentions: Iterable[Mention], aliases: Mapping[int, Alias]) -> Iterable[Segment]:
    at = 0
    for mention in mentions:
        alias = aliases.get(mention.alias_id)
        if alias is None or mention.start < at:
            continue
        if mention.start > at:
            yield Segment(text[at : mention.start], None)
        skill = alias.skill.merged_into or alias.skill
        level, rule = mention.level.name.lower(), TAKEN_BY[mention.by]
        years = f"{mention.years}+ years" if mention.years else ""
        marked = MarkedMention(level, skill.name, alias.phrase, rule, skill.get_absolute_url(), years)
        yield Segment(text[mention.start : mention.end], marked)
        at = mention.end
    if at < len(text):
        yield Segment(text[at:], None)
