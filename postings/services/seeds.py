"""Taxonomies from files -> the database. What it never had is added; what curators changed stays as they left it."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from jobsite.history import ids_ever
from postings import skills
from postings.models import Alias, Skill, SkillGroup, SkillReference
from postings.selectors.imports import as_matched
from postings.skills.exchange import Link


def load_taxonomy() -> dict[str, int]:
    """Add what the shipped taxonomy has and this database never had; return how many of each kind.

    What curators changed stays as they left it: what they renamed, merged or deleted does not come back.
    """
    return add_taxonomy(skills.load_shipped())


def load_taxonomy_once() -> bool:
    """Load the shipped taxonomy into a database that never had a skill; return whether it was needed."""
    if Skill.objects.exists() or Skill.history.exists():
        return False
    load_taxonomy()
    return True


def add_taxonomy(taxonomy: skills.Taxonomy) -> dict[str, int]:
    """Add what a taxonomy has and this database never had; return how many of each kind."""
    with transaction.atomic():
        defined = Skill.objects.exclude(definition="").count()
        # What skills are linked to is looked up before new ones come in.
        references = _new_references(taxonomy)
        return {
            "groups": _add_groups(taxonomy),
            "skills": _add_skills(taxonomy),
            "aliases": _add_aliases(taxonomy),
            "definitions": _add_definitions(taxonomy) - defined,
            "references": link_skills(references),
        }


def link_skills(links: Iterable[Link]) -> int:
    """Add the references that these skills never had; return how many. Skills are found by any name they had."""
    ids = ids_ever(Skill, "name")
    there = set(Skill.objects.values_list("pk", flat=True))
    columns = ("skill_id", "scheme", "identifier")
    known = {row for rows in (SkillReference.history, SkillReference.objects) for row in rows.values_list(*columns)}
    added: dict[tuple[int, str, str], SkillReference] = {}
    for link in links:
        skill, reference = ids.get(link.skill), link.reference
        key = (skill or 0, reference.scheme.value, reference.identifier)
        if skill in there and key not in known:
            added[key] = SkillReference(
                skill_id=skill, scheme=reference.scheme.value, identifier=reference.identifier, label=reference.label
            )
    bulk_create_with_history(list(added.values()), SkillReference)
    return len(added)


def _new_references(taxonomy: skills.Taxonomy) -> list[Link]:
    """The references of the taxonomy, without those to lists in which a skill has, or had, a reference already."""
    ids = ids_ever(Skill, "name")
    rows = (SkillReference.history, SkillReference.objects)
    known = {pair for references in rows for pair in references.values_list("skill_id", "scheme")}
    return [
        Link(item.name, reference)
        for item in taxonomy.skills
        for reference in item.references
        if (ids.get(item.name), reference.scheme.value) not in known
    ]


def _add_groups(taxonomy: skills.Taxonomy) -> int:
    known = ids_ever(SkillGroup, "slug")
    added = [
        SkillGroup(slug=group.slug, name=group.name, set=group.set, definition=group.definition)
        for group in taxonomy.groups
        if group.slug not in known
    ]
    bulk_create_with_history(added, SkillGroup)
    return len(added)


def _add_skills(taxonomy: skills.Taxonomy) -> int:
    known = ids_ever(Skill, "name")
    new = [item for item in taxonomy.skills if item.name not in known]
    bulk_create_with_history([_skill(item) for item in new], Skill)
    rows = {skill.name: skill for skill in Skill.objects.all()}
    groups = dict(SkillGroup.objects.values_list("slug", "pk"))
    links = [(rows[item.name].pk, groups[slug]) for item in new for slug in item.groups if slug in groups]
    through = Skill.groups.through
    through.objects.bulk_create(through(skill_id=skill, skillgroup_id=group) for skill, group in links)
    merged = [rows[item.name] for item in new if item.merged_into in rows]
    targets = {item.name: item.merged_into for item in new}
    for skill in merged:
        target = rows[targets[skill.name]]
        skill.merged_into = target.merged_into or target
    bulk_update_with_history(merged, Skill, ["merged_into"])
    return len(new)


def _skill(item: skills.TaxonomySkill) -> Skill:
    return Skill(
        name=item.name,
        kind=item.kind.value,
        definition=item.definition,
        is_hidden=item.is_hidden,
        is_deprecated=item.is_deprecated,
    )


def _add_aliases(taxonomy: skills.Taxonomy) -> int:
    skill_ids = ids_ever(Skill, "name")
    there = set(Skill.objects.values_list("pk", flat=True))
    columns = ("phrase", "exact_case")
    known = {as_matched(*row) for rows in (Alias.history, Alias.objects) for row in rows.values_list(*columns)}
    added = [
        Alias(skill_id=skill_ids[item.name], **asdict(alias))
        for item in taxonomy.skills
        if skill_ids[item.name] in there
        for alias in item.aliases
        if as_matched(alias.phrase, alias.exact_case) not in known
    ]
    bulk_create_with_history(added, Alias)
    return len(added)


def _add_definitions(taxonomy: skills.Taxonomy) -> int:
    """Define the skills that never had a definition; return how many have one now."""
    ids = ids_ever(Skill, "name")
    had = set(Skill.history.exclude(definition="").values_list("id", flat=True))
    bare = {skill.pk: skill for skill in Skill.objects.filter(definition="") if skill.pk not in had}
    changed = []
    for item in taxonomy.skills:
        skill = bare.get(ids.get(item.name, 0))
        if skill and item.definition:
            skill.definition = item.definition
            changed.append(skill)
    bulk_update_with_history(changed, Skill, ["definition"])
    return Skill.objects.exclude(definition="").count()
