"""What sets each profile apart, and a short name made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from analytics.profiles.fitting import LevelFit

Floats = NDArray[np.float64]

SHRINK = 10.0  # average postings added on both sides, so that a handful of postings marks nothing
# A profile is a residue when its postings name fewer than this part of the usual number of technical skills;
# the second cut is for one whose commonest role is none of the catalogue's. On 17,610 real postings these were
# data entry, support desks and laboratories, at 6, 8, 10 and 12 profiles.
RESIDUE_UNDER, RESIDUE_WITHOUT_ROLE_UNDER = 0.5, 0.66
NO_ROLE = frozenset({"", "other", "unknown"})

CANDIDATES = 200  # distinctive skills among which those of all parts are looked for
MOST_PAIRED = 12  # of these make a name
MOST_WORDS = 4  # in a name, without "and"
VENDOR = re.compile(r"^(Microsoft|Apache|Amazon|Google) (?=\S)")
SHORT_NAMES = {
    "Amazon Web Services": "AWS",
    "Google Cloud Platform": "Google Cloud",
    "Google Analytics": "Google Analytics",
    "Microsoft Office": "Microsoft Office",
    "large language models": "LLMs",
    "natural language processing": "NLP",
    "retrieval-augmented generation": "RAG",
}
KEPT_SMALL = frozenset({"dbt", "iOS", "macOS", "scikit-learn", "pandas"})


@dataclass(frozen=True)
class DistinctiveSkill:
    """`share` of the profile's postings name the skill (a column), `elsewhere` of others; `weight` ranks."""

    skill: int
    share: float
    elsewhere: float
    weight: float


@dataclass(frozen=True)
class ProposedName:
    """A name for a curator to keep or change; `is_residue` marks what is left over rather than one thing."""

    name: str
    is_residue: bool


def distinctive_skills(
    counts: Floats, sizes: Floats, *, top: int = 12, among: NDArray[np.bool_] | None = None
) -> list[list[DistinctiveSkill]]:
    """Return for each profile at most `top` skills that set it apart, the strongest first.

    `counts` [k, s] is how many postings of each profile name each skill, `sizes` [k] how many it has (both
    are sums of memberships); `among` [s] says which skills may stand in the list (all if None). A skill
    weighs share x log2(share / elsewhere), its part of the divergence of the profile from the rest; like
    c-TF-IDF (BERTopic) this asks that it be common here and rare elsewhere.
    """
    overall = counts.sum(axis=0) / sizes.sum()
    share = (counts + SHRINK * overall) / (sizes[:, None] + SHRINK)
    others = counts.sum(axis=0) - counts
    elsewhere = (others + SHRINK * overall) / (sizes.sum() - sizes[:, None] + SHRINK)
    lift = np.divide(share, elsewhere, out=np.ones_like(share), where=elsewhere > 0)
    weight = share * np.log2(np.maximum(lift, 1e-12))
    if among is not None:
        weight[:, ~among] = 0.0
    return [
        [
            DistinctiveSkill(s, float(share[k, s]), float(elsewhere[k, s]), float(weight[k, s]))
            for s in np.lexsort([np.arange(len(overall)), -weight[k]])[:top].tolist()
            if weight[k, s] > 0
        ]
        for k in range(len(sizes))
    ]


def propose_names(
    fit: LevelFit,
    skills: Sequence[str],
    roles: Sequence[Sequence[str]],
    *,
    shared: Floats | None = None,
    wholes: Sequence[str] = (),
) -> list[ProposedName]:
    """Return a unique short name for each profile of `fit`, from what sets it apart.

    `skills` [s] names the columns; `roles` [k] lists the commonest roles of each profile, that of most first.
    The two strongest distinctive technical skills make the name, the commoner first; a pair that repeats a
    word, has more than MOST_WORDS or names a larger profile already gives way to the next. A role is the last
    resort. With `shared` [k, s], of `shared_by_parts`, the skills that set all parts of a profile apart come first.
    `wholes` [k], when given, are the names of what the profiles are parts of, which they do not bear; "" for none.
    """
    top = MOST_PAIRED if shared is None else CANDIDATES
    marks = distinctive_skills(fit.counts, fit.sizes, top=top, among=fit.technical)
    if shared is not None:
        marks = [_by_weight(found, own) for found, own in zip(marks, shared, strict=True)]
    residues = _residues(fit, roles)
    names: list[ProposedName] = []
    for found, leading, is_residue in zip(marks, roles, residues, strict=True):
        label = "Residue: " if is_residue else ""
        taken = {*(name.name for name in names), *wholes[len(names) : len(names) + 1]}
        named = [role for role in leading if role not in NO_ROLE]
        candidates = (f"{label}{name}" for name in (*_pairs(found, skills), *named, f"profile {len(names) + 1}"))
        unused = next(name for name in map(_capitalised, candidates) if name not in taken)
        names.append(ProposedName(unused, is_residue))
    return names


def shared_by_parts(counts: Floats, sizes: Floats, parents: NDArray[np.integer]) -> Floats:
    """Return [coarse, s]: how far a skill sets all parts of a coarse profile apart, 0 where it does not set one apart.

    Share in the coarse profile x log2(least lift of its parts over all other postings). `counts` [fine, s] and `sizes`
    [fine] as in `distinctive_skills`, `parents` [fine] the coarse profile of each.
    """
    overall = counts.sum(axis=0) / sizes.sum()
    rates = counts / sizes[:, None]
    weights = np.zeros((int(parents.max()) + 1, counts.shape[1]))
    for coarse in range(len(weights)):
        inside = parents == coarse
        share = counts[inside].sum(axis=0) / sizes[inside].sum()
        outside = (counts[~inside].sum(axis=0) + SHRINK * overall) / (sizes[~inside].sum() + SHRINK)
        lift = np.divide(rates[inside].min(axis=0), outside, out=np.ones_like(outside), where=outside > 0)
        weights[coarse] = share * np.log2(np.maximum(lift, 1.0))
    return weights


def _residues(fit: LevelFit, roles: Sequence[Sequence[str]]) -> list[bool]:
    """Tell which profiles are a residue: their postings have in common how few technical skills they name."""
    named = fit.counts[:, fit.technical].sum(axis=1)
    parts = named / fit.sizes / (named.sum() / fit.sizes.sum())
    cuts = [RESIDUE_WITHOUT_ROLE_UNDER if set(leading[:1]) <= NO_ROLE else RESIDUE_UNDER for leading in roles]
    return [bool(part < cut) for part, cut in zip(parts, cuts, strict=True)]


def _by_weight(found: Sequence[DistinctiveSkill], weights: Floats) -> list[DistinctiveSkill]:
    """Return the first skills by falling weight; those without keep their order."""
    return sorted(found, key=lambda mark: -weights[mark.skill])[:MOST_PAIRED]


def _pairs(found: Sequence[DistinctiveSkill], skills: Sequence[str]) -> Iterator[str]:
    """Yield names of two skills each, the strongest first, then of one."""
    for second in range(1, len(found)):
        for first in range(second):
            pair = sorted((found[first], found[second]), key=lambda mark: (-mark.share, mark.skill))
            names = [_short(skills[mark.skill]) for mark in pair]
            words = [word.lower() for name in names for word in name.split()]
            if len(set(words)) == len(words) <= MOST_WORDS:
                yield " and ".join(names)
    yield from (_short(skills[mark.skill]) for mark in found)


def _short(skill: str) -> str:
    """Return the skill's name without the maker that everybody leaves out."""
    return SHORT_NAMES.get(skill, VENDOR.sub("", skill))


def _capitalised(name: str) -> str:
    first = name.split(maxsplit=1)[0]
    # "dbt" and "iOS" keep their own spelling; so does every word that is not plain lower case.
    return name if first in KEPT_SMALL or not first.islower() else name[:1].upper() + name[1:]
