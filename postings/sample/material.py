"""What the sample is made of: the files in texts/, read once."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Company:
    """An invented employer; `habits` maps a title to the kind of work that it means here."""

    name: str
    industry: str
    countries: tuple[str, ...]
    weight: int
    habits: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    country: str
    city: str
    location: str
    tongue: str


@dataclass(frozen=True)
class Role:
    """A title: its share of all postings, its spellings, and the kinds of work it usually is (weights)."""

    name: str
    share: int
    titles: tuple[str, ...]
    crafts: Mapping[str, int]


@dataclass(frozen=True)
class Craft:
    """A kind of work: skills that it rarely lacks and that it may have, what it borders on, bare duties."""

    near: tuple[str, ...]
    core: tuple[str, ...]
    more: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """Sentences for one skill: duties (`do` completes "You will ...") and requirements (`know`)."""

    do: tuple[str, ...]
    know: tuple[str, ...]


@dataclass(frozen=True)
class Frames:
    """Headings in several styles, and sentences for each part of an ad by name."""

    styles: tuple[Mapping[str, str], ...]
    lines: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Material:
    companies: tuple[Company, ...]
    places: Mapping[str, tuple[Place, ...]]
    roles: tuple[Role, ...]
    crafts: Mapping[str, Craft]
    skills: Mapping[str, Phrases]
    industries: Mapping[str, Mapping[str, tuple[str, ...]]]
    frames: Frames


@cache
def load_material() -> Material:
    """Return everything in texts/."""
    frames = _toml("frames")
    styles = tuple(frames.pop("styles"))
    return Material(
        companies=tuple(_company(row) for row in _rows("companies")),
        places=_places(),
        roles=tuple(_role(name, entry) for name, entry in _toml("roles").items()),
        crafts={name: Craft(**_tuples(entry)) for name, entry in _toml("crafts").items()},
        skills={name: Phrases(**_tuples(entry)) for name, entry in _toml("skills").items()},
        industries={name: _tuples(entry) for name, entry in _toml("industries").items()},
        frames=Frames(styles, _tuples(frames)),
    )


def _company(row: dict[str, str]) -> Company:
    habits = dict(habit.split("=") for habit in row["habits"].split(";") if habit)
    countries = tuple(row["countries"].split())
    return Company(row["name"], row["industry"], countries, int(row["weight"]), habits)


def _role(name: str, entry: dict[str, Any]) -> Role:
    return Role(name, entry["share"], tuple(entry["titles"]), entry["crafts"])


def _places() -> dict[str, tuple[Place, ...]]:
    places: dict[str, tuple[Place, ...]] = {}
    for row in _rows("places"):
        places[row["country"]] = (*places.get(row["country"], ()), Place(**row))
    return places


def _tuples(entry: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(lines) for name, lines in entry.items()}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    with (TEXTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
