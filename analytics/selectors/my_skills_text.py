"""A pasted text as it was understood. It is held for the answer to one request and nowhere else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.selectors.posting import MarkedMention, Segment
from analytics.selectors.published import Published
from postings.ingest.contacts import mask_contacts
from postings.models import Alias
from postings.skills import Mention, Reading

_END_OF_SENTENCE = re.compile(r"\n+|(?<=[.!?;])\s+")
MOST_SENTENCES = 80


@dataclass(frozen=True)
class OwnText:
    """`skills` are the names that were found, in the order of the text; `segments` the sentences that name one.

    `sentences` is how many those are, `silent` how many name nothing known.
    """

    skills: tuple[str, ...]
    segments: tuple[Segment, ...]
    sentences: int
    silent: int
    strangers: tuple[str, ...]
    """Skills that no posting of the run names."""


def own_text(text: str, reading: Reading, shown: Published) -> OwnText:
    """Return the sentences of `text` in which `reading` found skills, with contacts masked."""
    aliases = Alias.objects.select_related("skill__merged_into").in_bulk({one.alias_id for one in reading.mentions})
    marks = [(one, aliases[one.alias_id]) for one in reading.mentions if one.alias_id in aliases]
    masked = mask_contacts(text)
    spans = list(_sentences(masked))
    told = [(start, end) for start, end in spans if any(start <= one.start < end for one, _ in marks)]
    names = dict.fromkeys((alias.skill.merged_into or alias.skill).name for _, alias in marks)
    known = tuple(name for name in names if shown.snapshot.code("skill", name) is not None)
    return OwnText(
        skills=known,
        segments=tuple(_segments(masked, told[:MOST_SENTENCES], marks)),
        sentences=len(told),
        silent=len(spans) - len(told),
        strangers=tuple(name for name in names if name not in known),
    )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence or line that holds a letter."""
    start = 0
    for found in [*_END_OF_SENTENCE.finditer(text), None]:
        end = found.start() if found else len(text)
        if any(char.isalnum() for char in text[start:end]):
            yield start, end
        start = found.end() if found else end


def _segments(
    text: str, sentences: Sequence[tuple[int, int]], marks: Sequence[tuple[Mention, Alias]]
) -> Iterator[Segment]:
    for start, end in sentences:
        at = start
        for mention, alias in marks:
            if not at <= mention.start < end:
                continue
            yield Segment(text[at : mention.start], None)
            skill = alias.skill.merged_into or alias.skill
            # A CV requires nothing: whatever it names is had.
            marked = MarkedMention("mentioned", skill.name, alias.phrase, "", skill.get_absolute_url())
            yield Segment(text[mention.start : mention.end], marked)
            at = mention.end
        yield Segment(text[at : max(at, end)] + "\n", None)
