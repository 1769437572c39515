"""Paragraphs known by their words under any heading: the law, the benefits, the company on itself."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from postings.skills.cues import asks
from postings.skills.flat import FLAT_LINE
from postings.skills.headings import SectionKind
from postings.skills.sentences import line_around, sentence_around
from postings.skills.stock import stock_phrases
from postings.skills.vocabulary import word_set

_KindOf = Callable[[str], SectionKind | None]
_COMPANY = re.compile(
    r"\b(?:we(?: are|'re) (?:an?|the|on|committed|proud|building|one|dedicated to building|united)"
    r"|(?:our|'s) (?:[\w-]+ )?(?:mission|vision|customers|clients|platform|company|investors|values|story|people"
    r"|founders|culture|roots|heritage)"
    r"|(?:is|are|we're) (?:revolutioni[sz]ing|transforming|changing|disrupting|reinventing|redefining|reimagining)"
    r"|is (?:an?|the|one of) (?:[\w'-]+ ){0,5}(?:leaders?|provider|company|companies|firm|startup|organi[sz]ation"
    r"|platform|agency|bank|consultancy|university|partner)\b|founded|headquartered|fortune \d+|global leader"
    r"|is one of the (?:world|largest|leading|fastest|most|top|oldest|biggest)"
    r"|since (?:\d{4}|our (?:founding|inception|launch))"
    r"|world's (?:leading|largest|first|most)|offices (?:in|across|around)"
    r"|(?:we|our|employees|people|colleagues|stores|branches|presence|operat\w+|active|firm|company) [^.]{0,60}"
    r"\bcountries)"
)
_JOB = re.compile(
    r"\b(?:you|your|you'll|candidates?|applicants?|seeking|looking for|searching for|responsib\w+"
    r"|this (?:role|position|job)|the (?:role|position|successful|ideal)|will (?:be|work|have|join|lead|design|develop"
    r"|build|help)|hiring|(?<!decades of )(?<!our )(?<!combined )experience|skills|must|in this|needs?)\b"
)


# What a company sells is made of skills too: "our portfolio spans Kubernetes appliances".
_GOODS = (
    "products?|platforms?|portfolio|flagship|software|apps?|suite|solutions?|services|engine|tools?|technology|systems?"
)
_PRODUCT = re.compile(
    rf"\b(?:our (?:[\w-]+ ){{0,3}}(?:{_GOODS})(?: line)? (?:\w+ly )?(?:gives?|helps?|lets?|offers?|provides?|spans?"
    r"|includes?|combines?|enables?|empowers?|allows?|brings?|leverages?|uses?|powers?|serves?|makes?|delivers?|ranges?)"
    rf"|(?:'s|its) (?:[\w-]+ ){{0,4}}(?:{_GOODS}) (?:helps?|offers?|enables?|empowers?|lets?|allows?|leverages?"
    r"|combines?|gives?)"
    r"|(?:customers|merchants|clients|companies|enterprises|organi[sz]ations|businesses|brands)"
    r" (?:\w+ ){0,2}(?:trust|rely on|buy|use|using|choose|reach us|know us)"
    r"|(?:the|our) (?:firm|company|client|group|bank|corporation) (?:simplif|operat|provid|offer|serv|deliver|manag|own"
    r"|speciali)\w+"
    r"|(?:leader|leading (?:[\w-]+ ){0,3}(?:manufacturer|producer|developer)|provider|supplier) (?:in|of)"
    r"|our (?:customers|clients|partners|investors|users) (?:include|are|range|span|count)"
    r"|(?:customers|clients|partners|investors|brands|companies|organi[sz]ations) (?:such as|like|including)|backed by"
    r"|partners with (?:[\w-]+ ){0,4}(?:customers|clients|companies|brands|organi[sz]ations|businesses|payers|providers"
    r"|hospitals|governments|agencies)|unterstützt (?!du\b|ihr\b|man\b)(?:[\w-]+ ){0,3}(?:unternehmen|kunden)"
    r"|(?:ist|sind) (?:eine?r? |der |die |das )(?:[\w-]+ ){0,4}(?:anbieter|dienstleister|marktführer|hersteller)"
    r"|partner of the year"
    r"|(?:premier|gold|silver|platinum|select|official|strategic) (?:\w+ ){0,2}partner"
    r"|(?:is|are) (?:sold|used|trusted) (?:by|through|in)|we (?:also )?(?:sell|make|manufacture|assemble)|also sells"
    r"|(?:helps?|helping|enables?|enabling|empowers?|empowering|allows?|allowing|lets) (?:[\w,'-]+ ){0,5}(?:businesses"
    r"|companies|enterprises|customers|clients|merchants|organi[sz]ations|brands|consumers|patients|people|shops))\b"
)
# Under a heading of the company's: what still speaks of the work there. Who says "we" tells what is done in the house.
_OWN_WORK = re.compile(
    r"\b(?:teams?(?! of \w+ (?:people|colleagues|friends))|squads?|practice|group|department|division|engineers?"
    r"|developers?|analysts?|scientists?|stack|(?:built|written|coded) (?:in|on|with)"
    r"|our (?:services|code|codebase|pipelines)|we|us|wir|uns|du|dich|dir|deine?[rmns]?|erfahrung(?:en)?|kenntnisse)\b"
)
# Whatever stands above it, such a sentence speaks of the company: "Harbor Cloud is a new business unit at Acme".
_COMPANY_ALONE = re.compile(
    r"\b(?:is an? (?:[\w'-]+ ){0,4}(?:business unit|subsidiary|division|leader|provider|company|firm|startup"
    r"|consultancy|manufacturer|bank|nonprofit|non-profit)"
    r"|is (?:a business of|made up of)"
    r"|is (?:one of )?the (?:world|nation|country|industry|largest|leading|fastest|premier)"
    r"|is (?:pioneering|revolutioni[sz]ing|transforming|reinventing|redefining|reimagining|disrupting)"
    r"|founded (?:in|by)|headquartered in)\b"
)
# At the head of a sentence: "At Larch Labs, we believe", "As a global leader in chairs".
_COMPANY_OPENS = re.compile(
    r"(?:here )?at [\w.&' -]{2,40}, (?:we (?:believe|know|understand|help|value|strive)"
    r"|we(?:'re| are) (?:committed|on a|passionate|proud|building)|our (?:mission|vision|purpose))\b"
    r"|as (?:an?|the) (?:[\w-]+ ){0,2}(?:world|global|industry|market|recogni[sz]ed|leading)[ -](?:[\w-]+ )?"
    r"(?:leader|provider|company|manufacturer)\b"
)
_DOES = re.compile(r"^(?:and )?(?:create|build|work|design|develop|lead|explore|help|join|drive|manage|use|be)\b")
_OPENS_SO = ("At ", "Here at ", "As ")
_NAME = re.compile(r"(?:[A-Z][\w&.-]* ){1,3}is ")
_TRADE = word_set("company", "trade")
_TEAM = re.compile(r"\b(?:teams?|practice|group|department|squad|division)\b")  # it is what one would do there
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[A-Z\"'(])")
_STOP = re.compile(r"[.!?][\"')]*\s+")
_DEMANDS = ("experience", "proficien", "knowledge", "skill", "familiar")  # without these hardly a sentence asks
_BULLETS = ("-", "*", "•", "+", ">")
_MAY_NAME = (SectionKind.OPENING, SectionKind.ABOUT)
_FURTHEST = 1_500  # behind that, a line without breaks speaks of the job


def may_be_of_the_company(line: str, current: SectionKind, *, far: bool = False) -> bool:
    """Whether `company_parts` has anything to look for in a line; a quick look."""
    if current in _MAY_NAME and not far:
        return True
    return " is " in line or line.startswith(_OPENS_SO) or "ounded " in line or "eadquartered " in line


def company_parts(
    line: str, current: SectionKind, heading: str, job_words: Sequence[int], *, far: bool = False
) -> Iterator[tuple[int, int, SectionKind]]:
    """(start, end, kind) of the sentences that speak of the company, or of what it sells, and of nobody else.
    `heading` is the one above the line; `job_words` are where words of JOB_WORDS stand in it, at least. Far down the
    text without a heading only what can be nothing else."""
    if line.lstrip()[:1] in _BULLETS:
        return
    parts = _parts_by_sentence(line, _kind_of(current, heading, far=far), job_words)
    for number, (start, end, kind, plain) in enumerate(parts):
        is_between = plain and 0 < number < len(parts) - 1 and parts[number - 1][2] and parts[number + 1][2]
        told = SectionKind.PRODUCT if is_between and not _is_work(line[start:end].lower()) else kind
        if told is not None and told is not current:
            name = _NAME.match(line, start, end) if current in _MAY_NAME else None
            yield name.end() if name else start, end, told  # "Larch is" tells who hires


def _is_work(sentence: str) -> bool:
    return any(words.search(sentence) for words in (_DOES, _JOB, _OWN_WORK))


def _kind_of(current: SectionKind, heading: str, *, far: bool) -> _KindOf:
    if far:
        return _in_a_list
    if current is SectionKind.ABOUT:
        return _in_the_opening if _TEAM.search(heading.lower()) else _under_its_heading
    return _in_the_opening if current is SectionKind.OPENING else _in_a_list


def _parts_by_sentence(
    line: str, kind_of: _KindOf, job_words: Sequence[int]
) -> list[tuple[int, int, SectionKind | None, bool]]:
    """(start, end, kind, whether it may be anything) of each sentence: no more than its own words say."""
    parts: list[tuple[int, int, SectionKind | None, bool]] = []
    at, end = 0, min(len(line), _FURTHEST)
    while at < end:
        stop = _SENTENCE_END.search(line, at, end)
        following = stop.end() if stop else len(line) if end == len(line) else end
        place = bisect_left(job_words, at)
        plain = place == len(job_words) or job_words[place] >= following
        kind = kind_of(line[at:following].lower()) if plain else None
        parts.append((at, following, kind, plain and kind is None and kind_of is _in_the_opening))
        at = following
    return parts


def _in_the_opening(sentence: str) -> SectionKind | None:
    if _JOB.search(sentence):
        return None
    if not _TRADE.isdisjoint(sentence.split()) and _PRODUCT.search(sentence) and not _TEAM.search(sentence):
        return SectionKind.PRODUCT
    found = _COMPANY.search(sentence) or _COMPANY_OPENS.match(sentence)
    if found is None:
        return None
    # "Explore ways to guard our customers", "Our platform runs on Kafka": it may be the work.
    of_others = found[0].startswith(("our ", "'s ")) and not sentence.startswith((" is ", " are "), found.end())
    return SectionKind.ABOUT if of_others or _OWN_WORK.search(sentence) else SectionKind.PRODUCT


def _under_its_heading(sentence: str) -> SectionKind | None:
    """All is the company's but what speaks of the reader and of the work."""
    if _JOB.search(sentence) or (_OWN_WORK.search(sentence) and _in_the_opening(sentence) is not SectionKind.PRODUCT):
        return None
    return SectionKind.PRODUCT


def _in_a_list(sentence: str) -> SectionKind | None:
    """Between requirements only what can be nothing else."""
    if _COMPANY_OPENS.match(sentence) is None and _COMPANY_ALONE.search(sentence) is None:
        return None
    return None if _JOB.search(sentence) else SectionKind.PRODUCT


def stock_paragraphs(
    text: str, lower: str, headings: Sequence[int], stock: Sequence[int]
) -> Iterator[tuple[int, int, SectionKind]]:
    """(start, end, kind) of paragraphs that hold no skills whatever stands above them. `headings` are where the
    sections start that the lines make, `stock` where words of stock phrases stand."""
    known: dict[SectionKind, list[tuple[int, int]]] = {}  # one sentence of the law holds most of its phrases
    for kind, at in stock_phrases(lower, stock):
        some = known.setdefault(kind, [])
        place = bisect_right(some, (at, len(text)))
        if place and some[place - 1][1] > at:
            continue
        start, end = _without_demands(lower, at, *_paragraph(text, at, headings))
        some.insert(place, (start, end))
        yield start, end, kind


def clearance_paragraphs(text: str, lower: str, headings: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of paragraphs on security clearances: they ask for one, however far down in the law they stand."""
    at = lower.find("clearance")
    while at >= 0:
        start, end = _paragraph(text, at, headings)
        if not any(words in lower[start:end] for words in ("equal opportunity", "without regard")):
            yield start, end
        at = lower.find("clearance", end)


def _paragraph(text: str, at: int, headings: Sequence[int]) -> tuple[int, int]:
    """The line around `at`, or only the sentence where the line is the whole posting; up to the headings in it."""
    start, end = line_around(text, at)
    if end - start >= FLAT_LINE:
        start, end = sentence_around(text, at, start, end)
    place = bisect_right(headings, at)
    low = headings[place - 1] if place else start
    high = headings[place] if place < len(headings) else end
    return max(start, low), min(end, high)


def _without_demands(lower: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The part of a paragraph around `at` in which no other sentence asks for knowledge."""
    if all(lower.find(word, start, end) < 0 for word in _DEMANDS):
        return start, end
    low, high = start, end
    edges = [start, *(stop.end() for stop in _STOP.finditer(lower, start, end)), end]
    for first, following in pairwise(edges):
        if first <= at < following or not asks(lower[first:following]):
            continue
        if first > at:
            return low, first
        low = following
    return low, high
