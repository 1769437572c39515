"""Foreign skills that we do not know -> new skills of ours, with aliases that raise no false alarms.

General lists are made for people who look things up, not for searching texts for every entry: on marked sentences,
all of ESCO's labels found little more than they invented. So a single word from such a list counts only in the company
of other skills, and everyday words and letters are not taken at all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postings.skills.everyday import TOO_SHORT, is_everyday
from postings.skills.exchange.foreign import ForeignSkill
from postings.skills.tables import LONGEST_NAME
from postings.skills.taxonomy import KIND_RULES, Taxonomy, TaxonomyAlias, TaxonomyGroup, TaxonomySkill
from postings.skills.types import Kind


@dataclass(frozen=True)
class Additions:
    """`refused` counts, by reason, what was not made a skill."""

    taxonomy: Taxonomy
    refused: Mapping[str, int]


def additions(foreign: Iterable[ForeignSkill], taxonomy: Taxonomy) -> Additions:
    """New skills with one alias each, their name. None has a phrase that the taxonomy has."""
    taken = {skill.name.casefold() for skill in taxonomy.skills}
    taken |= {alias.phrase.casefold() for skill in taxonomy.skills for alias in skill.aliases}
    skills: list[TaxonomySkill] = []
    groups: dict[str, TaxonomyGroup] = {}
    refused: Counter[str] = Counter()
    for one in foreign:
        why = _why_not(one.name, taken)
        if why:
            refused[why] += 1
            continue
        taken.add(one.name.casefold())
        groups |= {group.slug: group for group in one.groups}
        slugs = tuple(group.slug for group in one.groups)
        skills.append(TaxonomySkill(one.name, one.kind, slugs, (_alias(one),), references=(one.reference,)))
    return Additions(Taxonomy("", tuple(skills), tuple(groups.values())), dict(refused))


def _why_not(name: str, taken: set[str]) -> str:
    if name.casefold() in taken:
        return "named like another one"
    if len(name) <= TOO_SHORT or not any(letter.isalpha() for letter in name):
        return "too short to search for"
    if is_everyday(name):
        return "an everyday word"
    return "too long" if len(name) > LONGEST_NAME else ""


def _alias(one: ForeignSkill) -> TaxonomyAlias:
    if " " in one.name:
        return TaxonomyAlias(one.name, exact_case=False, context=KIND_RULES.get(one.kind, ""))
    if one.kind is Kind.SPOKEN:
        return TaxonomyAlias(one.name, exact_case=False, context=KIND_RULES[one.kind])
    # Asana and Chef are words before they are products; "logging" is forestry before it is anything of ours.
    return TaxonomyAlias(one.name, exact_case=one.name != one.name.lower(), context="listed")
