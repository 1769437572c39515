"""The titles that wait for a person, one of them opened: what the page of the queue shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet, Sum
from django.utils import timezone

from analytics.models import Asks, OpenTitle, Publication, Role, TitlePin
from analytics.selectors.published import published
from analytics.selectors.role_names import role_label, role_within
from analytics.snapshot import DamagedSnapshot
from analytics.titles import NO_ROLE
from jobsite.models import Decision
from postings.ingest.contacts import mask_contacts
from postings.models import Posting

LISTED = 100
"""Titles of the list at a time; others follow as these are decided."""
SAMPLES = 4
OPENING = 260
"""Characters of a posting that are shown."""
NEXT = 20
FOUND_ROLES = 12
ABOUT = ("title.", "role.create")
TABS = {
    Asks.SKILLS: "Skills disagree",
    Asks.ROLE: "Without a role",
    Asks.WORDING: "Read with little certainty",
}
EXPLAINED = {
    Asks.SKILLS: "These titles have a role, and the skills of their postings speak for another one: read wrongly, or "
    "another work under the same name. First come those of which a guess may have misplaced most postings.",
    Asks.ROLE: "No role fits what these titles say. The commonest come first.",
    Asks.WORDING: "A role was read from little in these titles. First come those of which most postings may be "
    "misread: their number times the doubt about the reading.",
}


@dataclass(frozen=True)
class RoleChoice:
    slug: str
    name: str

    @property
    def label(self) -> str:
        return role_within(self.name)


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    waiting: int
    is_chosen: bool


@dataclass(frozen=True)
class QueueRow:
    """`pk` is the title's: it stays while runs come and go."""

    pk: int
    title: str
    postings: str
    is_chosen: bool


@dataclass(frozen=True)
class Sample:
    """A posting with the title: where it stands, and how its text begins, contacts masked."""

    url: str
    company: str
    posted: date | None
    opening: str


@dataclass(frozen=True)
class OpenedTitle:
    """A title with all that there is to decide it by, in words."""

    pk: int
    title: str
    postings: str
    read_as: str
    proposed: RoleChoice | None
    is_confirming: bool
    kept: RoleChoice | None
    """The role that it is read as, where its skills speak for another."""
    because: str
    why: tuple[str, ...]
    skills: tuple[str, ...]
    nearest: tuple[RoleChoice, ...]
    samples: tuple[Sample, ...]
    new_name: str
    later: int | None
    """The title after it, None for the last."""


@dataclass(frozen=True)
class TitlesQueue:
    tab: Tab
    tabs: tuple[Tab, ...]
    explained: str
    words: str
    rows: tuple[QueueRow, ...]
    more: int
    opened: OpenedTitle | None
    coverage: str
    decided_today: int
    last: Decision | None
    families: tuple[str, ...]


def titles_queue(*, tab: str, words: str, at: int | None, by: User) -> TitlesQueue | None:
    """Return the queue with the title number `at` opened, or the first; None before the first run."""
    if not Publication.objects.filter(run__isnull=False).exists():
        return None
    counts = {asks: OpenTitle.objects.filter(asks=asks).waiting().count() for asks in TABS}
    chosen = tab if tab in TABS else next((asks for asks in TABS if counts[asks]), Asks.ROLE)
    tabs = tuple(Tab(asks, label, counts[asks], asks == chosen) for asks, label in TABS.items())
    waiting = waiting_titles(chosen, words)
    listed = list(waiting[:LISTED])
    opened = next((row for row in listed if row.title_id == at), listed[0] if listed else None)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return TitlesQueue(
        tab=next(one for one in tabs if one.is_chosen),
        tabs=tabs,
        explained=EXPLAINED[Asks(chosen)],
        words=words,
        rows=tuple(QueueRow(row.title_id, _title(row), f"{row.postings:,}", row == opened) for row in listed),
        more=max(waiting.count() - len(listed), 0),
        opened=_opened(opened, _after(listed, opened)) if opened else None,
        coverage=coverage(),
        decided_today=_decisions(by, today).count(),
        last=_decisions(by, today).first(),
        families=tuple(Role.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()),
    )


def waiting_titles(tab: str, words: str) -> QuerySet[OpenTitle]:
    """Return the titles of a tab that wait, in the order to work through, of those that hold `words`."""
    rows: QuerySet[OpenTitle] = OpenTitle.objects.filter(asks=tab).waiting().select_related("title", "proposed")
    return rows.filter(title__text__icontains=words) if words else rows


def next_after(tab: str, words: str, at: int | None, decided: Sequence[int]) -> int | None:
    """Return the title to open when `decided` are, of which `at` is the place to go on from; None after the last."""
    rows = list(waiting_titles(tab, words).values_list("title", flat=True)[:LISTED])
    place = rows.index(at) if at in rows else 0
    left = (pk for pk in (*rows[place:], *reversed(rows[:place])) if pk not in decided)
    return next(left, None)


def roles_like(words: str) -> tuple[RoleChoice, ...]:
    """Return the roles with these words in their name or a synonym, those whose name begins with them first."""
    roles = Role.objects.filter(merged_into=None)
    found = roles.filter(name__icontains=words) | roles.filter(synonyms__phrase__icontains=words)
    names = found.distinct().values_list("slug", "name")
    ordered = sorted(names, key=lambda one: (not one[1].startswith(words.lower()), words.lower() not in one[1], one[1]))
    return tuple(RoleChoice(slug, name) for slug, name in ordered[:FOUND_ROLES])


def coverage() -> str:
    """Return a sentence: how many postings have a role, what was decided since, what the next titles would add."""
    try:
        shown = published()
    except DamagedSnapshot as damaged:
        return str(damaged)
    if shown is None:
        return "There is no published run yet."
    snapshot = shown.snapshot
    counts = snapshot.tally(snapshot.everything, "role")
    total = int(counts.sum())
    if not total:
        return "There are no postings yet."
    without = sum(int(counts[code]) for code in snapshot.codes_of("role", ("", *NO_ROLE)))
    asked = OpenTitle.objects.filter(run=shown.run, asks=Asks.ROLE)
    pinned = TitlePin.objects.exclude(role=None).values("title")
    decided = asked.filter(title__in=pinned).aggregate(sum=Sum("postings"))["sum"] or 0
    following = sum(waiting_titles(Asks.ROLE, "").values_list("postings", flat=True)[:NEXT])
    told = f"{(total - without) / total:.1%} of {total:,} postings have a role"
    if decided:
        told += f", {decided:,} more with what was decided since run {shown.run.pk}"
    next_ones = (
        f"; the next {NEXT} titles without one would add {following / total * 100:.1f} points" if following else ""
    )
    return f"{told}{next_ones}."


def _decisions(by: User, since: datetime) -> QuerySet[Decision]:
    made = Decision.objects.filter(by=by, at__gte=since, stands=True, undoes=None)
    return made.filter(action__startswith=ABOUT[0]) | made.filter(action=ABOUT[1])


def _opened(row: OpenTitle, later: int | None) -> OpenedTitle:
    is_confirming = row.asks == Asks.WORDING
    slugs = dict(Role.objects.filter(merged_into=None).values_list("name", "slug"))
    known = [RoleChoice(slugs[name], name) for name in row.nearest if name in slugs]
    is_doubted = row.asks == Asks.SKILLS and row.reading in slugs
    kept = RoleChoice(slugs[row.reading], row.reading) if is_doubted else None
    proposed = RoleChoice(row.proposed.slug, row.proposed.name) if row.proposed and row.proposed.name in slugs else None
    return OpenedTitle(
        pk=row.title_id,
        title=_title(row),
        postings=f"{row.postings:,}",
        read_as=_read_as(row),
        proposed=proposed,
        is_confirming=is_confirming,
        kept=kept,
        because=_because(row),
        why=tuple(row.why),
        skills=tuple(row.skills),
        nearest=tuple(one for one in known if one not in (proposed, kept)),
        samples=_samples(row),
        new_name=_title(row).lower()[:80],
        later=later,
    )


def _title(row: OpenTitle) -> str:
    return mask_contacts(row.title.text)


def _read_as(row: OpenTitle) -> str:
    if row.reading == "unknown":
        return "The machine finds nothing about the work in it."
    if row.reading == "other":
        return f"The machine reads another trade, {row.certainty:.0%} sure."
    return f"The machine reads {role_within(row.reading)}, {row.certainty:.0%} sure."


def _because(row: OpenTitle) -> str:
    if not row.proposed:
        return "Nothing speaks clearly for one role."
    role = role_label(row.proposed.name)
    if row.margin is not None:
        return (
            f"{role}: the skills of a typical posting are likelier there than in its own role "
            f"(mean log-likelihood ratio {row.margin:.1f}, above 0 by Vuong's test over companies)."
        )
    return f"{role}, with confidence {row.confidence or 0:.2f}."


def _after(listed: Sequence[OpenTitle], opened: OpenTitle | None) -> int | None:
    places = [row.title_id for row in listed]
    at = places.index(opened.title_id) + 1 if opened else len(places)
    return places[at] if at < len(places) else None


def _samples(row: OpenTitle) -> tuple[Sample, ...]:
    """Return postings with the title, the newest first, copies left out."""
    found = Posting.objects.filter(title=row.title_id).select_related("company", "text_row")
    newest = found.order_by("-said_since", "-pk")[: 3 * SAMPLES]
    apart = {posting.ad_group_id or -posting.pk: posting for posting in reversed(newest)}
    return tuple(
        Sample(
            url=posting.get_absolute_url(),
            company=posting.company.name if posting.company else "",
            posted=posting.date_posted,
            opening=_opening(posting.text_row.text),
        )
        for posting in list(reversed(apart.values()))[:SAMPLES]
    )


def _opening(text: str) -> str:
    told = " ".join(mask_contacts(text).split())
    return told if len(told) <= OPENING else told[:OPENING].rsplit(" ", 1)[0] + " …"
