"""Which spellings count as one: case, plurals, hyphens, British and American, "&" and "and".

Folding only has to be the same for the phrase and for the text; "sery" for "series" is no word and does no harm.
"""

import re
from itertools import product

# The lengths stay the same, so offsets into the cleaned text are offsets into the original.
_CHARACTERS = {
    odd: plain
    for plain, odds in {
        " ": "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
        "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00\r",
        "\n": "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
        "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d",
        "'": "\u2018\u2019\u201b\u02bc\u00b4\u0060",
        '"': "\u201c\u201d\u201e\u00ab\u00bb",
        "\u2022": "\u2023\u25cf\u25aa\u25a0\u25e6\u00b7\u2219\u27a2\u2713\u2714\u25ba\u25b8\uf0b7",
        ",": "\uff0c",
        "(": "\uff08",
        ")": "\uff09",
        "/": "\uff0f",
        "I": "\u0130",  # the one letter that grows when made small
    }.items()
    for odd in odds
}
_ODD = re.compile(f"[{re.escape(''.join(_CHARACTERS))}]")
_SPELLINGS = (
    (re.compile(r"isation(?=s?$)"), "ization"),
    (re.compile(r"is(?=(?:e[drs]?|ing)$)"), "iz"),
    (re.compile(r"yse(?=[drs]?$)"), "yze"),
    (re.compile(r"ll(?=(?:ing|ed|er)s?$)"), "l"),
    (re.compile(r"our(?=s?$|al$|ed$)"), "or"),
    (re.compile(r"mme(?=s?$)"), "m"),
    (re.compile(r"tre(?=s?$)"), "ter"),
)
_MAY_BE_BRITISH = re.compile(r"is|yse|ll|our|mme|tre")
_WHOLE_ENDINGS = ("ss", "us", "ics", "'s")
_MOST_FREE_GAPS = 3


def same_length_clean(text: str) -> str:
    """`text` with odd spaces, dashes, quotes and bullets made plain, character for character."""
    if text.isascii() and "\r" not in text and "`" not in text:
        return text
    # A few replacements are five times as fast as str.translate over every letter.
    for odd in set(_ODD.findall(text)):
        text = text.replace(odd, _CHARACTERS[odd])
    return text


def fold_word(word: str) -> str:
    """The form under which `word` is compared: lower case, American, singular."""
    lower = word.lower()
    if len(lower) < 4 or not lower.isalpha():
        return "-" if lower == "_" else lower
    if _MAY_BE_BRITISH.search(lower):
        for pattern, american in _SPELLINGS:
            lower = pattern.sub(american, lower)
    return _singular(lower)


def is_plural(word: str) -> bool:
    lower = word.lower()
    return len(lower) >= 4 and lower.isalpha() and _singular(lower) != lower


def _singular(lower: str) -> str:
    if not lower.endswith("s") or lower.endswith(_WHOLE_ENDINGS):
        return lower
    if lower.endswith("is") and len(lower) > 4:
        return lower  # "analysis", but "APIs"
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return lower[:-2]
    return lower[:-1]


def spellings(words: list[str]) -> set[tuple[str, ...]]:
    """The token sequences under which a phrase of these tokens may stand in a text."""
    forms = _joined_forms(words)
    for form in list(forms):
        if "&" in form[1:-1]:
            forms.add(tuple("and" if word == "&" else word for word in form))
        elif "and" in form[1:-1]:
            forms.add(tuple("&" if word == "and" else word for word in form))
    return forms


def _joined_forms(words: list[str]) -> set[tuple[str, ...]]:
    parts, gaps = _parts_and_gaps(words)
    free = [choices for choices in gaps if len(choices) > 1]
    if len(free) <= _MOST_FREE_GAPS:
        return {_join(parts, chosen) for chosen in product(*gaps)}
    uniform = {_join(parts, tuple(gap if gap in choices else choices[0] for choices in gaps)) for gap in " -"}
    return uniform | {tuple(words)}


def _parts_and_gaps(words: list[str]) -> tuple[list[str], list[str]]:
    """Words, and between each two of them the ways to join: " " apart, "-" hyphen, "" grown together."""
    parts, gaps, hyphen = [words[0]], [], False
    for word in words[1:]:
        if word in "-_" and parts[-1].isalnum() and not hyphen:
            hyphen = True
            continue
        both_words = parts[-1].isalnum() and word.isalnum()
        gaps.append(("- " if hyphen else " -") if both_words else "-" if hyphen else " ")
        parts.append(word)
        hyphen = False
    if hyphen:
        parts.append("-")
        gaps.append(" ")
    if len(parts) == 2 and len(gaps[0]) > 1 and _may_grow_together(parts[0], parts[1]):
        gaps[0] += "~"
    return parts, gaps


def _may_grow_together(left: str, right: str) -> bool:
    # "k-means" and "T-SQL" do; "R 4" and "C 11" would become other words.
    return left.isalpha() and right.isalpha() and len(left) + len(right) >= 4


def _join(parts: list[str], gaps: tuple[str, ...]) -> tuple[str, ...]:
    joined = [parts[0]]
    for gap, part in zip(gaps, parts[1:], strict=True):
        if gap == "~":
            joined[-1] += part
        else:
            joined += ["-", part] if gap == "-" else [part]
    return tuple(joined)
