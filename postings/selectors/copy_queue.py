"""Copies to decide: the pairs of which the last pass was not sure, the least sure first, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from jobsite.models import Decision
from postings.copies import DOUBTFUL, posting_name
from postings.ingest.contacts import mask_contacts
from postings.models import CopyDecision, OpenPair
from postings.selectors.copies import PairScreen, pair_screen, postings_named

AROUND = 8
"""Pairs that are listed on either side of the one that is shown."""


@dataclass(frozen=True)
class WaitingPair:
    """`sure` says in words what the pass took them for, and how near it was to the other answer."""

    pk: int
    number: int
    titles: tuple[str, str]
    sure: str
    is_shown: bool


@dataclass(frozen=True)
class QueueScreen:
    """The pair at `number` of `waiting`, beside each other; `pair` is None when nothing waits.

    `following` is the pair that comes next, 0 for none; `today` how many this person has decided, `last` the latest of
    these decisions.
    """

    pair: PairScreen | None
    pk: int
    sure: str
    number: int
    waiting: int
    following: int
    listed: tuple[WaitingPair, ...]
    today: int
    last: Decision | None


def waiting_pairs() -> QuerySet[OpenPair]:
    """Return the pairs that nobody has decided since the pass that found them."""

    def name(side: str) -> Concat:
        return Concat(OuterRef(f"{side}__source__name"), Value(posting_name("", "")), OuterRef(f"{side}__key"))

    decided = CopyDecision.objects.filter(one=name("one"), other=name("other"))
    return OpenPair.objects.filter(~Exists(decided)).order_by("doubt", "pk")


def queue_screen(by: User, *, at: int = 0) -> QueueScreen:
    """Return the queue at a pair, by its id; at the first one when that does not wait any more."""
    ids = list(waiting_pairs().values_list("pk", flat=True))
    place = ids.index(at) if at in ids else 0
    made = Decision.objects.filter(by=by, action="copies.decide", stands=True).order_by("-pk")
    around = range(max(place - AROUND, 0), min(place + AROUND + 1, len(ids)))
    shown = _pairs(ids[i] for i in around)
    pair = shown.get(ids[place]) if ids else None
    return QueueScreen(
        pair=pair_screen(pair.one, pair.other) if pair else None,
        pk=pair.pk if pair else 0,
        sure=_sure(pair) if pair else "",
        number=place + 1,
        waiting=len(ids),
        following=ids[place + 1] if place + 1 < len(ids) else 0,
        listed=tuple(_waiting(shown[ids[i]], number=i + 1, is_shown=i == place) for i in around if ids[i] in shown),
        today=made.filter(at__gte=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)).count(),
        last=made.first(),
    )


def open_pair_of(decision: Decision) -> int:
    """Return the id of the pair that a decision was about, 0 when it waits no more."""
    found = postings_named([decision.words["one"], decision.words["other"]])
    here = [posting.pk for posting in found.values()]
    return waiting_pairs().filter(one__in=here, other__in=here).values_list("pk", flat=True).first() or 0


def _pairs(ids: Iterable[int]) -> dict[int, OpenPair]:
    related = ("title", "company", "source", "text_row", "ad_group")
    names = [f"{side}__{name}" for side in ("one", "other") for name in related]
    return OpenPair.objects.select_related("one", "other", *names).in_bulk(list(ids))


def _waiting(pair: OpenPair, *, number: int, is_shown: bool) -> WaitingPair:
    one, other = (mask_contacts(posting.title.text) for posting in (pair.one, pair.other))
    return WaitingPair(pair.pk, number, (one, other), _sure(pair), is_shown)


def _sure(pair: OpenPair) -> str:
    taken = "taken for one ad" if pair.is_copy else "taken for two ads"
    if not pair.is_copy and pair.doubt >= DOUBTFUL:
        return f"{taken} by a rule, though the texts are alike enough"
    than = "more" if pair.is_copy else "less"
    return f"{taken}: {pair.doubt * 100:.1f} points of the text {than} in common than one ad takes"
