"""Cue words: "preferred", "a plus", "must have" for single skills, "proficiency in", "5 years" for whole sentences.

Each row has the words that tell, and what must stand before and behind them. Sentences are in lower case.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from postings.skills.types import Level

_REACH = 40
_FAR = 70


class Cue(NamedTuple):
    start: int
    end: int
    level: Level
    follows: bool  # it stands after the skills that it speaks of


class _Row(NamedTuple):
    words: str
    level: Level
    follows: bool
    before: str = ""
    behind: str = ""
    reach: int = _REACH  # how far back `before` may begin


_SIZES = "key big huge strong definite great major real added significant distinct decided nice clear"
_SIZE = rf"(?:(?:{_SIZES.replace(' ', '|')}) )?"
_SOFT = Level.PREFERRED
_FIRM = Level.REQUIRED
_NEEDED = "(?:required|necessary|mandatory|essential|a must|needed)"
_AIMS = r"(?:\w+ )?(?:goals?|outcomes?|results?|states?|effects?|impacts?|behaviou?rs?|objectives?|levels?)\b"
_ASKED_FOR = r" (?:\w+ ){0,2}(?:experience|knowledge|skills?|expertise|proficiency)\b"
_READER = "(?:you|you'll|candidates?|applicants?)"
_NOT_ASKED_OF = "(?!'ll| (?:will|would|is interested|are (?:interested|motivated))\\b)"
_SOMEBODY = rf"(?:(?!(?:to|by|and|all|our|you)\b|every)[\w/-]+ ){{1,5}}(?:with\b|who\b{_NOT_ASKED_OF})"
_TO_BE = r" to (?:be|have|know|possess|demonstrate|bring)\b"
_ROWS = (
    _Row("plus advantage bonus", _SOFT, follows=False, before=rf"\ban? {_SIZE}", behind=" (?:if|for)\\b"),
    _Row("plus asset advantage bonus", _SOFT, follows=True, before=rf"\b(?:an?|is|are|be|as|also|considered) {_SIZE}"),
    _Row("plus", _SOFT, follows=True, before=r"[,(] ?", behind=r"\)|\W*$"),
    _Row(
        "bonus points point credit", _SOFT, follows=False, behind="(?: points?)?(?: is| are)?(?: given)?(?: for| if|:)"
    ),
    _Row("preferred prefered desired desirable optional", _SOFT, follows=False, behind=":"),
    _Row(
        "preferred prefered desired desirable",
        _SOFT,
        follows=False,
        before=r"(?:^|[^,(])(?<! is )(?<! are )(?<! as )(?<! a )(?<! the )(?<! and )(?<! or )",
        behind=r" (?:competenc\w+|skills?|qualifications?|requirements?|attributes)\b(?!\W*$)",
    ),
    _Row("desired", _SOFT, follows=True, behind=rf"(?! {_AIMS})"),
    _Row("preferred prefered desirable optional advantageous beneficial", _SOFT, follows=True),
    _Row("preferable", _SOFT, follows=True, behind=r"(?=\W*$|[.,;)])"),
    _Row("preferably ideally idealerweise", _SOFT, follows=False),
    _Row("preference", _SOFT, follows=False, behind="(?: is| will be)?(?: given)? (?:to|for)\\b"),
    _Row("have", _SOFT, follows=False, before="(?:nice|good|great)[- ]to[- ]", behind="(?: if| for|:)"),
    _Row("have", _SOFT, follows=True, before="(?:nice|good|great)[- ]to[- ]"),
    _Row("regarded valued", _SOFT, follows=True, before=r"\b(?:is|are|be) (?:highly|well|greatly) "),
    _Row("maybe perhaps", _SOFT, follows=False, before=r"(?:,|\band|\bor) "),
    _Row("great nice helpful ideal", _SOFT, follows=False, before=r"\bbe ", behind=" (?:if|to)\\b"),
    _Row("great nice ideal", _SOFT, follows=True, before=r"\bbe "),
    _Row("helpful welcome welcomed appreciated useful", _SOFT, follows=True, before=r"\b(?:is|are|be|very|also) "),
    _Row("love like", _SOFT, follows=False, before="\\bwould (?:also )?", behind=" (?:it if|to see)\\b"),
    _Row("but", _SOFT, follows=True, before=rf"\bnot (?:\w+ )?{_NEEDED},?(?: -)? "),
    _Row("wünschenswert deseable desejável valorará", _SOFT, follows=True),
    _Row("vorteil atout plus", _SOFT, follows=True, before=r"\b(?:von|un) "),
    _Row("required mandatory must-have must-haves", _FIRM, follows=False, behind=":"),
    _Row("required", _FIRM, follows=False, before=r"\b(?:is|are|be) ", behind=" to (?:have|know|be)\\b"),
    _Row(
        "required mandatory",
        _FIRM,
        follows=True,
        before="(?<!\\bnot )(?<!\\bif )(?<!\\bas )(?<!\\ball )(?<!\\bthe )(?<!\\btheir )(?<!\\bits )",
        behind="(?! (?:to|based|by|for(?! consideration| this (?:role|position|job)))\\b)",
    ),
    _Row("must", _FIRM, follows=True, before=r"\ba "),
    _Row("must", _FIRM, follows=False, behind=" (?:have|be|know|possess|demonstrate)\\b"),
    _Row(
        "essential necessary needed", _FIRM, follows=True, before=r"\b(?:is|are|be) ", behind="(?! (?:in|for|to|by)\\b)"
    ),
    _Row("expected", _FIRM, follows=True, before=r"\b(?:is|are) ", behind=r"(?! (?:to|by|that|in|from|of|for|at)\b)"),
    _Row("need", _FIRM, follows=False, before=rf"\b{_READER}(?: will| would)?(?: also)? ", behind=_TO_BE),
    _Row("look looking searching", _FIRM, follows=False, behind=f" for {_SOMEBODY}"),
    _Row("seeking want", _FIRM, follows=False, behind=f" {_SOMEBODY}"),
    _Row("essential must-have", _FIRM, follows=True, before=r"\(", behind=r"\)"),
    _Row("requires", _FIRM, follows=False, behind=_ASKED_FOR),
)

# A sentence that asks, under whatever heading: at its head ...
_PRAISE = "strong|solid|excellent|deep|good|advanced|proven|exceptional|outstanding"
_TRAITS = r"strong|excellent|outstanding|good|expert|skilled|detail[- ]oriented|self[- ]\w+|passionate|team player"
_GRADES = "practical|intermediate|in-depth|thorough|sound|theoretical"
_YEARS = r"\d+\\*\+? ?(?:-|to|or more)? ?\d*\\*\+? ?years?"
_OPENS_ASKING = re.compile(
    rf"[\s*•>\\-]*(?:{_YEARS}|(?:at least|minimum(?: of)?) \w+ ?(?:\(\d+\) )?\+? ?years?"
    r"|(?:(?:prior|previous|proven|demonstrated|relevant|hands[- ]on|strong|solid|extensive|some|work|working"
    rf"|{_GRADES}) )*"
    r"(?:experienced?|expertise|knowledge|proficien\w+|familiar(?:ity)?|understanding|fluen\w+|skilled|ability to"
    r"|able to|background|comfortable|competen\w+|practice of|track record (?:of|in|with))\b"
    rf"|(?:you are|you're|are you) (?:an? )?(?:\w+ly )?(?:{_TRAITS})\b"
    rf"|as an? (?:{_TRAITS}) [\w -]+, you"
    r"|(?:demonstrated|proven) success in\b|(?:sicherer|routinierter|routiniert im|geübter) umgang mit\b"
    rf"|(?:{_PRAISE}) (?:[\w/,&'-]+ ){{1,6}}?(?:skills?|knowledge|understanding|background|abilit(?:y|ies)|command"
    r"|capabilities|communicat\w+)\b)"
)
# ... or inside, where it speaks to the reader: "our deep expertise in" is the company's.
_PRAISED = rf"\b(?:(?:{_PRAISE}|demonstrated|in-depth) (?:[\w/,&'-]+ ){{0,4}}|working (?:[\w/&-]+ )?)"
_KNOWING = "knowledge understanding experience background skill skills command grasp abilities"
_ASKING = (
    _Row("proficient proficiency proficiencies", _FIRM, follows=False),
    _Row("experience experienced", _FIRM, follows=False, behind=r" (?:\w+ ){0,2}(?:in|with|using)\b"),
    _Row("expertise fluent skilled familiar familiarity", _FIRM, follows=False, behind=" (?:in|with|at)\\b"),
    _Row(_KNOWING, _FIRM, follows=True, before=_PRAISED, reach=_FAR),
    _Row("knowledge", _FIRM, follows=False, before=rf"\b(?:{_GRADES}) ", behind=" (?:of|in)\\b"),
    _Row("foundation foundations", _FIRM, follows=False, before=rf"\b(?:{_PRAISE}) ", behind=" in\\b"),
    _Row(
        "record",
        _FIRM,
        follows=False,
        before=rf"(?<!\bwe have a )(?<! has a )\b(?:{_PRAISE}|demonstrated) track ",
        behind=" (?:of|in|with)\\b",
    ),
    _Row("years year", _FIRM, follows=False, before=r"\d\\*\+? ?(?:(?:-|to|or more) ?\d*\\*\+? ?)?"),
    _Row("candidate applicant", _FIRM, follows=False, behind=rf" (?:should|will|must) be (?:an? )?(?:{_PRAISE})\b"),
    _Row("demands", _FIRM, follows=False, before=r"\b(?:role|position|job) "),
    _Row("kenntnisse erfahrung", _FIRM, follows=False, behind=" (?:in|mit)\\b"),
)
# What the work gives to others, "Provide guidance as an expert on ...", and who "we are a team of experts in ..." are.
_OFFERS = re.compile(
    r"[\s*•>\\-]*(?:provid|overs[ae]e|offer|blend|serv|act\b|lend|leverag|deliver|shar(?:e|ing)\b"
    r"|we are an? (?!.*\b(?:look|seek|search|hir|need|you)))"
)
_OWN = re.compile(
    r"\b(?:(?:our|its|their|gain|your|deep)(?: \w+)?|employee|user|customer|client|guest|patient|player) $"
)


class _Compiled(NamedTuple):
    level: Level
    follows: bool
    before: re.Pattern[str] | None
    behind: re.Pattern[str]
    reach: int


class _Table:
    """Rows by word, and one expression that finds the words."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows: dict[str, list[_Compiled]] = {}
        for row in rows:
            before = re.compile(f"(?:{row.before})$") if row.before else None
            compiled = _Compiled(row.level, row.follows, before, re.compile(row.behind), row.reach)
            for word in row.words.split():
                self._rows.setdefault(word, []).append(compiled)
        self._words = re.compile(rf"\b(?:{'|'.join(_by_first_letter(self._rows))})\b")

    def find(self, sentence: str) -> Iterator[Cue]:
        for found in self._words.finditer(sentence):
            start, end = found.span()
            for row in self._rows[found.group()]:
                if row.behind.match(sentence, end) and (
                    row.before is None or row.before.search(sentence, max(0, start - row.reach), start)
                ):
                    yield Cue(start, end, row.level, row.follows)
                    break


def _by_first_letter(words: Iterable[str]) -> Iterator[str]:
    """Expressions for words, one a letter: most words in a text begin with another and are done at once."""
    longest_first = sorted(words, key=lambda word: (word[0], -len(word), word))
    for letter, group in groupby(longest_first, key=itemgetter(0)):
        yield f"{letter}(?:{'|'.join(re.escape(word[1:]) for word in group)})"


_SKILL_CUES = _Table(_ROWS)
_ASKS = _Table(_ASKING)


def skill_cues(sentence: str) -> list[Cue]:
    return list(_SKILL_CUES.find(sentence))


def opens_asking(sentence: str) -> bool:
    """ "Experience with ...", "5+ years ...", "Strong ... skills" at the head of a sentence or list item."""
    return _OPENS_ASKING.match(sentence) is not None


def asks(sentence: str) -> bool:
    """Whether somewhere in it the sentence asks the reader for knowledge or years."""
    if _OFFERS.match(sentence):
        return False
    return any(_OWN.search(sentence, max(0, cue.start - _REACH), cue.start) is None for cue in _ASKS.find(sentence))
