"""What a kept model says of postings that may be newer than it: a fit without learning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from analytics.profiles.fitting import Postings, ProfileFit, levels_of, technical_of
from analytics.profiles.model import ProfileModel
from analytics.profiles.stability import Stability


def score_profiles(postings: Postings, model: ProfileModel, stabilities: Sequence[Stability]) -> ProfileFit:
    """Return the memberships of postings in the profiles of `model`, as `fit_profiles` returns them, learning nothing.

    `stabilities` are those that the fit found, one for each level of the model. The postings that would teach
    today (`trained`) make the sizes, counts and weights (mean memberships). Raises ValueError when none of the
    postings would, KeyError when a skill of the model is not among those of the postings: then it takes a fit.
    """
    rows = sparse.csr_array(postings.X, dtype=np.float64)
    rows.eliminate_zeros()
    scored = model.memberships(rows, postings.skills)
    trained = np.asarray(postings.eligible, dtype=bool) & ~scored.thin
    if not trained.any():
        raise ValueError("None of the postings names enough of the skills that the model knows.")
    place = {name: column for column, name in enumerate(postings.skills)}
    columns = np.array([place[name] for name in model.skills], np.int64), technical_of(postings)
    levels = levels_of(model, rows[np.flatnonzero(trained)], scored.fine[trained], columns, stabilities)
    return ProfileFit(
        model=model,
        memberships=scored.fine,
        thin=scored.thin,
        trained=trained,
        levels={name: replace(level, weights=level.sizes / level.sizes.sum()) for name, level in levels.items()},
        agreements={},
        split_agreements={},
        note="",
    )
