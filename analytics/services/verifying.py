"""A finished run computed again: is everything still what was stored?"""

import logging
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from analytics import archive
from analytics.models import Run, Verification
from analytics.profiles import TooFewPostings
from analytics.services.carrying import scored_again
from analytics.services.facts import code_version, gather_facts_anew
from analytics.services.profiles import FoundProfiles, find_profiles
from analytics.services.provenance import libraries
from analytics.snapshot import DamagedSnapshot, Snapshot, build, open_snapshot
from analytics.snapshot.checking import differing_content, differing_derived
from jobsite.heartbeat import kept_alive
from jobsite.work import LeaseLostError, State

logger = logging.getLogger(__name__)

EQUAL, DIFFERS, NOT_CHECKABLE = "equal", "differs", "not checkable"
DECIDED = frozenset({"is_copy.npy", "ad.npy", "spell_start.npy", "company.npy", "company.names.json"})
"""What people and the grouping of copies decide anew while no posting changes."""


class NotVerifiable(Exception):  # noqa: N818 - reads as the finding that it is
    """str(e) is the sentence that a person reads."""


@dataclass(frozen=True)
class Check:
    """One line of a verification: what was compared, how it came out, and why."""

    name: str
    result: str
    note: str = ""


def request_verification(run: Run) -> int:
    """Ask for a verification, unless one of this run waits already; return its id. Raises NotVerifiable."""
    if run.state != State.DONE:
        raise NotVerifiable(f"Run {run.pk} is not finished: there is nothing to verify.")
    waiting = Verification.objects.filter(run=run, state=State.QUEUED).first()
    return (waiting or Verification.objects.create(run=run)).pk


def verify_now(run: Run) -> Verification:
    """Verify in this process; raises NotVerifiable, and LeaseLostError when a worker took it first."""
    done = verify(request_verification(run))
    if done is None:
        raise LeaseLostError(f"Run {run.pk} is being verified by a worker: see its page.")
    return done


def verify(pk: int) -> Verification | None:
    """Do one requested verification and keep its result; return it, or None if somebody else has it."""
    token = Verification.objects.all().claim(pk)
    if not token:
        return None
    verification = Verification.objects.select_related("run__fitted_by").get(pk=pk)
    began = time.monotonic()
    try:
        with kept_alive(Verification, pk, token):
            checks = [asdict(check) for check in checks_of(verification.run)]
        Verification.objects.all().finish(pk, token, checks=checks)
    except LeaseLostError as lost:
        logger.warning("verify: %s", lost)
        return None
    verification.refresh_from_db()
    different = sum(check["result"] == DIFFERS for check in checks)
    seconds = time.monotonic() - began
    logger.info("verify: run=%d different=%d seconds=%.2f", verification.run_id, different, seconds)
    return verification


def checks_of(run: Run) -> tuple[Check, ...]:
    """Return all checks of a finished run: its files, what follows from them, its profiles, and the record."""
    folder = archive.snapshots_folder() / run.folder
    if not folder.is_dir():
        gone = "its folder has been removed"
        names = ("files", "hash", "derived arrays", "profiles")
        return (*(Check(name, NOT_CHECKABLE, gone) for name in names), _check_record(run, None))
    try:
        snapshot = open_snapshot(folder)
        snapshot.verify()
    except DamagedSnapshot as damaged:
        rest = tuple(Check(name, NOT_CHECKABLE, "the files differ") for name in ("hash", "derived arrays", "profiles"))
        return (Check("files", DIFFERS, str(damaged)), *rest, _check_record(run, None))
    return (
        Check("files", EQUAL, f"{sum(1 for _ in folder.iterdir())} files, every byte read"),
        _check_hash(run, snapshot),
        _check_derived(run, snapshot),
        _check_profiles(run, snapshot),
        _check_record(run, snapshot),
    )


def _check_hash(run: Run, snapshot: Snapshot) -> Check:
    if snapshot.hash != run.snapshot:
        return Check("hash", DIFFERS, f"the run states {run.snapshot[:16]}, the folder holds {snapshot.hash[:16]}")
    return Check("hash", EQUAL, snapshot.hash[:16])


def _check_derived(run: Run, snapshot: Snapshot) -> Check:
    other = differing_derived(snapshot.path)
    if not other:
        return Check("derived arrays", EQUAL, "index, cubes and pointers follow from the content")
    return _different(run, "derived arrays", f"computed again, {', '.join(other)} came out otherwise")


def _check_profiles(run: Run, snapshot: Snapshot) -> Check:
    try:
        found = _found_again(run, snapshot)
    except DamagedSnapshot as gone:
        return Check("profiles", NOT_CHECKABLE, str(gone))
    except TooFewPostings:
        if run.profiles_hash:
            return _different(run, "profiles", "today nothing can be learned from these postings")
        return Check("profiles", EQUAL, "none, as then")
    if found.hash != run.profiles_hash:
        stated = run.profiles_hash[:16] or "none"
        return _different(run, "profiles", f"the run states {stated}, computed again they are {found.hash[:16]}")
    return _check_stored(run, found)


def _check_stored(run: Run, found: FoundProfiles) -> Check:
    try:
        stored = archive.load_memberships(run.input_key or "")
    except DamagedSnapshot as damaged:
        return Check("profiles", DIFFERS, str(damaged))
    if not np.array_equal(stored.fine, found.fit.memberships):
        return _different(run, "profiles", "the stored memberships are not those computed again")
    how = "learned again" if run.fitted_by_id == run.pk else f"scored again by what run {run.fitted_by_id} learned"
    return Check("profiles", EQUAL, f"{how}: {found.hash[:16]}, and the stored memberships are theirs")


def _found_again(run: Run, snapshot: Snapshot) -> FoundProfiles:
    """Learn the profiles again, or score the postings again by the model of another run."""
    by = run.fitted_by
    return find_profiles(snapshot, run.parameters) if by is None or by == run else scored_again(run, by, snapshot)


def _check_record(run: Run, snapshot: Snapshot | None) -> Check:
    """Build the snapshot again from the database, in a folder that is gone afterwards."""
    facts = gather_facts_anew()
    moved_on = [name for name in ("lexicon", "taxonomy", "titles", "code") if facts.stamps[name] != getattr(run, name)]
    if moved_on:
        return Check("record", NOT_CHECKABLE, f"the record has moved on: {', '.join(moved_on)} changed since the run")
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as temporary:
        again = build(facts, Path(temporary))
        if again.hash == run.snapshot:
            return Check("record", EQUAL, f"built again from the database: {again.hash[:16]}")
        if snapshot is None:
            return Check("record", NOT_CHECKABLE, "without the snapshot nobody can say whether the record moved on")
        return _why_other(snapshot, again)


def _why_other(snapshot: Snapshot, again: Snapshot) -> Check:
    """Say whether the record has moved on since, or the same record gives another snapshot."""
    old, new = ({*map(tuple, np.stack((one.key_hash, one.content_key)).T.tolist())} for one in (snapshot, again))
    if old != new:
        counts = f"{len(new - old)} postings are new or changed, {len(old - new)} are gone or changed"
        return Check("record", NOT_CHECKABLE, f"the record has moved on: {counts}")
    other = differing_content(snapshot.path, again.path)
    named = ", ".join(name.split(".")[0] for name in other)
    if set(other) <= DECIDED:
        return Check("record", NOT_CHECKABLE, f"the record has moved on: decided anew since: {named}")
    return Check("record", DIFFERS, f"the same postings give another snapshot: {named}")


def _different(run: Run, name: str, note: str) -> Check:
    """Return a difference, or why it says nothing: another code may compute otherwise."""
    if code_version() != run.code:
        return Check(name, NOT_CHECKABLE, f"{note}, by today's code {code_version()}; the run's was {run.code}")
    now = libraries()
    others = [f"{name} {then} then, {now[name]} now" for name, then in run.libraries.items() if now.get(name) != then]
    return Check(name, DIFFERS, "; ".join([note, *others]))
