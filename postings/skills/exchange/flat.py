"""A taxonomy -> one table for spreadsheets, a row an alias. It is not read back: spreadsheets change what they open."""

from collections.abc import Iterator
from pathlib import Path

from postings.skills.references import Scheme
from postings.skills.tables import write_rows
from postings.skills.taxonomy import Taxonomy, TaxonomySkill
from postings.spreadsheets import neutral

FLAT_FILE = "skills.csv"
_HEADER = (
    "skill",
    "kind",
    "alias",
    "exact_case",
    "context",
    "groups",
    "definition",
    "esco",
    "onet",
    "hidden",
    "merged_into",
)


def write_flat(taxonomy: Taxonomy, folder: Path) -> Path:
    """Write skills.csv, whole or not at all, and return where it lies. Cells that a spreadsheet would take for formulas
    have an apostrophe in front."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FLAT_FILE
    unfinished = folder / f".{FLAT_FILE}.unfinished"
    try:
        write_rows(unfinished, _HEADER, (tuple(map(neutral, row)) for s in taxonomy.skills for row in _rows(s)))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _rows(skill: TaxonomySkill) -> Iterator[tuple[str, ...]]:
    """One for each alias; one without, for a skill that has none."""
    about = (
        "; ".join(skill.groups),
        skill.definition,
        *("; ".join(r.identifier for r in skill.references if r.scheme is scheme) for scheme in Scheme),
        _yes(skill.is_hidden),
        skill.merged_into,
    )
    for alias in skill.aliases:
        yield (skill.name, skill.kind.value, alias.phrase, _yes(alias.exact_case), alias.context, *about)
    if not skill.aliases:
        yield (skill.name, skill.kind.value, "", "", "", *about)


def _yes(value: bool) -> str:  # noqa: FBT001  (what is written, not a switch)
    return "yes" if value else ""
