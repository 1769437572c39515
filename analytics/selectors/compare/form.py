"""The form that chooses what stands side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.compare.sides import AT, Kind, Side, read_side
from analytics.selectors.counted import commonest, company_tally, tally
from analytics.selectors.filterbar import label_of
from analytics.selectors.links import sides_url
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size, role_within
from analytics.selectors.selected import selected
from analytics.snapshot import Snapshot

MOST_SIDES = 4
MOST_COMPANIES = 40
MOST_QUARTERS = 8
PLACES = ("First", "Second", "Third", "Fourth")


@dataclass(frozen=True)
class Choice:
    """One field of the form: `value` stands in it, `remove_url` is the page without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class Offer:
    """One line of the list that the fields offer."""

    value: str
    text: str


@dataclass(frozen=True)
class Form:
    """`reverse_url` turns the sides round; both are "" with fewer than two."""

    choices: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    offers: tuple[Offer, ...]
    reverse_url: str
    reverse_text: str


def form_of(texts: Sequence[str], sides: Sequence[Side], around: Question, shown: Published) -> Form:
    """Return the form with what was asked, known or not, and one field more while there is room."""
    known = [side.key for side in sides]
    fields = [*texts, *[""] * max(2 - len(texts), 1 if len(texts) < MOST_SIDES else 0)]
    choices = tuple(
        Choice(
            PLACES[place],
            _value(text, around, shown),
            sides_url([*texts[:place], *texts[place + 1 :]], around) if text else "",
        )
        for place, text in enumerate(fields)
    )
    return Form(
        choices=choices,
        hidden=tuple(around.pairs()),
        offers=_offers(around, shown),
        reverse_url=sides_url(reversed(known), around) if len(known) > 1 else "",
        reverse_text="Swap" if len(known) == 2 else "Reverse the order",
    )


def _value(text: str, around: Question, shown: Published) -> str:
    """Return how a person would write what `text` names: by its name, where that leads back to it."""
    side = read_side(text, around, shown) if text else None
    if side is None:
        return text
    name = f"{side.thing}{AT}{side.time}" if side.time else side.thing
    back = read_side(name, around, shown)
    return name if back is not None and back.key == side.key else side.key


def _offers(around: Question, shown: Published) -> tuple[Offer, ...]:
    """Return every role with postings, every profile, the commonest companies and the last years and quarters."""
    snapshot = shown.snapshot
    everyone = selected(snapshot, around.without("role").filter)
    counts = tally(snapshot, everyone, "role")
    roles = (
        Offer(role_within(snapshot.roles[code]), f"role, {number(int(counts[code]))} postings")
        for code in catalogued_by_size(counts, snapshot.roles)
    )
    return (*roles, *_profile_offers(around, shown), *_company_offers(snapshot), *_period_offers(snapshot))


def _profile_offers(around: Question, shown: Published) -> list[Offer]:
    found: dict[str, Offer] = {}
    for level in (shown.level, *shown.levels):
        for profile in shown.levels.get(level, ()):
            value = profile.name if profile.name not in found else f"{Kind.PROFILE}:{profile.known}"
            if all(offer.value != f"{Kind.PROFILE}:{profile.known}" for offer in found.values()):
                found.setdefault(value, Offer(value, f"profile ({profile.level}): {profile.name}"))
    return list(found.values())


@lru_cache(maxsize=2)
def _company_offers(snapshot: Snapshot) -> tuple[Offer, ...]:
    counts = company_tally(snapshot, snapshot.everything)
    return tuple(
        Offer(label_of("company", snapshot.companies[code], snapshot), f"company, {number(int(counts[code]))} postings")
        for code in commonest(counts, MOST_COMPANIES)
    )


@lru_cache(maxsize=2)
def _period_offers(snapshot: Snapshot) -> tuple[Offer, ...]:
    quarters = [name for name in snapshot.vocabulary("quarter") if name]
    years = sorted({name[:4] for name in quarters}, reverse=True)
    return tuple(Offer(name, "period") for name in (*years, *reversed(quarters[-MOST_QUARTERS:])))
