"""The language of a posting."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from postings.ingest.values import given

if TYPE_CHECKING:
    from lingua import LanguageDetector

# Those that job boards of Europe, Israel and the Americas are written in. Few, because each costs time and memory, and
# because a detector that knows 75 languages finds Tsonga in lists of product names.
LANGUAGES = ("cs", "da", "de", "en", "es", "fr", "he", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
READ_CHARS = 500
_FEWEST_LETTERS = 20


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of the first 500 characters, "" if there is too little text to tell."""
    head = text[:READ_CHARS]
    if sum(map(str.isalpha, head)) < _FEWEST_LETTERS:
        return ""
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
