"""The roles of a run in the order that screens list them, and the way from an address back to a name."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.text import slugify
from numpy.typing import NDArray

from analytics.snapshot import Snapshot
from analytics.titles import OTHER, UNKNOWN

NOT_IN_CATALOGUE = {
    OTHER: "titles outside our catalogue",
    UNKNOWN: "titles that say nothing about the work",
    "": "no role",
}

_ACRONYMS = ("ai", "bi", "etl", "it", "llm", "ml", "nlp", "qa", "sap", "sql", "sre", "ui", "ux")
_SPELLED = {
    **{word: word.upper() for word in _ACRONYMS},
    "devops": "DevOps",
    "devsecops": "DevSecOps",
    "dataops": "DataOps",
    "mlops": "MLOps",
    "llmops": "LLMOps",
    "aiops": "AIOps",
    "rnd": "R&D",
}
"""Words of a role's name that are not spelled as they are pronounced."""


@lru_cache(maxsize=1024)
def role_label(name: str) -> str:
    """Return a role's name as screens spell it: "QA engineer", "Machine learning engineer"; "" is "Not known".

    A name that a curator spelled with capitals stays as it is.
    """
    if not name:
        return "Not known"
    label = " ".join(_SPELLED.get(word, word) for word in name.split(" "))
    return label[0].upper() + label[1:]


def role_within(name: str) -> str:
    """Return the same inside a sentence: "machine learning engineer", "QA engineer"."""
    return " ".join(_SPELLED.get(word, word) for word in name.split(" ")) or "not known"


def role_named(slug: str, snapshot: Snapshot) -> str | None:
    """Return the role whose address is `slug`, None when no posting of the run has it."""
    return next((name for name in snapshot.roles if name and slugify(name) == slug), None)


def roles_by_size(counts: NDArray, names: Sequence[str]) -> list[int]:
    """Return the codes of the roles that have postings: the commonest first, what is no role of ours last."""
    found = [code for code, count in enumerate(counts) if count]
    return sorted(found, key=lambda code: (names[code] in NOT_IN_CATALOGUE, -int(counts[code]), names[code]))


def catalogued_by_size(counts: NDArray, names: Sequence[str]) -> list[int]:
    """Return the same without what is no role of ours."""
    return [code for code in roles_by_size(counts, names) if names[code] not in NOT_IN_CATALOGUE]
