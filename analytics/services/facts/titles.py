"""What titles mean. A title is read again when what it may hold changes its meaning; people's pins lie on top."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db.models.functions import Coalesce

from analytics.archive import write_json
from analytics.models import TitlePin
from analytics.services.facts.stamps import hash_of, titles_code
from analytics.services.facts.title_words import TitleWords, keep_words, kept_words
from analytics.services.roles import CurrentRoles, current_roles
from analytics.snapshot import Column
from analytics.titles import Catalogue, Role, TitleReader, reach
from postings.models import Title

logger = logging.getLogger(__name__)

Meaning = tuple[str, str]
"""Role and seniority."""
READINGS, WORDS = "titles.json", "titles.words"
PINNED = ("title__text", Coalesce("role__name", "without"), "seniority")


@dataclass(frozen=True)
class TitleMeanings:
    """All titles in order of id: what they say, and for each what it is called in our catalogue.

    `version` is a hash of what titles are read by: the catalogue of roles, their names of today, and the pins.
    """

    ids: np.ndarray
    texts: list[str]
    role: Column
    seniority: Column
    version: str


@dataclass(frozen=True)
class Readings:
    """What the reader said of titles: `meanings[codes[i]]` of `texts[i]`, by the names that roles shipped under."""

    texts: list[str]
    meanings: list[Meaning]
    codes: np.ndarray


NOTHING = Readings([], [], np.empty(0, np.int32))


def title_meanings() -> TitleMeanings:
    """Return what each title means: a person's pin where there is one, else what the reader of titles says."""
    roles = current_roles()
    rows = list(Title.objects.order_by("pk").values_list("pk", "text"))
    ids, texts = np.array([pk for pk, _ in rows], np.int64), [text for _, text in rows]
    read = _readings(texts, roles)
    pins = list(TitlePin.objects.order_by("title_id").values_list("title_id", *PINNED))
    codes = read.codes.copy()
    codes[np.searchsorted(ids, [title for title, *_ in pins])] = len(read.meanings) + np.arange(len(pins))
    said = [(roles.renamed.get(role, role), seniority) for role, seniority in read.meanings]
    meanings = [*said, *((role, seniority) for *_, role, seniority in pins)]
    return TitleMeanings(
        ids=ids,
        texts=texts,
        role=Column(codes, [role for role, _ in meanings]),
        seniority=Column(codes, [seniority for _, seniority in meanings]),
        version=hash_of([_catalogue(roles), sorted(pin for _, *pin in pins)])[:16],
    )


def _readings(texts: list[str], roles: CurrentRoles) -> Readings:
    """Return what the reader says of each text, in their order; what it said before is kept in files.

    Read are titles that are new, and those that can hold a phrase which means something else since.
    """
    folder = Path(settings.DATA_DIR) / "facts"
    kept, catalogue = _kept_readings(folder / READINGS)
    if kept.texts == texts and catalogue == roles.catalogue:
        return kept
    words = kept_words(folder / WORDS, of=hash_of(kept.texts))
    spread = reach(catalogue, roles.catalogue) if words and catalogue else None
    if words is None or spread is None:
        words, kept = TitleWords.of([]), NOTHING
    place = {text: number for number, text in enumerate(kept.texts)}
    known = np.array([place.get(text, -1) for text in texts], np.int64)
    known[np.append(words.holding(spread or ()), False)[known]] = -1  # -1 itself is at the end
    codes = np.append(kept.codes, -1)[known].astype(np.int32)
    code_of = {meaning: code for code, meaning in enumerate(kept.meanings)}
    reader, anew = TitleReader(roles.catalogue), {}
    for number in np.flatnonzero(known < 0).tolist():
        reading, anew[number] = reader.read_with_words(texts[number])
        codes[number] = code_of.setdefault((reading.role, reading.seniority), len(code_of))
    readings = Readings(texts, list(code_of), codes)
    keep_words(folder / WORDS, words.replaced(known, anew), of=hash_of(texts))
    _keep_readings(folder / READINGS, readings, roles.catalogue)
    logger.info("titles: read=%d known=%d", len(anew), len(texts) - len(anew))
    return readings


def _kept_readings(path: Path) -> tuple[Readings, Catalogue | None]:
    """Return the readings that were kept by the same code, and by which catalogue; none when they are damaged."""
    try:
        kept = json.loads(path.read_text())
        if kept["code"] != titles_code():
            return NOTHING, None
        meanings = [(role, seniority) for role, seniority in kept["meanings"]]
        readings = Readings(kept["texts"], meanings, np.array(kept["codes"], np.int32))
        catalogue = Catalogue(tuple(Role(name, family, tuple(said)) for name, family, said in kept["catalogue"]))
    except FileNotFoundError:
        return NOTHING, None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("titles: %s cannot be read (%s): all titles are read anew", path.name, error)
        return NOTHING, None
    is_whole = len(readings.codes) == len(readings.texts) and bool((readings.codes < len(meanings)).all())
    return (readings, catalogue) if is_whole else (NOTHING, None)


def _keep_readings(path: Path, readings: Readings, catalogue: Catalogue) -> None:
    content = {
        "code": titles_code(),
        "catalogue": [[role.name, role.family, list(role.synonyms)] for role in catalogue.roles],
        "meanings": readings.meanings,
        "texts": readings.texts,
        "codes": readings.codes.tolist(),
    }
    write_json(path, content)


def _catalogue(roles: CurrentRoles) -> list[object]:
    named = sorted((role.name, role.family, sorted(role.synonyms)) for role in roles.catalogue.roles)
    return [named, sorted(roles.renamed.items())]
