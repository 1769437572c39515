"""How far a change of the catalogue reaches: the words that a title must hold before it can be read differently."""

from __future__ import annotations

from functools import cache

from analytics.titles.catalogue import Catalogue, load_catalogue
from analytics.titles.deciding import FAMILY_MANAGERS
from analytics.titles.lexicon import roles_of_fields
from analytics.titles.tokens import words_of

Phrase = tuple[str, ...]
"""Canonical words, as `words_of` gives them."""


def reach(before: Catalogue, after: Catalogue) -> frozenset[Phrase] | None:
    """Return the phrases of which a title must hold one to be read differently; None when any title may be.

    What a phrase of the catalogue means is its role, and who leads the people of that role's family. Roles that titles
    can be read into without any phrase of theirs ("data" + "architect") have to be there, or not, as before.
    """
    if _made(before) != _made(after):
        return None
    old, new = _meanings(before), _meanings(after)
    return frozenset(phrase for phrase in old.keys() | new.keys() if phrase and old.get(phrase) != new.get(phrase))


def _meanings(catalogue: Catalogue) -> dict[Phrase, tuple[str, str]]:
    """Return what each phrase means; of two roles with one phrase the later has it, as when titles are read."""
    return {
        words_of(words).tokens: (role.name, FAMILY_MANAGERS.get(role.family, ""))
        for role in catalogue.roles
        for words in (role.name, *role.synonyms)
    }


def _made(catalogue: Catalogue) -> set[tuple[str, str]]:
    """Return the roles of a catalogue that code and fields of work make by name, and who leads their people."""
    by_name = _names_in_code()
    return {(role.name, FAMILY_MANAGERS.get(role.family, "")) for role in catalogue.roles if role.name in by_name}


@cache
def _names_in_code() -> frozenset[str]:
    # The shipped names, since all that the code mentions are among these.
    return frozenset({*roles_of_fields(), *FAMILY_MANAGERS.values(), *(role.name for role in load_catalogue().roles)})
