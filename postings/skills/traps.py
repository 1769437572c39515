"""Where a phrase stands and yet asks for no skill: links, other names, negations, job titles, the employer."""

import re
from collections.abc import Sequence

from postings.skills.links import QUIET_BEFORE, QUIET_BEHIND, goes_on_behind, holds_link
from postings.skills.sentences import Sentence
from postings.skills.types import Match
from postings.skills.vocabulary import word_set

# --- a part of something else -------------------------------------------------------------------------------------

_LONGEST_LINK = 100
# Companies and bodies are named after what they do: "Larch Analytics Ltd", "Model Risk Governance Council".
_NAMED = re.compile(
    r"(?: [A-Z][\w&-]*){0,2}(?:,? (?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH|AG|Corp|Corporation|PLC|plc|LLP|Pty|S\.A|B\.V"
    r"|a\.s)| (?:Partners|Ventures|Council|Committee|Division|Institute|Association|Society|Conference|Summit|Awards?"
    r"|University|College|Ministry|Bureau|Authority|Program \(|System \())(?![\w-])"
)
# "Ping us on Slack", "apply through Workday": a way to the company.
_CONTACT = re.compile(
    r"\b(?i:ping|message|find|follow|join|call|meet|reach|contact|write|like|see|visit|apply|chat|interviews?)"
    r"(?: (?:to|with|us|me|now|here|our|team|page|profile|online|are|is|held|take place))*"
    r" (?:on|via|through|over|at|by) $"
)
_CONTACT_REACH = 50
_WAYS = ("on ", "ia ", "gh ", "er ", "at ", "by ")


def is_part_of_a_name(text: str, match: Match) -> bool:
    """Whether the phrase stands inside a link, an address, a path, a dotted name or the name of a company."""
    before, after = text[match.start - 1 : match.start], text[match.end : match.end + 1]
    if before in QUIET_BEFORE and after in QUIET_BEHIND:
        return _names_a_company(text, match)
    if before == "@" or after == "@":
        return True
    if before == "." and text[match.start - 2 : match.start - 1].isalnum() and not text[match.start].isupper():
        return True
    if after == "." and goes_on_behind(text, match.end):
        return True
    return holds_link(_chunk(text, match)) and not holds_link(text[match.start : match.end])


def _names_a_company(text: str, match: Match) -> bool:
    """Whether the phrase is a part of a company's name, or a way to reach it."""
    following = text[match.end : match.end + 3].lstrip(" ,")[:1]
    if (
        (following.isupper() or following in ("p", "a"))
        and text[match.start].isupper()
        and _NAMED.match(text, match.end)
    ):
        return True
    return (
        text.endswith(_WAYS, 0, match.start)
        and _CONTACT.search(text, max(0, match.start - _CONTACT_REACH), match.start) is not None
    )


def _chunk(text: str, match: Match) -> str:
    """What is written without a blank around the match."""
    low, high = max(0, match.start - _LONGEST_LINK), match.end + _LONGEST_LINK
    start = max(text.rfind(mark, low, match.start) for mark in " \n(")
    ends = [at for mark in " \n)," if (at := text.find(mark, match.end, high)) >= 0]
    return text[max(start + 1, low) : min(ends, default=high)].lower()


# --- negation ------------------------------------------------------------------------------------------------------

_DENIAL = re.compile(
    r"(?<!or )(?<!if )(?<!why )\b(?:no|not|without|never|nor|neither|(?:do|does|is|are|wo|need)n't|rather than"
    r"|instead of|(?:as )?opposed to|unlike) (?=[^.;:!?]*$)"
)
# "Applicants without SQL", "no release without Git": what nobody can do without is asked.
_WANTED = re.compile(
    r"\b(?:(?:candidates?|applicants?|applications?|those|people|profiles?|resumes|cvs|anyone) $"
    r"|(?:no|not|never|nobody|nothing|cannot|can't|hardly)\b)"
)
_DENIED_LIST = re.compile(
    r"[\W_]*(?:(?:we|you)(?: (?:do|will|wo) not|(?: do| wo)n't| will never) (?:need|require|expect|ask for)"
    r"|not (?:needed|required|expected|necessary|wanted)|no need (?:for|of))(?: here| at all)? ?:"
)
_DENIED_AFTER = re.compile(
    r"^(?P<between>[^.;:!?]*?)\b(?:(?:is|are|will be)n't|(?:is|are|will) not|not) "
    r"(?:be |strictly |absolutely |even )?(?:required|necessary|needed|essential|mandatory|used|expected|a must"
    r"|a requirement|an? prerequisite)\b(?P<rest>.*)"
)
_BETWEEN = word_set("context", "between_denials")
_STILL_WELCOME = re.compile(r"\b(?:but|plus|preferred|helpful|bonus|advantage|nice|welcome|desirable|beneficial)\b")
_WORD = re.compile(r"[a-z0-9+#']+")


def is_denied(lower: str, match: Match, sentence: Sentence, others: Sequence[Match]) -> bool:
    """ "no Java needed", "you do not have to know R", "SAS is not required" - unless it is still welcome."""
    if _DENIED_LIST.match(lower, sentence.start, match.start):
        return True
    # What stands between the nearest denial and the phrase stands between any other one and it, too.
    *_, denial = None, *_DENIAL.finditer(lower[sentence.start : match.start])
    if denial is not None:
        start, end = sentence.start + denial.start(), sentence.start + denial.end()
        if denial[0] == "without " and _WANTED.search(lower, sentence.start, start):
            return False
        if _is_filler(lower[end : match.start], match.start, others):
            return True
    after = _DENIED_AFTER.match(lower[match.end : sentence.end])
    return (
        after is not None
        and _is_filler(after["between"], match.end + len(after["between"]), others)
        and _STILL_WELCOME.search(after["rest"]) is None
    )


def _is_filler(between: str, end: int, others: Sequence[Match]) -> bool:
    """Whether nothing but helping words and other skills stands in `between`, which ends at `end`."""
    start = end - len(between)
    letters = list(between)
    for other in others:
        if start <= other.start and other.end <= end:
            letters[other.start - start : other.end - start] = " " * (other.end - other.start)
    return all(word in _BETWEEN for word in _WORD.findall("".join(letters)))


# --- job titles ----------------------------------------------------------------------------------------------------

_ROLE_NOUN = re.compile(
    r"(?:[ -](?:software|systems?|data|research|platform|solutions?|product|support|field|applied|senior|staff))?"
    r"[ -](?:engineers?|scientists?|analysts?|architects?|researchers?|managers?|specialists?|interns?|directors?"
    r"|developers?|programmers?|administrators?|technicians?|people|folks|coordinators?|clerks?|executives?|staff)\b"
    r"(?! (?:skills|experience))"
)
_DONE_TO_PEOPLE = ("mentor", "coach", "train", "teach", "manag", "lead", "supervis")  # "you mentor engineers"
_METHOD_ACRONYMS = frozenset(
    [
        "ai",
        "ml",
        "ai/ml",
        "nlp",
        "bi",
        "devops",
        "mlops",
        "qa",
        "ux",
        "ui",
        "etl",
        "cv",
        "it",
        "devsecops",
        "sre",
        "iot",
    ]
)
_HEAD_OF = re.compile(
    r"\b(?:heads?|vp|vice president|svp|evp|directors?|managers?|professors?|chiefs?|deans?|chair) of $"
)


def is_in_a_title(lower: str, match: Match) -> bool:
    """ "machine learning engineers" are people. "Java engineers" too, but where else would a posting say Java?"""
    if match.entry.context == "of-the-job" and _is_of_people(lower, match):
        return True
    if lower.endswith("of ", 0, match.start) and _HEAD_OF.search(lower, max(0, match.start - 20), match.start):
        return True
    if lower.endswith("director ", 0, match.start):
        return True
    if _ROLE_NOUN.match(lower, match.end) is None or match.entry.phrase.startswith(_DONE_TO_PEOPLE):
        return False
    return _is_method(lower, match)


def joins_a_title(lower: str, match: Match, title: Match) -> bool:
    """Whether it is half of a job's title whose other half is known to be one: "an AI/ML engineer"."""
    return _is_method(lower, match) and lower[match.end : title.start].strip() == "/" and is_in_a_title(lower, title)


def _is_method(lower: str, match: Match) -> bool:
    return match.entry.phrase.islower() or lower[match.start : match.end] in _METHOD_ACRONYMS


# Fields of business name teams and partners before they are knowledge: "work with sales, marketing and engineering".
_PARTY = re.compile(r" (?:teams?|departments?|desks?|partners?|colleagues|counterparts|agenc(?:y|ies))\b")
_TOGETHER = re.compile(
    r"\b(?:(?:collaborat\w+|work\w*|partner\w*|liais\w+|interact\w*|relationships?|closely|smes?) (?:closely )?"
    r"(?:with|across)|agree \w+ with)"
    r" (?:our |the |internal |colleagues in )*(?:[\w&/'-]+(?: [\w&/'-]+)?(?:, (?:and )?| and | & )){0,6}$"
)
_TOGETHER_REACH = 110


def _is_of_people(lower: str, match: Match) -> bool:
    if match.entry.phrase.startswith(_DONE_TO_PEOPLE):
        return False
    if _PARTY.match(lower, match.end):
        return True
    after = lower[match.end : match.end + 1]
    if after not in (",", " ", ".", ""):
        return False
    low = max(0, match.start - _TOGETHER_REACH)
    if all(lower.find(word, low, match.start) < 0 for word in (" with ", " across ")):
        return False
    return _TOGETHER.search(lower, low, match.start) is not None


# Departments in a row, large: "teams including Product, UX Design and Backend Engineering".
_PARTIES = re.compile(
    r"\b(?:(?:teams|groups|departments|functions|units|stakeholders|partners)(?: [a-z]+)?,? \(?"
    r"(?:including|such as|like|across|e\.g\.,?)"
    r"|(?:[Cc]ollaborat\w+|[Pp]artner\w*|[Ll]iais\w+|[Ii]nterfac\w+|[Ww]orking)(?: [a-z]+)? (?:with|across))"
    r"(?: (?:the|our|other|both|colleagues in))? "
    r"(?P<row>(?:[A-Z][\w&-]*(?: (?!and\b|or\b|&)[\w-]+){0,2} ?(?:, (?:and |or |& )?|/| and | or | & )){1,9}"
    r"[A-Z][\w&-]*(?: (?!and\b|or\b|to\b|in\b|on\b|for\b|&)[\w-]+)?)"
)
_DEPARTMENT = re.compile(
    r"\b(?:Marketing|Sales|Finance|Product|Operations|Legal|HR|Human Resources|Manufacturing|Production|Quality"
    r"|Purchasing|Procurement|Engineering|Commercial|Customer (?:Success|Service|Support)|Facilities|Merchandising)\b"
    r"(?! Ops)"
)
_FEWEST = 2


def departments(text: str, sentence: Sentence, matches: Sequence[Match]) -> list[tuple[int, int]]:
    """Where the sentence lists departments that one works with, at least two of them such as every company has."""
    # A field of work that is written large: else there is nothing to look for.
    if not any(text[m.start].isupper() and m.entry.phrase.islower() and m.start > sentence.start for m in matches):
        return []
    rows = (found.span("row") for found in _PARTIES.finditer(text, *sentence))
    return [row for row in rows if len(_DEPARTMENT.findall(text, *row)) >= _FEWEST]


# --- the employer --------------------------------------------------------------------------------------------------

_EMPLOYS = re.compile(
    r"(?:,? (?:inc|llc|ltd|gmbh|corporation|corp)\b\.?,?)? (?:is (?:an? (?:\w+[ -]){0,3}(?:company|provider|leader"
    r"|employer|firm|startup|organization|platform that|team)|an equal|proud|committed|hiring|looking|seeking"
    r"|the (?:world|global|leading|leader|only|industry)|building|transforming|on a mission)|does not discriminate"
    r"|employees\b|offers (?:you|our|a |its)|was founded|has been|provides (?:a|our|its|equal)|celebrates|believes"
    r"|welcomes|values)"
)
_WE = re.compile(r",? (?:we|you|our|you'll|we're|we've|team|i)\b")


def is_the_employer(lower: str, match: Match) -> bool:
    """ "At Workday, we ..." and "Splunk is a leading provider ..." name who hires, not what is asked."""
    if _EMPLOYS.match(lower, match.end):
        return True
    before = lower[max(0, match.start - 9) : match.start].split()
    word = before[-1] if before else ""
    if word in ("at", "for"):
        return _WE.match(lower, match.end) is not None
    return word == "about" and lower[match.end : match.end + 2].strip(" :*") in ("", "\n")
