"""What a taxonomy from a file would bring: what is new, what differs, what cannot come and why. Nothing is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from jobsite.history import ids_ever
from postings import skills
from postings.models import Alias, Skill, SkillGroup, SkillReference
from postings.skills.exchange import Link, portable_alias, portable_group, portable_reference, portable_skill


@dataclass(frozen=True)
class Difference:
    """A skill that is here, and what the file says otherwise; left as it is unless a person takes the file's word.

    `change` is that word, for the decision.
    """

    skill: str
    what: str
    here: str
    there: str
    change: Mapping[str, Any]


@dataclass(frozen=True)
class Ambiguous:
    """An entry of another list that may be one of several skills, which a person tells."""

    label: str
    names: tuple[str, ...]
    reference: Mapping[str, Any]


@dataclass(frozen=True)
class Foreseen:
    """What an import would do. The lists of words are those of the decision `taxonomy.import`.

    `left_out` are sentences about what cannot come, `differing` what is here already and said otherwise in the file;
    `defined` counts the changes that give a definition to a skill that never had one.
    """

    groups: list[Any] = field(default_factory=list)
    skills: list[Any] = field(default_factory=list)
    aliases: list[Any] = field(default_factory=list)
    references: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    differing: tuple[Difference, ...] = ()
    left_out: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    linked: int = 0
    unknown: tuple[str, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)

    def words(self, source: str) -> dict[str, Any]:
        """Return what `taxonomy.import` is told."""
        lists = {name: getattr(self, name) for name in ("groups", "skills", "aliases", "references", "changed")}
        return {"source": source} | lists

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.skills or self.aliases or self.references or self.changed)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many of each kind would come."""
        return {
            "groups": len(self.groups),
            "skills": len(self.skills),
            "aliases": len(self.aliases) + sum(len(one.get("aliases", ())) for one in self.skills),
            "definitions": len(self.changed) + sum("definition" in one for one in self.skills),
            "references": len(self.references) + sum(len(one.get("references", ())) for one in self.skills),
        }


def foresee_import(taxonomy: skills.Taxonomy, *, bring_back: bool = False) -> Foreseen:
    """Return what a taxonomy would bring. What was here once and was removed does not come back unless told so."""
    here = _Here(bring_back=bring_back)
    foreseen = Foreseen()
    sentences: list[str] = []
    differences: list[Difference] = []
    foreseen.groups.extend(portable_group(group) for group in taxonomy.groups if group.slug not in here.groups)
    here.slugs |= {group["slug"] for group in foreseen.groups}
    for item in taxonomy.skills:
        state = here.state_of(item.name)
        if state == _GONE:
            sentences.append(f"“{item.name}” was here and was removed.")
        elif state is None:
            _foresee_new(item, here, foreseen, sentences)
        else:
            _foresee_known(item, state, here, foreseen, sentences, differences)
    _refuse_lost(foreseen, here, sentences)
    return replace(foreseen, differing=tuple(differences), left_out=tuple(sentences))


def foresee_links(links: Iterable[Link]) -> list[dict[str, Any]]:
    """Return the references that these skills never had, in words. Skills are found by any name that they had."""
    here = _Here(bring_back=False)
    new: dict[tuple[int, str, str], dict[str, Any]] = {}
    for link in links:
        row = here.state_of(link.skill)
        key = (getattr(row, "pk", 0), link.reference.scheme.value, link.reference.identifier)
        if isinstance(row, Skill) and key not in here.references and not row.merged_into:
            new[key] = {"skill": row.name} | portable_reference(link.reference)
    return list(new.values())


_GONE = "gone"


class _Here:
    """What this installation has, and what it had."""

    def __init__(self, *, bring_back: bool) -> None:
        rows = Skill.objects.select_related("merged_into").prefetch_related("groups")
        self._rows = {row.pk: row for row in rows}
        self._by_name = {row.name.casefold(): row for row in self._rows.values()}
        self._ever = {} if bring_back else ids_ever(Skill, "name")
        self.slugs = set(SkillGroup.objects.values_list("slug", flat=True))
        self.groups = self.slugs | (set() if bring_back else set(ids_ever(SkillGroup, "slug")))
        self.owners = {as_matched(a.phrase, a.exact_case): a.skill for a in Alias.objects.select_related("skill")}
        histories: list[Any] = [] if bring_back else [Alias.history]
        columns = ("phrase", "exact_case")
        self.had = {as_matched(*row) for history in histories for row in history.values_list(*columns)}
        tables: list[Any] = [SkillReference.objects] if bring_back else [SkillReference.objects, SkillReference.history]
        keys = ("skill_id", "scheme", "identifier")
        self.references = {row for table in tables for row in table.values_list(*keys)}
        self.schemes = {(skill, scheme) for skill, scheme, _ in self.references}
        defined = set() if bring_back else set(Skill.history.exclude(definition="").values_list("id", flat=True))
        self.defined = defined | {pk for pk, row in self._rows.items() if row.definition}

    def state_of(self, name: str) -> Skill | str | None:
        """Return the skill that has or had this name, "gone" where it was removed, None where there never was one."""
        row = self._by_name.get(name.casefold())
        if row or name not in self._ever:
            return row
        return self._rows.get(self._ever[name], _GONE)


def as_matched(phrase: str, exact_case: bool) -> tuple[str, bool]:  # noqa: FBT001  (a column, not a switch)
    """Return what two aliases must not share: texts could not tell them apart."""
    return (phrase if exact_case else phrase.casefold()), exact_case


def _new_aliases(item: skills.TaxonomySkill, here: _Here, sentences: list[str], own: Skill | None) -> list[Any]:
    """Return the phrases that can come, and say of the others why not."""
    new = []
    for alias in item.aliases:
        key = as_matched(alias.phrase, alias.exact_case)
        owner = here.owners.get(key)
        if owner is not None and (own is None or owner not in (own, own.merged_into)):
            sentences.append(f"“{alias.phrase}” of “{item.name}” names “{owner}” here.")
        elif owner is None and key in here.had:
            sentences.append(f"“{alias.phrase}” of “{item.name}” was an alias here and was removed.")
        elif owner is None:
            new.append(portable_alias(alias))
    return new


def _foresee_new(item: skills.TaxonomySkill, here: _Here, foreseen: Foreseen, sentences: list[str]) -> None:
    words = portable_skill(item)
    aliases = _new_aliases(item, here, sentences, None)
    if item.aliases and not aliases and not item.merged_into:
        sentences.append(f"“{item.name}” cannot come: no phrase is left that could name it.")
        return
    if item.aliases:
        words["aliases"] = aliases
    if item.groups:
        words["groups"] = [slug for slug in item.groups if slug in here.slugs]
    foreseen.skills.append(words)


def _foresee_known(  # noqa: PLR0913, PLR0917  (what is collected)
    item: skills.TaxonomySkill,
    row: Any,
    here: _Here,
    foreseen: Foreseen,
    sentences: list[str],
    differences: list[Difference],
) -> None:
    target = row.merged_into or row
    aliases = _new_aliases(item, here, sentences, row)
    if aliases and target.is_deprecated:
        sentences.append(f"“{target}” is deprecated here: {len(aliases)} of its phrases stay out.")
    else:
        foreseen.aliases.extend({"skill": target.name} | alias for alias in aliases)
    if row.merged_into:
        return
    for reference in item.references:
        if (row.pk, reference.scheme.value) not in here.schemes:
            foreseen.references.append({"skill": row.name} | portable_reference(reference))
    if item.definition and row.pk not in here.defined:
        foreseen.changed.append({"skill": row.name, "definition": item.definition})
    elif item.definition not in ("", row.definition):
        change = {"skill": row.name, "definition": item.definition}
        differences.append(Difference(row.name, "definition", row.definition, item.definition, change))
    if item.kind.value != row.kind:
        change = {"skill": row.name, "kind": item.kind.value}
        differences.append(Difference(row.name, "kind", row.kind, item.kind.value, change))
    if item.is_hidden != row.is_hidden and not item.is_deprecated and not row.is_deprecated:
        states = {True: "hidden", False: "shown"}
        change = {"skill": row.name, "is_hidden": item.is_hidden}
        differences.append(Difference(row.name, "state", states[row.is_hidden], states[item.is_hidden], change))


def _refuse_lost(foreseen: Foreseen, here: _Here, sentences: list[str]) -> None:
    """Let those that lead to another skill lead to what that is called here; without it they cannot come."""
    new = {words["name"] for words in foreseen.skills}
    for words in list(foreseen.skills):
        target = words.get("merged_into")
        if not target or target in new:
            continue
        row = here.state_of(target)
        if isinstance(row, Skill):
            words["merged_into"] = (row.merged_into or row).name
        else:
            foreseen.skills.remove(words)
            sentences.append(f"“{words['name']}” cannot come: “{target}”, which it leads to, is not here.")
