"""Hashes of the code: what decides figures, whatever the version is called."""

import hashlib
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

from django.conf import settings

CORE = (
    *(f"postings/{part}" for part in ("ingest", "skills", "copies")),
    *(f"analytics/{part}" for part in ("titles", "snapshot", "profiles", "measures")),
)
READING = ("analytics/services/facts", "analytics/snapshot", "postings/skills/records.py")


@cache
def code_version() -> str:
    """Return a hash of the computing core, its word lists too."""
    return _hash_of(CORE)


@cache
def titles_code() -> str:
    """Return a hash of what reads titles."""
    return _hash_of(("analytics/titles",))


@cache
def reading_version() -> str:
    """Return a hash of what turns rows of the database into arrays."""
    return _hash_of(READING)


def _hash_of(places: Iterable[str]) -> str:
    roots = [Path(settings.BASE_DIR) / place for place in places]
    files = chain.from_iterable([root] if root.is_file() else root.rglob("*") for root in roots)
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in (".py", ".csv", ".toml")):
        digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
