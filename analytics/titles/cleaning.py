"""What stands around a title and says nothing about the work: places, codes, hours, contracts, (m/w/d), "join us"."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from analytics.titles.catalogue import phrases_of, rows_of
from analytics.titles.tokens import fold

_SIGNS = str.maketrans(
    dict.fromkeys("–—―−", " - ")
    | dict.fromkeys("‐‑", "-")
    | dict.fromkeys("’‘`´", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("•·¦▪►→⭐★✔", " | ")
    | dict.fromkeys("\u00a0\u2007\u202f\t\n\r\ufffd", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f®™©\\", "")
)
_MOJIBAKE = (("â€“", " - "), ("â€”", " - "), ("â€™", "'"), ("Ã¤", "ä"), ("Ã¶", "ö"), ("Ã¼", "ü"), ("Ã©", "é"))
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2190-\u2bff\u3010\u3011]+")
_BRACKET = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_GENDER = re.compile(
    r"""(?ix) (?<![\w.]) [(\[]? \s*
    (?: (?:m|w|f|d|x|i|h|div|divers|gn) (?: \s? [/|,*] \s? (?:m|w|f|d|x|i|h|a|v|k|div|divers|gn|\*) \.? ){1,3}
      | mwd | wmd | fmd | mfd | \*? all \s genders? )
    \s* [)\]]? (?![\w/&+])"""
)
_OPENER = re.compile(
    r"""(?ix) ^ \W* (?:
      (?:come\s+and\s+)? join\s+(?:our|the|us|my)\b (?:\s+(?:growing\s+|data\s+)?(?:team|company|crew))? (?:\s+as\b)?
    | (?:(?:we're|we\s+are|now|currently)\s+)? (?:hiring|recruiting|(?:looking|searching)\s+for|seeking)\b [\s:!-]*
    | (?:req|requisition|position|job\s+title|job\s+opening|role|title|vacancy|opening\s+for) \s*[:\#] (?:\s*\d+\b)?
    | (?:urgent(?:ly)?|hot\s+job|immediate\s+(?:need|opening|hire|start)|future\s+opportunity|wanted|new) \s*[:!-]+
    | (?:need|needed|wanted|required) \s+
    ) (?:\s*an?\s)? \s*"""
)
_FIRST_WORD = re.compile(r"\W*([A-Za-z']+)")
_EMPLOYER = re.compile(r"(?:\s(?:at|bei|chez|presso)|\s*@)\s+(?:the\s+)?(?=[A-ZÄÖÜ0-9])[^,|()]*?(?=\s[-|]\s|[,|(]|$)")
_LEGAL_FORM = re.compile(
    r"(?i)\S\s+(?:gmbh|inc|llc|ltd|limited|plc|corporation|b\.?v|s\.?a\.?r\.?l|srl|s\.p\.a|co\.?\s?kg|pty|pte)\.?$"
)
_CODE = re.compile(
    r"(?ix)^ [#]? (?:(?:job|req|ref|id|nr|no|r|jr)\b [\s.:#-]*){0,2} [a-z]{0,6} [-_#.]? \d [\w./-]* \d \w{0,3} $"
)
_NUMBER = re.compile(r"(?<!\S)(?:#?[A-Za-z]{0,6}[-#]?\d{5,}[\w-]*|\d{2,5}-\d{3,6}|ID#?\d+|20[12]\d)(?!\S)")
_AMOUNT = re.compile(
    r"""(?ix) (?: up\s?to \s )? (?: [$€£]\s?\d[\d.,]*\s?k? (?:\s?[-/]\s?[$€£]?\s?\w+){0,2}
    | \b\d{1,3}(?:\s?-\s?\d{1,3})?\s?% | \b\d{2,3}k\b
    | \b\d{1,2}\s?(?:h|hrs?|hours?|std|stunden|uur)\b (?:\s?(?:/|per|pro|a)\s?(?:week|woche|day|month)\b)? )"""
)
_CONTRACT = re.compile(r"(?i)\b\d{1,2}[\s-]*(?:month|mo|year)s?[\s-]*(?:contract|ftc|fixed[\s-]term|internship)?\b")
_SPLIT = re.compile(r"(\s+[-|:]+\s*|[-|:;]+\s+|\s*[|;,]\s*)")
_WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
_TAIL = re.compile(
    r"(?i)[\s-]+(?:remote|hybrid|on-?site|full[- ]?time|part[- ]?time|freelance|w2|c2c|vollzeit|teilzeit|remoto)$"
)
_TAIL_LETTERS = frozenset("ede2ctoit")
_IN_PLACE = re.compile(r"(?i)\s(?:in|near|en|im|a|à|w|local to|based in)\s(?P<place>[^-|,:;()]+)$")
_PLACE_WORD = re.compile(r"(?i) (?:in|near|en|im|a|à|w|to) ")
_EDGE = " -|,;:!/.*•&_\"'¡"
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"[A-Za-z ]+")


def clean_title(raw: str) -> str:
    """Return the title without locations, codes, (m/f/d) and hours; spelling and case stay as they are."""
    return clean(raw)[0]


def clean(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return the cleaned title, and the parts that were dropped in the order in which they were found.

    A title of which nothing would be left is returned whole: "Remote" is all that this employer said.
    """
    text = plain_signs(raw)
    dropped: list[str] = []
    first = _FIRST_WORD.match(text)
    if first and first[1].lower() in _words_of_kind("opener"):
        text = _cut(_OPENER, text, dropped)
    if "@" in text or " at " in text or " bei " in text or " chez " in text:
        text = _cut(_EMPLOYER, text, dropped)
    if not _PLAIN.fullmatch(text):
        text = _drop_parts(_drop_marks(text, dropped), dropped)
    text = _drop_tail(text, dropped)
    text = " ".join(text.split()).strip(_EDGE)
    if not text:
        return " ".join(plain_signs(raw).split()), ()
    return text, tuple(dropped)


def plain_signs(raw: str) -> str:
    """Return the text with one kind of dash, quote and space, and without pictures and broken bytes."""
    if raw.isascii():
        text = raw.translate(_SIGNS) if "\\" in raw or not raw.isprintable() else raw
    else:
        for wrong, right in _MOJIBAKE:
            raw = raw.replace(wrong, right)
        text = _PICTURES.sub(" ", unicodedata.normalize("NFKC", raw.translate(_SIGNS)))
    if "&" in text and ";" in text:
        text = html.unescape(text)
    return text.strip()


def _drop_marks(text: str, dropped: list[str]) -> str:
    """Cut what has a shape of its own: brackets that say nothing, (m/w/d), codes, amounts, years."""
    if "(" in text or "[" in text or "{" in text:
        text = _BRACKET.sub(lambda found: _empty_bracket(found, dropped), text)
    if "/" in text or "*" in text or "|" in text or "gender" in text.lower() or "mwd" in text.lower():
        text = _cut(_GENDER, text, dropped)
    if _DIGIT.search(text):
        for shape in (_CONTRACT, _AMOUNT, _NUMBER):
            text = _cut(shape, text, dropped)
    return text


def _drop_parts(text: str, dropped: list[str]) -> str:
    """Cut the parts between separators that hold nothing but places, contract words, codes or an employer."""
    pieces = _SPLIT.split(text)
    if len(pieces) == 1:
        return text
    shouting = text.isupper()
    kept: list[str] = []
    for i in range(0, len(pieces), 2):
        part = pieces[i]
        if part and is_noise(part, shouting=shouting):
            dropped.append(part.strip())
        elif part:
            kept.append(pieces[i - 1] if kept and i else "")
            kept.append(part)
    return "".join(kept)


def _drop_tail(text: str, dropped: list[str]) -> str:
    """Cut a place or a kind of contract from the end, where it has no separator of its own."""
    found = _IN_PLACE.search(text) if _PLACE_WORD.search(text) else None
    if found and is_noise(found["place"], shouting=text.isupper()):
        dropped.append(found.group().strip())
        text = text[: found.start()]
    if text[-1:].lower() in _TAIL_LETTERS:
        text = _cut(_TAIL, text, dropped)
    words = text.split()
    if len(words) > 2 and _is_place(words[-1]) and not _is_place(words[-2]):
        dropped.append(words.pop())
        return " ".join(words)
    return text


@lru_cache(maxsize=50_000)
def is_noise(part: str, *, shouting: bool = False) -> bool:
    """Tell whether a part of a title holds nothing but places, contract and workplace words, numbers or a code."""
    words = _WORD.findall(part)
    if not words:
        return not part.strip(" -|,;:!/.*'\"")
    noise = noise_words()
    if all(
        fold(word) in noise or word.isdigit() or (word in _words_of_kind("state") and not shouting) for word in words
    ):
        return len(words) > 1 or not words[0].isdigit() or len(words[0]) > 1
    if _LEGAL_FORM.search(part):
        return True
    return any(sign.isdigit() for sign in part) and _CODE.match(part.strip()) is not None


def _empty_bracket(found: re.Match[str], dropped: list[str]) -> str:
    inside = found.group(1)
    if not is_noise(inside) and not _is_gender(inside) and not _AMOUNT.fullmatch(inside.strip()):
        return found.group()
    if inside.strip():
        dropped.append(found.group())
    return " "


def _is_gender(inside: str) -> bool:
    letters = [word for word in re.split(r"[\s/|,.*:_-]+", inside.lower()) if word]
    return bool(letters) and all(word in _words_of_kind("gender mark") for word in letters)


def _cut(shape: re.Pattern[str], text: str, dropped: list[str]) -> str:
    return shape.sub(_remember(dropped), text)


def _remember(dropped: list[str]) -> Callable[[re.Match[str]], str]:
    def remember(found: re.Match[str]) -> str:
        if found.group().strip(" -|"):
            dropped.append(found.group().strip(" -|"))
        return " "

    return remember


@cache
def noise_words() -> frozenset[str]:
    """Return the single words of noise.csv, folded.

    A part of a title is noise only when all of its words are, so that "new" and "york" may stand apart here.
    """
    rows = (row for row in rows_of("noise.csv") if row["kind"] not in _BY_THEMSELVES)
    phrases = (phrase for row in rows for phrase in phrases_of(row["words"]))
    return frozenset(fold(word) for phrase in phrases for word in _WORD.findall(phrase))


_BY_THEMSELVES = ("state", "gender mark", "opener")
"""Kinds of words that are noise only in their place: "IN" after a town, "m" in a bracket, "new" before a colon."""


@cache
def _words_of_kind(kind: str) -> frozenset[str]:
    rows = (row for row in rows_of("noise.csv") if row["kind"] == kind)
    return frozenset(phrase for row in rows for phrase in phrases_of(row["words"]))


@cache
def _places() -> frozenset[str]:
    return frozenset(fold(place) for place in _words_of_kind("place"))


def _is_place(word: str) -> bool:
    return word[:1].isupper() and fold(word) in _places()
