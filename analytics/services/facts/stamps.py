"""Hashes of values and of the code: what decides figures, whatever the version is called."""

import hashlib
import json
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


def hash_of(value: object) -> str:
    """Return a hash of what can be written as JSON, 64 hex digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


@cache
def code_version() -> str:
    """Return a hash of the computing core, its word lists too."""
    return _hash_of_files(CORE)


@cache
def titles_code() -> str:
    """Return a hash of what reads titles."""
    return _hash_of_files(("analytics/titles",))


@cache
def reading_version() -> str:
    """Return a hash of what turns rows of the database into arrays."""
    return _hash_of_files(READING)


def _hash_of_files(places: Iterable[str]) -> str:
    roots = [Path(settings.BASE_DIR) / place for place in places]
    files = chain.from_iterable([root] if root.is_file() else root.rglob("*") for root in roots)
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in (".py", ".csv", ".toml")):
        digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
