"""Decisions of people: made by named actions, kept in a ledger, undone one by one, carried to other installations.

An app says what can be decided (`@action`), in words: names, never ids. A door calls `decide`. What the action changes
goes through `Changes`, which keeps the rows before and after; so `undo` needs no code of the action's own, and a
decision exported from one installation is made anew on another by the same action.
"""

from jobsite.decisions.about import last_decisions
from jobsite.decisions.actions import Action, Follow, Foreseen, action, actions, decide, follow_with, foresee
from jobsite.decisions.changes import Changes
from jobsite.decisions.exchange import Applied, apply_decisions, export_decisions
from jobsite.decisions.refusing import ChangedMeanwhileError, RefusedError
from jobsite.decisions.seen import Seen, version_of
from jobsite.decisions.showing import ShownRow, shown_rows
from jobsite.decisions.undoing import CannotUndoError, undo, why_not_undone

__all__ = [
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
    "action",
    "actions",
    "apply_decisions",
    "decide",
    "export_decisions",
    "follow_with",
    "foresee",
    "last_decisions",
    "shown_rows",
    "undo",
    "version_of",
    "why_not_undone",
]
