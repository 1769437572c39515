"""One match and what a context rule may look at around it."""

from collections.abc import Sequence
from typing import NamedTuple

from postings.skills.sentences import Sentence
from postings.skills.types import Match


class Place(NamedTuple):
    """What a rule may look at: one match in its text, and the matches that count already."""

    text: str
    lower: str
    match: Match
    sentence: Sentence
    beside: Sequence[Match]
