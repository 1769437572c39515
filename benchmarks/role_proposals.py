"""How often proposed roles are right, on the published run of an installation.

    DATA_DIR=... .venv/bin/python benchmarks/role_proposals.py

Measured on titles whose role the rules know, without the phrase by which they know it; each half is judged by the model
of the other. At the end the same with the companies of the judged ads kept out of the learning too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics.titles import OTHER, TitleReader
from analytics.titles.proposing import RoleModel, TitledAds, Verdicts, judged

LEVELS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobsite.settings")
    django.setup()
    from analytics.selectors.published import published
    from analytics.services.proposals import commonest_unmapped, titled_ads
    from analytics.services.roles import current_roles

    shown = published()
    if shown is None:
        raise SystemExit("There is no published run: manage.py refresh makes one.")
    roles = current_roles()
    snapshot = shown.snapshot
    ads, rows = titled_ads(snapshot, commonest_unmapped(snapshot), roles, TitleReader(roles.catalogue))
    verdicts, _ = judged(ads)
    role = np.array(ads.role)
    others = verdicts.is_known & (role == OTHER)
    print(f"{len(role)} titles, {len(rows)} ads; known {verdicts.is_known.sum()}, of them other {others.sum()}")
    for least in LEVELS:
        print(line_of(ads, verdicts, least))
    for name, part in (("companies apart", snapshot.company[rows]), ("at random", np.arange(len(rows)))):
        print(f"{name}: {accuracy_apart(ads, verdicts, np.asarray(part)):.3f} right of all known titles")


def line_of(ads: TitledAds, verdicts: Verdicts, least: float) -> str:
    """Return how many known titles are given a role so surely, how many rightly, and how many asked ones are."""
    role = np.array(ads.role)
    known = verdicts.is_known & verdicts.said(least)
    met = verdicts.role[known] == role[known]
    others = verdicts.is_known & (role == OTHER)
    asked = verdicts.said(least)[ads.is_asked]
    weighted = np.average(met, weights=verdicts.weight[known])
    return (
        f"{least}: said {known.sum()}, right {met.mean():.3f}, weighted {weighted:.3f}; of others given a role "
        f"{verdicts.said(least)[others].mean():.4f}; of asked titles {asked.sum()} of {len(asked)}"
    )


def accuracy_apart(ads: TitledAds, verdicts: Verdicts, part: np.ndarray) -> float:
    """Return the share of rightly judged titles when ads of one half of the parts are judged by those of the other."""
    side = np.random.default_rng(0).permutation(part.max() + 1)[part] % 2
    right = []
    for judge in (0, 1):
        for half in (0, 1):
            known = verdicts.is_known[ads.title]
            teach = only(ads, known & (side != judge) & (verdicts.half[ads.title] != half))
            tried = only(ads, known & (side == judge) & (verdicts.half[ads.title] == half))
            model = RoleModel().fit(teach, np.ones(len(teach.role), bool))
            found = model.roles_[model.chances(tried, np.ones(len(tried.role), bool)).argmax(axis=1)]
            right.append(np.mean(found == np.array(tried.role)))
    return float(np.mean(right))


def only(ads: TitledAds, kept: np.ndarray) -> TitledAds:
    """Return the ads that are kept, and their titles."""
    titles, title = np.unique(ads.title[kept], return_inverse=True)
    return TitledAds(
        name=[ads.name[i] for i in titles],
        words=[ads.words[i] for i in titles],
        role=[ads.role[i] for i in titles],
        is_asked=ads.is_asked[titles],
        title=title,
        skills=ads.skills[np.flatnonzero(kept)],
    )


if __name__ == "__main__":
    main()
