"""Rows of postings/ -> the facts that a snapshot freezes. Here alias becomes skill and title becomes role."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from django.db.models.functions import Coalesce

from analytics.models import TitlePin
from analytics.services.roles import current_roles
from analytics.snapshot import Column, Facts, SkillLabel, Words
from analytics.snapshot.hashes import text_hashes, together
from analytics.titles import TitleReader
from jobsite.batching import batched
from postings import skills
from postings.models import Alias, Extraction, Posting, Skill, Title
from postings.services import current_lexicon

if TYPE_CHECKING:
    import pandas as pd

EPOCH = date(1970, 1, 1)
COLUMNS = (
    "pk",
    "source__name",
    "key",
    "content_hash",
    "title_id",
    "employer_key",
    "employer_name",
    "country",
    "place",
    "seniority",
    "language",
    "remote",
    "date_posted",
    "pay_yearly_min",
    "pay_yearly_max",
    "pay_suspect",
    "pay_currency",
    "reposted",
    "ad_group__representative__source__name",
    "ad_group__representative__key",
)
TEXT_COLUMNS = ("employer_key", "employer_name", *COLUMNS[-2:])


@dataclass(frozen=True)
class TitleMeaning:
    text: str
    role: str
    seniority: str


@dataclass(frozen=True)
class SkillCodes:
    """The shown skills in order of name, and alias id -> their code, -1 for aliases of hidden skills."""

    labels: tuple[SkillLabel, ...]
    code_of: np.ndarray


def gather_facts() -> Facts:
    """Read everything a snapshot holds. Memory: about 300 bytes a posting and 16 a mention."""
    # Postings first: one that is taken in meanwhile may bring a title, but none of these lacks its own.
    frame = _posting_frame()
    titles = title_meanings()
    codes = skill_codes()
    meanings = [titles[pk] for pk in frame["title_id"]]
    keys = _keys(frame["source__name"], frame["key"])
    leaders = _keys(frame["ad_group__representative__source__name"], frame["ad_group__representative__key"])
    ads = [leader or own for leader, own in zip(leaders, keys, strict=True)]
    place = {key: number for number, key in enumerate(keys)}
    for leader in ads:
        place.setdefault(leader, len(place))
    leading = np.array([place[leader] for leader in ads], np.int64)
    return Facts(
        posting_id=frame["pk"].to_numpy(np.int64),
        key_hash=together(text_hashes(list(frame["source__name"])), text_hashes(list(frame["key"]))),
        content_key=text_hashes(list(frame["content_hash"])),
        role=Column.of(meaning.role for meaning in meanings),
        title=Column.of(meaning.text for meaning in meanings),
        company=Column.of(frame["employer_key"]),
        company_label=list(dict(zip(frame["employer_key"], frame["employer_name"], strict=True)).values()),
        country=Column.of(frame["country"]),
        place=Column.of(frame["place"]),
        seniority=Column.of(
            _seniority(m.seniority, stated) for m, stated in zip(meanings, frame["seniority"], strict=True)
        ),
        source=Column.of(frame["source__name"]),
        language=Column.of(frame["language"]),
        remote=Column.of(frame["remote"]),
        day=frame["day"].to_numpy(np.int32),
        pay=frame["pay"].to_numpy(np.float64),
        pay_currency=Column.of(frame["pay_currency"]),
        is_copy=_copies(keys, ads),
        ad=np.unique(leading, return_inverse=True)[1].astype(np.int32),
        spell=frame["reposted"].to_numpy(np.int16),
        words=_words_of(frame["pk"], codes),
        skills=codes.labels,
        stamps={
            "lexicon": current_lexicon().stamp,
            "taxonomy": taxonomy_version(),
            "titles": titles_version(),
            "code": code_version(),
        },
    )


def _posting_frame() -> "pd.DataFrame":
    """Return the postings that have been read, one row each: COLUMNS, and `day` and `pay` as a snapshot holds them."""
    import pandas as pd  # half a second, and web processes import this module without ever freezing facts

    rows = (
        Posting.objects.filter(extraction__isnull=False)
        .annotate(
            employer_key=Coalesce("company__merged_into__key", "company__key"),
            employer_name=Coalesce("company__merged_into__name", "company__name"),
        )
        .order_by("source__name", "key")
        .values_list(*COLUMNS)
    )
    frame = pd.DataFrame.from_records(list(rows.iterator(5000)), columns=list(COLUMNS))
    since_epoch = pd.to_datetime(frame["date_posted"]) - pd.Timestamp(EPOCH)
    frame["day"] = since_epoch.dt.days.fillna(-1)
    stated = frame[["pay_yearly_min", "pay_yearly_max"]].astype(float)
    frame["pay"] = stated.mean(axis=1).where(~frame["pay_suspect"].astype(bool))
    # A posting without a company or an ad group has no name there.
    return frame.assign(**{name: frame[name].fillna("") for name in TEXT_COLUMNS})


def title_meanings() -> dict[int, TitleMeaning]:
    """Return what each title means: a person's pin where there is one, else what the reader of titles says."""
    roles = current_roles()
    reader = TitleReader(roles.catalogue)
    pins = {pin.title_id: pin for pin in TitlePin.objects.select_related("role")}
    meanings = {}
    for pk, text in Title.objects.order_by("pk").values_list("pk", "text"):
        if pin := pins.get(pk):
            meanings[pk] = TitleMeaning(text, pin.role.name, pin.seniority)
        else:
            reading = reader.read(text)
            role = roles.renamed.get(reading.role, reading.role)
            meanings[pk] = TitleMeaning(text, role, reading.seniority)
    return meanings


def skill_codes() -> SkillCodes:
    merged = dict(Skill.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    shown = {skill.pk: skill for skill in Skill.objects.shown().prefetch_related("groups")}
    order = sorted(shown, key=lambda pk: shown[pk].name)
    code = {pk: number for number, pk in enumerate(order)}
    aliases = list(Alias.objects.values_list("pk", "skill_id", "phrase", "exact_case", "context"))
    code_of = np.full(max((alias[0] for alias in aliases), default=0) + 1, -1, np.int32)
    for alias, skill, *_ in aliases:
        code_of[alias] = code.get(merged.get(skill, skill), -1)
    words = _words(aliases, code_of)
    labels = tuple(
        SkillLabel(
            shown[pk].name,
            shown[pk].kind,
            tuple(sorted(group.slug for group in shown[pk].groups.all())),
            words[code[pk]],
        )
        for pk in order
    )
    return SkillCodes(labels, code_of)


def _words(aliases: Iterable[tuple[int, int, str, bool, str]], code_of: np.ndarray) -> dict[int, str]:
    """Return for each skill code a digest of the aliases that name it; a skill without any has ""."""
    phrases: dict[int, list[tuple[str, bool, str]]] = defaultdict(list)
    for pk, _, phrase, exact, rule in aliases:
        phrases[int(code_of[pk])].append((phrase, exact, rule))
    digests = {code: _digest(sorted(named), 8) for code, named in phrases.items()}
    return defaultdict(str, digests)


def titles_version() -> str:
    """Return a hash of what titles are read by: the catalogue of roles, their names of today, and the pins."""
    roles = current_roles()
    catalogue = sorted((role.name, role.family, sorted(role.synonyms)) for role in roles.catalogue.roles)
    pins = sorted(TitlePin.objects.values_list("title__text", "role__name", "seniority"))
    return _digest([catalogue, sorted(roles.renamed.items()), pins], 16)


def _digest(value: object, length: int) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:length]


def taxonomy_version() -> str:
    """Return a hash of what the phrases mean: skills, kinds, groups, and which alias names which."""
    codes = skill_codes()
    aliases = sorted(
        (phrase, exact, int(codes.code_of[pk]))
        for pk, phrase, exact in Alias.objects.values_list("pk", "phrase", "exact_case")
    )
    labels = [(label.name, label.kind, label.groups) for label in codes.labels]
    return _digest([labels, aliases], 16)


@cache
def code_version() -> str:
    """Return a hash of the computing core, its word lists too: what decides figures, whatever the version is called."""
    core = [f"postings/{part}" for part in ("ingest", "skills", "copies")]
    core += [f"analytics/{part}" for part in ("titles", "snapshot", "profiles", "measures")]
    files = chain.from_iterable((Path(settings.BASE_DIR) / folder).rglob("*") for folder in core)
    paths = sorted(path for path in files if path.suffix in (".py", ".csv", ".toml"))
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _words_of(posting_ids: Sequence[int], codes: SkillCodes) -> Words:
    """Return the aliases that each posting names, with levels."""
    place = {pk: index for index, pk in enumerate(posting_ids)}
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    records = Extraction.objects.order_by("pk").values_list("pk", "record").iterator(5000)
    for batch in batched(records, 5000):
        mentions = skills.unpack_many([bytes(record) for _, record in batch])
        rows = np.array([place.get(pk, -1) for pk, _ in batch], np.int32)[mentions.record]
        alias = np.where(mentions.alias < len(codes.code_of), mentions.alias, 0)
        keep = (mentions.alias < len(codes.code_of)) & (rows >= 0)
        parts.append((rows[keep], alias[keep].astype(np.int32), mentions.level[keep].astype(np.int8)))
    parts = parts or [(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int8))]
    posting, alias, level = (np.concatenate(column) for column in zip(*parts, strict=True))
    words = Words.of(posting, alias, level, n=len(posting_ids), k=len(codes.code_of))
    return replace(words, skill_of=codes.code_of)


def _copies(keys: Sequence[str], ads: Sequence[str]) -> np.ndarray:
    """Return which postings stand behind another one of their ad; `ads` name the representatives by their keys.

    A representative that waits to be read again is not among the keys. Then the least key of the others stands for
    the ad, which would vanish from all figures without it.
    """
    present = set(keys)
    stand_in: dict[str, str] = {}
    for key, ad in zip(keys, ads, strict=True):
        stand_in[ad] = ad if ad in present else min(key, stand_in.get(ad, key))
    return np.array([stand_in[ad] != key for key, ad in zip(keys, ads, strict=True)], np.bool_)


def _keys(sources: Iterable[str], keys: Iterable[str]) -> list[str]:
    """Return what names a posting across sources, "" where there is none."""
    return [f"{source}\x1f{key}" if source else "" for source, key in zip(sources, keys, strict=True)]


def _seniority(from_title: str, stated: str) -> str:
    """The title's own word first, else what the posting states in a field of its own."""
    return from_title if from_title != "unspecified" else stated
