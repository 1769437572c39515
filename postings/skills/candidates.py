"""Phrases that look like skills and are in no alias: names in a list with known skills. Few and likely."""

import re
from collections.abc import Callable, Sequence

from postings.skills.types import Mention, Span
from postings.skills.vocabulary import word_set

_ITEM = re.compile(
    r"(?:[A-Z][A-Za-z0-9]*(?:[.+#-][A-Za-z0-9+#]+)*[+#]*|[a-z]+[A-Z][A-Za-z0-9]*)"
    r"(?: (?:[A-Z][A-Za-z0-9]*(?:[.+#-][A-Za-z0-9]+)*|\d(?:[\w.]*\w)?)){0,2}"
)
_SEPARATOR = re.compile(r" ?[,/;|] ?(?:(?:and|or|and/or|&) )?| (?:and|or|and/or|&) | ?\(|\) ?,? ?(?:(?:and|or) )?")
_CLOSES = re.compile(
    r" ?(?:[,/;|)(\n]|$|\.(?:\s|$)|(?:and|or|and/or|&|etc|is|are|for|preferred|required|experience|skills)\b)"
)
_NEVER = word_set("candidates", "never")
_LEVEL_OF_LANGUAGE = re.compile(r"[ABC][12]")
"""Of the Common European Framework: what stands beside a spoken language."""


def find_candidates(text: str, mentions: Sequence[Mention], is_known: Callable[[str], bool]) -> list[Span]:
    """Spans of up to three words, written as names, that stand beside a mention in a list of at least two skills.

    `is_known` says whether a word stands in some alias: what is made of such words only is rarely a new name.
    """
    found: list[Span] = []
    covered = 0
    for index, mention in enumerate(mentions):
        if mention.start < covered:
            continue
        following = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        at, items = mention.end, []
        while (span := _item_after(text, at)) is not None and span.end <= following:
            items.append(span)
            at = span.end
        if items and _in_list(text, mentions, index, at):
            found += [span for span in items if _is_likely(text[span.start : span.end], is_known)]
            covered = at
    return found


def _item_after(text: str, at: int) -> Span | None:
    separator = _SEPARATOR.match(text, at)
    if separator is None:
        return None
    item = _ITEM.match(text, separator.end())
    if item is None or not _CLOSES.match(text, item.end()):
        return None
    return Span(item.start(), item.end())


def _in_list(text: str, mentions: Sequence[Mention], index: int, at: int) -> bool:
    """Whether another mention of the same list stands before this one or after the items."""
    mention = mentions[index]
    if index and _SEPARATOR.fullmatch(text, mentions[index - 1].end, mention.start):
        return True
    if index + 1 == len(mentions):
        return False
    return _SEPARATOR.fullmatch(text, at, mentions[index + 1].start) is not None


def _is_likely(item: str, is_known: Callable[[str], bool]) -> bool:
    words = item.split()
    if _LEVEL_OF_LANGUAGE.fullmatch(item):
        return False
    if len(item) < 2 or any(word.lower().strip(".") in _NEVER for word in words):
        return False
    return not all(is_known(word) for word in words)
