"""A taxonomy <-> one table for spreadsheets, a row an alias. Lists of one's own come in by it: most columns may be left
out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from postings.ingest.language import LANGUAGES
from postings.skills.context import RULES
from postings.skills.details import LONGEST_DEFINITION, LONGEST_IDENTIFIER, YES
from postings.skills.false_friends import languages_named
from postings.skills.references import Reference, Scheme
from postings.skills.tables import checked, error, named, rows_with, write_rows
from postings.skills.taxonomy import Taxonomy, TaxonomyAlias, TaxonomyGroup, TaxonomySkill
from postings.skills.types import Kind
from postings.spreadsheets import neutral, plain

FLAT_FILE = "skills.csv"
OWN_SET = "own"
"""The set of groups that a table names and nobody has described."""
_NEEDED = ("skill", "kind", "alias")
_HEADER = (
    *_NEEDED,
    "exact_case",
    "context",
    "not_in",
    "groups",
    "definition",
    "esco",
    "esco_label",
    "onet",
    "onet_label",
    "hidden",
    "deprecated",
    "merged_into",
)
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_SPLIT = re.compile(r"\\.|; ?|[^\\;]+|\\$", re.DOTALL)


def write_flat(taxonomy: Taxonomy, folder: Path) -> Path:
    """Write skills.csv, whole or not at all, and return where it lies. Cells that a spreadsheet would take for formulas
    have an apostrophe in front, which `read_flat` takes away. What groups are called is not in it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FLAT_FILE
    unfinished = folder / f".{FLAT_FILE}.unfinished"
    try:
        write_rows(unfinished, _HEADER, (tuple(map(neutral, row)) for s in taxonomy.skills for row in _rows(s)))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def read_flat(path: Path) -> Taxonomy:
    """Read such a table; skill, kind and alias are the columns that it needs. Raises TaxonomyError with file and line.

    What is about the skill stands in its first row; a row without alias adds none. Groups have their slug as name.
    """
    skills: dict[str, _Reading] = {}
    phrases: dict[tuple[str, bool], int] = {}
    for line, raw in rows_with(path, _NEEDED):
        row = {name: plain(cell) for name, cell in raw.items()}
        name = named(path, line, "the skill", row["skill"])
        reading = skills.get(name.casefold())
        if reading is None:
            reading = skills[name.casefold()] = _Reading(_skill(path, line, name, row), line)
        elif reading.skill.name != name or row["kind"] not in ("", reading.skill.kind.value):
            raise error(path, line, f"{name!r} stands in line {reading.line} with another spelling or kind")
        alias = _alias(path, line, row)
        if alias:
            key = (alias.phrase if alias.exact_case else alias.phrase.casefold(), alias.exact_case)
            if key in phrases:
                raise error(path, line, f"the alias {alias.phrase!r} stands in line {phrases[key]} already")
            phrases[key] = line
            reading.aliases.append(alias)
    whole = tuple(replace(one.skill, aliases=tuple(one.aliases)) for one in skills.values())
    _refuse_lost_pointers(path, whole, {one.skill.name: one.line for one in skills.values()})
    slugs = dict.fromkeys(slug for skill in whole for slug in skill.groups)
    groups = tuple(TaxonomyGroup(slug, slug.replace("-", " "), OWN_SET, "") for slug in slugs)
    return Taxonomy("", tuple(sorted(whole, key=lambda skill: skill.name)), groups)


@dataclass
class _Reading:
    skill: TaxonomySkill
    line: int
    aliases: list[TaxonomyAlias] = field(default_factory=list)


def _skill(path: Path, line: int, name: str, row: Mapping[str, str]) -> TaxonomySkill:
    if row["kind"] not in set(Kind):
        raise error(path, line, f"there is no kind {row['kind']!r}; there are {', '.join(Kind)}")
    groups = tuple(_parts(row.get("groups", "")))
    if strange := [slug for slug in groups if not _SLUG.fullmatch(slug)]:
        raise error(path, line, f"{strange[0]!r} is no slug of a group: letters, digits, - and _, at most 80")
    return TaxonomySkill(
        name=name,
        kind=Kind(row["kind"]),
        groups=tuple(dict.fromkeys(groups)),
        aliases=(),
        definition=checked(path, line, "the definition", row.get("definition", "").strip(), longest=LONGEST_DEFINITION),
        references=tuple(ref for scheme in Scheme for ref in _references(path, line, scheme, row)),
        is_hidden=_is_yes(path, line, row, "hidden"),
        merged_into=row.get("merged_into", "").strip(),
        is_deprecated=_is_yes(path, line, row, "deprecated"),
    )


def _references(path: Path, line: int, scheme: Scheme, row: Mapping[str, str]) -> Iterator[Reference]:
    identifiers, labels = _parts(row.get(scheme.value, "")), _parts(row.get(f"{scheme.value}_label", ""))
    for place, identifier in enumerate(dict.fromkeys(identifiers)):
        label = labels[place] if place < len(labels) else ""
        yield Reference(
            scheme,
            named(path, line, f"the {scheme.value} id", identifier, longest=LONGEST_IDENTIFIER),
            checked(path, line, "the label", label, longest=LONGEST_IDENTIFIER),
        )


def _alias(path: Path, line: int, row: Mapping[str, str]) -> TaxonomyAlias | None:
    exact_case, context = _is_yes(path, line, row, "exact_case"), row.get("context", "")
    if context and context not in RULES:
        raise error(path, line, f"there is no context rule {context!r}; there are {', '.join(sorted(RULES))}")
    try:
        not_in = languages_named(row.get("not_in", ""))
    except ValueError as strange:
        raise error(path, line, f"there is no language {str(strange)!r}; there are {', '.join(LANGUAGES)}") from strange
    phrase = " ".join(row["alias"].split())
    return TaxonomyAlias(named(path, line, "the alias", phrase), exact_case, context, not_in) if phrase else None


def _is_yes(path: Path, line: int, row: Mapping[str, str], column: str) -> bool:
    if row.get(column, "") not in ("", YES):
        raise error(path, line, f"{column} is {row[column]!r}, not {YES} or empty")
    return row.get(column, "") == YES


def _refuse_lost_pointers(path: Path, skills: Iterable[TaxonomySkill], lines: Mapping[str, int]) -> None:
    merged = {skill.name: skill.merged_into for skill in skills if skill.merged_into}
    for name, target in merged.items():
        if target not in lines:
            raise error(path, lines[name], f"there is no skill {target!r} to merge into")
        if target == name or target in merged:
            raise error(path, lines[name], f"{name!r} is merged into {target!r}, which is merged itself")


def _rows(skill: TaxonomySkill) -> Iterator[tuple[str, ...]]:
    """One for each alias; one without, for a skill that has none."""
    references = {scheme: [ref for ref in skill.references if ref.scheme is scheme] for scheme in Scheme}
    about = (
        _joined(skill.groups),
        skill.definition,
        *(
            cell
            for refs in references.values()
            for cell in (_joined(ref.identifier for ref in refs), _joined(ref.label for ref in refs))
        ),
        _yes(skill.is_hidden),
        _yes(skill.is_deprecated),
        skill.merged_into,
    )
    for alias in skill.aliases:
        yield (skill.name, skill.kind.value, alias.phrase, _yes(alias.exact_case), alias.context, alias.not_in, *about)
    if not skill.aliases:
        yield (skill.name, skill.kind.value, "", "", "", "", *about)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)


def _parts(cell: str) -> list[str]:
    """What `_joined` was given; of one empty part nothing is left."""
    parts = [""]
    for token in _SPLIT.findall(cell):
        if token.startswith(";"):
            parts.append("")
        else:
            parts[-1] += token[1:] if token.startswith("\\") and len(token) > 1 else token
    return parts if parts != [""] else []


def _yes(value: bool) -> str:  # noqa: FBT001  (what is written, not a switch)
    return YES if value else ""
