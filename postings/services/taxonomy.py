"""The taxonomy in the database: seeded from the shipped files, changed by curators."""

import hashlib

from django.db import transaction

from postings import skills
from postings.models import Alias, Candidate, Skill, SkillGroup


def load_taxonomy() -> dict[str, int]:
    """Add what the shipped taxonomy has and the database lacks; what curators changed stays as they left it."""
    shipped = skills.load_shipped()
    with transaction.atomic():
        groups = {
            group.slug: SkillGroup.objects.get_or_create(
                slug=group.slug, defaults={"name": group.name, "set": group.set, "definition": group.definition}
            )[0]
            for group in shipped.groups
        }
        known = {skill.name: skill for skill in Skill.objects.all()}
        added = [Skill(name=item.name, kind=item.kind.value) for item in shipped.skills if item.name not in known]
        Skill.objects.bulk_create(added)
        skill_ids = dict(Skill.objects.values_list("name", "pk"))
        new = {skill.name for skill in added}
        links = [
            Skill.groups.through(skill_id=skill_ids[item.name], skillgroup_id=groups[slug].pk)
            for item in shipped.skills
            if item.name in new
            for slug in item.groups
        ]
        Skill.groups.through.objects.bulk_create(links)
        phrases = set(Alias.objects.values_list("phrase", "exact_case"))
        aliases = [
            Alias(
                phrase=alias.phrase, skill_id=skill_ids[item.name], exact_case=alias.exact_case, context=alias.context
            )
            for item in shipped.skills
            for alias in item.aliases
            if (alias.phrase, alias.exact_case) not in phrases
        ]
        Alias.objects.bulk_create(aliases)
    return {"groups": len(groups), "skills": len(added), "aliases": len(aliases)}


def current_lexicon() -> skills.Lexicon:
    """Return all aliases of this moment."""
    rows = Alias.objects.order_by("pk").values_list("pk", "phrase", "exact_case", "context")
    return skills.Lexicon(skills.LexiconEntry(*row) for row in rows)


def record_stamp(lexicon: skills.Lexicon) -> str:
    """Return the stamp that extraction records carry: the lexicon's own, and the ids that the records point to."""
    ids = ",".join(str(entry.alias_id) for entry in sorted(lexicon.entries, key=lambda e: (e.phrase, e.exact_case)))
    return hashlib.sha256(f"{lexicon.stamp}:{ids}".encode()).hexdigest()[:16]


def merge_skills(*, keep: Skill, absorb: Skill) -> None:
    """Move the aliases and groups of `absorb` to `keep`; `absorb` stays as a pointer to it. No text is read again.

    Raises ValueError, with a sentence, when the two are one or one of them is merged away already.
    """
    if keep.pk == absorb.pk:
        raise ValueError("A skill cannot be merged into itself.")
    if keep.merged_into_id or absorb.merged_into_id:
        raise ValueError("One of the two is merged into another skill already.")
    with transaction.atomic():
        for alias in absorb.aliases.all():
            alias.skill = keep
            alias.save()
        keep.groups.add(*absorb.groups.all())
        absorb.merged.update(merged_into=keep)
        absorb.merged_into = keep
        absorb.save()


def accept_candidate(candidate: Candidate) -> Alias:
    """Make the phrase an alias of the candidate's skill. Postings that contain it are stale from now on."""
    if candidate.skill is None:
        raise ValueError("Choose the skill that this phrase names.")
    alias, _ = Alias.objects.get_or_create(
        phrase=candidate.phrase, exact_case=False, defaults={"skill": candidate.skill}
    )
    return alias
