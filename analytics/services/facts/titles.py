"""What titles mean. A title is read once for each catalogue and version of the code; people's pins lie on top."""

import hashlib
import json
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from analytics.models import TitlePin
from analytics.services.facts.stamps import titles_code
from analytics.services.roles import CurrentRoles, current_roles
from analytics.titles import TitleReader
from postings.models import Title

logger = logging.getLogger(__name__)

Meaning = tuple[str, str]
"""Role and seniority."""


@dataclass(frozen=True)
class TitleMeanings:
    """All titles in order of id: what they say, and what they are called in our catalogue."""

    ids: np.ndarray
    texts: list[str]
    roles: list[str]
    seniorities: list[str]
    version: str


def title_meanings() -> TitleMeanings:
    """Return what each title means: a person's pin where there is one, else what the reader of titles says."""
    roles = current_roles()
    rows = list(Title.objects.order_by("pk").values_list("pk", "text"))
    pins = {
        pk: (role, seniority)
        for pk, role, seniority in TitlePin.objects.values_list("title_id", "role__name", "seniority")
    }
    read = _readings([text for _, text in rows], roles)
    meanings = [pins.get(pk) or read[text] for pk, text in rows]
    return TitleMeanings(
        ids=np.array([pk for pk, _ in rows], np.int64),
        texts=[text for _, text in rows],
        roles=[role for role, _ in meanings],
        seniorities=[seniority for _, seniority in meanings],
        version=titles_version(roles),
    )


def titles_version(roles: CurrentRoles) -> str:
    """Return a hash of what titles are read by: the catalogue of roles, their names of today, and the pins."""
    pins = sorted(TitlePin.objects.values_list("title__text", "role__name", "seniority"))
    return _hash_of([_catalogue(roles), pins])


def _readings(texts: list[str], roles: CurrentRoles) -> dict[str, Meaning]:
    """Return what the reader says of each text; what it said before is kept in a file."""
    path = Path(settings.DATA_DIR) / "facts" / "titles.json"
    stamp = _hash_of([_catalogue(roles), titles_code()])
    known = _kept_readings(path, stamp)
    new = [text for text in texts if text not in known]
    if new:
        reader = TitleReader(roles.catalogue)
        for text in new:
            reading = reader.read(text)
            known[text] = (roles.renamed.get(reading.role, reading.role), reading.seniority)
        _keep_readings(path, stamp, known)
        logger.info("titles: read=%d known=%d", len(new), len(known))
    return known


def _kept_readings(path: Path, stamp: str) -> dict[str, Meaning]:
    """Return the readings that were kept by the same catalogue and code; none when they were not, or are damaged."""
    try:
        kept = json.loads(path.read_text())
        if kept["stamp"] != stamp:
            return {}
        names = kept["meanings"]
        return {text: tuple(names[code]) for text, code in zip(kept["texts"], kept["codes"], strict=True)}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        logger.warning("titles: %s cannot be read (%s): all titles are read anew", path.name, error)
        return {}


def _keep_readings(path: Path, stamp: str, known: dict[str, Meaning]) -> None:
    names = sorted(set(known.values()))
    code_of = {meaning: code for code, meaning in enumerate(names)}
    content = {
        "stamp": stamp,
        "meanings": names,
        "texts": list(known),
        "codes": [code_of[meaning] for meaning in known.values()],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".titles-")
    with os.fdopen(handle, "w") as file:
        json.dump(content, file)
    Path(temporary).replace(path)


def _catalogue(roles: CurrentRoles) -> list[object]:
    named = sorted((role.name, role.family, sorted(role.synonyms)) for role in roles.catalogue.roles)
    return [named, sorted(roles.renamed.items())]


def _hash_of(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
