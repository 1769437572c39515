"""A tiny grammar for sentences: `[a|b]` picks one, `{name}` is filled in from words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

Words = Mapping[str, str | Sequence[str]]

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")


def seeded(*parts: object) -> Random:
    """Return a source of chance that is the same for the same parts."""
    return Random(" ".join(str(part) for part in parts))  # noqa: S311 - makes up ads, guards nothing


def expand(text: str, words: Words, rng: Random) -> str:
    """Return `text` with every choice made and every slot filled; a list of words gives one of them.

    Raises KeyError for a slot that has no word.
    """
    while CHOICE.search(text) or SLOT.search(text):
        text = CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
        text = SLOT.sub(lambda found: _word(words[found[1]], rng), text)
    return text


def capitalised(sentence: str) -> str:
    """Return the sentence with its first letter in upper case; dbt, never written so, keeps its own."""
    return sentence if sentence.startswith("dbt") else sentence[:1].upper() + sentence[1:]


def listed(items: Sequence[str], *, last: str = "and") -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _word(word: str | Sequence[str], rng: Random) -> str:
    return word if isinstance(word, str) else rng.choice(word)
