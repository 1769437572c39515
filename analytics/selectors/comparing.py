"""Two runs opened side by side, and what their changed figures are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics import archive
from analytics.archive import Memberships
from analytics.models import Run
from analytics.profiles import FINE
from analytics.selectors.published import ProfileName, Published, opened
from analytics.snapshot import DamagedSnapshot
from analytics.snapshot.attribution import Attribution, Comparison, Figure, Kind, Profiles, attribute
from jobsite.work import State

PART_NAMES: Mapping[str, str] = {
    "postings": "postings",
    "copies": "copies",
    "taxonomy": "taxonomy",
    "titles": "titles",
    "code": "code",
    "parameters": "parameters",
    "refit": "profiles learned anew",
}
WHAT_MOVED: Mapping[str, str] = {
    "new": "new postings",
    "removed": "postings removed",
    "changed": "postings with another text or other facts",
    "copies": "unchanged postings that became or ceased to be a copy",
    "roles": "unchanged postings with another role",
    "skills": "unchanged postings with other skills",
}


class NotComparable(Exception):  # noqa: N818 - reads as the finding that it is
    """str(e) is the sentence that a person reads."""


@dataclass(frozen=True)
class RunComparison:
    """`profiles`: known profile -> its name, of both runs."""

    before: Run
    after: Run
    found: Attribution
    profiles: Mapping[int, str]


def compare_runs(before: Run, after: Run) -> RunComparison:
    """Return the changed figures from one finished run to another, each split into parts.

    Raises NotComparable for a run that is not finished or whose arrays were removed, DamagedSnapshot for damaged ones.
    """
    for run in (before, after):
        if run.state != State.DONE:
            raise NotComparable(f"Run {run.pk} is not finished: there is nothing to compare.")
        if not archive.has_snapshot(run.folder):
            raise NotComparable(
                f"The arrays of run {run.pk} were removed to save room: it cannot be compared any more."
            )
    first, second = opened(before), opened(after)
    names = {one.known: _name(one) for shown in (first, second) for level in shown.levels.values() for one in level}
    keys = [(run.pk, run.input_key or "") for run in (before, after)]
    return RunComparison(before, after, _attributed(*keys), names)


def run_before(run: Run) -> Run | None:
    """Return the newest finished run before `run` whose arrays are there."""
    earlier = Run.objects.filter(state=State.DONE, pk__lt=run.pk).order_by("-pk")
    return next((one for one in earlier.iterator(100) if archive.has_snapshot(one.folder)), None)


def figure_name(figure: Figure, comparison: RunComparison) -> str:
    """Return what a figure is called, without its kind: "Python in data engineer"."""
    if figure.kind is Kind.PROFILE:
        return comparison.profiles.get(figure.profile, f"profile {figure.profile}")
    role = "all roles" if figure.role is None else figure.role or "no role"
    if figure.kind is Kind.SHARE:
        return f"{figure.skill} in {role}"
    return f"{role}, {figure.currency}" if figure.kind is Kind.PAY else role


def main_causes(found: Attribution) -> list[tuple[str, int]]:
    """Return parts by how many of the changed figures they explain most of, the commonest first."""
    counts = dict.fromkeys(PART_NAMES, 0)
    for figure in found.figures:
        counts[figure.main_part] += 1
    return sorted(((part, n) for part, n in counts.items() if n), key=lambda cause: -cause[1])


# Finished runs never change, and one comparison is looked at from several pages.
@lru_cache(maxsize=4)
def _attributed(before: tuple[int, str], after: tuple[int, str]) -> Attribution:
    first, second = (opened(Run.objects.get(pk=pk)) for pk, _ in (before, after))
    comparison = Comparison(
        before=_profiles(first),
        after=_profiles(second),
        carried=_carried(first, second),
        same_parameters=first.run.parameters == second.run.parameters,
    )
    return attribute(first.snapshot, second.snapshot, comparison)


def _profiles(shown: Published) -> Profiles:
    """Return the profiles of all levels side by side."""
    known = tuple(one.known for level in shown.levels.values() for one in level)
    if shown.memberships is None:
        return Profiles((), np.zeros((shown.snapshot.n, 0), np.float32), "")
    return Profiles(known, shown.memberships.side_by_side, str(shown.run.fitted_by_id or shown.run.pk))


def _name(profile: ProfileName) -> str:
    return profile.name if profile.level == FINE else f"{profile.name} ({profile.level})"


def _carried(first: Published, second: Published) -> NDArray[np.float32] | None:
    """Return the memberships of the second run's postings by the first one's model, None when that is gone."""
    if first.memberships is None or first.run.fitted_by_id == second.run.fitted_by_id:
        return None
    try:
        model = archive.load_model(first.run.input_key or "")
    except DamagedSnapshot:
        return None
    scored = model.memberships(second.snapshot.matrix(), second.snapshot.skills)
    return Memberships.of(scored, model).side_by_side
