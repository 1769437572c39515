"""Figures that take too long for a page: worked out once for each run, over all its ads, and kept beside its arrays."""

import logging
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analytics import archive
from analytics.frozen import CompanyPull, RoleAmbiguity, RunFigures, Twin, TwinSide, figures_of, save_figures
from analytics.measures import Ambiguity, TooFew, title_ambiguity, title_twins
from analytics.models import Run
from analytics.snapshot import Snapshot
from analytics.titles import OTHER, UNKNOWN
from postings.ingest.agencies import is_staffing_agency

logger = logging.getLogger(__name__)

MOST_ADS = 20_000
"""Ads of one role that are looked at; of more an even sample."""
MOST_PULLS = 5
MOST_TWINS = 200
LEAST_ADS = 30
"""Ads of a role under which nothing is said of its companies: the thin ones of measures.cells."""

Rows = NDArray[np.int64]


def freeze_figures(run: Run) -> RunFigures:
    """Return the figures of a finished run, worked out and kept if they were not; raises DamagedSnapshot."""
    key = run.input_key or ""
    known = figures_of(key)
    if known is None:
        known = work_out_figures(archive.snapshot_in(run.folder), seed=run.parameters["seed"])
        save_figures(key, known)
        logger.info("figures: run=%d roles=%d twins=%d", run.pk, len(known.ambiguity), len(known.twins))
    return known


def work_out_figures(snapshot: Snapshot, *, seed: int) -> RunFigures:
    """Return the figures of a snapshot; the same snapshot and seed give the same ones."""
    rows = _comparable_rows(snapshot)
    spoken = {snapshot.roles[code]: _ambiguity(snapshot, own, seed=seed) for code, own in _by_role(snapshot, rows)}
    return RunFigures(spoken, *_twins(snapshot, rows))


def _comparable_rows(snapshot: Snapshot) -> Rows:
    """Return the ads of known employers, without copies and without agencies, which speak for many employers."""
    labels = zip(snapshot.companies, snapshot.company_labels, strict=True)
    employs = np.fromiter((bool(key) and not is_staffing_agency(label) for key, label in labels), np.bool_)
    return np.flatnonzero(~snapshot.is_copy & employs[snapshot.company])


def _by_role(snapshot: Snapshot, rows: Rows) -> Iterator[tuple[int, Rows]]:
    for code, name in enumerate(snapshot.roles):
        # Rows stand in the order of the roles.
        first, last = np.searchsorted(rows, snapshot.role_start[code : code + 2])
        own = rows[first:last]
        if len(own) >= LEAST_ADS and name not in ("", OTHER, UNKNOWN):
            yield code, own if len(own) <= MOST_ADS else own[np.arange(MOST_ADS) * len(own) // MOST_ADS]


def _ambiguity(snapshot: Snapshot, rows: Rows, *, seed: int) -> RoleAmbiguity:
    try:
        found = title_ambiguity(snapshot.matrix(rows), snapshot.company[rows], snapshot.source[rows], seed=seed)
    except TooFew as refused:
        return RoleAmbiguity(ads=len(rows), refusal=str(refused))
    return RoleAmbiguity(
        ads=int(found.ads.sum()),
        companies=len(found.companies),
        value=_kept(found.value),
        low=_kept(found.low),
        high=_kept(found.high),
        chance_low=_kept(_in_its_unit(found, found.chance.low)),
        chance_high=_kept(_in_its_unit(found, found.chance.high)),
        pulls=tuple(
            CompanyPull(snapshot.companies[found.companies[i]], int(found.ads[i]), _kept(found.pull[i]))
            for i in found.strongest(MOST_PULLS)
            if found.pull[i] > 0
        ),
    )


def _in_its_unit(found: Ambiguity, distance: float) -> float:
    """Return a distance that shuffling gave as the ambiguity it would have been."""
    return (distance - found.chance.mean) / (1 - found.chance.mean)


def _twins(snapshot: Snapshot, rows: Rows) -> tuple[float | None, tuple[Twin, ...]]:
    said = [name not in ("", OTHER, UNKNOWN) for name in snapshot.roles]
    rows = rows[np.asarray(said, np.bool_)[snapshot.role[rows]]]
    try:
        found = title_twins(snapshot.matrix(rows), snapshot.company[rows], snapshot.role[rows], most=MOST_TWINS)
    except TooFew:
        return None, ()
    pairs = zip(found.company, found.title, found.ads, found.distance, strict=True)
    return _kept(found.within), tuple(
        Twin(
            TwinSide(snapshot.companies[company[0]], snapshot.roles[role[0]], int(ads[0])),
            TwinSide(snapshot.companies[company[1]], snapshot.roles[role[1]], int(ads[1])),
            _kept(distance),
        )
        for company, role, ads, distance in pairs
    )


def _kept(value: float) -> float:
    """Return a figure as it is kept; the last bits differ between processors."""
    return round(float(value), 6)
