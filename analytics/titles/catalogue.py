"""The roles that titles are read into, and the phrases that employers use for them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Role:
    """A role, its family ("data engineering") and other phrases for it; the name itself always counts as one."""

    name: str
    family: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All roles at one moment. No phrase stands under two roles."""

    roles: tuple[Role, ...]


@cache
def load_catalogue() -> Catalogue:
    """Return the shipped roles, in the order of roles.csv."""
    return Catalogue(
        tuple(Role(row["name"], row["family"], phrases_of(row["synonyms"])) for row in rows_of("roles.csv"))
    )


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a word list that stands beside this file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def phrases_of(cell: str) -> tuple[str, ...]:
    """Return the phrases of a cell; they are separated by a bar."""
    return tuple(phrase.strip() for phrase in cell.split("|") if phrase.strip())
