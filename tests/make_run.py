"""A published run built by hand, for tests of screens: facts in, arrays on disk and a row, no file and no worker."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np

from analytics import archive
from analytics.models import KnownProfile, Profile, Publication, Run
from analytics.profiles import FitSettings, ProfileModel, Scored, coarse_of
from analytics.profiles.em import Parameters
from analytics.profiles.tree import Tree
from analytics.selectors.pay_reading import pay_as_read
from analytics.selectors.published import synthetic_sources
from analytics.selectors.skill_links import skill_urls
from analytics.services.sketches import parents_of
from analytics.snapshot import Column, Facts, SkillLabel, Snapshot, Words, build
from analytics.snapshot.hashes import text_hashes
from jobsite.work import State
from postings.models import Skill

EPOCH = date(1970, 1, 1)
REQUIRED, PREFERRED, MENTIONED = 2, 1, 0
AT = datetime(2026, 8, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Ad:
    """One posting of a run. skills: name -> level; profile: the number that it leans to, None is too thin to tell."""

    role: str = "data engineer"
    skills: Mapping[str, int] = field(default_factory=lambda: {"Python": REQUIRED, "SQL": REQUIRED})
    profile: int | None = 0
    day: date | None = date(2026, 7, 1)
    title: str = ""
    company: str = "Fernhollow"
    country: str = "GB"
    place: str = "Leeds"
    seniority: str = "senior"
    source: str = "a board"
    language: str = "en"
    remote: str = ""
    pay: float | None = None
    currency: str = "GBP"
    is_copy: bool = False
    content: int = 0


def make_ads(count: int, **values: object) -> list[Ad]:
    """Equal postings."""
    return [Ad(**values)] * count


def make_published(
    ads: Sequence[Ad],
    *,
    profiles: Sequence[str] = ("data platform", "analytics"),
    wholes: Mapping[str, Sequence[int]] | None = None,
    middle: Mapping[str, Sequence[int]] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    skills: Sequence[str] = (),
    quality: Mapping[str, object] | None = None,
) -> Run:
    """Freeze `ads` and publish them as a done run; `profiles` are the names of its fine profiles, () for none.

    `wholes` maps the names of coarse profiles to the numbers of their parts; without it each fine one is left whole.
    `middle` does the same for the level between, which there is not without it.

    `groups` maps a skill to its group slugs; `skills` are further skills that no posting names. The postings have
    the ids 1, 2, ... in the order given; they stand in the snapshot only. A run made before is then an older one.
    """
    run = make_run(ads, profiles=profiles, wholes=wholes, middle=middle, groups=groups, skills=skills, quality=quality)
    Publication.objects.update_or_create(id=1, defaults={"run": run, "at": AT})
    return run


def make_run(
    ads: Sequence[Ad],
    *,
    profiles: Sequence[str] = (),
    wholes: Mapping[str, Sequence[int]] | None = None,
    middle: Mapping[str, Sequence[int]] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    skills: Sequence[str] = (),
    quality: Mapping[str, object] | None = None,
) -> Run:
    """The same without publishing it."""
    names = sorted({*skills, *(name for ad in ads for name in ad.skills)})
    for name in names:
        Skill.objects.get_or_create(name=name, defaults={"kind": "tool"})
    snapshot = build(make_facts(ads, names, groups or {}), archive.snapshots_folder())
    run = Run.objects.create(
        state=State.DONE,
        snapshot=snapshot.hash,
        folder=snapshot.path.name,
        parameters={"profiles": len(profiles), "seed": 1},
        taxonomy="2026.1",
        postings=snapshot.n,
        ads=int((~snapshot.is_copy).sum()),
        quality=dict(quality or {}),
        started_at=AT,
        finished_at=AT,
    )
    wholes = wholes or {f"{name} (whole)": [n] for n, name in enumerate(profiles)}
    _give_profiles(run, ads, profiles, (wholes, middle), snapshot)
    # Ids begin anew in each test, so what was kept by the id of a run is another run's.
    skill_urls.cache_clear()
    synthetic_sources.cache_clear()
    pay_as_read.cache_clear()
    return run


def make_facts(ads: Sequence[Ad], names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> Facts:
    pairs = [(row, names.index(name), level) for row, ad in enumerate(ads) for name, level in ad.skills.items()]
    posting, skill, level = np.array(pairs, np.int64).reshape(-1, 3).T
    companies = Column.of(ad.company for ad in ads)
    return Facts(
        posting_id=np.arange(1, len(ads) + 1, dtype=np.int64),
        key_hash=text_hashes([f"{ad.source}\x1f{row:06d}" for row, ad in enumerate(ads)]),
        content_key=np.array([ad.content for ad in ads], np.uint64),
        title=Column.of(ad.title or ad.role.title() for ad in ads),
        company=Column(companies.codes, [name.lower() for name in companies.names]),
        company_label=companies.names,
        day=np.array([-1 if ad.day is None else (ad.day - EPOCH).days for ad in ads], np.int32),
        pay=np.array([np.nan if ad.pay is None else ad.pay for ad in ads], np.float64),
        pay_currency=Column.of("" if ad.pay is None else ad.currency for ad in ads),
        is_copy=np.array([ad.is_copy for ad in ads], np.bool_),
        words=Words.of(posting, skill, level, n=len(ads), k=len(names)),
        skills=tuple(SkillLabel(name, "tool", tuple(groups.get(name, ()))) for name in names),
        stamps={"lexicon": "abc", "taxonomy": "2026.1", "titles": "ghi", "code": "def"},
        ad=np.arange(len(ads), dtype=np.int32),
        spell=np.zeros(len(ads), np.int16),
        **{
            column: Column.of(getattr(ad, column) for ad in ads)
            for column in ("role", "country", "place", "seniority", "source", "language", "remote")
        },
    )


def _give_profiles(
    run: Run,
    ads: Sequence[Ad],
    profiles: Sequence[str],
    levels: tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]] | None],
    snapshot: Snapshot,
) -> None:
    """Store memberships of 0.9 in the profile that each posting leans to, and a row for each profile."""
    run.input_key = hashlib.sha256(f"{run.pk}{ads}{profiles}".encode()).hexdigest()[:32]
    run.save(update_fields=["input_key"])
    if not profiles:
        return
    in_order = [ads[pk - 1] for pk in snapshot.posting_id]
    fine = np.full((len(ads), len(profiles)), 0.1 / max(len(profiles) - 1, 1), np.float32)
    for row, ad in enumerate(in_order):
        fine[row, ad.profile or 0] = 0.9
    wholes, middle = levels
    parents, between = (
        [next(n for n, parts in enumerate(level.values()) if number in parts) for number in range(len(profiles))]
        if level
        else None
        for level in levels
    )
    thin = np.array([ad.profile is None for ad in in_order], np.bool_)
    model = make_model(parents, skills=snapshot.skills, middle=between)
    archive.save_profiles(run.input_key, model, Scored(fine, thin))
    named = {"coarse": list(wholes), "middle": list(middle or ()), "fine": profiles}
    for level in model.levels:
        memberships, names, mothers = coarse_of(fine, model.wholes(level)), named[level], parents_of(model, level)
        for number, name in enumerate(names):
            Profile.objects.create(
                run=run,
                level=level,
                number=number,
                parent=mothers[number] if mothers else None,
                known=KnownProfile.objects.create(first_run=run),
                proposed_name=name,
                weight=float(memberships[:, number].mean()),
                stability=0.9,
                distinctive=list(snapshot.skills[:3]),
            )


def make_model(parents: Sequence[int], *, skills: Sequence[str], middle: Sequence[int] | None = None) -> ProfileModel:
    """A model whose profiles are all alike: every skill is as likely in each."""
    k1, k2, s = max(parents) + 1, len(parents), max(len(skills), 1)
    coarse = Parameters(np.full(k1, 1 / k1), np.full((k1, s), 1 / s))
    fine = Parameters(1 / np.bincount(parents)[list(parents)], np.full((k2, s), 1 / s))
    tree = Tree(coarse, fine, np.array(parents), scale=6.0, full_at=3)
    tree = tree if middle is None else replace(tree, middle=np.array(middle))
    return ProfileModel(tree, tuple(skills) or ("a skill",), FitSettings(n_profiles=k2), teaching=100)
