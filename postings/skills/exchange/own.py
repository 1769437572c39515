"""A taxonomy -> our own files, as the shipped ones are written; postings.skills.load_taxonomy reads them back."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from postings.skills.alias_cells import AliasText, write_cell
from postings.skills.details import DEFINITIONS, EXTERNAL_IDS, HEADERS, STATES, YES
from postings.skills.tables import TaxonomyError, write_rows
from postings.skills.taxonomy import (
    FILES,
    GROUPS_FILE,
    GROUPS_HEADER,
    KIND_RULES,
    SKILLS_HEADER,
    Taxonomy,
    TaxonomySkill,
    load_taxonomy,
)


def write_own(taxonomy: Taxonomy, folder: Path) -> None:
    """Write all files of the folder, or none: what could not be read back the same raises TaxonomyError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as temporary:
        unfinished = Path(temporary)
        _write(taxonomy, unfinished)
        _check(taxonomy, load_taxonomy(unfinished))
        for path in sorted(unfinished.iterdir()):
            path.replace(folder / path.name)


def _write(taxonomy: Taxonomy, folder: Path) -> None:
    skills = sorted(taxonomy.skills, key=lambda skill: (skill.name.casefold(), skill.name))
    groups = [(group.slug, group.name, group.set, group.definition) for group in taxonomy.groups]
    write_rows(folder / GROUPS_FILE, GROUPS_HEADER, groups)
    for name, kind in FILES.items():
        of_kind = (skill for skill in skills if skill.kind is kind)
        write_rows(folder / name, SKILLS_HEADER, [(s.name, ";".join(s.groups), _cell(s)) for s in of_kind])
    tables = {DEFINITIONS: _definitions, EXTERNAL_IDS: _external_ids, STATES: _states}
    for name, lines in tables.items():
        write_rows(folder / name, HEADERS[name], lines(skills))


def _cell(skill: TaxonomySkill) -> str:
    rule = KIND_RULES.get(skill.kind, "")
    texts = [
        AliasText(a.phrase, a.exact_case, None if a.context == rule else a.context, a.not_in) for a in skill.aliases
    ]
    of_the_name = [text for text in texts if text.phrase == skill.name]
    if of_the_name == texts[:1] == [AliasText(skill.name, exact_case=False, context=None)]:
        # Reading adds the plain name by itself, in this place.
        return write_cell(texts[1:], name_too=True)
    return write_cell(texts, name_too=bool(of_the_name))


def _definitions(skills: Iterable[TaxonomySkill]) -> Iterator[tuple[str, ...]]:
    return ((skill.name, skill.definition) for skill in skills if skill.definition)


def _external_ids(skills: Iterable[TaxonomySkill]) -> Iterator[tuple[str, ...]]:
    return ((skill.name, ref.scheme.value, ref.identifier, ref.label) for skill in skills for ref in skill.references)


def _states(skills: Iterable[TaxonomySkill]) -> Iterator[tuple[str, ...]]:
    for skill in skills:
        states = (YES if skill.is_hidden else "", YES if skill.is_deprecated else "", skill.merged_into)
        if any(states):
            yield skill.name, *states


def _check(meant: Taxonomy, written: Taxonomy) -> None:
    pairs: list[tuple[object, object]] = [
        *zip(meant.groups, written.groups, strict=True),
        *zip(sorted(meant.skills, key=lambda skill: skill.name), written.skills, strict=True),
    ]
    for one, other in pairs:
        if one != other:
            raise TaxonomyError(f"this would not read back the same: {one!r}")
