"""Stock phrases: of the law, of benefits, of whoever speaks to the reader. Each is found by one of its words.

The words of a text are looked up once anyway; so these cost nothing where none of them stands.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from postings.skills.headings import SectionKind

# Each of these says alone what its paragraph is; the word before the colon is the rarest in them.
_STOCK = {
    SectionKind.LEGAL: {
        "equal": ("equal opportunity", "equal-opportunity", "equal employment"),
        "regard": ("without regard to",),
        "regardless": ("regardless of race", "regardless of your race", "regardless of age", "regardless of gender"),
        "accommodation": ("reasonable accommodation",),
        "accommodations": ("reasonable accommodations",),
        "affirmative": ("affirmative action",),
        "veteran": ("protected veteran",),
        "veterans": ("protected veterans",),
        "verify": ("e-verify",),
        "criminal": ("criminal histor",),
        "resumes": ("unsolicited resumes",),
        "fraud": ("recruitment fraud",),
        "orientation": ("sexual orientation",),
        "gender": ("gender identity",),
        "race": ("age, race", "race, age", "race, colo", "race, belief", "race, religion", "race, sex", "race, gender",
                 "race, ethnic"),
        "personal": ("your personal data",),
        "your": ("your data is", "your data will", "your data are", "process your data", "use your data"),
        "privacy": ("our privacy", "applicant privacy", "candidate privacy"),
    },
    SectionKind.BENEFITS: {
        "401": ("401(k)",),
        "401k": ("401k",),
        "off": ("paid time off", "days off"),
        "parental": ("parental leave",),
        "insurance": ("health insurance", "life insurance"),
        "dental": ("dental insurance", "dental, vision", "dental and vision", "medical, dental", "health, dental"),
        "tuition": ("tuition reimbursement",),
        "salary": ("salary range", "base salary"),
        "base": ("base pay",),
        "leave": ("days of leave", "annual leave", "days leave", "sick leave"),
        "holiday": ("days of holiday", "days holiday", "days' holiday"),
        "vacation": ("vacation days", "days of vacation", "weeks of vacation", "paid vacation"),
        "private": ("private health", "private medical"),
        "meal": ("meal voucher", "meal card", "meal allowance"),
        "car": ("company car",),
        "leasing": ("bike leasing", "car leasing"),
        "gym": ("gym membership",),
    },
}  # fmt: skip
JOB_WORDS = frozenset(
    ("you", "your", "candidate", "candidates", "applicant", "applicants", "seeking", "hiring", "skills", "must", "need",
     "needs")
)  # fmt: skip
"""Where one of these stands a sentence speaks of the job, whatever else it says."""


class _Phrase(NamedTuple):
    kind: SectionKind
    words: str
    before: int  # letters before the word by which it is found


_BY_WORD = {
    word: tuple(_Phrase(kind, words, words.index(word)) for words in phrases)
    for kind, stock in _STOCK.items()
    for word, phrases in stock.items()
}
STOCK_WORDS = frozenset(_BY_WORD)
_WORD = re.compile(r"[^\W_]+")


class Marks(NamedTuple):
    """Where words of stock phrases and words of JOB_WORDS stand in a text, in order."""

    stock: Sequence[int]
    job: Sequence[int]


def marks_of(lower: str) -> Marks:
    """The same from a text in lower case, for who has not looked its words up."""
    words = [(found.start(), found.group()) for found in _WORD.finditer(lower)]
    return Marks([at for at, word in words if word in STOCK_WORDS], [at for at, word in words if word in JOB_WORDS])


def stock_phrases(lower: str, places: Sequence[int]) -> Iterator[tuple[SectionKind, int]]:
    """Kind and place of the stock phrases of a text in lower case, the law first. `places`: Marks.stock."""
    found = [(kind, at) for place in places for kind, at in _at_word(lower, place)]
    for kind in _STOCK:
        yield from ((of, at) for of, at in found if of is kind)


def _at_word(lower: str, place: int) -> Iterator[tuple[SectionKind, int]]:
    word = _WORD.match(lower, place)
    for kind, words, before in _BY_WORD.get(word[0], ()) if word else ():
        if lower.startswith(words, max(0, place - before)) and place >= before:
            yield kind, place - before
