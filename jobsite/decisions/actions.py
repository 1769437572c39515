"""What can be decided, by name, and the one way to decide it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from pydantic import ConfigDict, ValidationError, validate_call

from jobsite.decisions.changes import Changes
from jobsite.decisions.refusing import RefusedError
from jobsite.decisions.seen import Seen
from jobsite.decisions.storable import refuse_unstorable
from jobsite.decisions.turns import wait_for_turn
from jobsite.models import Decision, DecisionRow

Run = Callable[..., str]
Follow = Callable[[], object]


@dataclass(frozen=True)
class Action:
    """`run(changes, **words)` does it and returns the sentence that says what was done; `follow` names what comes after
    ("facts": what became stale is read again; see `follow_with`); `label` names the action in lists."""

    name: str
    label: str
    follow: str
    run: Run


_MOST_TOLD = 5
"""Faults of the words that a refusal names."""

_actions: dict[str, Action] = {}
_follows: dict[str, Follow] = {}


def action(name: str, label: str, *, follow: str = "") -> Callable[[Run], Run]:
    """Register a function as the action `name`. Its keyword arguments are JSON: names and values, never ids.

    They are checked by their types, so that words from a file that the action cannot take are refused.
    """

    def register(run: Run) -> Run:
        assert name not in _actions, name
        checked = validate_call(config=ConfigDict(arbitrary_types_allowed=True, strict=True))(run)
        _actions[name] = Action(name, label, follow, checked)
        return run

    return register


def actions() -> dict[str, Action]:
    """Return all that can be decided, by name."""
    return dict(_actions)


def follow_with(name: str, do: Follow) -> None:
    """Say what is done after a decision whose action follows with `name`; apps do this once, when they are ready."""
    _follows[name] = do


def follow_up(names: set[str]) -> None:
    """Do what follows, each once, when what was decided is saved."""
    for name in sorted(names - {""}):
        _follows[name]()


def decide(
    name: str,
    words: dict[str, Any],
    *,
    by: User | None = None,
    why: str = "",
    seen: Seen | None = None,
) -> Decision:
    """Make a decision, whole or not at all, and return its entry in the ledger.

    Raises RefusedError with a sentence when it cannot be, ChangedMeanwhileError when what was `seen` is no longer so.
    """
    with transaction.atomic():
        wait_for_turn()
        if seen:
            seen.check()
        done, follow = enter_quietly(name, words, signed(by, why))
        follow_up({follow})
        return done


def signed(by: User | None, why: str) -> Decision:
    """Return a decision that says who decides and why; what is decided is not in it yet, and nothing is stored."""
    return Decision(by=by, by_name=by.get_username() if by else "", why=why.strip()[:300])


@dataclass(frozen=True)
class Foreseen:
    """What a decision would do: why it would be refused, "" when it would not; which rows it would change."""

    why_not: str
    rows: tuple[DecisionRow, ...] = ()


def foresee(name: str, words: dict[str, Any]) -> Foreseen:
    """Try a decision and leave nothing behind."""
    try:
        with transaction.atomic():
            _, changes, _ = _run(name, words)
            transaction.set_rollback(True)
    except RefusedError as refused:
        return Foreseen(str(refused))
    return Foreseen("", tuple(changes.rows))


def enter_quietly(name: str, words: dict[str, Any], decision: Decision) -> tuple[Decision, str]:
    """Run an action, inside a transaction, and store `decision`, which says who and why, with what it changed.

    What follows is left to the caller: its name is returned beside the decision.
    """
    refuse_unstorable([decision.why, decision.by_name])
    chosen, changes, summary = _run(name, words)
    decision.action, decision.words, decision.summary = name, words, summary[:400]
    decision.save()
    changes.store(decision)
    return decision, chosen.follow


def _run(name: str, words: dict[str, Any]) -> tuple[Action, Changes, str]:
    if name not in _actions:
        raise RefusedError(f"There is no action called “{name}” here.")
    refuse_unstorable(words)
    chosen, changes = _actions[name], Changes()
    try:
        summary = chosen.run(changes, **words)
    except ValidationError as wrong:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong.errors()[:_MOST_TOLD])
        raise RefusedError(f"“{name}” cannot be decided in these words: {told}.") from wrong
    if not changes.rows:
        raise RefusedError("Nothing would change.")
    return chosen, changes, summary
