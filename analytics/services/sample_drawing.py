"""Things to mark, drawn from the snapshot of a run stratum by stratum; the same seed draws the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import numpy as np
from django.db.models import Q
from django.utils.text import slugify
from numpy.typing import NDArray

from analytics.measures import allot
from analytics.models import Role, SampleItem, SampleOf
from analytics.snapshot import Filter, Selection, Snapshot
from analytics.snapshot.facts import LEVELS
from analytics.snapshot.listing import pairs_of
from analytics.titles import OTHER, UNKNOWN
from jobsite.batching import batched
from postings.ingest.contacts import mask_contacts
from postings.models import Alias, Posting
from postings.skills import unpack
from postings.skills.sentences import Sentences

SPARE = 20
"""So many more are drawn than needed, and as many again: postings may have changed since the run."""
BATCH = 200
BEFORE, AFTER = 900, 400
"""Characters around a sentence that are shown with it: headings above it often decide the level."""
NO_FAMILY = "no family"
STRATUM_OF = {OTHER: "another trade", UNKNOWN: "says nothing"}

Ids = NDArray[np.int64]
Aliases = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True)
class Wish:
    """What to draw. `kind` and `skill` narrow mentions only; skill, role and source are names as the run has them."""

    of: str
    size: int
    seed: int
    kind: str = ""
    skill: str = ""
    role: str = ""
    source: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """Return the filters that are set."""
        return {name: asdict(self)[name] for name in ("kind", "skill", "role", "source") if asdict(self)[name]}


@dataclass(frozen=True)
class Drawn:
    """`items` are not saved yet; `strata` says how many things of each there are in the run."""

    strata: dict[str, int]
    items: list[SampleItem]


@dataclass(frozen=True)
class Pool:
    """What one stratum is drawn from: rows of the snapshot, and of mentions the skill of each."""

    rows: Ids
    skills: Ids


def draw(snapshot: Snapshot, wish: Wish) -> Drawn:
    """Return up to `wish.size` things in an order by chance; copies are left out.

    Of mentions: one of each posting and skill, the one that gives its level; strata are kinds of skills. Of titles:
    postings are drawn, a title stands once and counts as often as it was drawn; strata are families of roles. Half of
    the size goes to the strata alike, the other half by what they hold.
    """
    selection = snapshot.select(
        Filter(roles=(wish.role,) if wish.role else (), sources=(wish.source,) if wish.source else ())
    )
    is_mentions = wish.of == SampleOf.MENTIONS
    pools = _mention_pools(snapshot, selection, wish) if is_mentions else _title_pools(snapshot, selection)
    sizes = {name: len(pool.rows) for name, pool in pools.items()}
    needs = allot(list(sizes.values()), wish.size, least=wish.size // (2 * max(len(sizes), 1)))
    rng = np.random.default_rng(wish.seed)
    items: list[SampleItem] = []
    for (name, pool), need in zip(pools.items(), needs.tolist(), strict=True):
        chosen = rng.choice(len(pool.rows), min(2 * need + SPARE, len(pool.rows)), replace=False)
        taken = Pool(pool.rows[chosen], pool.skills[chosen])
        make = _mention_items if is_mentions else _title_items
        items += make(snapshot, taken, name, need)
    order = rng.permutation(len(items))
    shuffled = [items[place] for place in order]
    for number, item in enumerate(shuffled, start=1):
        item.number = number
    return Drawn(sizes, shuffled)


def _mention_pools(snapshot: Snapshot, selection: Selection, wish: Wish) -> dict[str, Pool]:
    kinds = sorted({label.kind for label in snapshot.skill_labels})
    kind_of = np.array([kinds.index(label.kind) for label in snapshot.skill_labels], np.int16)
    wanted = np.array(
        [wish.kind in ("", label.kind) and wish.skill in ("", label.name) for label in snapshot.skill_labels], np.bool_
    )
    lengths, codes = pairs_of(snapshot, selection.rows)
    skills = codes // LEVELS
    stratum = np.where(wanted[skills], kind_of[skills], -1) if len(skills) else np.empty(0, np.int16)
    ends, rows = np.cumsum(lengths), selection.rows.astype(np.int64)
    pools = {}
    for code, kind in enumerate(kinds):
        pairs = np.flatnonzero(stratum == code)
        if len(pairs):
            pools[kind] = Pool(rows[np.searchsorted(ends, pairs, "right")], skills[pairs].astype(np.int64))
    return pools


def _title_pools(snapshot: Snapshot, selection: Selection) -> dict[str, Pool]:
    rows = selection.rows.astype(np.int64)
    families = dict(Role.objects.values_list("name", "family"))
    strata = [STRATUM_OF.get(name or UNKNOWN) or families.get(name) or NO_FAMILY for name in snapshot.roles]
    names = sorted(set(strata))
    stratum = np.array([names.index(name) for name in strata], np.int64)[snapshot.role[rows]]
    pools = {name: rows[stratum == code] for code, name in enumerate(names)}
    return {name: Pool(found, np.zeros(len(found), np.int64)) for name, found in pools.items() if len(found)}


def _mention_items(snapshot: Snapshot, pool: Pool, stratum: str, need: int) -> list[SampleItem]:
    """Return items of the first `need` pairs whose posting still reads so."""
    names = [snapshot.skills[skill] for skill in pool.skills.tolist()]
    aliases = _aliases_of(set(names))
    items: list[SampleItem] = []
    for batch in batched(zip(_ids(snapshot, pool), names, strict=True), BATCH):
        postings = Posting.objects.select_related("text_row", "extraction").in_bulk({pk for pk, _ in batch})
        for pk, name in batch:
            if len(items) == need:
                return items
            item = _mention_item(postings[pk], name, aliases) if pk in postings else None
            if item:
                item.stratum = stratum
                items.append(item)
    return items


def _aliases_of(names: set[str]) -> Aliases:
    """Return skill -> id -> phrase of the aliases that name it today."""
    found: dict[str, dict[int, str]] = {name: {} for name in names}
    rows = Alias.objects.filter(Q(skill__name__in=names) | Q(skill__merged_into__name__in=names))
    for pk, phrase, skill, into in rows.values_list("pk", "phrase", "skill__name", "skill__merged_into__name"):
        name = into or skill
        if name in found:
            found[name][pk] = phrase
    return found


def _mention_item(posting: Posting, skill: str, aliases: Aliases) -> SampleItem | None:
    extraction = getattr(posting, "extraction", None)
    if extraction is None or extraction.length != len(posting.text_row.text):
        return None
    mentions = [one for one in unpack(bytes(extraction.record)).mentions if one.alias_id in aliases[skill]]
    if not mentions:
        return None
    strongest = max(mentions, key=lambda one: (one.level, -one.start))
    places = _around(posting.text_row.text, strongest.start, strongest.end)
    phrase = aliases[skill][strongest.alias_id]
    return SampleItem(posting=posting, reading=skill, level=strongest.level.name.lower(), phrase=phrase, **places)


def _around(text: str, start: int, end: int) -> dict[str, str | int]:
    """Return what stands around text[start:end], contacts masked, and where sentence and mention stand in it."""
    sentence = Sentences(text).around(start)
    first = sentence.start - BEFORE
    first = text.find(" ", first, sentence.start) + 1 if first > 0 else 0
    last = max(sentence.end, end) + AFTER
    last = max(text.rfind(" ", 0, last), sentence.end, end) if last < len(text) else len(text)
    return {
        "text": mask_contacts(text)[first:last],
        "sentence_start": min(sentence.start, start) - first,
        "start": start - first,
        "end": end - first,
        "sentence_end": max(sentence.end, end) - first,
    }


def _title_items(snapshot: Snapshot, pool: Pool, stratum: str, need: int) -> list[SampleItem]:
    """Return items of the titles of the first `need` postings that still bear them."""
    slugs = dict(Role.objects.values_list("name", "slug"))
    items: dict[int, SampleItem] = {}
    left = need
    for posting, row in _still_there(snapshot, pool):
        if not left:
            break
        left -= 1
        title = int(snapshot.title[row])
        if title in items:
            items[title].times += 1
            continue
        role = snapshot.roles[snapshot.role[row]] or UNKNOWN
        text = mask_contacts(posting.title.text)
        items[title] = SampleItem(posting=posting, stratum=stratum, reading=slugs.get(role, slugify(role)), text=text)
    return list(items.values())


def _still_there(snapshot: Snapshot, pool: Pool) -> Iterator[tuple[Posting, int]]:
    for batch in batched(zip(_ids(snapshot, pool), pool.rows.tolist(), strict=True), BATCH):
        postings = Posting.objects.select_related("title").in_bulk({pk for pk, _ in batch})
        for pk, row in batch:
            if pk in postings and postings[pk].title.text == snapshot.titles[snapshot.title[row]]:
                yield postings[pk], row


def _ids(snapshot: Snapshot, pool: Pool) -> list[int]:
    return snapshot.posting_id[pool.rows].tolist()
