"""What a database can keep of words that came from outside."""

from collections.abc import Iterator
from typing import Any

from jobsite.decisions.refusing import RefusedError


def refuse_unstorable(words: Any) -> None:
    """Raise RefusedError where a text in these words, however deep, holds what PostgreSQL cannot keep."""
    for text in _texts(words):
        if "\x00" in text:
            raise RefusedError(f"“{_start(text)}” holds a NUL character, which no text may hold: leave it out.")
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise RefusedError(f"“{_start(text)}” holds half of a character: write it anew.")


def storable(text: str) -> str:
    """Return a text without what cannot be kept, to show it."""
    return "".join(sign for sign in text if sign != "\x00" and not "\ud800" <= sign <= "\udfff")


def _start(text: str) -> str:
    return storable(text)[:60]


def _texts(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        yield from _texts(list(words))
        yield from _texts(list(words.values()))
    elif isinstance(words, list | tuple):
        for one in words:
            yield from _texts(one)
