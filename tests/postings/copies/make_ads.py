"""Ads of made-up words, so that what two of them share is exactly what a test says."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from postings.copies import CopyDoc, group_copies, signature, text_hash

SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve")


def make_words(name: str, count: int) -> list[str]:
    """Return words that depend on the name alone."""
    rng = random.Random(name)
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(count)]


def make_text(*parts: tuple[str, int]) -> str:
    """Return a text of (name, words) passages; passages of one name begin alike."""
    return " ".join(word for name, count in parts for word in make_words(name, count))


def make_ad(key: str, title: str, text: str, **known: str) -> dict[str, str]:
    """An ad with what is known of it besides: company, place, city."""
    return {"key": key, "title": title, "text": text, **known}


def make_doc(key: str, title: str, text: str, **known: str) -> CopyDoc:
    return CopyDoc(key, title, text_hash(text), signature(text), len(text), **known)


def keys_of_groups(ads: Iterable[tuple[str, str, str] | dict[str, str]], **bounds: object) -> list[list[str]]:
    """Group (key, title, text) or ads of `make_ad` and return the keys of each group, the representative first."""
    listed = [ad if isinstance(ad, dict) else make_ad(*ad) for ad in ads]
    docs = [make_doc(**ad) for ad in listed]

    def text_of(indices: Sequence[int]) -> dict[int, str]:
        return {i: listed[i]["text"] for i in indices}

    return [[docs[i].key for i in group] for group in group_copies(docs, text_of, **bounds)]
