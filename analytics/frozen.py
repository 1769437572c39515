"""The figures that a run keeps beside its arrays: what they are, and how they are written and read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analytics.archive import runs_folder, write_json
from analytics.snapshot import DamagedSnapshot

FILE = "figures.json"


@dataclass(frozen=True)
class CompanyPull:
    """A company by its key, its ads of the role, and how much higher the role's ambiguity is with it than without."""

    company: str
    ads: int
    pull: float


@dataclass(frozen=True)
class RoleAmbiguity:
    """How far apart companies are in what they ask for under one role: 0 as by chance, 1 nothing shared.

    `low` and `high` are its 95% interval over companies, `chance_low` and `chance_high` what shuffling gives in 95%
    of cases. Where it is refused, `refusal` says why and the figures are None.
    """

    ads: int
    companies: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None
    chance_low: float | None = None
    chance_high: float | None = None
    pulls: tuple[CompanyPull, ...] = ()
    refusal: str = ""

    @property
    def is_beyond_chance(self) -> bool:
        return self.value is not None and self.chance_high is not None and self.value > self.chance_high


@dataclass(frozen=True)
class TwinSide:
    company: str
    role: str
    ads: int


@dataclass(frozen=True)
class Twin:
    """Two companies whose different roles are closer (Jensen-Shannon, 0 to 1) than one role is to itself."""

    first: TwinSide
    second: TwinSide
    distance: float


@dataclass(frozen=True)
class RunFigures:
    """ambiguity: by role. within: the median distance between companies inside one role, None where there is none."""

    ambiguity: Mapping[str, RoleAmbiguity]
    within: float | None
    twins: tuple[Twin, ...]


def save_figures(input_key: str, figures: RunFigures) -> None:
    """Write the figures of a run, whole or not at all; a run without profiles has no folder until then."""
    write_json(runs_folder() / input_key / FILE, asdict(figures))
    _read.cache_clear()


def has_figures(input_key: str) -> bool:
    """Return whether the figures of a run have been worked out."""
    return (runs_folder() / input_key / FILE).is_file()


def figures_of(input_key: str) -> RunFigures | None:
    """Return the figures of a run, None when they have not been worked out; raises DamagedSnapshot."""
    file = runs_folder() / input_key / FILE
    return _read(file) if file.is_file() else None


@lru_cache(maxsize=4)
def _read(file: Path) -> RunFigures:
    try:
        return _from_json(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedSnapshot(
            f"The figures in {file.parent.name} cannot be read: {error}. Make a run again."
        ) from error


def _from_json(said: dict[str, Any]) -> RunFigures:
    return RunFigures(
        ambiguity={
            role: RoleAmbiguity(**one | {"pulls": tuple(CompanyPull(**pull) for pull in one["pulls"])})
            for role, one in said["ambiguity"].items()
        },
        within=said["within"],
        twins=tuple(
            Twin(TwinSide(**one["first"]), TwinSide(**one["second"]), one["distance"]) for one in said["twins"]
        ),
    )
