"""The word lists in words/: what the rules know of the language, kept apart from the rules."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"


@cache
def word_file(name: str) -> dict[str, Any]:
    """One file of words/, as TOML says it."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def word_set(name: str, key: str) -> frozenset[str]:
    return frozenset(word_file(name)[key].split())
