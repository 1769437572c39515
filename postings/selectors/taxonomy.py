"""What a curator wants to know before a change."""

from dataclasses import dataclass

import numpy as np

from jobsite.batching import batched
from postings import skills
from postings.models import Extraction, Skill


@dataclass(frozen=True)
class MergeConsequence:
    """What merging `absorb` into `keep` would do, shown before it is confirmed."""

    keep: Skill
    absorb: Skill
    aliases: int
    mentions: int
    postings: int
    groups_added: tuple[str, ...]


def merge_consequence(*, keep: Skill, absorb: Skill) -> MergeConsequence:
    have = set(keep.groups.values_list("name", flat=True))
    gained = sorted(name for name in absorb.groups.values_list("name", flat=True) if name not in have)
    aliases = list(absorb.aliases.values_list("pk", flat=True))
    mentions, postings = count_mentions(aliases)
    return MergeConsequence(keep, absorb, len(aliases), mentions, postings, tuple(gained))


def count_mentions(aliases: list[int]) -> tuple[int, int]:
    """Return how many mentions of these aliases there are, and in how many postings (copies counted)."""
    mentions = postings = 0
    records = Extraction.objects.values_list("record", flat=True).iterator(chunk_size=5000)
    for batch in batched(records, 5000):
        arrays = skills.unpack_many([bytes(record) for record in batch])
        hits = np.isin(arrays.alias, aliases)
        mentions += int(hits.sum())
        postings += len(np.unique(arrays.record[hits]))
    return mentions, postings
