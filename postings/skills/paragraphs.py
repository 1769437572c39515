"""Paragraphs known by their words under any heading: the law, the benefits, the company on itself."""

import re
from collections.abc import Iterator
from itertools import chain

from postings.skills.flat import FLAT_LINE
from postings.skills.headings import SectionKind
from postings.skills.sentences import sentence_around

# Each of these says alone what its paragraph is. The word before the colon stands in all of them: one look for it
# spares the others most of the time.
_STOCK = {
    SectionKind.LEGAL: {
        "equal": ("equal opportunity", "equal-opportunity", "equal employment"),
        "regard": ("without regard to", "regardless of race", "regardless of your race", "regardless of age",
                   "regardless of gender"),
        "accommodation": ("reasonable accommodation",),
        "affirmative": ("affirmative action",),
        "veteran": ("protected veteran",),
        "e-verify": ("e-verify",),
        "criminal": ("criminal histor",),
        "resumes": ("unsolicited resumes",),
        "fraud": ("recruitment fraud",),
        "privacy": ("our privacy", "applicant privacy", "candidate privacy"),
    },
    SectionKind.BENEFITS: {
        "401": ("401(k)", "401k"),
        "time off": ("paid time off",),
        "parental": ("parental leave",),
        "insurance": ("health insurance", "life insurance"),
        "dental": ("dental insurance", "dental, vision", "dental and vision", "medical, dental", "health, dental"),
        "tuition": ("tuition reimbursement",),
        "salary": ("salary range", "base salary"),
        "base pay": ("base pay",),
    },
}  # fmt: skip
_COMPANY = re.compile(
    r"\b(?:we(?: are|'re) (?:an?|the|on|committed|proud|building|one)"
    r"|our (?:mission|vision|customers|clients|platform|company|investors|values|story|people|founders)"
    r"|is (?:an?|the|one of) (?:[\w'-]+ ){0,5}(?:leaders?|provider|company|companies|firm|startup|organi[sz]ation"
    r"|platform|agency|bank|consultancy|university|partner)\b|founded|headquartered|fortune \d+|global leader"
    r"|since \d{4}|world's (?:leading|largest|first|most)|countries|offices)"
)
_JOB = re.compile(
    r"\b(?:you|your|you'll|candidates?|applicants?|seeking|looking for|searching for|responsib\w+"
    r"|this (?:role|position|job)|the (?:role|position|successful|ideal)|will (?:be|work|have|join|lead|design|develop"
    r"|build|help)|hiring|experience|skills|must|in this|needs?)\b"
)


def is_of_the_company(line: str) -> bool:
    """Whether a paragraph speaks of the company and of nobody else; openings begin with such."""
    lower = line.lower()
    return _COMPANY.search(lower) is not None and _JOB.search(lower) is None


def stock_paragraphs(text: str, lower: str) -> Iterator[tuple[int, int, SectionKind]]:
    """(start, end, kind) of paragraphs that hold no skills whatever stands above them."""
    for kind, stock in _STOCK.items():
        for words in chain.from_iterable(stock[key] for key in stock if key in lower):
            at = lower.find(words)
            while at >= 0:
                start, end = _paragraph(text, at)
                yield start, end, kind
                at = lower.find(words, end)


def clearance_paragraphs(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """(start, end) of paragraphs on security clearances: they ask for one, however far down in the law they stand."""
    at = lower.find("clearance")
    while at >= 0:
        start, end = _paragraph(text, at)
        if not any(words in lower[start:end] for words in ("equal opportunity", "without regard")):
            yield start, end
        at = lower.find("clearance", end)


def _paragraph(text: str, at: int) -> tuple[int, int]:
    """The line around `at`, or only the sentence where the line is the whole posting."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    end = len(text) if end < 0 else end
    if end - start < FLAT_LINE:
        return start, end
    return sentence_around(text, at, start, end)
