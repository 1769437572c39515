"""Ads of made-up titles whose roles show in their skills."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from analytics.titles import OTHER
from analytics.titles.proposing import TitledAds

SKILLS = 8
KINDS = {"grove keeper": (0, 1, 2), "cider maker": (3, 4, 5), OTHER: (6, 7)}
"""Role -> the skills that its ads name."""


def make_ads(asked: list[tuple[int, ...]], *, titles: int = 60, seed: int = 0, mixed: float = 0.0) -> TitledAds:
    """Return `titles` read titles of each kind, two ads each, and a title with two ads for each `asked` set of skills.

    A share `mixed` of the read titles names the skills of another kind.
    """
    rng = np.random.default_rng(seed)
    roles = [kind for kind in KINDS for _ in range(titles)] + [OTHER] * len(asked)
    named: list[tuple[int, ...]] = []
    for role in roles[: len(roles) - len(asked)]:
        shown = str(rng.choice(list(KINDS))) if rng.random() < mixed else role
        named.append(KINDS[shown])
    named += asked
    skills = np.zeros((2 * len(roles), SKILLS))
    for ad in range(len(skills)):
        wanted = list(named[ad // 2])
        skills[ad, wanted] = rng.random(len(wanted)) < 0.9
    return TitledAds(
        name=[f"title {number}" for number in range(len(roles))],
        words=[("keeper" if number % 2 else "hand",) for number in range(len(roles))],
        role=roles,
        is_asked=np.arange(len(roles)) >= len(roles) - len(asked),
        title=np.repeat(np.arange(len(roles)), 2),
        skills=csr_matrix(skills),
    )
