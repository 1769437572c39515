"""The lexicon: all aliases at one moment, and the stamp that says which moment."""

import hashlib
from collections.abc import Iterable

from postings.skills.types import LexiconEntry

# Raise it whenever the same phrases would be read differently: records made before become stale.
RULES_VERSION = 4


class Lexicon:
    """All aliases. `stamp` (16 hex) changes with phrases, case flags, contexts, languages and rules, never with ids."""

    def __init__(self, entries: Iterable[LexiconEntry]) -> None:
        self.entries: tuple[LexiconEntry, ...] = tuple(
            sorted(entries, key=lambda e: (e.phrase, e.exact_case, e.context, e.not_in, e.alias_id))
        )
        self.stamp: str = _stamp(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def _stamp(entries: tuple[LexiconEntry, ...]) -> str:
    digest = hashlib.sha256(f"rules {RULES_VERSION}".encode())
    for phrase, exact_case, context, not_in in sorted({(e.phrase, e.exact_case, e.context, e.not_in) for e in entries}):
        digest.update(f"\x1e{phrase}\x1f{int(exact_case)}\x1f{context}\x1f{not_in}".encode())
    return digest.hexdigest()[:16]
