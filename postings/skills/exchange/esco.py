"""ESCO's files of skills -> foreign skills.

Known by their headers: a table of labels (id, description, hierarchy_levels, type: one row a label), the official
tables of skills (conceptUri, preferredLabel, altLabels ...: one row a concept), and the official hierarchy of skills,
which names the groups. Each also as .gz.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from postings.skills.details import LONGEST_IDENTIFIER
from postings.skills.exchange.foreign import ForeignSkill
from postings.skills.references import Reference, Scheme, esco_identifier
from postings.skills.tables import LONGEST_NAME, TaxonomyError, checked, error, lines_of_cells, rows_with
from postings.skills.taxonomy import TaxonomyGroup
from postings.skills.types import Kind

_LABELS = ("id", "description", "hierarchy_levels", "type")
_CONCEPTS = ("conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels")
_HIERARCHY = ("Level 0 URI", "Level 1 URI", "Level 1 preferred term", "Level 2 URI", "Description")
_QUALIFIER = re.compile(r"(.+?) \(([^()]*)\)")
_COMPUTING = ("K06", "K061")


@dataclass
class _Concept:
    label: str = ""
    others: list[str] = field(default_factory=list)
    branches: frozenset[str] = frozenset()
    is_soft: bool = False
    is_knowledge: bool = False


def read_esco(path: Path) -> list[ForeignSkill]:
    """The concepts of a file, or of the files of a folder that are ESCO's; of a concept told twice, the first counts.
    Raises TaxonomyError."""
    concepts: dict[str, _Concept] = {}
    groups: dict[str, TaxonomyGroup] = {}
    for file in _files(path):
        header = set(next(lines_of_cells(file, delimiter=","), (1, []))[1])
        if header.issuperset(_LABELS):
            found = _from_labels(file)
        elif header.issuperset(_CONCEPTS):
            found = _from_concepts(file)
        elif header.issuperset(_HIERARCHY):
            groups |= _groups(file)
            continue
        elif path.is_dir():
            continue
        else:
            raise error(file, 1, f"no header of ESCO's; there should be {', '.join(_LABELS)} or {', '.join(_CONCEPTS)}")
        concepts = found | concepts
    named = {identifier: concept for identifier, concept in concepts.items() if concept.label}
    if not named:
        raise TaxonomyError(f"{path.name} holds no skills of ESCO's.")
    return [_skill(identifier, concept, groups) for identifier, concept in named.items()]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.name.endswith((".csv", ".csv.gz")))


def _from_labels(path: Path) -> dict[str, _Concept]:
    concepts: dict[str, _Concept] = {}
    for line, row in rows_with(path, _LABELS):
        kind, label = row["type"].strip(), " ".join(row["description"].split())
        if kind not in ("preferredLabel", "altLabels"):
            continue  # names of groups
        if not row["id"].strip() or not label:
            raise error(path, line, "a label needs an id and a text")
        concept = concepts.setdefault(esco_identifier(row["id"]), _Concept())
        if kind == "altLabels":
            concept.others.append(label)
            continue
        if concept.label:
            raise error(path, line, f"the concept {row['id'].strip()!r} has a preferred label already")
        concept.label = _checked(path, line, row["id"], label)
        concept.branches = frozenset(_branches(path, line, row["hierarchy_levels"]))
        concept.is_soft = any(code[0] in "TAL" for code in concept.branches)
        concept.is_knowledge = any(code[0] == "K" for code in concept.branches)
    return concepts


def _checked(path: Path, line: int, identifier: str, label: str) -> str:
    """The label, where it and the identifier have room with us."""
    checked(path, line, "the id", esco_identifier(identifier), longest=LONGEST_IDENTIFIER)
    return checked(path, line, "the label", label, longest=LONGEST_IDENTIFIER)


def _branches(path: Path, line: int, cell: str) -> Iterator[str]:
    """The codes of the levels, from a list of lists of them and None, as Python writes it."""
    try:
        levels = ast.literal_eval(cell or "[]")
        for chain in levels:
            yield from (str(code) for code in chain if code)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as problem:
        raise error(path, line, f"hierarchy_levels is no list of lists: {cell[:60]!r}") from problem


def _from_concepts(path: Path) -> dict[str, _Concept]:
    concepts: dict[str, _Concept] = {}
    for line, row in rows_with(path, _CONCEPTS):
        label = " ".join(row["preferredLabel"].split())
        if not row["conceptUri"].strip() or not label:
            raise error(path, line, "a concept needs a conceptUri and a preferredLabel")
        others = [" ".join(text.split()) for text in re.split(r"\n| \| ", row["altLabels"]) if text.strip()]
        is_soft, is_knowledge = row["reuseLevel"] == "transversal", row["skillType"] == "knowledge"
        concepts.setdefault(
            esco_identifier(row["conceptUri"]),
            _Concept(
                _checked(path, line, row["conceptUri"], label),
                others,
                is_soft=is_soft and not is_knowledge,
                is_knowledge=is_knowledge,
            ),
        )
    return concepts


def _groups(path: Path) -> dict[str, TaxonomyGroup]:
    """The groups of the first level, by their code: S1 to S8, K00 to K10, T1 ..."""
    groups: dict[str, TaxonomyGroup] = {}
    for line, row in rows_with(path, _HIERARCHY):
        address, name = row["Level 1 URI"].strip(), " ".join(row["Level 1 preferred term"].split())
        if not address or row["Level 2 URI"].strip():
            continue
        if not name:
            raise error(path, line, "a level needs a preferred term")
        code = esco_identifier(address)
        code = f"K{code}" if "isced" in address else code
        slug = f"esco-{code.lower().replace('.', '-')}"
        groups[code] = TaxonomyGroup(slug, name[:LONGEST_NAME], "esco", " ".join(row["Description"].split()))
    return groups


def _skill(identifier: str, concept: _Concept, groups: dict[str, TaxonomyGroup]) -> ForeignSkill:
    found = _QUALIFIER.fullmatch(concept.label)
    short, qualifier = (found[1], found[2]) if found else ("", "")
    return ForeignSkill(
        Reference(Scheme.ESCO, identifier, concept.label),
        _kind(concept, short or concept.label, qualifier),
        labels=(concept.label,),
        short_names=(short,) if short else (),
        loose_labels=tuple(concept.others),
        groups=tuple(groups[code] for code in sorted(concept.branches) if code in groups),
    )


def _kind(concept: _Concept, name: str, qualifier: str) -> Kind:
    """Knowledge with a capital is a product or a language (ESCO writes the rest small); what is done is a method."""
    if "programming" in qualifier:
        return Kind.LANGUAGE
    if name[0].isupper() and " " not in name and any(code[0] == "L" for code in concept.branches):
        return Kind.SPOKEN  # "Bulgarian"; "write Bulgarian" is something that one does
    if concept.is_soft:
        return Kind.SOFT
    if not concept.is_knowledge:
        return Kind.METHOD
    is_computing = not concept.branches.isdisjoint(_COMPUTING)
    if name[0].isupper() and (is_computing or not concept.branches):
        return Kind.TOOL
    return Kind.METHOD if is_computing else Kind.DOMAIN
