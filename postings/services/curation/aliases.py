"""Decisions about the phrases that name skills."""

from collections.abc import Iterable, Sequence

from typing_extensions import TypedDict

from jobsite.decisions import Changes, RefusedError, action
from postings.ingest.language import LANGUAGES
from postings.models import Alias, Candidate, CandidateState, Skill
from postings.services.curation.naming import alias_named, quoted, usable_skill_named
from postings.services.taxonomy import plain_aliases
from postings.skills import languages_named
from postings.skills.context import RULES


class AliasWords(TypedDict):
    """An alias as decisions name it; `exact_case` and `phrase` tell it from all others."""

    phrase: str
    exact_case: bool


class NewAliasWords(AliasWords, total=False):
    """`not_in`: the languages of texts that it is not read in, by their codes."""

    context: str
    not_in: str


@action("alias.add", "Add aliases", follow="facts")
def add_aliases(changes: Changes, *, skill: str, aliases: Sequence[NewAliasWords]) -> str:
    """Let these phrases name a skill; texts that can hold them are read again."""
    row = usable_skill_named(skill)
    added = [add_alias(changes, row, alias) for alias in aliases]
    return f"{quoted(alias.phrase for alias in added)} added to “{skill}”."


@action("alias.move", "Move aliases", follow="facts")
def move_aliases(changes: Changes, *, aliases: Sequence[AliasWords], skill: str) -> str:
    """Let these phrases name another skill. No text is read again."""
    target = usable_skill_named(skill)
    rows = [named(alias) for alias in aliases]
    sources = {row.skill.pk: row.skill for row in rows if row.skill != target}
    for row in rows:
        changes.update(row, skill=target)
    refuse_orphans(sources.values())
    return f"{quoted(row.phrase for row in rows)} moved to “{skill}”."


@action("alias.edit", "Change aliases", follow="facts")
def edit_aliases(  # noqa: PLR0913  (what an alias is)
    changes: Changes,
    *,
    aliases: Sequence[AliasWords],
    phrase: str | None = None,
    exact_case: bool | None = None,
    context: str | None = None,
    not_in: str | None = None,
) -> str:
    """Change whether the case of phrases counts, the rule that decides, in texts of which languages they are not read,
    or how one is spelt; what is not told stays."""
    if phrase is not None and len(aliases) > 1:
        raise RefusedError("Only one alias at a time can be spelt otherwise.")
    rows = [named(alias) for alias in aliases]
    said: dict[str, None] = {}
    for row in rows:
        values = {
            "phrase": row.phrase if phrase is None else clean(phrase),
            "exact_case": row.exact_case if exact_case is None else exact_case,
            "context": row.context if context is None else rule_named(context),
            "not_in": row.not_in if not_in is None else not_in_named(not_in),
        }
        refuse_doubles(str(values["phrase"]), exact_case=bool(values["exact_case"]), but=row)
        changes.update(row, **values)
        if values["phrase"] != row.phrase:
            let_wait_again(changes, row.phrase)
        said |= dict.fromkeys(name for name, value in values.items() if value != getattr(row, name))
    of = f" of “{rows[0].skill}”" if len(rows) == 1 else ""
    names = ", ".join(name.replace("_", " ") for name in said)
    return f"{quoted(row.phrase for row in rows)}{of} changed: {names}."


@action("alias.remove", "Remove aliases", follow="facts")
def remove_aliases(changes: Changes, *, aliases: Sequence[AliasWords]) -> str:
    """Let these phrases name nothing any more; texts that hold them are read again."""
    rows = [named(alias) for alias in aliases]
    for row in rows:
        changes.delete(row)
        let_wait_again(changes, row.phrase)
    refuse_orphans({row.skill.pk: row.skill for row in rows}.values())
    return f"{quoted(alias['phrase'] for alias in aliases)} removed."


def let_wait_again(changes: Changes, phrase: str) -> None:
    """Put the candidate that became this alias back into the queue, when the phrase names nothing any more."""
    if Alias.objects.filter(phrase__iexact=phrase).exists():
        return
    accepted = Candidate.objects.filter(key=phrase.casefold()[:120], state=CandidateState.ACCEPTED)
    for candidate in accepted:
        changes.update(candidate, state=CandidateState.WAITING, skill=None)


def add_alias(changes: Changes, skill: Skill, alias: NewAliasWords) -> Alias:
    """Add one alias; raises RefusedError for a phrase that texts could not tell from another one."""
    phrase, exact_case = clean(alias["phrase"]), bool(alias.get("exact_case"))
    refuse_doubles(phrase, exact_case=exact_case)
    rule, not_in = rule_named(alias.get("context", "")), not_in_named(alias.get("not_in", ""))
    return changes.create(Alias, phrase=phrase, skill=skill, exact_case=exact_case, context=rule, not_in=not_in)


def named(alias: AliasWords) -> Alias:
    """Return the row of an alias; raises RefusedError where there is none."""
    return alias_named(alias["phrase"], exact_case=bool(alias.get("exact_case")))


def words_of(alias: Alias) -> AliasWords:
    """Return what decisions call an alias."""
    return {"phrase": alias.phrase, "exact_case": alias.exact_case}


def clean(phrase: str) -> str:
    """Return a phrase without odd blanks; raises RefusedError for an empty one."""
    phrase = " ".join(phrase.split())
    if not phrase:
        raise RefusedError("An alias needs a phrase.")
    return phrase


def rule_named(context: str) -> str:
    """Return the name of a context rule, "" for none; raises RefusedError for one that the readers do not know."""
    if context and context not in RULES:
        raise RefusedError(f"There is no context rule “{context}”: {', '.join(sorted(RULES))}.")
    return context


def not_in_named(codes: str) -> str:
    """Return codes of languages as an alias holds them; raises RefusedError for one that texts are never found in."""
    try:
        return languages_named(codes)
    except ValueError as strange:
        raise RefusedError(f"No text is told to be in “{strange}”: {', '.join(LANGUAGES)}.") from strange


def refuse_doubles(phrase: str, *, exact_case: bool, but: Alias | None = None) -> None:
    """Raise RefusedError, naming the other skill, when texts could not tell the phrase from an alias that is there."""
    others = Alias.objects.filter(phrase=phrase, exact_case=True) if exact_case else plain_aliases(phrase)
    other = others.exclude(pk=but.pk if but else 0).select_related("skill").first()
    if other:
        raise RefusedError(f"“{other.phrase}” is an alias of “{other.skill}” already.")


def refuse_orphans(skills: Iterable[Skill]) -> None:
    """Raise RefusedError when one of these skills is left without an alias: nothing could name it any more."""
    for skill in skills:
        if not Alias.objects.filter(skill=skill).exists():
            raise RefusedError(f"“{skill}” would be left without an alias: merge or deprecate it, or hide it.")
