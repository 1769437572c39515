"""Marked postings and readings of them, made by naming surfaces."""

from postings.skills import Degree, Demands, Kind, Level, Mention, Reading
from postings.skills.comparing import Meaning
from postings.skills.marked import Mark, MarkedPosting

LEVELS = {"required": Level.REQUIRED, "preferred": Level.PREFERRED, "mentioned": Level.MENTIONED}


def make_posting(text, *marks, id="own-1", years=None, degree=Degree.UNSTATED):
    """Each mark is "surface", "surface:kind" or "surface:kind:level", where it first stands in the text."""
    return MarkedPosting(id, text, tuple(_mark(text, *mark.split(":")) for mark in marks), years, degree)


def _mark(text, surface, kind="tool", level="required"):
    start = text.index(surface)
    return Mark(surface, surface, Kind(kind), LEVELS[level], start, start + len(surface))


def make_reading(text, *mentions, **demands):
    """Each mention is "surface", "surface:kind" or "surface:kind:level"; one named again stands at its next place.
    The alias id of a surface is in `MEANINGS`."""
    at, found = {}, []
    for mention in mentions:
        surface, kind, level, *_ = [*mention.split(":"), *("tool", "required")[mention.count(":") :]]
        start = at[surface] = text.index(surface, at.get(surface, -1) + 1)
        found.append(Mention(alias_of(surface, kind), start, start + len(surface), LEVELS[level]))
    return Reading(tuple(sorted(found, key=lambda one: one.start)), (), Demands(**demands))


MEANINGS: dict[int, Meaning] = {}
"""Alias id -> what it means, of all readings made so far."""


def alias_of(surface, kind):
    meaning = Meaning(surface, Kind(kind))
    if meaning not in MEANINGS.values():
        MEANINGS[len(MEANINGS) + 1] = meaning
    return next(alias_id for alias_id, known in MEANINGS.items() if known == meaning)
