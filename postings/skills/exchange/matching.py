"""Which skill of ours a foreign skill is: by name, then by alias; where it could be another, a person decides."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from postings.skills.context import EVERYDAY_WORDS, NEIGHBOUR_RULES
from postings.skills.exchange.foreign import ForeignSkill
from postings.skills.references import Reference, Scheme
from postings.skills.taxonomy import Taxonomy, TaxonomyAlias
from postings.skills.types import Kind

_SHORT = 2
# O*NET's examples are programs: "Accounting software" is not the field of accounting.
_KINDS = {Scheme.ESCO: frozenset(Kind), Scheme.ONET: frozenset({Kind.LANGUAGE, Kind.TOOL})}


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign skill and the skill of ours that it is."""

    skill: str
    reference: Reference


@dataclass(frozen=True)
class Matches:
    """`ambiguous` come with the names of the skills that they may be."""

    linked: tuple[Link, ...]
    ambiguous: tuple[tuple[ForeignSkill, tuple[str, ...]], ...]
    unknown: tuple[ForeignSkill, ...]


def matches(foreign: Iterable[ForeignSkill], taxonomy: Taxonomy) -> Matches:
    """Each foreign skill is linked, ambiguous or unknown. A reference that a skill has already counts as linked."""
    names = _Names(taxonomy)
    linked: list[Link] = []
    ambiguous: list[tuple[ForeignSkill, tuple[str, ...]]] = []
    unknown: list[ForeignSkill] = []
    for skill in foreign:
        sure, maybe = names.meant_by(skill)
        if sure:
            linked += [Link(name, skill.reference) for name in sure]
        elif maybe:
            ambiguous.append((skill, tuple(sorted(maybe))))
        else:
            unknown.append(skill)
    return Matches(tuple(linked), tuple(ambiguous), tuple(unknown))


class _Names:
    """All names and aliases, without regard to case unless an alias has regard to it."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        self._risky: dict[str, set[str]] = defaultdict(set)
        self._known: dict[tuple[Scheme, str], set[str]] = defaultdict(set)
        self._kinds = {skill.name: skill.kind for skill in taxonomy.skills}
        for skill in taxonomy.skills:
            meant = skill.merged_into or skill.name
            self._names[skill.name.casefold()].add(meant)
            for reference in skill.references:
                self._known[reference.scheme, reference.identifier].add(skill.name)
            for alias in skill.aliases:
                places = self._risky if _is_risky(alias) else self._aliases
                places[alias.phrase if alias.exact_case else alias.phrase.casefold()].add(meant)

    def meant_by(self, foreign: ForeignSkill) -> tuple[set[str], set[str]]:
        """The skills that it is, and if none, those that it may be."""
        known = self._known.get((foreign.reference.scheme, foreign.reference.identifier))
        if known:
            return known, set()
        kinds = _KINDS[foreign.reference.scheme]
        maybe: set[str] = set()
        for places in (self._by_name, self._by_alias):
            forms = (*foreign.labels, *foreign.short_names) if places == self._by_name else foreign.labels
            found = {name for form in forms for name in places(form) if self._kinds[name] in kinds}
            if len(found) == 1:
                return found, set()
            maybe |= found
        loose = (*foreign.labels, *foreign.short_names, *foreign.loose_labels)
        for form in loose:
            maybe |= self._by_name(form) | self._by_alias(form) | self._by_risky(form)
        return set(), {name for name in maybe if self._kinds[name] in kinds}

    def _by_name(self, form: str) -> set[str]:
        return self._names.get(form.casefold(), set())

    def _by_alias(self, form: str) -> set[str]:
        return self._aliases.get(form.casefold(), set()) | self._aliases.get(form, set())

    def _by_risky(self, form: str) -> set[str]:
        return self._risky.get(form.casefold(), set()) | self._risky.get(form, set())


def _is_risky(alias: TaxonomyAlias) -> bool:
    """Whether texts use the phrase for other things too."""
    phrase = alias.phrase.casefold()
    return alias.context in NEIGHBOUR_RULES or phrase in EVERYDAY_WORDS or len(phrase) <= _SHORT
