"""Small facts for tests, one posting a line, and the same questions answered the slow and obvious way."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from analytics.snapshot import Column, Facts, Filter, SkillLabel, Words
from analytics.snapshot.hashes import text_hashes

EPOCH = date(1970, 1, 1)
SKILLS = ("python", "sql", "excel", "pytorch", "docker")


@dataclass(frozen=True)
class Ad:
    key: str
    role: str = "data scientist"
    day: date | None = date(2024, 5, 17)
    skills: dict[str, int] = field(default_factory=dict)
    title: str = "Data Scientist"
    company: str = "acme"
    country: str = "DE"
    place: str = "Berlin"
    seniority: str = "senior"
    source: str = "board"
    language: str = "en"
    remote: str = ""
    pay: float | None = None
    currency: str = ""
    is_copy: bool = False
    ad: str | None = None
    spell: int = 0
    content: int = 0


def make_facts(ads, *, ids=None, labels=None, skills=SKILLS, stamps=None, groups=()):
    ads = list(ads)
    pairs = [(i, skills.index(s), level) for i, ad in enumerate(ads) for s, level in ad.skills.items()]
    posting, skill, level = np.array(pairs, np.int64).reshape(-1, 3).T
    companies = [f"{ad.company}\n{label}" for ad, label in zip(ads, labels or ["" for _ in ads], strict=True)]
    spelled = Column.of(companies)
    leaders = Column.of(ad.ad or ad.key for ad in ads)
    texts = ("role", "title", "country", "place", "seniority", "source", "language", "remote")
    return Facts(
        posting_id=np.array(ids if ids is not None else range(len(ads)), np.int64),
        key_hash=text_hashes([ad.key for ad in ads]),
        content_key=np.array([ad.content for ad in ads], np.uint64),
        **{name: Column.of(getattr(ad, name) for ad in ads) for name in texts},
        company=Column(spelled.codes, [name.split("\n")[0] for name in spelled.names]),
        company_label=[name.split("\n")[1] or name.split("\n")[0].title() for name in spelled.names],
        day=np.array([-1 if ad.day is None else (ad.day - EPOCH).days for ad in ads], np.int32),
        pay=np.array([np.nan if ad.pay is None else ad.pay for ad in ads], np.float64),
        pay_currency=Column.of(ad.currency for ad in ads),
        is_copy=np.array([ad.is_copy for ad in ads], np.bool_),
        words=Words.of(posting, skill, level, n=len(ads), k=len(skills)),
        skills=tuple(SkillLabel(name, "tool", tuple(groups)) for name in skills),
        stamps=stamps or {"lexicon": "abc"},
        ad=leaders.codes,
        spell=np.array([ad.spell for ad in ads], np.int16),
    )


def make_many(n, *, seed=0, months=18, skills=SKILLS):
    """Return n varied ads: unknowns, copies, undated ones, and days on both edges of months."""
    rng = np.random.default_rng(seed)

    def one_of(*values):
        return values[rng.integers(0, len(values))]

    ads = []
    for i in range(n):
        held = rng.random(len(skills)) < 0.4
        ads.append(
            Ad(
                key=f"board\x1f{i:05d}",
                role=one_of("data scientist", "ml engineer", "data engineer", "unknown"),
                day=one_of(None, *[date(2023, 1, 1) + timedelta(days=int(rng.integers(0, months * 30)))] * 9),
                skills={s: int(rng.integers(0, 3)) for s, h in zip(skills, held, strict=True) if h},
                title=one_of("Data Scientist", "ML Engineer", "Engineer"),
                company=one_of("", "acme", "bolt", "cord"),
                country=one_of("", "DE", "US"),
                place=one_of("", "Berlin", "Boston"),
                seniority=one_of("senior", "junior", "unspecified"),
                source=one_of("board", "feed"),
                language=one_of("en", "de"),
                remote=one_of("", "remote", "onsite"),
                pay=one_of(None, None, float(rng.integers(50, 200)) * 1000),
                currency=one_of("USD", "EUR"),
                is_copy=bool(rng.random() < 0.25),
                ad=f"ad {rng.integers(0, max(n // 2, 1))}",
            )
        )
    return ads


def matches(ad: Ad, filter: Filter) -> bool:
    if (filter.since or filter.until) and ad.day is None:
        return False
    if filter.since and ad.day < filter.since:
        return False
    if filter.until and ad.day > filter.until:
        return False
    chosen = (
        (filter.roles, ad.role),
        (filter.countries, ad.country),
        (filter.seniorities, ad.seniority),
        (filter.sources, ad.source),
        (filter.companies, ad.company),
        (filter.languages, ad.language),
        (filter.remotes, ad.remote),
        (filter.titles, ad.title),
    )
    return (filter.copies or not ad.is_copy) and all(not names or value in names for names, value in chosen)


def recount(ads, skill, level=None):
    return sum(skill in ad.skills and level in (None, ad.skills[skill]) for ad in ads)
