"""What a snapshot is made from: columns of codes and names, and the words that each posting names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

TEXT_COLUMNS = (
    "role",
    "title",
    "company",
    "country",
    "place",
    "seniority",
    "source",
    "language",
    "remote",
    "pay_currency",
)
UNKNOWN_DAY = -1
# postings.skills.Level, without importing the extractor; a test keeps the two equal.
LEVELS = 3
PREFERRED = 1
REQUIRED = 2
LEVEL_BITS = 2


@dataclass(frozen=True)
class SkillLabel:
    """A skill as the screens name it; `groups` are slugs, `words` a digest of the aliases that name it."""

    name: str
    kind: str
    groups: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Column:
    """Texts of the postings: `names[codes[i]]` is what posting i says, "" when it is not known.

    Names may stand in any order, repeat, or be said by no posting: so one can be given for each title or company.
    """

    codes: NDArray[np.int32]
    names: Sequence[str]

    @classmethod
    def of(cls, values: Iterable[str]) -> Column:
        """Return the column of these texts, one for each posting."""
        code_of: dict[str, int] = {}
        codes = [code_of.setdefault(value, len(code_of)) for value in values]
        return cls(np.asarray(codes, np.int32), tuple(code_of))

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Words:
    """The words that name skills, posting by posting: those of posting i are `coded[indptr[i]:indptr[i + 1]]`.

    A code is 4 * word + level, level a `postings.skills.Level`, in any order; a skill named twice keeps the strongest
    level. `skill_of[word]` is the place of its skill among the facts' skills, -1 for a word that no figure counts.
    """

    indptr: NDArray[Any]
    coded: NDArray[np.int32]
    skill_of: NDArray[np.int32]

    @classmethod
    def of(cls, posting: ArrayLike, skill: ArrayLike, level: ArrayLike, *, n: int, k: int) -> Words:
        """Return the words of `n` postings from pairs in any order; each of the `k` skills is a word."""
        order = np.argsort(np.asarray(posting, np.int64), kind="stable")
        coded = np.asarray(skill, np.int32) << LEVEL_BITS | np.asarray(level, np.int32)
        lengths = np.bincount(np.asarray(posting, np.int64), minlength=n)
        return cls(np.concatenate(([0], np.cumsum(lengths))), coded[order], np.arange(k, dtype=np.int32))


@dataclass(frozen=True)
class Facts:
    """The input of `build`: n postings in any order, all arrays and columns of length n.

    `key_hash` is the natural identity of a posting, unique, and never a database id; `content_key` changes when a
    reader would say that the posting changed. `day` counts from 1970-01-01, negative is unknown. `pay` is the yearly
    midpoint in `pay_currency`, nan unknown. `company` holds keys of companies, `company_label` how each of its names
    is spelled on screens. `ad` is a number in 0..n-1 that postings with the same ad share (copies); `place` is where
    the work is: together they make openings. `spell` tells, from 0, in which of its spells on the boards an ad was
    seen: one that comes again long after counts anew where ads are counted by month. `stamps` say what made the facts
    (lexicon, taxonomy, titles, code): they count as content, so no clock and no database id belongs there.
    """

    posting_id: NDArray[np.int64]
    key_hash: NDArray[np.uint64]
    content_key: NDArray[np.uint64]
    role: Column
    title: Column
    company: Column
    company_label: Sequence[str]
    country: Column
    place: Column
    seniority: Column
    source: Column
    language: Column
    remote: Column
    day: NDArray[np.int32]
    pay: NDArray[np.float64]
    pay_currency: Column
    is_copy: NDArray[np.bool_]
    ad: NDArray[np.int32]
    spell: NDArray[np.integer]
    words: Words
    skills: tuple[SkillLabel, ...]
    stamps: Mapping[str, str] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return len(self.posting_id)

    def check(self) -> None:
        """Raise ValueError with a sentence when lengths, codes or identities do not fit together."""
        wrong = sorted(name for name in PER_POSTING if len(getattr(self, name)) != self.n)
        if wrong:
            raise ValueError(f"Facts of {self.n} postings have columns of another length: {', '.join(wrong)}.")
        if len(self.company_label) != len(self.company.names):
            raise ValueError("company_label does not spell each of the company's names.")
        if len({skill.name for skill in self.skills}) != len(self.skills):
            raise ValueError("Two skills share one name; names must be unique.")
        hashes = np.sort(self.key_hash)
        if bool((hashes[1:] == hashes[:-1]).any()):
            raise ValueError("Two postings share one key_hash; it must be unique.")
        for name in TEXT_COLUMNS:
            column: Column = getattr(self, name)
            _check_codes(name, column.codes, len(column.names))
        _check_codes("ad", self.ad, self.n)
        _check_words(self.words, self.n, len(self.skills))


BESIDE_POSTINGS = ("company_label", "words", "skills", "stamps")
PER_POSTING = tuple(part.name for part in fields(Facts) if part.name not in BESIDE_POSTINGS)


def _check_words(words: Words, n: int, k: int) -> None:
    indptr = words.indptr
    if len(indptr) != n + 1 or indptr[0] != 0 or indptr[-1] != len(words.coded) or bool((np.diff(indptr) < 0).any()):
        raise ValueError(f"words.indptr does not cut the words into {n} postings.")
    _check_codes("words.coded", words.coded, len(words.skill_of) << LEVEL_BITS)
    if len(words.coded) and bool((words.coded & LEVELS == LEVELS).any()):
        raise ValueError(f"words.coded holds a level outside 0..{LEVELS - 1}.")
    _check_codes("words.skill_of", words.skill_of, k, least=-1)


def _check_codes(name: str, codes: NDArray[np.integer], limit: int, *, least: int = 0) -> None:
    if len(codes) and (int(codes.min()) < least or int(codes.max()) >= limit):
        raise ValueError(f"{name} holds a code outside {least}..{limit - 1}.")
