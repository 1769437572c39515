"""What the extraction gets wrong, the commonest first, each with a sentence of ours, which may be shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from postings.skills.comparing import Comparison
from postings.skills.marked import MarkedPosting
from postings.skills.sentences import Sentences

MOST = 25
LONGEST = 110
"""Characters kept on either side."""
_BULLETS = "-*+>•∙·–— \t\r\n"


@dataclass(frozen=True, slots=True)
class Example:
    """A form, in how many postings it was got wrong, and one of them: its id and a sentence in three parts."""

    form: str
    name: str
    kind: str
    postings: int
    posting: str
    before: str
    hit: str
    after: str


class _Slip(NamedTuple):
    posting: MarkedPosting
    start: int
    end: int
    name: str
    kind: str

    @property
    def form(self) -> str:
        return self.posting.text[self.start : self.end].casefold()


def misses_of(postings: Sequence[MarkedPosting], compared: Sequence[Comparison]) -> tuple[Example, ...]:
    """The commonest marked forms for which nothing was found, named as they were marked."""
    return _commonest(
        _Slip(posting, mark.start, mark.end, mark.name, mark.kind)
        for posting, comparison in zip(postings, compared, strict=True)
        for mark, found in comparison.marks
        if found is None and mark.kind is not None
    )


def false_hits_of(postings: Sequence[MarkedPosting], compared: Sequence[Comparison]) -> tuple[Example, ...]:
    """The commonest forms that were found and not marked, named as the skill they were taken for."""
    return _commonest(
        _Slip(posting, found.start, found.end, found.meaning.name, found.meaning.kind)
        for posting, comparison in zip(postings, compared, strict=True)
        for found, is_marked in comparison.found
        if not is_marked
    )


def _commonest(slips: Iterable[_Slip]) -> tuple[Example, ...]:
    """One example a form, the first; forms in as many postings stand in the order of the alphabet."""
    first: dict[str, _Slip] = {}
    times: Counter[str] = Counter()
    for slip in slips:
        first.setdefault(slip.form, slip)
        times[slip.form] += 1
    forms = sorted(times, key=lambda form: (-times[form], form))[:MOST]
    return tuple(_example(first[form], times[form]) for form in forms)


def _example(slip: _Slip, times: int) -> Example:
    text = slip.posting.text
    sentence = Sentences(text).around(slip.start)
    before = text[sentence.start : slip.start].lstrip(_BULLETS)
    after = text[slip.end : max(sentence.end, slip.end)].rstrip()
    if len(before) > LONGEST:
        before = "… " + before[-LONGEST:].split(" ", 1)[-1]
    if len(after) > LONGEST:
        after = after[:LONGEST].rsplit(" ", 1)[0] + " …"
    hit = text[slip.start : slip.end]
    return Example(slip.form, slip.name, str(slip.kind), times, slip.posting.id, before, hit, after)
