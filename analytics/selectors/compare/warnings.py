"""What has to be known before the figures of sides are read."""

from itertools import combinations

from analytics.figures import percent
from analytics.measures import THIN_BELOW, duncan_index
from analytics.selectors.compare.differences import Contrasted
from analytics.selectors.counted import tally
from analytics.selectors.shares import postings_text
from analytics.selectors.two_times import OTHER_SOURCES


def warnings_of(found: Contrasted) -> tuple[str, ...]:
    """Return sentences on thin sides, on postings in common and on other sources."""
    return tuple(said for said in (*_thin(found), _shared(found), _sources(found)) if said)


def _thin(found: Contrasted) -> list[str]:
    return [
        f"Only {postings_text(side.n)} of {side.name}: read its shares with care."
        for side in found.sides
        if side.n < THIN_BELOW
    ]


def _shared(found: Contrasted) -> str:
    both = [
        f"{postings_text(int(found.shared[a, b]))} belong to both {found.sides[a].name} and {found.sides[b].name}."
        for a, b in combinations(range(len(found.sides)), 2)
        if found.shared[a, b]
    ]
    return " ".join([*both, "Intervals and p allow for what is shared; distances leave it out."]) if both else ""


def _sources(found: Contrasted) -> str:
    """Say where a difference may be one of the boards that the postings come from."""
    counts = [tally(side.snapshot, side.selection, "source") for side in found.sides]
    apart = {
        (one.name, other.name): float(duncan_index(counts[a], counts[b]))
        for (a, one), (b, other) in combinations(enumerate(found.sides), 2)
    }
    told = [
        f"{one} and {other} ({percent(part)} of the mix differs)"
        for (one, other), part in apart.items()
        if part >= OTHER_SOURCES
    ]
    if not told:
        return ""
    return (
        f"Different sources: {'; '.join(told)}. A difference may be theirs, not the market’s. "
        "Choose one source above to compare like with like."
    )
