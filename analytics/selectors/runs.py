"""Runs as the screens show them: inputs, quality, figures of stability."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from analytics.figures import number, percent
from analytics.models import Publication, Run
from analytics.selectors.published import ProfileName, profile_names
from analytics.tables import Cell, Column, Table
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
class RunScreen:
    run: Run
    is_published: bool
    inputs: tuple[Line, ...]
    quality: tuple[Line, ...]
    stages: Table
    profiles: Table
    held: str
    note: str


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
    profiles = profile_names(run.profiles.select_related("known"))
    return RunScreen(
        run=run,
        is_published=run.is_published,
        inputs=_inputs(run),
        quality=_quality(run),
        stages=Table(
            (Column("Stage", is_number=False), Column("Seconds")),
            tuple((Cell(name), Cell(f"{seconds:.2f}", sort=str(seconds))) for name, seconds in run.stages.items()),
        ),
        profiles=_profile_table(profiles),
        held=run.quality.get("held", ""),
        note=run.quality.get("note", ""),
    )


def _inputs(run: Run) -> tuple[Line, ...]:
    if run.state != State.DONE:
        return ()
    return (
        Line("Snapshot", run.snapshot, "hash of all postings, mentions and meanings: equal data, equal hash"),
        Line("Postings", number(run.postings), f"{number(run.ads)} ads when copies count once"),
        Line("Lexicon", run.lexicon, "hash of all phrases that were looked for"),
        Line("Taxonomy", run.taxonomy, "hash of what the phrases mean"),
        Line("Code", run.code, "hash of the sources that computed it"),
        Line("Parameters", ", ".join(f"{name} {value}" for name, value in sorted(run.parameters.items()))),
        Line("Profiles", run.profiles_hash or "none", "hash of profiles and memberships"),
    )


def _quality(run: Run) -> tuple[Line, ...]:
    quality = run.quality
    if "trained" not in quality:
        return ()
    return (
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
                Cell(percent(profile.weight), sort=str(profile.weight)),
                Cell(stability, sort=stability),
                Cell(mark),
            )
        )
    return Table(tuple(Column(text, is_number=text in ("Share", "Stability")) for text in columns), tuple(rows))
