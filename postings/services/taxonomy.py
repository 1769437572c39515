"""The taxonomy in the database, as curators change it, and the lexicon of the moment."""

import hashlib

from django.db import models, transaction

from postings import skills
from postings.models import Alias, Skill


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


def why_not_an_alias(phrase: str, skill: Skill | None) -> str:
    """Return the sentence that says why `phrase` cannot become an alias of `skill`, or ""."""
    if skill is None:
        return "Choose the skill that this phrase names (make it first if it is new)."
    other = plain_aliases(phrase).exclude(skill=skill).select_related("skill").first()
    return f"“{other.phrase}” is an alias of {other.skill} already." if other else ""


def plain_aliases(phrase: str) -> models.QuerySet[Alias]:
    """The aliases that texts could not tell from `phrase` without regard to case: one at most."""
    return Alias.objects.filter(phrase__iexact=phrase, exact_case=False)
