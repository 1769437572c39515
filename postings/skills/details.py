"""What the taxonomy says of a skill beside its aliases: definition, ids in other lists, hidden, deprecated or merged.

Each has a file of its own, which may be missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from postings.skills.references import Reference, Scheme
from postings.skills.tables import checked, error, named, rows

LONGEST_DEFINITION = 200
LONGEST_IDENTIFIER = 200
DEFINITIONS, EXTERNAL_IDS, STATES = "definitions.csv", "external_ids.csv", "states.csv"
HEADERS = {
    DEFINITIONS: ("skill", "definition"),
    EXTERNAL_IDS: ("skill", "scheme", "id", "label"),
    STATES: ("skill", "hidden", "deprecated", "merged_into"),
}
YES = "yes"


@dataclass(frozen=True)
class Details:
    """Each by the name of the skill; `merged` says into which."""

    definitions: Mapping[str, str]
    references: Mapping[str, tuple[Reference, ...]]
    hidden: frozenset[str]
    deprecated: frozenset[str]
    merged: Mapping[str, str]


def read_details(folder: Path, skills: frozenset[str]) -> Details:
    """Raises TaxonomyError at the first thing that is wrong."""
    return Details(_definitions(folder, skills), _references(folder, skills), *_states(folder, skills))


def _definitions(folder: Path, skills: frozenset[str]) -> dict[str, str]:
    definitions: dict[str, str] = {}
    for path, line, row, skill in _rows_of_skills(folder, DEFINITIONS, skills):
        if skill in definitions:
            raise error(path, line, f"the skill {skill!r} is defined twice")
        definitions[skill] = named(path, line, "the definition", row["definition"], longest=LONGEST_DEFINITION)
    return definitions


def _references(folder: Path, skills: frozenset[str]) -> dict[str, tuple[Reference, ...]]:
    references: dict[str, list[Reference]] = {}
    for path, line, row, skill in _rows_of_skills(folder, EXTERNAL_IDS, skills):
        scheme = row["scheme"].strip()
        if scheme not in set(Scheme):
            raise error(path, line, f"there is no scheme {scheme!r}; there are {', '.join(Scheme)}")
        identifier = named(path, line, "the id", row["id"], longest=LONGEST_IDENTIFIER)
        label = checked(path, line, "the label", row["label"].strip(), longest=LONGEST_IDENTIFIER)
        there = references.setdefault(skill, [])
        if any((known.scheme, known.identifier) == (scheme, identifier) for known in there):
            raise error(path, line, f"the skill {skill!r} has the id {identifier!r} already")
        there.append(Reference(Scheme(scheme), identifier, label))
    return {skill: tuple(found) for skill, found in references.items()}


def _states(folder: Path, skills: frozenset[str]) -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    marked: dict[str, set[str]] = {"hidden": set(), "deprecated": set()}
    merged: dict[str, str] = {}
    places: dict[str, tuple[Path, int]] = {}
    for path, line, row, skill in _rows_of_skills(folder, STATES, skills):
        if skill in places:
            raise error(path, line, f"the skill {skill!r} is there twice")
        places[skill] = path, line
        for column, there in marked.items():
            if row[column].strip() not in ("", YES):
                raise error(path, line, f"{column} is {row[column].strip()!r}, not {YES} or empty")
            if row[column].strip():
                there.add(skill)
        target = row["merged_into"].strip()
        if target and target not in skills:
            raise error(path, line, f"there is no skill {target!r} to merge into")
        if target:
            merged[skill] = target
    for skill, target in merged.items():
        # Whoever merges a skill takes along what was merged into it: a pointer to a pointer is a mistake or a circle.
        if target == skill or target in merged:
            raise error(*places[skill], f"{skill!r} is merged into {target!r}, which is merged itself")
    return frozenset(marked["hidden"]), frozenset(marked["deprecated"]), merged


def _rows_of_skills(folder: Path, name: str, skills: frozenset[str]) -> Iterator[tuple[Path, int, dict[str, str], str]]:
    path = folder / name
    if not path.exists():
        return
    for line, row in rows(path, HEADERS[name]):
        skill = row["skill"].strip()
        if skill not in skills:
            raise error(path, line, f"there is no skill {skill!r}")
        yield path, line, row, skill
