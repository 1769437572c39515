"""The titles of the published run that have no role."""

from dataclasses import dataclass

from analytics.models import Asks, OpenTitle


@dataclass(frozen=True)
class UnmappedRow:
    """A title without a role, how often it is posted (copies left out), and what is known about it."""

    title: str
    postings: int
    reading: str
    certainty: float
    proposed: str
    confidence: float | None
    why: list[str]
    skills: list[str]


def unmapped_titles(top: int) -> list[UnmappedRow]:
    """Return the `top` commonest titles without a role on which nobody has decided yet. One query."""
    waiting = OpenTitle.objects.filter(asks=Asks.ROLE).waiting().select_related("title", "proposed")[:top]
    return [
        UnmappedRow(
            title=row.title.text,
            postings=row.postings,
            reading=row.reading,
            certainty=row.certainty,
            proposed=row.proposed.name if row.proposed else "",
            confidence=row.confidence,
            why=row.why,
            skills=row.skills,
        )
        for row in waiting
    ]
