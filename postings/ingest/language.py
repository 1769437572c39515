"""The language of a posting."""

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from postings.ingest.common_words import COMMON_WORDS
from postings.ingest.values import given

if TYPE_CHECKING:
    from lingua import LanguageDetector

# Those that job boards of Europe, Israel and the Americas are written in. Few, because each costs time and memory, and
# because a detector that knows 75 languages finds Tsonga in lists of product names.
LANGUAGES = ("cs", "da", "de", "en", "es", "fr", "he", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
READ_CHARS = 500
_FEWEST_LETTERS = 20

# When common words settle the language. Measured on 7,000 real texts: nine in ten are settled, none against the model.
_FEWEST_COMMON = 6
_COMMON_SHARE = 0.15
_FOREIGN_SHARE = 0.12
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of the first 500 characters, "" if there is too little text to tell."""
    head = text[:READ_CHARS]
    if sum(map(str.isalpha, head)) < _FEWEST_LETTERS:
        return ""
    if settled := _settled_by_common_words(head):
        return settled
    found = _detector().detect_language_of(head)
    return found.iso_code_639_1.name.lower() if found is not None else ""


@lru_cache(maxsize=1024)
def stated_language(value: str) -> str:
    """Return the ISO 639-1 code of a language as a field names it ("German", "Deutsch", "de-DE"), "" if it is none."""
    value = given(value).lower()
    code = value.replace("_", "-").split("-")[0]
    if len(code) == 2 and code in _names().values():
        return code
    return _names().get(value, "")


def _settled_by_common_words(head: str) -> str:
    """The language that has nearly all of the common words of a text, "" where that is not beyond doubt."""
    words = _WORD.findall(head.lower())
    languages = _languages()
    found = Counter([languages[word] for word in words if word in languages]).most_common(2)
    if not found or found[0][1] < max(_FEWEST_COMMON, _COMMON_SHARE * len(words)):
        return ""
    is_mixed = len(found) > 1 and found[1][1] > _FOREIGN_SHARE * found[0][1]
    return "" if is_mixed else found[0][0]


@cache
def _languages() -> dict[str, str]:
    """Common word -> its one language."""
    lists = {code: words.split() for code, words in COMMON_WORDS.items()}
    times = Counter(word for words in lists.values() for word in words)
    return {word: code for code, words in lists.items() for word in words if times[word] == 1}


@cache
def _detector() -> "LanguageDetector":
    # One a process, made when first needed: its models take a fifth of a second to load.
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for locale in ("en", "de", "fr", "es", *LANGUAGES):
        for code, name in Locale(locale).languages.items():
            if len(code) == 2:
                names.setdefault(name.lower(), code)
    return names
