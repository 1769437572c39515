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
from analytics.snapshot import Column
from analytics.titles import TitleReader
from postings.models import Title

logger = logging.getLogger(__name__)

Meaning = tuple[str, str]
"""Role and seniority."""


@dataclass(frozen=True)
class TitleMeanings:
    """All titles in order of id: what they say, and for each what it is called in our catalogue."""

    ids: np.ndarray
    texts: list[str]
    role: Column
    seniority: Column
    version: str


@dataclass(frozen=True)
class Readings:
    """What the reader said of titles: `meanings[codes[i]]` of `texts[i]`."""

    texts: list[str]
    meanings: list[Meaning]
    codes: np.ndarray


def title_meanings() -> TitleMeanings:
    """Return what each title means: a person's pin where there is one, else what the reader of titles says."""
    roles = current_roles()
    rows = list(Title.objects.order_by("pk").values_list("pk", "text"))
    ids, texts = np.array([pk for pk, _ in rows], np.int64), [text for _, text in rows]
    read = _readings(texts, roles)
    pins = list(TitlePin.objects.order_by("title_id").values_list("title_id", "role__name", "seniority"))
    codes = read.codes.copy()
    codes[np.searchsorted(ids, [title for title, *_ in pins])] = len(read.meanings) + np.arange(len(pins))
    meanings = [*read.meanings, *((role, seniority) for _, role, seniority in pins)]
    return TitleMeanings(
        ids=ids,
        texts=texts,
        role=Column(codes, [role for role, _ in meanings]),
        seniority=Column(codes, [seniority for _, seniority in meanings]),
        version=titles_version(roles),
    )


def titles_version(roles: CurrentRoles) -> str:
    """Return a hash of what titles are read by: the catalogue of roles, their names of today, and the pins."""
    pins = sorted(TitlePin.objects.values_list("title__text", "role__name", "seniority"))
    return _hash_of([_catalogue(roles), pins])


def _readings(texts: list[str], roles: CurrentRoles) -> Readings:
    """Return what the reader says of each text, in their order; what it said before is kept in a file."""
    path = Path(settings.DATA_DIR) / "facts" / "titles.json"
    stamp = _hash_of([_catalogue(roles), titles_code()])
    kept = _kept_readings(path, stamp)
    if kept.texts == texts:
        return kept
    said = dict(zip(kept.texts, kept.codes.tolist(), strict=True))
    code_of = {meaning: code for code, meaning in enumerate(kept.meanings)}
    reader = TitleReader(roles.catalogue)
    codes = [said[text] if text in said else _read(text, reader, roles, code_of) for text in texts]
    readings = Readings(texts, list(code_of), np.array(codes, np.int32))
    _keep_readings(path, stamp, readings)
    logger.info("titles: read=%d known=%d", sum(text not in said for text in texts), len(said))
    return readings


def _read(text: str, reader: TitleReader, roles: CurrentRoles, code_of: dict[Meaning, int]) -> int:
    reading = reader.read(text)
    meaning = (roles.renamed.get(reading.role, reading.role), reading.seniority)
    return code_of.setdefault(meaning, len(code_of))


def _kept_readings(path: Path, stamp: str) -> Readings:
    """Return the readings that were kept by the same catalogue and code; none when they were not, or are damaged."""
    nothing = Readings([], [], np.empty(0, np.int32))
    try:
        kept = json.loads(path.read_text())
        if kept["stamp"] != stamp:
            return nothing
        meanings = [(role, seniority) for role, seniority in kept["meanings"]]
        readings = Readings(kept["texts"], meanings, np.array(kept["codes"], np.int32))
    except FileNotFoundError:
        return nothing
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("titles: %s cannot be read (%s): all titles are read anew", path.name, error)
        return nothing
    is_whole = len(readings.codes) == len(readings.texts) and bool((readings.codes < len(meanings)).all())
    return readings if is_whole else nothing


def _keep_readings(path: Path, stamp: str, readings: Readings) -> None:
    content = {
        "stamp": stamp,
        "meanings": readings.meanings,
        "texts": readings.texts,
        "codes": readings.codes.tolist(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".titles-")
    with os.fdopen(handle, "w") as file:
        file.write(json.dumps(content))
    Path(temporary).replace(path)


def _catalogue(roles: CurrentRoles) -> list[object]:
    named = sorted((role.name, role.family, sorted(role.synonyms)) for role in roles.catalogue.roles)
    return [named, sorted(roles.renamed.items())]


def _hash_of(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
