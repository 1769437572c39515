"""Text -> mentions and candidates. The stops in order: tokens, sections, matches, judgement, candidates."""

from collections.abc import Iterable, Iterator
from itertools import islice

from postings.skills.candidates import find_candidates
from postings.skills.context import RULES
from postings.skills.demands import read_demands, with_years, years_of
from postings.skills.headings import SKILL_FREE, heading_kind
from postings.skills.judgement import Prepared, judge
from postings.skills.lexicon import Lexicon
from postings.skills.seams import seams_of
from postings.skills.sections import split_sections
from postings.skills.spelling import same_length_clean
from postings.skills.stock import Marks
from postings.skills.token_hints import marks_in, masked
from postings.skills.types import Match, Reading

_LONGEST_TEXT = 1 << 22
_AT_ONCE = 64


class Extractor:
    """Reads texts by one lexicon. Building it imports spaCy and takes a second or two: build one and keep it.

    Raises ValueError for an alias with a context rule that does not exist.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        from postings.skills.matcher import AliasMatcher  # spaCy is slow to import: only readers pay

        unknown = {entry.context for entry in lexicon.entries} - RULES - {""}
        if unknown:
            raise ValueError(f"there is no context rule {sorted(unknown)[0]!r}; there are {', '.join(sorted(RULES))}")
        self.lexicon = lexicon
        self._matcher = AliasMatcher(lexicon)

    def read(self, text: str) -> Reading:
        """Mentions, one a span, longest phrase first, never overlapping, sorted; offsets into `text` as given."""
        return next(self.read_many((text,)))

    def read_many(self, texts: Iterable[str]) -> Iterator[Reading]:
        """One reading a text, in order. Takes some texts at a time and does one thing with all of them before the next:
        what each thing looks up stays in the processor's cache, which saves some seven per cent of the time."""
        for some in _batches(texts):
            clean = [same_length_clean(text[:_LONGEST_TEXT]) for text in some]
            tokens = self._matcher.cut(clean)
            prepared = list(map(_prepared, clean, marks_in(tokens)))
            silent = [
                [(part.start, part.end) for part in text.sections if part.kind in SKILL_FREE] for text in prepared
            ]
            found = self._matcher.find_many(clean, masked(tokens, silent))
            hinted = [(text, hints) for text, (_, hints) in zip(prepared, found, strict=True)]
            judged = [
                judge(text, matches, hints, self._matcher.inside)
                for text, (matches, hints) in zip(prepared, found, strict=True)
            ]
            years = [years_of(text.clean, text.lower, text.sections, hints) for text, hints in hinted]
            mentions = [
                tuple(with_years(text.lower, kept, spans))
                for text, kept, spans in zip(prepared, judged, years, strict=True)
            ]
            candidates = [
                tuple(find_candidates(text.clean, kept, self._matcher.knows))
                for text, kept in zip(prepared, mentions, strict=True)
            ]
            demands = [
                read_demands(text.clean, text.lower, text.sections, hints, spans)
                for (text, hints), spans in zip(hinted, years, strict=True)
            ]
            yield from map(Reading, mentions, candidates, demands)

    def forget(self) -> None:
        """Keep nothing of the texts that were read: lines and words are remembered, since those of ads come again."""
        self._matcher.forget()
        seams_of.cache_clear()
        heading_kind.cache_clear()

    def matches(self, text: str) -> list[Match]:
        """Every place where an alias stands, in all sections and whatever the rules say of it; longest first, then
        leftmost, never overlapping, sorted."""
        clean = same_length_clean(text[:_LONGEST_TEXT])
        [(found, _)] = self._matcher.find_many([clean], self._matcher.cut([clean]))
        return found


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _prepared(clean: str, marks: Marks) -> Prepared:
    lower = clean.lower()
    return Prepared(clean, lower, split_sections(clean, lower, marks))
