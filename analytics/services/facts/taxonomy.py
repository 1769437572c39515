"""What the phrases mean today: alias -> skill, and a hash of it all."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from analytics.services.facts.stamps import hash_of
from analytics.snapshot import SkillLabel
from postings.models import Alias, Skill


@dataclass(frozen=True)
class SkillCodes:
    """The shown skills in order of name, and alias id -> their code, -1 for aliases of hidden skills.

    `version` is a hash of what the phrases mean: skills, kinds, groups, and which alias names which.
    """

    labels: tuple[SkillLabel, ...]
    code_of: np.ndarray
    version: str


def skill_codes() -> SkillCodes:
    merged = dict(Skill.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    shown = {pk: (name, kind) for pk, name, kind in Skill.objects.shown().values_list("pk", "name", "kind")}
    groups: dict[int, list[str]] = defaultdict(list)
    for pk, slug in Skill.groups.through.objects.values_list("skill_id", "skillgroup__slug"):
        groups[pk].append(slug)
    order = sorted(shown, key=lambda pk: shown[pk][0])
    code = {pk: number for number, pk in enumerate(order)}
    aliases = list(Alias.objects.values_list("pk", "skill_id", "phrase", "exact_case", "context", "not_in"))
    code_of = np.full(max((pk for pk, *_ in aliases), default=0) + 1, -1, np.int32)
    phrases: dict[int, list[tuple[str, bool, str, str]]] = defaultdict(list)
    for pk, skill, phrase, exact, rule, not_in in aliases:
        code_of[pk] = code.get(merged.get(skill, skill), -1)
        phrases[int(code_of[pk])].append((phrase, exact, rule, not_in))
    labels = tuple(
        SkillLabel(*shown[pk], tuple(sorted(groups[pk])), hash_of(sorted(phrases[code[pk]]))[:8]) for pk in order
    )
    meant = sorted((phrase, exact, int(code_of[pk])) for pk, _, phrase, exact, *_ in aliases)
    version = hash_of([[(label.name, label.kind, label.groups) for label in labels], meant])[:16]
    return SkillCodes(labels, code_of, version)
