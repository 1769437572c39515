"""False friends: phrases that are skills in most languages and plain words in some, as "Informatica" is in Italian."""

import re
from collections.abc import Callable, Iterator, Sequence

from postings.ingest.language import LANGUAGES, READ_CHARS, detect_language
from postings.skills.types import Match

Inside = Callable[[str, int], Sequence[Match]]
"""The shorter matches in a phrase that stands at this place: what is left of one that does not count."""
LONGEST_NOT_IN = len(" ".join(LANGUAGES))
_APART = re.compile(r"[\s,;]+")


def languages_named(text: str) -> str:
    """Codes of languages ("PT, it") in order, with a blank between ("it pt"). Raises ValueError with one that no text
    is ever found to be in."""
    codes = {code.lower() for code in _APART.split(text) if code}
    if strange := sorted(codes - {*LANGUAGES}):
        raise ValueError(strange[0])
    return " ".join(sorted(codes))


class Friends:
    """Tells the matches of a text that are other words in the language that is written around them."""

    def __init__(self, text: str, inside: Inside) -> None:
        self._text = text
        self._inside = inside

    def true(self, matches: Sequence[Match]) -> Sequence[Match]:
        """The matches without the false ones; the shorter matches that such a one holds stand for it."""
        return list(self._true(matches)) if any(match.entry.not_in for match in matches) else matches

    def inside(self, written: str, start: int) -> Sequence[Match]:
        """Those in a phrase that stands at this place, as `true` leaves them."""
        return self.true(self._inside(written, start))

    def _true(self, matches: Sequence[Match]) -> Iterator[Match]:
        for match in matches:
            if not match.entry.not_in or self._language_at(match) not in match.entry.not_in.split():
                yield match
            elif not (written := self._text[match.start : match.end]).isalpha():
                held = self._inside(written, match.start)  # a single word holds itself: "A2A"
                yield from self._true([one for one in held if one.end - one.start < match.end - match.start])

    def _language_at(self, match: Match) -> str:
        # Postings mix languages: an Italian list of degrees stands under an English introduction.
        start = max(match.start - READ_CHARS // 2, 0)
        return detect_language(self._text[start : start + READ_CHARS])
