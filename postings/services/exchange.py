"""Taxonomies of elsewhere into the database, and the database's taxonomy into files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from postings import selectors, skills
from postings.services.seeds import add_taxonomy, link_skills
from postings.skills import exchange

OWN, FLAT = "own", "flat"
_READERS: dict[str, Callable[[Path], list[exchange.ForeignSkill]]] = {
    "esco": exchange.read_esco,
    "onet": exchange.read_onet,
}
IMPORT_FORMATS = (OWN, *_READERS)
EXPORT_FORMATS = (OWN, FLAT)


@dataclass(frozen=True)
class ImportReport:
    """`added` counts what came into the database; the rest is for the lists of others: `linked` are their entries that
    we know, `ambiguous` those that a person has to look at, with the skills that they may be."""

    added: Mapping[str, int]
    linked: int = 0
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)


def import_taxonomy(path: Path, *, kind: str, add: bool, dry_run: bool) -> ImportReport:
    """Take in what the database never had; a dry run reports the same and leaves nothing behind.

    Our own files are added whole. Of the lists of others, entries that are a skill of ours become its reference;
    unknown ones become skills only with `add`. Raises skills.TaxonomyError, with file and line, and changes nothing.
    """
    with transaction.atomic():
        if kind == OWN:
            report = ImportReport(add_taxonomy(skills.load_taxonomy(path)))
        else:
            report = _import_foreign(_READERS[kind](path), add=add)
        transaction.set_rollback(dry_run)
    return report


def _import_foreign(foreign: list[exchange.ForeignSkill], *, add: bool) -> ImportReport:
    ours = selectors.current_taxonomy()
    found = exchange.matches(foreign, ours)
    added = {"references": link_skills(found.linked)}
    refused: Mapping[str, int] = {}
    if add:
        new = exchange.additions(found.unknown, ours)
        refused = new.refused
        with_skills = add_taxonomy(new.taxonomy)
        added = with_skills | {"references": added["references"] + with_skills["references"]}
    return ImportReport(
        added,
        linked=len(found.linked),
        ambiguous=tuple((skill.reference.label, names) for skill, names in found.ambiguous),
        unknown=len(found.unknown),
        refused=refused,
    )


def export_taxonomy(folder: Path, *, kind: str = OWN) -> skills.Taxonomy:
    """Write the taxonomy of this moment and return it. Raises skills.TaxonomyError for one that would not read back the
    same."""
    taxonomy = selectors.current_taxonomy()
    if kind == FLAT:
        exchange.write_flat(taxonomy, folder)
    else:
        exchange.write_own(taxonomy, folder)
    return taxonomy
