"""The answers that people can give, as buttons and as a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.models import Answer
from analytics.selectors.sample_marks import NOT_A_ROLE, Said
from analytics.titles import OTHER, UNKNOWN


@dataclass(frozen=True)
class Choice:
    """A button: what it sends, what it says, its key, and whether it is what was said."""

    value: str
    text: str
    key: str
    is_said: bool


def mention_choices(said: Said) -> tuple[Choice, ...]:
    """Return the answers to "is this skill meant here, and how firmly is it asked for?"."""
    every = (
        ("yes:required", "Yes, required", "1"),
        ("yes:preferred", "Yes, preferred", "2"),
        ("yes:mentioned", "Yes, only mentioned", "3"),
        ("yes:", "Yes, level unclear", "y"),
        ("no:", "No", "n"),
        ("unsure:", "Cannot tell", "u"),
    )
    return tuple(Choice(value, text, key, value == f"{said.answer}:{said.level}") for value, text, key in every)


def other_choices(said: Said) -> tuple[Choice, ...]:
    """Return the answers beside the roles of the catalogue."""
    every = (
        (OTHER, "Another trade, not in the catalogue", "o"),
        (UNKNOWN, "Says nothing of the work", "n"),
        (Answer.UNSURE.value, "Cannot tell", "u"),
    )
    return tuple(Choice(f"{value}:", text, key, value == said.answer) for value, text, key in every)


def title_choices(said: Said, roles: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return all roles by name, and then the other answers, for a list."""
    named = sorted((text, slug) for slug, text in roles.items() if slug not in NOT_A_ROLE)
    listed = tuple(Choice(f"{slug}:", text, "", slug == said.answer) for text, slug in named)
    return listed + other_choices(said)
