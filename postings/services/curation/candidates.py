"""Decisions about candidates: phrases that look like skills and are in no alias.

Decisions name candidates by their phrases, as the curator saw them written. A phrase that was never counted on the
installation where a decision is applied gets a row there, so that what was ignored stays away there, too.
"""

from collections.abc import Sequence

from jobsite.decisions import Changes, RefusedError, action
from postings.models import Alias, Candidate, CandidateState, Skill
from postings.services.candidates import LONGEST, key_of
from postings.services.curation.aliases import clean, refuse_doubles, rule_named
from postings.services.curation.naming import groups_named, kind_named, new_name, quoted, usable_skill_named
from postings.services.taxonomy import plain_aliases
from postings.skills import spelling_of


@action("candidate.alias", "Accept phrases as aliases", follow="facts")
def accept_as_aliases(  # noqa: PLR0913  (what one form holds is one decision)
    changes: Changes,
    *,
    candidates: Sequence[str],
    skill: str,
    exact_case: bool = False,
    context: str = "",
    phrase: str = "",
) -> str:
    """Make the phrases aliases of a skill, all with the same rule; texts that hold them are read again.

    `phrase` is how the one candidate is to be read where it was cut badly ("Web 3.0.").
    """
    row = usable_skill_named(skill)
    for one in _phrases(candidates, phrase):
        _name(changes, row, one, exact_case=exact_case, context=context)
    _accept(changes, candidates, row)
    return f"{quoted(candidates)} accepted as {'an alias' if len(candidates) == 1 else 'aliases'} of “{row}”."


@action("candidate.skill", "Accept phrases as a new skill", follow="facts")
def accept_as_skill(  # noqa: PLR0913  (what one form holds is one decision)
    changes: Changes,
    *,
    candidates: Sequence[str],
    name: str,
    kind: str,
    definition: str = "",
    groups: Sequence[str] = (),
    exact_case: bool = False,
    context: str = "",
    phrase: str = "",
    is_named: bool = False,
) -> str:
    """Make a skill that the phrases are aliases of, and its own name if it `is_named` so; texts are read again."""
    name = new_name(name)
    row = changes.create(Skill, name=name, kind=kind_named(kind), definition=definition)
    changes.link(row, "groups", groups_named(groups))
    for one in _phrases(candidates, phrase, *([name] if is_named else ())):
        _name(changes, row, one, exact_case=exact_case, context=context)
    _accept(changes, candidates, row)
    return f"{quoted(candidates)} accepted as the new skill “{row}”."


@action("candidate.ignore", "Ignore phrases for ever")
def ignore_candidates(changes: Changes, *, candidates: Sequence[str]) -> str:
    """Take the phrases from the queue for ever, in every spelling. What was ignored before stays so."""
    for row in _rows(candidates):
        if row.state == CandidateState.ACCEPTED:
            raise RefusedError(f"“{row}” was accepted as “{row.skill}” already.")
        changes.update(row, state=CandidateState.IGNORED)
    return f"{quoted(candidates)} ignored for ever."


@action("candidate.reopen", "Let phrases wait again")
def reopen_candidates(changes: Changes, *, candidates: Sequence[str]) -> str:
    """Put phrases back into the queue. One that an alias names has to lose that first."""
    for row in _rows(candidates):
        alias = Alias.objects.filter(phrase__iexact=row.phrase).select_related("skill").first()
        if alias:
            raise RefusedError(f"“{row}” is an alias of “{alias.skill}”: remove the alias, or undo what made it.")
        changes.update(row, state=CandidateState.WAITING, skill=None)
    return f"{quoted(candidates)} put back into the queue."


def _phrases(candidates: Sequence[str], phrase: str, *more: str) -> list[str]:
    """Return the aliases to be, each once whatever its case."""
    if phrase and len(candidates) != 1:
        raise RefusedError("One phrase at a time can be written in another way.")
    return list(
        {clean(one).casefold(): one for one in reversed([*([phrase] if phrase else candidates), *more])}.values()
    )


def _name(changes: Changes, skill: Skill, phrase: str, *, exact_case: bool, context: str) -> None:
    """Let a phrase name the skill, unless an alias of it does already; refuse one that names another skill."""
    phrase = clean(phrase)
    rule = rule_named(context)
    same = Alias.objects.filter(phrase=phrase, exact_case=True) if exact_case else plain_aliases(phrase)
    if same.filter(skill=skill).exists():
        return
    refuse_doubles(phrase, exact_case=exact_case)
    changes.create(Alias, phrase=phrase, skill=skill, exact_case=exact_case, context=rule)


def _accept(changes: Changes, candidates: Sequence[str], skill: Skill) -> None:
    for row in _rows(candidates):
        if row.state == CandidateState.IGNORED:
            raise RefusedError(f"“{row}” is ignored for ever: let it wait again first.")
        if row.state == CandidateState.ACCEPTED and row.skill not in (None, skill):
            raise RefusedError(f"“{row}” was accepted as “{row.skill}” already.")
        changes.update(row, state=CandidateState.ACCEPTED, skill=skill)


def _rows(candidates: Sequence[str]) -> list[Candidate]:
    """Return the rows of these phrases. Counted rows are the machine's, so a missing one is no part of the decision."""
    if not candidates:
        raise RefusedError("Choose the phrases that this is about.")
    return [_row(clean(phrase)) for phrase in dict.fromkeys(candidates)]


def _row(phrase: str) -> Candidate:
    if len(phrase) > LONGEST:
        raise RefusedError(f"“{phrase[:40]} …” is longer than {LONGEST} characters.")
    told = {"phrase": phrase, "spelling": spelling_of(phrase)[:LONGEST]}
    return Candidate.objects.select_related("skill").get_or_create(key=key_of(phrase), defaults=told)[0]
