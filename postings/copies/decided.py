"""What people decided about copies, laid over what the texts say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postings.copies.nodes import CopyDoc

_BETWEEN = "\x1f"
KeyPair = tuple[str, str]


@dataclass(frozen=True)
class Decisions:
    """Pairs of postings by their names (`posting_name`): the same ad, and not the same ad."""

    together: frozenset[KeyPair] = frozenset()
    apart: frozenset[KeyPair] = frozenset()


NOTHING_DECIDED = Decisions()


def posting_name(source: str, key: str) -> str:
    """Return what names a posting across sources and for ever, whatever its database id."""
    return f"{source}{_BETWEEN}{key}"


def source_and_key(name: str) -> tuple[str, str]:
    """Return the two parts of the name of a posting."""
    source, _, key = name.rpartition(_BETWEEN)
    return source, key


def is_posting_name(name: str) -> bool:
    """Tell whether something may name a posting."""
    return all(source_and_key(name))


def readable_name(name: str) -> str:
    """Return "source, key" as people read it."""
    return name.replace(_BETWEEN, ", ")


def renamed(name: str, old: str, new: str) -> str:
    """Return the name of a posting whose source was called `old`, once it is called `new`; of others, as it is."""
    source, key = source_and_key(name)
    return posting_name(new, key) if source == old else name


def obeying(decisions: Decisions, groups: Iterable[Sequence[int]], docs: Sequence[CopyDoc]) -> list[list[int]]:
    """Return the groups with the decisions carried out; `groups` are indices into docs, each in at most one.

    "The same ad" joins, and joins what both are grouped with; "not the same" keeps two apart, through chains as well,
    and wins over every "the same" that would bring them together. Pairs are taken by name and members by length of
    text, then key, so the answer depends on no order.
    """
    found = [list(group) for group in groups]
    if not decisions.together and not decisions.apart:
        return found
    index = {doc.key: i for i, doc in enumerate(docs)}
    together, apart = (_known(pairs, index) for pairs in (decisions.together, decisions.apart))
    clusters = _Clusters(apart)
    for one, other in together:
        clusters.join(one, other)
    touched = {i for pair in (*together, *apart) for i in pair}
    kept = [group for group in found if touched.isdisjoint(group)]
    ranked = (_ranked(group, docs) for group in found if not touched.isdisjoint(group))
    mixed = sorted(ranked, key=lambda group: docs[group[0]].key)
    for group in mixed:
        _join_all(group, clusters)
    members = sorted(touched.union(*mixed), key=lambda i: docs[i].key)
    return [*kept, *clusters.listed(members)]


def _known(pairs: Iterable[KeyPair], index: dict[str, int]) -> list[tuple[int, int]]:
    """Return the pairs whose postings are both here."""
    return [(index[one], index[other]) for one, other in sorted(pairs) if one in index and other in index]


def _ranked(group: Sequence[int], docs: Sequence[CopyDoc]) -> list[int]:
    return sorted(group, key=lambda i: (-docs[i].length, docs[i].key))


def _join_all(group: Sequence[int], clusters: _Clusters) -> None:
    """Join each member to the first cluster of its group that nothing keeps it from."""
    heads: list[int] = []
    for member in group:
        if not any(clusters.join(head, member) for head in heads):
            heads.append(member)


class _Clusters:
    """Disjoint sets that never hold two members that must stay apart."""

    def __init__(self, apart: Iterable[tuple[int, int]]) -> None:
        self._parent: dict[int, int] = {}
        self._barred: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self._barred[one].add(other)
            self._barred[other].add(one)

    def root(self, item: int) -> int:
        while self._parent.setdefault(item, item) != item:
            self._parent[item] = item = self._parent[self._parent[item]]
        return item

    def join(self, one: int, other: int) -> bool:
        """Make one set of two, unless somebody in the one must stay apart from somebody in the other."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        if b in {self.root(barred) for barred in self._barred[a]}:
            return False
        self._parent[b] = a
        self._barred[a] |= self._barred.pop(b, set())
        return True

    def listed(self, items: Iterable[int]) -> list[list[int]]:
        sets: defaultdict[int, list[int]] = defaultdict(list)
        for item in items:
            sets[self.root(item)].append(item)
        return list(sets.values())
