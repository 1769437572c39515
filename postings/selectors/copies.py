"""What is known of copies: decisions, the other postings of an ad, and the comparison of two postings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format

from jobsite.decisions import last_decisions, version_of
from jobsite.models import Decision
from postings import copies
from postings.copies import Segment, Side, Verdict
from postings.ingest.contacts import mask_contacts
from postings.models import CopyDecision, CopyVerdict, Posting

MOST_COPIES = 50
"""Copies that a page lists."""
_WORDS = 14
"""Words on either side of a difference that are shown before the rest of what both texts have is folded away."""
_LEVELS = (
    (0.999, "word for word the same"),
    (0.9, "nearly the same text"),
    (0.7, "most of the text is the same"),
    (0.4, "about half of the text is the same"),
    (0.05, "some of the text is the same"),
    (0.0, "another text"),
)


@dataclass(frozen=True)
class CopyLine:
    """Another posting of the same ad. `text` says how alike the texts are, `comparison` where they are compared.

    `differs` names what else is not the same ("company and place"), or is "".
    """

    title: str
    url: str
    source: str
    place: str
    company: str
    day: str
    text: str
    differs: str
    is_representative: bool
    is_again: bool
    comparison: str


@dataclass(frozen=True)
class CopiesPart:
    """The copies of one posting. `more` counts those that are not listed."""

    lines: tuple[CopyLine, ...]
    more: int
    openings: tuple[str, ...]
    spells: int


@dataclass(frozen=True)
class Fact:
    label: str
    one: str
    other: str
    is_same: bool


@dataclass(frozen=True)
class Run:
    """A run of words of one column; `kind` is "same" or "own". A folded one has what it hides behind `text`."""

    kind: str
    text: str
    hidden: str = ""
    words: int = 0
    end: str = ""


@dataclass(frozen=True)
class PairScreen:
    """Two postings beside each other."""

    one: Posting
    other: Posting
    titles: tuple[str, str]
    facts: tuple[Fact, ...]
    similarity: str
    figures: str
    matched: str
    blocked_by: tuple[str, ...]
    grouped: str
    says: str
    columns: tuple[tuple[Run, ...], tuple[Run, ...]]
    unread: str
    verdict: CopyDecision | None
    decision: Decision | None
    """Who decided `verdict`, when and why."""
    version: str
    """Of what a decision on the pair rests on (`jobsite.decisions.Seen`)."""


def copy_decisions() -> copies.Decisions:
    """Return all decisions as the grouping reads them."""
    rows = list(CopyDecision.objects.order_by("one", "other").values_list("one", "other", "verdict"))
    return copies.Decisions(
        together=frozenset((one, other) for one, other, verdict in rows if verdict == CopyVerdict.COPY),
        apart=frozenset((one, other) for one, other, verdict in rows if verdict == CopyVerdict.NOT_COPY),
    )


def decision_on(one: Posting, other: Posting) -> CopyDecision | None:
    first, second = pair_names(one, other)
    return CopyDecision.objects.filter(one=first, other=second).first()


def pair_names(one: Posting, other: Posting) -> tuple[str, str]:
    """Return the names by which a decision knows the two, in the order in which it has them."""
    first, second = sorted(copies.posting_name(posting.source.name, posting.key) for posting in (one, other))
    return first, second


def openings_of(posting: Posting) -> tuple[str, ...]:
    """Return the distinct places of the ad that a posting carries."""
    if posting.ad_group_id is None:
        return copies.openings([posting.place])
    return copies.openings(Posting.objects.filter(ad_group=posting.ad_group_id).values_list("place", flat=True))


def copies_part(posting: Posting) -> CopiesPart:
    """Return the other postings of the ad, those that came first above; without texts that would take long."""
    if posting.ad_group is None:
        return CopiesPart((), 0, openings_of(posting), 1)
    group = posting.ad_group
    members = group.postings.exclude(pk=posting.pk).order_by("date_posted", "pk")
    related = ("title", "company", "source", "text_row")
    listed = list(members.select_related(*related)[:MOST_COPIES])
    shares = copies.similarities(posting.text_row.text, (member.text_row.text for member in listed))
    return CopiesPart(
        lines=tuple(_line(posting, member, share) for member, share in zip(listed, shares, strict=True)),
        more=max(members.count() - MOST_COPIES, 0),
        openings=openings_of(posting),
        spells=1 + max(group.postings.values_list("reposted", flat=True), default=0),
    )


def _line(posting: Posting, member: Posting, share: float) -> CopyLine:
    return CopyLine(
        title=mask_contacts(member.title.text),
        url=member.get_absolute_url(),
        source=member.source.name,
        place=member.place,
        company=member.company.name if member.company else "",
        day=_day(member),
        text=in_words(share),
        differs=" and ".join(fact.label.lower() for fact in _facts(posting, member) if not fact.is_same),
        is_representative=posting.ad_group is not None and member.pk == posting.ad_group.representative_id,
        is_again=member.reposted > 0,
        comparison=reverse("posting_copy", args=[posting.pk, member.pk]),
    )


def in_words(similarity: float) -> str:
    """Return how alike two texts are (Jaccard, 0..1), for people."""
    return next(text for least, text in _LEVELS if similarity >= least)


def pair_screen(one: Posting, other: Posting) -> PairScreen:
    """Compare two postings; contacts are masked before, so that no difference shows one."""
    ads = [_compared(posting) for posting in (one, other)]
    found = copies.evidence(*ads)
    verdict = decision_on(one, other)
    return PairScreen(
        one=one,
        other=other,
        titles=(ads[0].title, ads[1].title),
        facts=_facts(one, other),
        similarity=in_words(found.similarity),
        figures=f"{found.similarity:.0%} of all five-word runs stand in both texts; "
        f"{found.containment:.0%} of the shorter text stands in the longer.",
        matched=", ".join(found.matched) or "none",
        blocked_by=tuple(block.value for block in found.blocked_by),
        grouped=_grouped(one, other, verdict),
        says=_says(found.verdict, one, other),
        columns=(_column(found.differs, Side.ONE), _column(found.differs, Side.OTHER)),
        unread=next((segment.text for segment in found.differs if segment.side is Side.UNREAD), ""),
        verdict=verdict,
        decision=last_decisions([verdict]).get(verdict.pk) if verdict else None,
        version=version_of([verdict] if verdict else []),
    )


def _compared(posting: Posting) -> copies.ComparedAd:
    return copies.ComparedAd(
        title=mask_contacts(posting.title.text),
        text=mask_contacts(posting.text_row.text),
        company=posting.company.name if posting.company else "",
        place=posting.place,
        city=posting.city,
        day=posting.date_posted,
    )


def _facts(one: Posting, other: Posting) -> tuple[Fact, ...]:
    columns = [
        (
            mask_contacts(posting.title.text),
            posting.company.name if posting.company else "not given",
            posting.place or "not given",
            _day(posting),
            posting.source.name,
        )
        for posting in (one, other)
    ]
    labels = ("Title", "Company", "Place", "Posted", "Source")
    return tuple(Fact(label, a, b, a == b) for label, a, b in zip(labels, *columns, strict=True))


def _day(posting: Posting) -> str:
    return date_format(posting.date_posted, "j M Y") if posting.date_posted else "no date given"


def _grouped(one: Posting, other: Posting, decision: CopyDecision | None) -> str:
    """Say how the two are counted now, and who says so."""
    together = one.ad_group_id is not None and one.ad_group_id == other.ad_group_id
    counted = "They count as one ad" if together else "They count as two ads"
    if decision is None:
        return f"{counted}."
    if together == (decision.verdict == CopyVerdict.COPY):
        return f"{counted}: a person decided it."
    return f"{counted}: the decision below is carried out by the next pass, unless another one forbids it."


def _says(verdict: Verdict, one: Posting, other: Posting) -> str:
    """Say what the rules make of the two alone; in a group they may have met through a third."""
    together = one.ad_group_id is not None and one.ad_group_id == other.ad_group_id
    alone = f"By themselves, these two titles and texts are {verdict.value}."
    if verdict is Verdict.NOT_COPY and together:
        return f"{alone} They are in one group because both match a third posting of it, or because a person said so."
    if verdict is Verdict.COPY and not together:
        return f"{alone} What they share may be what their employers put under every ad: that does not count."
    return alone


def _column(segments: Iterable[Segment], side: Side) -> tuple[Run, ...]:
    """Return one side of the comparison; long runs that both have are folded."""
    kinds = {Side.BOTH: "same", side: "own"}
    return tuple(_folded(kinds[part.side], part.text) for part in segments if part.side in kinds)


def _folded(kind: str, text: str) -> Run:
    words = text.split(" ")
    if kind == "own" or len(words) <= 4 * _WORDS:
        return Run(kind, text)
    hidden = " ".join(words[_WORDS:-_WORDS])
    return Run(kind, " ".join(words[:_WORDS]), hidden, len(words) - 2 * _WORDS, " ".join(words[-_WORDS:]))


def postings_named(names: Iterable[str]) -> dict[str, Posting]:
    """Return the postings behind the names in decisions, as far as they are still here."""
    parts = [name.split("\x1f", 1) for name in names if "\x1f" in name]
    if not parts:
        return {}
    wanted = Q()
    for source, key in parts:
        wanted |= Q(source__name=source, key=key)
    found = Posting.objects.filter(wanted).select_related("source", "title")
    return {copies.posting_name(posting.source.name, posting.key): posting for posting in found}
