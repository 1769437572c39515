"""The decision that takes in a taxonomy: what is new of it, in words that hold all of it, and what it changes."""

from collections.abc import Iterable, Sequence
from typing import Any, NotRequired

from typing_extensions import TypedDict

from jobsite.decisions import Changes, RefusedError, action
from postings.models import Alias, Scheme, Skill, SkillGroup, SkillReference
from postings.selectors.imports import as_matched
from postings.services.curation.aliases import clean, not_in_named, rule_named
from postings.services.curation.naming import kind_named, skill_named, usable_skill_named
from postings.skills.exchange import PortableAlias, PortableGroup, PortableReference, PortableSkill


class OwnedAlias(PortableAlias):
    """A new phrase of a skill that is here."""

    skill: str


class OwnedReference(PortableReference):
    """What another list calls a skill that is here."""

    skill: str


class SkillChange(TypedDict):
    """What becomes of a skill that is here; what is not told stays."""

    skill: str
    kind: NotRequired[str]
    definition: NotRequired[str]
    is_hidden: NotRequired[bool]


class ImportWords(TypedDict):
    """The words of `taxonomy.import`. `source` is the name of the file."""

    source: str
    groups: list[PortableGroup]
    skills: list[PortableSkill]
    aliases: list[OwnedAlias]
    references: list[OwnedReference]
    changed: list[SkillChange]


@action("taxonomy.import", "Import a taxonomy", follow="facts")
def import_words(  # noqa: PLR0913  (a file is one decision)
    changes: Changes,
    *,
    source: str,
    groups: Sequence[PortableGroup] = (),
    skills: Sequence[PortableSkill] = (),
    aliases: Sequence[OwnedAlias] = (),
    references: Sequence[OwnedReference] = (),
    changed: Sequence[SkillChange] = (),
) -> str:
    """Add groups, skills with all that hangs on them, phrases and references of skills that are here; change some."""
    _refuse_double(groups, "slug", SkillGroup.objects.values_list("slug", flat=True), "group")
    changes.create_many([SkillGroup(**group) for group in groups])
    owners = {one["skill"]: usable_skill_named(one["skill"]) for one in aliases}
    owners |= {one["skill"]: skill_named(one["skill"]) for one in (*references, *changed)}
    made = _make_skills(changes, skills)
    _join_groups(changes, skills, made)
    _add_aliases(changes, [(made[one["name"]], alias) for one in skills for alias in one.get("aliases", ())])
    _add_aliases(changes, [(owners[one["skill"]], one) for one in aliases])
    _add_references(changes, [(made[one["name"]], ref) for one in skills for ref in one.get("references", ())])
    _add_references(changes, [(owners[one["skill"]], one) for one in references])
    for one in changed:
        changes.update(owners[one["skill"]], **_values(one))
    n_aliases = len(aliases) + sum(len(one.get("aliases", ())) for one in skills)
    counts = {"group": len(groups), "skill": len(skills), "alias": n_aliases}
    counts |= {"id elsewhere": len(references) + sum(len(one.get("references", ())) for one in skills)}
    told = [_counted(count, what) for what, count in counts.items() if count]
    told += [f"{_counted(len(changed), 'skill')} changed"] if changed else []
    return f"“{source}” imported: {', '.join(told) or 'nothing new'}."


def _make_skills(changes: Changes, skills: Sequence[PortableSkill]) -> dict[str, Skill]:
    """Make the skills, those that others lead to first; return them by name."""
    _refuse_double(skills, "name", Skill.objects.values_list("name", flat=True), "skill")
    ends = [one for one in skills if not one.get("merged_into")]
    made = {one["name"]: _skill(one, None) for one in ends}
    changes.create_many(list(made.values()))
    pointers = [one for one in skills if one.get("merged_into")]
    for one in pointers:
        target = one["merged_into"]
        made[one["name"]] = _skill(one, made[target] if target in made else skill_named(target))
    changes.create_many([made[one["name"]] for one in pointers])
    return made


def _skill(words: PortableSkill, target: Skill | None) -> Skill:
    if target and target.merged_into_id:
        raise RefusedError(f"“{words['name']}” would lead to “{target}”, which leads on itself.")
    return Skill(
        name=words["name"],
        kind=kind_named(words["kind"]),
        definition=words.get("definition", ""),
        is_hidden=words.get("is_hidden", False),
        is_deprecated=words.get("is_deprecated", False),
        merged_into=target,
    )


def _join_groups(changes: Changes, skills: Sequence[PortableSkill], made: dict[str, Skill]) -> None:
    ids = dict(SkillGroup.objects.values_list("slug", "pk"))
    through = Skill.groups.through
    links = [(made[one["name"]].pk, slug) for one in skills for slug in dict.fromkeys(one.get("groups", ()))]
    if missing := next((slug for _, slug in links if slug not in ids), None):
        raise RefusedError(f"There is no group “{missing}”.")
    changes.create_many([through(skill_id=skill, skillgroup_id=ids[slug]) for skill, slug in links])


def _add_aliases(changes: Changes, new: Sequence[tuple[Skill, Any]]) -> None:
    """Add phrases, none of which texts could take for another one."""
    if not new:
        return
    there = {as_matched(a.phrase, a.exact_case): a for a in Alias.objects.select_related("skill")}
    rows = []
    for skill, words in new:
        phrase, exact_case = clean(words["phrase"]), bool(words.get("exact_case"))
        key = as_matched(phrase, exact_case)
        if key in there:
            raise RefusedError(f"“{there[key].phrase}” is an alias of “{there[key].skill}” already.")
        rule, not_in = rule_named(words.get("context", "")), not_in_named(words.get("not_in", ""))
        there[key] = Alias(phrase=phrase, skill=skill, exact_case=exact_case, context=rule, not_in=not_in)
        rows.append(there[key])
    changes.create_many(rows)


def _add_references(changes: Changes, new: Sequence[tuple[Skill, Any]]) -> None:
    for _, words in new:
        if words["scheme"] not in Scheme.values:
            raise RefusedError(f"There is no list called “{words['scheme']}”: {', '.join(Scheme.values)}.")
    names = ("scheme", "identifier", "label")
    changes.create_many([SkillReference(skill=skill, **{name: words[name] for name in names}) for skill, words in new])


def _values(change: SkillChange) -> dict[str, Any]:
    values: dict[str, Any] = {name: value for name, value in change.items() if name != "skill"}
    if "kind" in values:
        kind_named(values["kind"])
    return values


def _refuse_double(new: Sequence[Any], field: str, there: Iterable[str], what: str) -> None:
    """Raise RefusedError where a new one is called like one that is here, or like another new one."""
    taken = {name.casefold(): name for name in there}
    for words in new:
        name = words[field].strip()
        if not name or name != words[field]:
            raise RefusedError(f"“{words[field]}” is no name of a {what}.")
        if name.casefold() in taken:
            raise RefusedError(f"There is a {what} “{taken[name.casefold()]}” already.")
        taken[name.casefold()] = name


def _counted(count: int, what: str) -> str:
    many = {"alias": "aliases", "id elsewhere": "ids elsewhere"}.get(what, f"{what}s")
    return f"{count:,} {what if count == 1 else many}"
