"""Where the words stand without which a sentence has no cue, no demand, no denial, no degree, no years: most have none.

One look at each word, remembered from text to text, spares most sentences, and most phrases, the expressions that read
them closely.
"""

from bisect import bisect_left
from typing import NamedTuple

from postings.skills.sentences import Sentence
from postings.skills.stock import JOB_WORDS, STOCK_WORDS

CUE, ASK, DENIAL, DEGREE, EDUCATION, YEARS = 1, 2, 4, 8, 16, 32
# These tell of a phrase beside them: a job's title behind it, a company's name or form, a way to reach somebody.
ROLE, NAME, WAY, EMPLOYS, AT, HYPHEN = 64, 128, 256, 512, 1024, 2048
AND, COMMA = 4096, 8192
"""What joins the members of a list."""
# These tell of a paragraph what it may be.
STOCK, JOB = 16384, 32768
OF_SENTENCES = ROLE - 1

_STARTS = {
    CUE: "prefer plus nice desir bonus advantag ideal asset option helpful useful benefi good great welcom apprecia "
    "requir must mandat essential necess need would vorteil wünschenswert atout valora desej deseable point extra "
    "regarded valued maybe perhaps expected looking searching seeking",
    ASK: "proficien fluen experience expertise skill familiar knowledge understanding background command grasp abilit "
    "able year comfortable competen communicat kenntnisse erfahrung umgang capabilit "
    "foundation strong excellent outstanding expert skilled detail passionate player candidate applicant",
    DEGREE: "degree bachelor master phd diploma graduat major field disciplin studi doctor areas subject mba bsc msc",
    EDUCATION: "degree bachelor master phd diploma graduate undergraduate postgraduate doctora mba bsc msc baccal "
    "hochschul universit colleg studium studienabschl",
    YEARS: "year yrs jahr",
    ROLE: "engineer scientist analyst architect researcher manager specialist intern director developer programmer "
    "administrator technician people folks coordinator clerk executive software system data research platform solution "
    "product support field applied senior staff",
    NAME: "inc llc ltd limited gmbh corp plc llp pty partners ventures council committee division institute "
    "association society conference summit award university college ministry bureau authority program system",
}
_WORDS = {
    DENIAL: "no not t without never nor rather instead opposed unlike neither unnecessary",
    CUE: "look want",
    ASK: "good self success demands practice record",
    DEGREE: "ph b m bs ms ba s sc msc bsc",
    EDUCATION: "bsee bscs bsce bsme bsit bsis bsec msee mscs msce msme msit msis msec "
    "ph b m bs ms ba be beng meng btech mtech bcom mphil ged gcse gcses levels masterdiploma",
    YEARS: "ans años anos anni jaar lat",
    NAME: "ag l s v",
    WAY: "on via through over at by of director",
    EMPLOYS: "is does employees offers was has provides celebrates believes welcomes values",
    AT: "at for about",
    HYPHEN: "-",
    AND: "and or & / und oder et",
    COMMA: ",",
    STOCK: " ".join(STOCK_WORDS),
    JOB: " ".join(JOB_WORDS),
}
_STARTING: dict[str, list[tuple[str, int]]] = {}  # by the first three letters, which every stem has
for _hint, _stems in _STARTS.items():
    for _stem in _stems.split():
        _STARTING.setdefault(_stem[:3], []).append((_stem, _hint))
_WHOLE: dict[str, int] = {}
for _hint, _words in _WORDS.items():
    for _word in _words.split():
        _WHOLE[_word] = _WHOLE.get(_word, 0) | _hint


def hints_of(word: str) -> int:
    """The hints that a word (lower case) gives, added up."""
    hints = _WHOLE.get(word, 0)
    for stem, hint in _STARTING.get(word[:3], ()):
        if word.startswith(stem):
            hints |= hint
    return hints


class Hints(NamedTuple):
    """The words of a text that give hints on their sentence: where they start, in order, and what each gives."""

    starts: list[int]
    given: list[int]

    def places(self, hint: int) -> list[int]:
        """Where words stand that give this hint, in order."""
        return [start for start, given in zip(self.starts, self.given, strict=True) if given & hint]

    def of(self, sentence: Sentence) -> int:
        """The hints in the sentence, added up."""
        starts, given = self
        index, hints = bisect_left(starts, sentence.start), 0
        while index < len(starts) and starts[index] < sentence.end:
            hints |= given[index]
            index += 1
        return hints
