"""A quick look at a title that spares most of them the long one: nothing in it can be noise."""

import re
from functools import lru_cache

from postings.ingest.places import Place, country_code, country_names_of, folded
from postings.ingest.title_noise import SEPARATOR

# Signs, figures and words of which one is in every title that holds noise, apart from places and employers.
_SUSPICIOUS_SIGNS = re.compile(r"[^\w\s,&+./'’-]|[\d_]|^\W|[^\w+.]$|\s,|-\s+[-,]")
_SUSPICIOUS_LETTERS = re.compile(r"(?<!\w)[mwfdxhvk]\s?/\s?[mwfdxhvk]\b", re.IGNORECASE)
_SUSPICIOUS_WORDS = frozenset(
    (
        "new", "neu", "hot", "now", "we", "wir", "nous", "time", "site", "onsite", "cdi", "cdd", "ftc", "uop", "mwd",
        "wfh", "etat", "pay", "job", "jobs", "person", "smart", "bens", "visa", "role", "term", "termin", "event",
        "walk", "lpa", "lakh", "office",
    )
)  # fmt: skip
_SUSPICIOUS_STARTS = frozenset(
    (
        "remo", "hybr", "híbr", "tele", "télé", "virt", "anyw", "worl", "zdal", "mobi", "thui", "home", "temp", "perm",
        "free", "fest", "befr", "unbe", "voll", "teil", "zeit", "hiri", "hire", "recr", "rech", "urge", "imme", "asap",
        "sofo", "appl", "join", "look", "seek", "busc", "cerc", "szuk", "zatr", "want", "gesu", "gend", "bonu", "sala",
        "vaca", "vaga", "titl", "mini", "tiem", "jorn", "umow", "exem", "unli", "interv", "compen", "commis", "benefi",
        "contra", "limite", "regula", "employ", "positi", "locati", "opport", "openin", "citize", "sponso", "equity",
        "indefi", "fullti", "partti",
    )
)  # fmt: skip
_WORD = re.compile(r"\w+")


def is_plain(title: str, place: Place, company: str) -> bool:
    """Whether cleaning would leave the title as it is; False where that takes more than a look."""
    if _SUSPICIOUS_SIGNS.search(title) or ("/" in title and _SUSPICIOUS_LETTERS.search(title)):
        return False
    lower = title.lower()
    words = _WORD.findall(lower)
    if not _SUSPICIOUS_WORDS.isdisjoint(words) or (company and company.lower() in lower):
        return False
    if not _SUSPICIOUS_STARTS.isdisjoint([word[:4] for word in words] + [word[:6] for word in words]):
        return False
    return _names_no_place(title, words, place)


def _names_no_place(title: str, words: list[str], place: Place) -> bool:
    if "," in title or "-" in title or " / " in title:
        parts = SEPARATOR.split(title)
        if len(parts) > 1 and any(country_code(part) for part in parts):
            return False
    if not title.isascii():
        words = folded(title).split()
    return _country_words(place.country).isdisjoint(words) and _town_words(place).isdisjoint(words)


@lru_cache(maxsize=16384)
def _town_words(place: Place) -> frozenset[str]:
    return frozenset(folded(f"{place.city} {place.region} {place.place}").split())


@lru_cache(maxsize=512)
def _country_words(country: str) -> frozenset[str]:
    return frozenset(word for name in country_names_of(country) for word in name.split())
