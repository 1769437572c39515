"""Decisions of people: made by named actions, kept in a ledger, undone one by one, carried to other installations.

An app says what can be decided (`@action`), in words: names, never ids. A door calls `decide`. What the action changes
goes through `Changes`, which keeps the rows before and after; so `undo` needs no code of the action's own, and a
decision exported from one installation is made anew on another by the same action.
"""

from jobsite.decisions.about import last_decisions
from jobsite.decisions.actions import Action, Follow, Foreseen, action, actions, decide, follow_with, foresee
from jobsite.decisions.batches import (
    MOST_TRIED,
    Applied,
    TakenAlreadyError,
    apply_decisions,
    confirm,
    discard,
    hand_in_file,
    hand_in_one,
    run_batch,
    waiting_batches,
)
from jobsite.decisions.changes import Changes
from jobsite.decisions.exchange import export_decisions
from jobsite.decisions.refusing import ChangedMeanwhileError, RefusedError
from jobsite.decisions.seen import Seen, version_of
from jobsite.decisions.showing import ShownRow, shown_rows
from jobsite.decisions.undoing import DECISION, UNDO, CannotUndoError, undo, why_not_undone

__all__ = [
    "DECISION",
    "MOST_TRIED",
    "UNDO",
    "Action",
    "Applied",
    "CannotUndoError",
    "ChangedMeanwhileError",
    "Changes",
    "Follow",
    "Foreseen",
    "RefusedError",
    "Seen",
    "ShownRow",
    "TakenAlreadyError",
    "action",
    "actions",
    "apply_decisions",
    "confirm",
    "decide",
    "discard",
    "export_decisions",
    "follow_with",
    "foresee",
    "hand_in_file",
    "hand_in_one",
    "last_decisions",
    "run_batch",
    "shown_rows",
    "undo",
    "version_of",
    "waiting_batches",
    "why_not_undone",
]
