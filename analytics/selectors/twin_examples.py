"""Ads of two cells that are most alike in what they name, to be read side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.formats import date_format
from numpy.typing import NDArray

from analytics.figures import percent
from analytics.selectors.posting_marks import Segment, distinct_mentions, marked_texts
from analytics.snapshot import Snapshot
from postings.ingest.contacts import mask_contacts
from postings.models import Posting

MOST_LOOKED_AT = 200
"""Ads of each side that are compared with each other; of more an even sample."""
LEAST_SKILLS = 5
PAIRS = 2


@dataclass(frozen=True)
class Example:
    """One ad; `own` are the skills that the other one does not name."""

    title: str
    url: str
    company: str
    where: str
    segments: tuple[Segment, ...]
    own: tuple[str, ...]


@dataclass(frozen=True)
class ExamplePair:
    """Two ads; `alike` is the part of all their skills that both name."""

    alike: str
    both: tuple[str, ...]
    sides: tuple[Example, Example]


def example_pairs(snapshot: Snapshot, first: NDArray[np.int32], second: NDArray[np.int32]) -> tuple[ExamplePair, ...]:
    """Return the pairs of ads with the most skills in common, each ad once; those gone from the record are left out."""
    chosen = _closest(snapshot, _readable(snapshot, first), _readable(snapshot, second))
    ids = [int(snapshot.posting_id[row]) for pair in chosen for row in pair]
    related = ("title", "company", "text_row", "extraction")
    found = Posting.objects.select_related(*related).in_bulk(ids)
    pairs = zip(ids[::2], ids[1::2], strict=True)
    return tuple(_pair(found[one], found[other]) for one, other in pairs if one in found and other in found)


def _readable(snapshot: Snapshot, rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the rows of ads that name skills enough to be compared, an even sample of many."""
    lengths = snapshot.indptr[rows + 1] - snapshot.indptr[rows]
    named = rows[lengths >= LEAST_SKILLS]
    if len(named) <= MOST_LOOKED_AT:
        return named
    return named[np.arange(MOST_LOOKED_AT) * len(named) // MOST_LOOKED_AT]


def _closest(snapshot: Snapshot, first: NDArray[np.int32], second: NDArray[np.int32]) -> list[tuple[int, int]]:
    if not len(first) or not len(second):
        return []
    one, other = snapshot.matrix(first), snapshot.matrix(second)
    shared = (one @ other.T).toarray()
    sizes = np.diff(one.indptr)[:, None] + np.diff(other.indptr)[None, :]
    alike = shared / (sizes - shared)
    chosen = []
    for _ in range(min(PAIRS, *alike.shape)):
        row, column = np.unravel_index(int(alike.argmax()), alike.shape)
        if alike[row, column] <= 0:
            break
        chosen.append((int(first[row]), int(second[column])))
        alike[row, :] = alike[:, column] = -1
    return chosen


def _pair(one: Posting, other: Posting) -> ExamplePair:
    texts = marked_texts([one, other])
    skills = [[mention.skill for mention in distinct_mentions(segments)] for segments in texts]
    both = [name for name in skills[0] if name in set(skills[1])]
    every = len({*skills[0], *skills[1]})
    return ExamplePair(
        alike=percent(len(both) / every) if every else "",
        both=tuple(both),
        sides=(_example(one, texts[0], skills, 0), _example(other, texts[1], skills, 1)),
    )


def _example(posting: Posting, segments: tuple[Segment, ...], skills: Sequence[Sequence[str]], side: int) -> Example:
    there = set(skills[1 - side])
    day = date_format(posting.date_posted, "j M Y") if posting.date_posted else "no date"
    return Example(
        title=mask_contacts(posting.title.text),
        url=posting.get_absolute_url(),
        company=posting.company.name if posting.company else "company not given",
        where=" · ".join(part for part in (posting.place, day) if part),
        segments=segments,
        own=tuple(name for name in skills[side] if name not in there),
    )
