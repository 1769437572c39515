"""What a curator wants to know before a change."""

from collections import defaultdict

from django.db.models import Prefetch

from postings import skills
from postings.models import Alias, Skill, SkillGroup, SkillReference


def current_taxonomy() -> skills.Taxonomy:
    """Return the skills, groups, aliases and references of this moment, hidden and merged ones too; what belongs to a
    skill in the order in which it was added."""
    rows = Skill.objects.select_related("merged_into").prefetch_related(
        Prefetch("aliases", Alias.objects.order_by("pk")), Prefetch("references", SkillReference.objects.order_by("pk"))
    )
    slugs: dict[int, list[str]] = defaultdict(list)
    for skill, slug in Skill.groups.through.objects.order_by("pk").values_list("skill_id", "skillgroup__slug"):
        slugs[skill].append(slug)
    groups = SkillGroup.objects.order_by("pk").values_list("slug", "name", "set", "definition")
    return skills.Taxonomy(
        version="",
        skills=tuple(sorted((_taxonomy_skill(row, slugs[row.pk]) for row in rows), key=lambda skill: skill.name)),
        groups=tuple(skills.TaxonomyGroup(*group) for group in groups),
    )


def _taxonomy_skill(row: Skill, groups: list[str]) -> skills.TaxonomySkill:
    return skills.TaxonomySkill(
        name=row.name,
        kind=skills.Kind(row.kind),
        groups=tuple(groups),
        aliases=tuple(skills.TaxonomyAlias(a.phrase, a.exact_case, a.context, a.not_in) for a in row.aliases.all()),
        definition=row.definition,
        references=tuple(
            skills.Reference(skills.Scheme(r.scheme), r.identifier, r.label) for r in row.references.all()
        ),
        is_hidden=row.is_hidden,
        merged_into=row.merged_into.name if row.merged_into else "",
        is_deprecated=row.is_deprecated,
    )
