"""A taxonomy in plain words: lists and dicts that JSON can hold. Decisions name what they add in them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NotRequired

from typing_extensions import TypedDict

from postings.skills.references import Reference
from postings.skills.taxonomy import Taxonomy, TaxonomyAlias, TaxonomyGroup, TaxonomySkill

JSON_FILE = "taxonomy.json"
FORMAT, VERSION = "rolescope-taxonomy", 1


class PortableAlias(TypedDict):
    """What is left out is false or empty."""

    phrase: str
    exact_case: NotRequired[bool]
    context: NotRequired[str]
    not_in: NotRequired[str]


class PortableReference(TypedDict):
    scheme: str
    identifier: str
    label: str


class PortableGroup(TypedDict):
    slug: str
    name: str
    set: str
    definition: str


class PortableSkill(TypedDict):
    """What is left out is empty or false; `groups` are slugs, `merged_into` is a name."""

    name: str
    kind: str
    aliases: NotRequired[list[PortableAlias]]
    groups: NotRequired[list[str]]
    definition: NotRequired[str]
    references: NotRequired[list[PortableReference]]
    is_hidden: NotRequired[bool]
    is_deprecated: NotRequired[bool]
    merged_into: NotRequired[str]


def portable_group(group: TaxonomyGroup) -> PortableGroup:
    return PortableGroup(slug=group.slug, name=group.name, set=group.set, definition=group.definition)


def portable_alias(alias: TaxonomyAlias) -> PortableAlias:
    words = PortableAlias(phrase=alias.phrase)
    if alias.exact_case:
        words["exact_case"] = True
    if alias.context:
        words["context"] = alias.context
    if alias.not_in:
        words["not_in"] = alias.not_in
    return words


def portable_reference(reference: Reference) -> PortableReference:
    return PortableReference(scheme=reference.scheme.value, identifier=reference.identifier, label=reference.label)


def portable_skill(skill: TaxonomySkill) -> PortableSkill:
    """Return a skill in words, without what is empty."""
    words = PortableSkill(name=skill.name, kind=skill.kind.value)
    if skill.aliases:
        words["aliases"] = [portable_alias(alias) for alias in skill.aliases]
    if skill.groups:
        words["groups"] = list(skill.groups)
    if skill.definition:
        words["definition"] = skill.definition
    if skill.references:
        words["references"] = [portable_reference(reference) for reference in skill.references]
    if skill.is_hidden:
        words["is_hidden"] = True
    if skill.is_deprecated:
        words["is_deprecated"] = True
    if skill.merged_into:
        words["merged_into"] = skill.merged_into
    return words


def write_json(taxonomy: Taxonomy, folder: Path) -> Path:
    """Write taxonomy.json, whole or not at all, and return where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    path, unfinished = folder / JSON_FILE, folder / f".{JSON_FILE}.unfinished"
    try:
        unfinished.write_text(_json(taxonomy.groups, taxonomy.skills), encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _json(groups: Iterable[TaxonomyGroup], skills: Iterable[TaxonomySkill]) -> str:
    content = {
        "format": FORMAT,
        "version": VERSION,
        "groups": [portable_group(group) for group in groups],
        "skills": [portable_skill(skill) for skill in skills],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
