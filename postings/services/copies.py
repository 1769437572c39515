"""Ad groups: postings with the same ad, one representative, nothing deleted."""

import logging
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from jobsite.batching import batched
from jobsite.heartbeat import kept_alive
from jobsite.work import LeaseLostError, State
from postings import copies, selectors
from postings.bulk import insert_rows, update_rows
from postings.models import AdGroup, CopyPass, Extraction, OpenPair, Posting, PostingText
from postings.services.candidates import count_candidates
from postings.services.settle import announce_settled, is_settled

logger = logging.getLogger(__name__)
_PAIRS_AT_ONCE = 500


def request_copy_pass() -> int:
    """Ask for a pass, unless one waits already; return its id. Two at once do no harm: a pass is repeatable."""
    waiting = CopyPass.objects.filter(state=State.QUEUED).first()
    return (waiting or CopyPass.objects.create()).pk


def group_copies(pk: int, *, announce: bool = False) -> bool:
    """Group all postings anew and store what changed; return False if somebody else has the pass.

    With `announce` the end of the pass and what follows from settled facts are stored together or not at all.
    """
    token = CopyPass.objects.all().claim(pk)
    if not token:
        return False
    began = time.monotonic()
    with kept_alive(CopyPass, pk, token):
        groups, doubtful = find_groups()
        changed = save_groups(groups)
        save_open_pairs(doubtful)
        save_spells()
        count_candidates()
    in_groups = sum(len(group) - 1 for group in groups)
    try:
        with transaction.atomic():
            CopyPass.objects.all().finish(pk, token, groups=len(groups), copies=in_groups)
            if announce and is_settled():
                announce_settled()
    except LeaseLostError as lost:
        logger.warning("copies: %s", lost)
        return False
    seconds = time.monotonic() - began
    logger.info("copies: groups=%d copies=%d changed=%d seconds=%.2f", len(groups), in_groups, changed, seconds)
    return True


class OpenQuestion(NamedTuple):
    """Two postings, by id, that may be one ad or not: see `copies.DoubtfulPair`."""

    one: int
    other: int
    doubt: float
    is_copy: bool


def find_groups() -> tuple[list[list[int]], list[OpenQuestion]]:
    """Return posting ids by ad, each group of two or more, its representative first; and what is left to people."""
    rows = list(
        Extraction.objects.annotate(
            employer=Coalesce("posting__company__merged_into__key", "posting__company__key", Value(""))
        )
        .order_by("posting__source__name", "posting__key")
        .values_list(
            "posting_id",
            "posting__source__name",
            "posting__key",
            "posting__title__text",
            "text_hash",
            "signature",
            "length",
            "employer",
            "posting__place",
            "posting__city",
        )
    )
    docs = [
        copies.CopyDoc(
            key=copies.posting_name(source, key),
            title=title,
            content_hash=text_hash,
            signature=bytes(signature),
            length=length,
            company=employer,
            place=place,
            city=city,
        )
        for _, source, key, title, text_hash, signature, length, employer, place, city in rows
    ]

    def text_of(indices: Sequence[int]) -> Mapping[int, str]:
        place = {rows[i][0]: i for i in indices}
        texts = PostingText.objects.filter(pk__in=place).values_list("pk", "text")
        return {place[pk]: text for pk, text in texts}

    found = copies.find_copies(docs, text_of, decisions=selectors.copy_decisions())
    questions = [OpenQuestion(rows[p.one][0], rows[p.other][0], p.doubt, p.is_copy) for p in found.doubtful]
    return [[rows[i][0] for i in group] for group in found.groups], questions


def save_open_pairs(questions: Sequence[OpenQuestion]) -> None:
    """Store what is left to people, instead of what the pass before left; pairs that stay keep their ids."""
    stored = {(pair.one_id, pair.other_id): pair for pair in OpenPair.objects.all()}
    wanted = {(question.one, question.other): question for question in questions}
    gone = [pair.pk for pair in stored.values() if (pair.one_id, pair.other_id) not in wanted]
    with transaction.atomic():
        for part in batched(gone, _PAIRS_AT_ONCE):
            OpenPair.objects.filter(pk__in=part).delete()
        named = {pk for question in questions for pk in question[:2]}
        here = set(Posting.objects.filter(pk__in=named).values_list("pk", flat=True))
        rows = [question for question in questions if here.issuperset(question[:2])]
        fields = ("one_id", "other_id", "doubt", "is_copy")
        insert_rows(OpenPair, fields, rows, conflict=fields[:2], update=fields[2:])


def save_groups(groups: Sequence[Sequence[int]]) -> int:
    """Make the stored ad groups equal to `groups`, touching only what differs; return how many postings moved."""
    wanted = {pk: group[0] for group in groups for pk in group}
    stored = dict(Posting.objects.exclude(ad_group=None).values_list("pk", "ad_group__representative_id"))
    moved = [pk for pk in wanted.keys() | stored.keys() if wanted.get(pk) != stored.get(pk)]
    if not moved:
        return 0
    representatives = set(wanted.values())
    with transaction.atomic():
        insert_rows(
            AdGroup, ("representative_id",), [(pk,) for pk in sorted(representatives)], conflict=("representative_id",)
        )
        group_of = dict(AdGroup.objects.values_list("representative_id", "pk"))
        members: dict[int | None, list[int]] = defaultdict(list)
        for pk in moved:
            members[group_of[wanted[pk]] if pk in wanted else None].append(pk)
        for group, ids in members.items():
            update_rows(Posting, ids, ad_group=group)
        AdGroup.objects.exclude(representative_id__in=representatives).filter(postings=None).delete()
    return len(moved)


def save_spells() -> int:
    """Store in which spell of its ad each posting came, touching only what differs; return how many changed."""
    rows: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    in_groups = Posting.objects.filter(ad_group__isnull=False).order_by("pk")
    for group, pk, day in in_groups.values_list("ad_group", "pk", "date_posted").iterator(5000):
        rows[group].append((pk, day))
    wanted = {
        pk: spell
        for members in rows.values()
        for (pk, _), spell in zip(members, copies.spells([day for _, day in members]), strict=True)
        if spell
    }
    stored = dict(Posting.objects.filter(reposted__gt=0).values_list("pk", "reposted"))
    changed: dict[int, list[int]] = defaultdict(list)
    for pk in sorted(wanted.keys() | stored.keys()):
        if wanted.get(pk) != stored.get(pk):
            changed[wanted.get(pk, 0)].append(pk)
    with transaction.atomic():
        for spell, ids in changed.items():
            update_rows(Posting, ids, reposted=spell)
    return sum(map(len, changed.values()))
