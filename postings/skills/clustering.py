"""Phrases that may be one: OpenRefine's methods, with what names of skills need.

After OpenRefine's "Clustering methods in-depth" (openrefine.org/docs/technical-reference/clustering-in-depth): key
collision by fingerprint and by n-gram fingerprint, and nearest neighbours by edit distance. What differs: "+" and "#"
are letters (C, C++ and C# are three), a key of our own folds plurals, hyphens, British spelling and ".js"; neighbours
are one letter apart (put in, left out, changed, or two swapped) in phrases of at least six letters, and have the same
digits, since "Gen2" and "Gen3" are two things. They are found by the phrases with one letter left out, which
neighbours share (Garbe's SymSpell; Bocek and others 2007), in place of OpenRefine's blocks of shared six-letter parts.
Its phonetic keys and compression distance are left out: they are made for names of people and for long texts.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from postings.skills.likeness import spelling_of

FEWEST_LETTERS = 6
"""Shorter names are another name with one letter changed: Redis and Redux."""
FEWEST_PAIRS = 4
"""Pairs of letters that a key of them has to have: "ab" and "aba" are not one."""
LARGEST = 30
"""Members of a cluster; what is chained together beyond that is no cluster that anyone can look at."""
_ODD = re.compile(r"[^\w\s+#]|_")
_JS = re.compile(r"(?<=\w)[ .-]?js$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class Method(StrEnum):
    """By which phrases were found to be near, the surest first."""

    SPELLING = "the same but for case, plural, hyphens or “js”"
    WORDS = "the same words"
    PAIRS = "the same pairs of letters"
    LETTER = "one letter apart"


@dataclass(frozen=True)
class Cluster:
    """Places of phrases in what was clustered, ascending, and by which methods they were found to be near."""

    members: tuple[int, ...]
    methods: tuple[Method, ...]


def fingerprint(phrase: str) -> str:
    """Return OpenRefine's fingerprint: small plain letters, no punctuation, each word once, in alphabetical order."""
    return " ".join(sorted(set(_ODD.sub(" ", _plain(phrase)).split())))


def pair_fingerprint(phrase: str) -> str:
    """Return OpenRefine's 2-gram fingerprint: each pair of neighbouring letters once, in order; "" of few."""
    letters = "".join(_ODD.sub("", _plain(phrase)).split())
    pairs = sorted({letters[at : at + 2] for at in range(len(letters) - 1)})
    return "".join(pairs) if len(pairs) >= FEWEST_PAIRS else ""


def folded(phrase: str) -> str:
    """Return what spellings of a name share: case, plural, hyphens, blanks, British spelling, a ".js" at the end."""
    return spelling_of(_JS.sub("", phrase)) or spelling_of(phrase)


KEYS: tuple[tuple[Method, Callable[[str], str]], ...] = (
    (Method.SPELLING, folded),
    (Method.WORDS, fingerprint),
    (Method.PAIRS, pair_fingerprint),
)


def clusters(phrases: Sequence[str], *, known: int = 0) -> list[Cluster]:
    """Group phrases that may be one; a cluster has two members at least, and one place stands in one cluster at most.

    The last `known` phrases are known names: they join the others, and are never the reason why two others are one.
    """
    new = len(phrases) - known
    parent = list(range(new))
    links: list[tuple[int, int, Method]] = []
    for one, other, method in _links(phrases, new):
        low, high = sorted((one, other))
        if high < new:
            parent[_root(parent, high)] = _root(parent, low)
        if low < new:
            links.append((low, high, method))
    members: dict[int, set[int]] = defaultdict(set)
    methods: dict[int, set[Method]] = defaultdict(set)
    for low, high, method in links:
        root = _root(parent, low)
        members[root] |= {low, high}
        methods[root].add(method)
    order = list(Method)
    return [
        Cluster(tuple(sorted(members[root])[:LARGEST]), tuple(sorted(methods[root], key=order.index)))
        for root in sorted(members)
    ]


def is_one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter put in, left out, changed, or swapped with the next makes the one the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    at = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped


def _links(phrases: Sequence[str], new: int) -> Iterator[tuple[int, int, Method]]:
    """Pairs of places that are near, by each method that finds them; enough of them to connect every cluster."""
    for method, key in KEYS:
        places = defaultdict(list)
        for place, phrase in enumerate(phrases):
            if found := key(phrase):
                places[found].append(place)
        for same in places.values():
            # Each place is tied to the first: that is one cluster as if each were tied to each.
            yield from ((same[0], place, method) for place in same[1:])
    yield from ((one, other, Method.LETTER) for one, other in _neighbours(phrases, new))


def _neighbours(phrases: Sequence[str], new: int) -> Iterator[tuple[int, int]]:
    letters = [folded(phrase) for phrase in phrases]
    first: dict[str, int] = {}
    for place, form in enumerate(letters):
        if len(form) >= FEWEST_LETTERS:
            first.setdefault(form, place)
    buckets: dict[str, list[str]] = defaultdict(list)
    for form in first:
        for shorter in _one_less(form):
            buckets[shorter].append(form)
    for shorter, forms in buckets.items():
        if shorter in first:
            yield from ((first[shorter], first[form]) for form in forms if _may_be_one(shorter, form))
        # New phrases come first: known ones need not be held against each other.
        end = next((at for at, form in enumerate(forms) if first[form] >= new), len(forms))
        pairs = ((form, other) for at, form in enumerate(forms[:end]) for other in forms[at + 1 :])
        yield from ((first[a], first[b]) for a, b in pairs if is_one_letter_apart(a, b) and _may_be_one(a, b))


def _may_be_one(one: str, other: str) -> bool:
    return _DIGITS.findall(one) == _DIGITS.findall(other)


def _one_less(form: str) -> Iterable[str]:
    return {form[:at] + form[at + 1 :] for at in range(len(form))}


def _plain(phrase: str) -> str:
    """Small letters without accents."""
    parted = unicodedata.normalize("NFKD", phrase.strip().casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place
