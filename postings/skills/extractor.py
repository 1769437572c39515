"""Text -> mentions and candidates. The stops in order: sections, tokens, matches, judgement, candidates."""

from collections.abc import Iterable, Iterator

from postings.skills.candidates import find_candidates
from postings.skills.headings import SKILL_FREE
from postings.skills.lexicon import Lexicon
from postings.skills.sections import Section, split_sections
from postings.skills.spelling import same_length_clean
from postings.skills.tokens import cut
from postings.skills.types import Reading

_LONGEST_TEXT = 1 << 22


class Extractor:
    """Reads texts by one lexicon. Building it imports spaCy and takes a second or two: build one and keep it."""

    def __init__(self, lexicon: Lexicon) -> None:
        from postings.skills.matcher import AliasMatcher  # spaCy is slow to import: only readers pay

        self.lexicon = lexicon
        self._matcher = AliasMatcher(lexicon)

    def read(self, text: str) -> Reading:
        """Mentions, one a span, longest phrase first, never overlapping, sorted; offsets into `text` as given."""
        from postings.skills.judgement import judge

        clean = same_length_clean(text[:_LONGEST_TEXT])
        lower = clean.lower()
        sections = split_sections(clean, lower)
        matches, hints = self._matcher.find(cut(clean, _ranges_with_skills(sections)))
        mentions = tuple(judge(clean, lower, sections, matches, hints))
        return Reading(mentions, tuple(find_candidates(clean, mentions)))

    def read_many(self, texts: Iterable[str]) -> Iterator[Reading]:
        return map(self.read, texts)


def _ranges_with_skills(sections: list[Section]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for section in sections:
        if section.kind in SKILL_FREE:
            continue
        if ranges and ranges[-1][1] == section.start:
            ranges[-1] = (ranges[-1][0], section.end)
        else:
            ranges.append((section.start, section.end))
    return ranges
