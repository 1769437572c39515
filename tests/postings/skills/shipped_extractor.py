"""What the taxonomy that ships with Rolescope finds."""

from functools import cache

from postings.skills import Extractor, load_shipped


@cache
def shipped_extractor() -> Extractor:
    return Extractor(load_shipped().lexicon()[0])


def shipped_found(text: str) -> list[str]:
    """What stands at the mentions of the text, in order."""
    return [text[m.start : m.end] for m in shipped_extractor().read(text).mentions]


@cache
def _names() -> dict[int, str]:
    return load_shipped().lexicon()[1]


def shipped_skills(text: str) -> list[str]:
    """The skills that the text names, in order."""
    return [_names()[m.alias_id] for m in shipped_extractor().read(text).mentions]


def shipped_levels(text: str) -> dict[str, str]:
    """What stands at the mentions, and what is asked of it: R, P or M, and the years."""
    mentions = shipped_extractor().read(text).mentions
    return {text[m.start : m.end]: f"{m.level.name[0]}{'' if m.years is None else m.years}" for m in mentions}
