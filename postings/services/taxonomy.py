"""The taxonomy in the database: seeded from the shipped files, changed by curators."""

import hashlib

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

from jobsite.history import ids_ever
from postings import skills
from postings.models import Alias, Candidate, CandidateState, Skill, SkillGroup


def load_taxonomy() -> dict[str, int]:
    """Add what the shipped taxonomy has and this database never had; return how many of each kind.

    What curators changed stays as they left it: what they renamed, merged or deleted does not come back.
    """
    shipped = skills.load_shipped()
    with transaction.atomic():
        return {"groups": _add_groups(shipped), "skills": _add_skills(shipped), "aliases": _add_aliases(shipped)}


def _add_groups(shipped: skills.Taxonomy) -> int:
    known = ids_ever(SkillGroup, "slug")
    added = [
        SkillGroup(slug=group.slug, name=group.name, set=group.set, definition=group.definition)
        for group in shipped.groups
        if group.slug not in known
    ]
    bulk_create_with_history(added, SkillGroup)
    return len(added)


def _add_skills(shipped: skills.Taxonomy) -> int:
    known = ids_ever(Skill, "name")
    new = [item for item in shipped.skills if item.name not in known]
    bulk_create_with_history([Skill(name=item.name, kind=item.kind.value) for item in new], Skill)
    ids = dict(Skill.objects.values_list("name", "pk"))
    groups = dict(SkillGroup.objects.values_list("slug", "pk"))
    links = [(ids[item.name], groups[slug]) for item in new for slug in item.groups if slug in groups]
    through = Skill.groups.through
    through.objects.bulk_create(through(skill_id=skill, skillgroup_id=group) for skill, group in links)
    return len(new)


def _add_aliases(shipped: skills.Taxonomy) -> int:
    skill_ids = ids_ever(Skill, "name")
    there = set(Skill.objects.values_list("pk", flat=True))
    columns = ("phrase", "exact_case")
    known = {_as_matched(*row) for rows in (Alias.history, Alias.objects) for row in rows.values_list(*columns)}
    added = [
        Alias(phrase=alias.phrase, skill_id=skill_ids[item.name], exact_case=alias.exact_case, context=alias.context)
        for item in shipped.skills
        if skill_ids[item.name] in there
        for alias in item.aliases
        if _as_matched(alias.phrase, alias.exact_case) not in known
    ]
    bulk_create_with_history(added, Alias)
    return len(added)


def _as_matched(phrase: str, exact_case: bool) -> tuple[str, bool]:  # noqa: FBT001  (a column, not a switch)
    """Return what two aliases must not share: texts could not tell them apart."""
    return (phrase if exact_case else phrase.casefold()), exact_case


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
    """Make the phrase an alias of the candidate's skill. Postings that contain it are stale from now on.

    Raises ValueError, with a sentence, when that cannot be.
    """
    skill = candidate.skill
    why = why_not_an_alias(candidate.phrase, skill)
    if why or skill is None:
        raise ValueError(why)
    with transaction.atomic():
        alias = plain_aliases(candidate.phrase).first() or Alias.objects.create(phrase=candidate.phrase, skill=skill)
        candidate.state = CandidateState.ACCEPTED
        candidate.save(update_fields=["state", "skill"])
    return alias


def ignore_candidates(candidates: models.QuerySet[Candidate]) -> int:
    """Take the waiting ones among them from the list for ever; return how many. What was accepted stays accepted."""
    return candidates.filter(state=CandidateState.WAITING).update(state=CandidateState.IGNORED)


def why_not_an_alias(phrase: str, skill: Skill | None) -> str:
    """Return the sentence that says why `phrase` cannot become an alias of `skill`, or ""."""
    if skill is None:
        return "Choose the skill that this phrase names (make it first if it is new)."
    other = plain_aliases(phrase).exclude(skill=skill).select_related("skill").first()
    return f"“{other.phrase}” is an alias of {other.skill} already." if other else ""


def plain_aliases(phrase: str) -> models.QuerySet[Alias]:
    """The aliases that texts could not tell from `phrase` without regard to case: one at most."""
    return Alias.objects.filter(phrase__iexact=phrase, exact_case=False)
