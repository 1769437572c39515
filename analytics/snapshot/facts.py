"""What a snapshot is made from: one entry per posting, one row per posting and skill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True)
class SkillLabel:
    """A skill as the screens name it; `groups` are slugs, `words` a digest of the aliases that name it."""

    name: str
    kind: str
    groups: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Facts:
    """The input of `build`: postings in any order, all sequences over postings of one length n.

    `key` is the natural identity of a posting, unique, and never a database id. "" is unknown in every
    text column. `content_key` changes when a reader would say that the posting changed. `day` counts
    from 1970-01-01, negative is unknown. `pay` is the yearly midpoint in `pay_currency`, nan unknown. `company` is the key of a company and `company_label` how it is spelled on
    screens. `pair_posting` indexes the postings, `pair_skill` indexes `skills`, `pair_level` is a
    `postings.skills.Level`; a repeated pair keeps the strongest level.

    Optional: `ad` names the ad that a posting carries (copies share it; without it every posting is its
    own ad) and `place` where the work is; together they make openings. `spell` tells, from 0, in which of its
    spells on the boards an ad was seen: one that comes again long after counts anew where ads are counted by
    month. `stamps` say what made the facts (lexicon, taxonomy, code, ...): they count as content, so no clock
    and no database id belongs there.
    """

    posting_id: NDArray[np.int64]
    key: Sequence[str]
    content_key: NDArray[np.uint64]
    role: Sequence[str]
    title: Sequence[str]
    company: Sequence[str]
    company_label: Sequence[str]
    country: Sequence[str]
    seniority: Sequence[str]
    source: Sequence[str]
    language: Sequence[str]
    remote: Sequence[str]
    day: NDArray[np.int32]
    pay: NDArray[np.float64]
    pay_currency: Sequence[str]
    is_copy: NDArray[np.bool_]
    pair_posting: NDArray[np.int32]
    pair_skill: NDArray[np.int32]
    pair_level: NDArray[np.int8]
    skills: tuple[SkillLabel, ...]
    stamps: Mapping[str, str] = field(default_factory=dict)
    ad: Sequence[str] = ()
    place: Sequence[str] = ()
    spell: Sequence[int] = ()

    @property
    def n(self) -> int:
        return len(self.key)

    def check(self) -> None:
        """Raise ValueError with a sentence when lengths, codes or identities do not fit together."""
        per_posting = {name: len(getattr(self, name)) for name in PER_POSTING}
        per_posting |= {name: len(getattr(self, name)) for name in OPTIONAL if len(getattr(self, name))}
        wrong = sorted(name for name, length in per_posting.items() if length != self.n)
        if wrong:
            raise ValueError(f"Facts of {self.n} postings have columns of another length: {', '.join(wrong)}.")
        if len(set(self.key)) != self.n:
            raise ValueError("Two postings share one key; keys must be unique.")
        if len({skill.name for skill in self.skills}) != len(self.skills):
            raise ValueError("Two skills share one name; names must be unique.")
        if not len(self.pair_posting) == len(self.pair_skill) == len(self.pair_level):
            raise ValueError("pair_posting, pair_skill and pair_level have different lengths.")
        _check_codes("pair_posting", self.pair_posting, self.n)
        _check_codes("pair_skill", self.pair_skill, len(self.skills))
        _check_codes("pair_level", self.pair_level, LEVELS)


OPTIONAL = ("ad", "place", "spell")
PER_POSTING = (
    "posting_id",
    "key",
    "content_key",
    "role",
    "title",
    "company",
    "company_label",
    "country",
    "seniority",
    "source",
    "language",
    "remote",
    "day",
    "pay",
    "pay_currency",
    "is_copy",
)


def _check_codes(name: str, codes: NDArray[np.integer], limit: int) -> None:
    if len(codes) and (int(codes.min()) < 0 or int(codes.max()) >= limit):
        raise ValueError(f"{name} holds a code outside 0..{limit - 1}.")
