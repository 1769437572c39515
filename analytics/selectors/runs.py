"""Runs as the screens show them: inputs, quality, figures of stability."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from analytics import archive
from analytics.figures import number
from analytics.models import Publication, Run, Verification
from analytics.selectors.comparing import run_before
from analytics.selectors.published import ProfileName, profile_names
from analytics.tables import SHARE, Cell, Column, Table, number_cell
from jobsite.work import State
from postings.models import CopyPass, ExtractionBatch, Upload

PER_PAGE = 30


@dataclass(frozen=True)
class Line:
    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class WorkGoingOn:
    """What the workers have in hand, in words; empty when all is quiet."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class RunsScreen:
    runs: Page
    published: int | None
    going_on: WorkGoingOn


@dataclass(frozen=True)
class Verified:
    """The last verification of a run: `waits` while a worker has it; `sentence` says how it came out."""

    sentence: str
    waits: bool
    is_bad: bool
    checks: tuple[Line, ...]


@dataclass(frozen=True)
class RunScreen:
    run: Run
    is_published: bool
    inputs: tuple[Line, ...]
    quality: tuple[Line, ...]
    stages: Table
    profiles: Table
    held: str
    note: str
    removed: bool
    before: Run | None
    verification: Verified | None


def runs_screen(*, page: str | None) -> RunsScreen:
    publication = Publication.objects.first()
    runs = Paginator(Run.objects.order_by("-pk"), PER_PAGE).get_page(page)
    return RunsScreen(runs, publication.run_id if publication else None, work_going_on())


def work_going_on() -> WorkGoingOn:
    """Return one line for each kind of work that waits or runs."""
    kinds = (
        (Upload, "file being taken in", "files being taken in"),
        (ExtractionBatch, "batch of texts being read", "batches of texts being read"),
        (CopyPass, "pass over the copies", "passes over the copies"),
        (Run, "run being made", "runs being made"),
    )
    counts = [(model.objects.all().unfinished().count(), one, many) for model, one, many in kinds]
    return WorkGoingOn(tuple(f"{n} {one if n == 1 else many}" for n, one, many in counts if n))


def run_screen(run: Run) -> RunScreen:
    profiles = profile_names(run.profiles.all())
    return RunScreen(
        run=run,
        is_published=run.is_published,
        inputs=_inputs(run),
        quality=_quality(run),
        stages=Table(
            (Column("Stage", is_number=False), Column("Seconds")),
            tuple((Cell(name), Cell(f"{seconds:.2f}", value=seconds)) for name, seconds in run.stages.items()),
        ),
        profiles=_profile_table(profiles),
        held=run.quality.get("held", ""),
        note=run.quality.get("note", ""),
        removed=bool(run.folder) and not archive.has_snapshot(run.folder),
        before=run_before(run) if run.state == State.DONE else None,
        verification=_verification(Verification.objects.filter(run=run).first()),
    )


def _verification(last: Verification | None) -> Verified | None:
    if last is None:
        return None
    return Verified(
        sentence=_verified_sentence(last),
        waits=last.is_unfinished,
        is_bad=last.is_different or bool(last.error),
        checks=tuple(Line(check["name"].capitalize(), check["result"], check["note"]) for check in last.checks),
    )


def _verified_sentence(last: Verification) -> str:
    if last.is_unfinished:
        return "A worker computes this run again."
    if last.error:
        return last.error
    day = date_format(timezone.localtime(last.finished_at), "j M Y, H:i")
    left_out = sum(check["result"] == "not checkable" for check in last.checks)
    if last.is_different:
        return f"Computed again on {day}: not everything is as it was stored."
    beside = f", but for {left_out} of {len(last.checks)} checks that could not be made" if left_out else ""
    return f"Computed again on {day}: everything is as it was stored{beside}."


def _inputs(run: Run) -> tuple[Line, ...]:
    if run.state != State.DONE:
        return ()
    return (
        Line("Snapshot", run.snapshot, "hash of all postings, mentions and meanings: equal data, equal hash"),
        Line("Postings", number(run.postings), f"{number(run.ads)} ads when copies count once"),
        Line("Lexicon", run.lexicon, "hash of all phrases that were looked for"),
        Line("Taxonomy", run.taxonomy, "hash of what the phrases mean"),
        Line("Titles", run.titles, "hash of the catalogue of roles and of the titles that people filed"),
        Line("Code", run.code, "hash of the sources that computed it"),
        Line("Parameters", ", ".join(f"{name} {value}" for name, value in sorted(run.parameters.items()))),
        Line("Profiles", run.profiles_hash or "none", _profiles_note(run)),
        Line("Computed with", _libraries(run), f"on {run.threads or 1} thread{'' if run.threads == 1 else 's'}"),
        Line("Made", _times(run)),
    )


def _profiles_note(run: Run) -> str:
    if not run.fitted_by_id:
        return "hash of profiles and memberships"
    own = run.fitted_by_id == run.pk
    return "learned in this run" if own else f"memberships by the profiles that run {run.fitted_by_id} learned"


def _libraries(run: Run) -> str:
    return ", ".join(f"{name} {version}" for name, version in run.libraries.items())


def _times(run: Run) -> str:
    if run.started_at is None or run.finished_at is None:
        return ""
    began, ended = timezone.localtime(run.started_at), timezone.localtime(run.finished_at)
    return f"{date_format(began, 'j M Y, H:i:s')} to {date_format(ended, 'H:i:s')}"


def _quality(run: Run) -> tuple[Line, ...]:
    quality = run.quality
    if "trained" not in quality:
        return ()
    learned_anew = (Line("Learned anew", quality["refit"]),) if "refit" in quality else ()
    return (
        *learned_anew,
        Line(
            "Taught the profiles",
            number(quality["trained"]),
            "English ads with at least three skills that profiles are made of, copies left out",
        ),
        Line("Too thin to tell", number(quality["thin"]), "postings with fewer than three such skills"),
        Line(
            "In other languages",
            number(quality["other_languages"]),
            "did not teach; scored by the skills that were read in them, which are fewer",
        ),
        Line(
            "Agreement of halves",
            ", ".join(f"{level} {found:.2f}" for level, found in quality["agreement"].items()),
            "adjusted Rand index of profiles learned on disjoint halves: 1 the same, 0 by chance",
        ),
    )


def _profile_table(profiles: tuple[ProfileName, ...]) -> Table:
    columns = ("Profile", "Level", "Share", "Stability", "Mark")
    rows = []
    for profile in profiles:
        stability = "" if profile.stability is None else f"{profile.stability:.2f}"
        mark = "unstable" if profile.is_unstable else "residue" if profile.is_residue else ""
        rows.append(
            (
                Cell(profile.name, url=reverse("profile", args=[profile.known])),
                Cell(profile.level),
                number_cell(profile.weight, SHARE),
                Cell(stability, value=profile.stability),
                Cell(mark),
            )
        )
    return Table(tuple(Column(text, is_number=text in ("Share", "Stability")) for text in columns), tuple(rows))
