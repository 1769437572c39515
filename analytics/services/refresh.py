"""A run: freeze the facts, learn the profiles, keep what was found, publish it if nothing speaks against it."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from analytics import archive
from analytics.models import KnownProfile, Profile, ProfileLevel, Run
from analytics.profiles import TooFewPostings
from analytics.services.carrying import Carried, carried_profiles, kept_identities
from analytics.services.facts import gather_facts, hash_of
from analytics.services.keeping import remove_old_arrays
from analytics.services.profiles import FoundProfiles, continued_profiles, find_profiles
from analytics.services.provenance import libraries, threads
from analytics.services.publishing import NotPublishable, hold_back, publish_run
from analytics.snapshot import DamagedSnapshot, Snapshot, build
from jobsite.heartbeat import kept_alive
from jobsite.work import LeaseLostError, State

logger = logging.getLogger(__name__)

STAMPS = ("lexicon", "taxonomy", "titles", "code")
STORED = (
    *("snapshot", "folder", *STAMPS, "libraries", "threads"),
    *("postings", "ads", "quality", "profiles_hash"),
)


@dataclass(frozen=True)
class RunReport:
    run: int
    snapshot: str
    postings: int
    ads: int
    profiles: int
    seconds: float
    note: str = ""


@dataclass
class Stages:
    """Seconds by stage, and the lease renewed after each."""

    run: int
    token: str
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 3)
        Run.objects.all().keep(self.run, self.token, stages=self.seconds)


def request_run(*, refit: bool = False) -> int:
    """Ask for a run, unless one waits already; return its id. With `refit` it learns the profiles anew."""
    waiting = Run.objects.filter(state=State.QUEUED).first()
    # One that a worker takes in this moment may have missed the wish.
    heard = waiting and (not refit or Run.objects.filter(pk=waiting.pk, state=State.QUEUED).update(refit=True))
    return waiting.pk if waiting and heard else Run.objects.create(parameters=parameters(), refit=refit).pk


def refresh_now(*, refit: bool = False) -> RunReport:
    """Make a run in this process and report it; raises LeaseLostError when a worker took it first."""
    began = time.monotonic()
    pk = Run.objects.create(parameters=parameters(), refit=refit).pk
    done = refresh_run(pk)
    if done is None:
        raise LeaseLostError(f"Run {pk} is being made by a worker: see the Runs page.")
    return _report(done, time.monotonic() - began)


def refresh_run(pk: int) -> Run | None:
    """Make one requested run; return it, or the older run with the same inputs, or None if somebody else has it."""
    token = Run.objects.all().claim(pk)
    if not token:
        return None
    run = Run.objects.get(pk=pk)
    began = time.monotonic()
    try:
        with kept_alive(Run, pk, token):
            done = _refresh(run, Stages(pk, token))
    except LeaseLostError as lost:
        logger.warning("refresh: %s", lost)
        return None
    remove_old_arrays()
    seconds = time.monotonic() - began
    logger.info("refresh: run=%d postings=%d ads=%d seconds=%.2f", done.pk, done.postings, done.ads, seconds)
    return done


def parameters() -> dict[str, int]:
    return {"profiles": settings.PROFILES, "seed": settings.SEED}


def _refresh(run: Run, stages: Stages) -> Run:
    with stages.stage("read"):
        facts = gather_facts()
    with stages.stage("snapshot"):
        snapshot = build(facts, archive.snapshots_folder())
    with stages.stage("memberships"):
        carried = carried_profiles(run, snapshot)
    key = _input_key(run, snapshot, carried)
    same = Run.objects.filter(input_key=key, state=State.DONE).exclude(pk=run.pk).first()
    if same:
        _use_again(same, snapshot, carried)
        run.delete()
        return same
    with stages.stage("profiles"):
        found, note = _profiles_or_why_not(run, snapshot, carried)
        if found:
            archive.save_profiles(key, found.fit.model, found.fit.scored)
    # All or nothing: whoever lost the lease leaves no profiles behind, and a finished run is never left unpublished.
    with transaction.atomic():
        with stages.stage("store"):
            _store(run, snapshot, found, quality=_quality(found, note=note, why=carried.why))
            _store_profiles(run, found, by=carried.by)
        Run.objects.all().finish(run.pk, stages.token, input_key=key, stages=stages.seconds)
        run.refresh_from_db()
        _publish_if_allowed(run)
    return run


def _use_again(run: Run, snapshot: Snapshot, carried: Carried) -> None:
    """Publish a run with the same inputs. Its folder may be a new one when database ids have changed."""
    run.folder = snapshot.path.name
    run.save(update_fields=["folder"])
    if run.input_key and run.profiles.exists() and not _are_whole(run.input_key):
        kept = carried.found if run.fitted_by == carried.by else None
        fit = (kept or find_profiles(snapshot, run.parameters)).fit
        archive.save_profiles(run.input_key, fit.model, fit.scored)
    _publish_if_allowed(run)


def _are_whole(input_key: str) -> bool:
    try:
        archive.load_memberships(input_key)
    except DamagedSnapshot as damaged:
        logger.warning("refresh: %s", damaged)
        return False
    return True


def _profiles_or_why_not(run: Run, snapshot: Snapshot, carried: Carried) -> tuple[FoundProfiles | None, str]:
    if carried.found:
        return carried.found, ""
    try:
        return find_profiles(snapshot, run.parameters), ""
    except TooFewPostings as too_few:
        return None, str(too_few)


def _input_key(run: Run, snapshot: Snapshot, carried: Carried) -> str:
    """Return the hash of all that a run comes from, with a carried model what became of its skills; a fit has none."""
    inputs: list[object] = [snapshot.hash, run.parameters, dict(snapshot.stamps)]
    own, by = hash_of(inputs)[:32], carried.by
    # A model carried to what it was learned from gives what the fit gave: it is the same run.
    if by is None or by.input_key == own:
        return own
    moved = carried.found.quality.get("moved") if carried.found else None
    return hash_of([*inputs, by.input_key, *([moved] if moved else [])])[:32]


def _quality(found: FoundProfiles | None, *, note: str, why: str) -> dict[str, object]:
    """`refit` says why profiles were learned anew, where there were some before."""
    quality: dict[str, object] = {"note": note} if found is None else found.quality
    return quality | ({"refit": why} if why else {})


def _store(run: Run, snapshot: Snapshot, found: FoundProfiles | None, *, quality: dict[str, object]) -> None:
    stamps = snapshot.stamps
    run.snapshot, run.folder = snapshot.hash, snapshot.path.name
    for stamp in STAMPS:
        setattr(run, stamp, stamps[stamp])
    run.libraries, run.threads = libraries(), threads()
    run.postings, run.ads = snapshot.n, int((~snapshot.is_copy).sum())
    run.quality = quality
    run.profiles_hash = "" if found is None else found.hash
    run.save(update_fields=STORED)


def _store_profiles(run: Run, found: FoundProfiles | None, *, by: Run | None) -> None:
    run.fitted_by = None if found is None else by or run
    run.save(update_fields=["fitted_by"])
    run.profiles.all().delete()
    if found is None:
        return
    known = continued_profiles(found) if by is None else kept_identities(by, found)
    for sketch, identity in zip(found.sketches, known, strict=True):
        Profile.objects.create(
            run=run,
            level=sketch.level,
            number=sketch.number,
            parent=sketch.parent,
            known=identity or KnownProfile.objects.create(first_run=run),
            proposed_name=sketch.name,
            weight=sketch.weight,
            stability=sketch.stability,
            is_residue=sketch.is_residue,
            distinctive=list(sketch.distinctive),
        )


def _publish_if_allowed(run: Run) -> None:
    try:
        publish_run(run)
    except NotPublishable as why:
        logger.warning("refresh: run=%d not published: %s", run.pk, why)
        hold_back(run, why)


def _report(run: Run, seconds: float) -> RunReport:
    note = run.quality.get("held") or run.quality.get("note", "")
    profiles = run.profiles.filter(level=ProfileLevel.FINE).count()
    return RunReport(run.pk, run.snapshot, run.postings, run.ads, profiles, round(seconds, 3), note)
