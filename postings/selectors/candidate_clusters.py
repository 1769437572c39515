"""Phrases that wait and may be one, and the skill that a known spelling among them names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from postings.models import Alias, Candidate, Skill
from postings.selectors.candidate_queue import waiting_candidates
from postings.selectors.candidates import PhraseInText, sentences_with
from postings.skills import clustering

PAGE = 100


@dataclass(frozen=True)
class Cluster:
    """`members` wait, the commonest spelling first; `known` are aliases near them. `key`: that of the first member."""

    members: tuple[Candidate, ...]
    known: tuple[Alias, ...]
    methods: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.members[0].key

    @property
    def phrase(self) -> str:
        return self.members[0].phrase

    @property
    def postings(self) -> int:
        """Sum over the members: an ad that says two of them counts twice."""
        return sum(member.postings for member in self.members)

    @property
    def suggested(self) -> Skill | None:
        """The skill that most of the known spellings name."""
        skills = Counter(alias.skill for alias in self.known)
        return skills.most_common(1)[0][0] if skills else None


@dataclass(frozen=True)
class ClusterScreen:
    """`rows` are the largest; `chosen` is one of them, with a sentence of each member."""

    rows: tuple[Cluster, ...]
    chosen: Cluster | None
    found: int
    sentences: tuple[PhraseInText, ...]


def cluster_screen(*, at: str = "") -> ClusterScreen:
    """Return the clusters of what waits, those of most postings first; that of the candidate `at` is chosen."""
    found = candidate_clusters()
    rows = found[:PAGE]
    chosen = next((row for row in rows if any(member.key == at for member in row.members)), rows[0] if rows else None)
    sentences = [sentences_with(member.phrase, member.samples[:1]) for member in chosen.members] if chosen else []
    return ClusterScreen(tuple(rows), chosen, len(found), tuple(one for some in sentences for one in some))


def candidate_clusters() -> list[Cluster]:
    """Return the clusters of at least two spellings, one of them waiting, those of most postings first."""
    waiting = {row.key: row for row in waiting_candidates()}
    grouped = [
        (members, phrases, methods)
        for keys, phrases, methods in _grouped(_stamp())
        if (members := [waiting[key] for key in keys if key in waiting])
    ]
    wanted = {phrase for _, phrases, _ in grouped for phrase in phrases}
    known = _aliases(wanted)
    clusters = [
        Cluster(
            tuple(sorted(members, key=lambda row: (-row.postings, row.phrase))),
            tuple(alias for phrase in phrases for alias in known.get(phrase, ())),
            methods,
        )
        for members, phrases, methods in grouped
    ]
    told = [cluster for cluster in clusters if len(cluster.members) + len(cluster.known) > 1]
    return sorted(told, key=lambda cluster: (-cluster.postings, cluster.phrase))


def _aliases(phrases: set[str]) -> dict[str, list[Alias]]:
    usable = Alias.objects.filter(skill__in=Skill.objects.shown().filter(is_deprecated=False))
    found: dict[str, list[Alias]] = {}
    ordered = sorted(phrases)
    for at in range(0, len(ordered), 500):
        for alias in usable.filter(phrase__in=ordered[at : at + 500]).select_related("skill"):
            found.setdefault(alias.phrase, []).append(alias)
    return found


def _stamp() -> str:
    """Tell the counted phrases: decisions leave them as they are, so that a decided cluster costs no new clustering."""
    keys = Candidate.objects.order_by("pk").values_list("key", flat=True)
    return sha256("\n".join(keys.iterator()).encode()).hexdigest()


@lru_cache(maxsize=1)
def _grouped(stamp: str) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Keys of candidates, decided ones too, phrases of aliases near them, and why; of the moment of `stamp`."""
    del stamp
    rows = list(Candidate.objects.order_by("-postings", "pk").values_list("key", "phrase"))
    known = list(Alias.objects.order_by("pk").values_list("phrase", flat=True))
    phrases = [phrase for _, phrase in rows] + known
    return [_named(cluster, rows, phrases) for cluster in clustering.clusters(phrases, known=len(known))]


def _named(
    cluster: clustering.Cluster, rows: Sequence[tuple[str, str]], phrases: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    keys = tuple(rows[place][0] for place in cluster.members if place < len(rows))
    known = tuple(phrases[place] for place in cluster.members if place >= len(rows))
    return keys, known, tuple(method.value for method in cluster.methods)


forget_clusters = _grouped.cache_clear
"""Have the next question cluster anew, also where the counted phrases are the same."""
