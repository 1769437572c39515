"""How a title came to its role and seniority, in words."""

from functools import lru_cache

from analytics.models import TitlePin
from analytics.titles import TitleReader, load_catalogue
from postings.models import Posting

SURE = 0.9
"""Confidence from which a title is a phrase of the catalogue, not a guess from a field of work."""
HOW_SURE = (
    (1.0, "the title is a phrase of our catalogue"),
    (SURE, "a phrase of our catalogue stands in the title, beside other words"),
    (0.7, "read from the kind of work and the field that the title names"),
    (0.0, "a guess: the title names a field of work and little else"),
)


@lru_cache(maxsize=1)
def shipped_reader() -> TitleReader:
    return TitleReader(load_catalogue())


def how_role_was_read(posting: Posting, role: str) -> str:
    """Return where the role of a posting came from: a person, or what stands in its title."""
    pin = TitlePin.objects.filter(title=posting.title_id).first()
    if pin:
        return f"a person decided {'what this title means' if pin.role_id else f'that it {pin.get_without_display()}'}"
    reading = shipped_reader().read(posting.title.text)
    if reading.role != role:
        return "by a name that curators gave the role"
    return next(text for least, text in HOW_SURE if reading.confidence >= least)


def how_seniority_was_read(posting: Posting, seniority: str) -> str:
    """Return where the seniority came from, "" where none is said."""
    if not seniority or seniority == "unspecified":
        return ""
    if shipped_reader().read(posting.title.text).seniority == seniority:
        return "the title says so"
    return "a field of the posting says so" if posting.seniority else "a person decided it"
