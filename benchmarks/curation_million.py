"""What a curator's change costs among a million postings, until its figures are on the screens.

    .venv/bin/python benchmarks/curation_million.py --data-dir FOLDER [--make] [--postings 1000000] [--core 0]
                                                    [--json OUT]

FOLDER holds an installation that `--make` fills first (curation_data.py; 8 GB and 5 minutes at a million), and is
changed: work on a copy. In one process on one core: two skills merged, a skill hidden, a title filed anew, a new role,
a new alias that a thousand texts hold, and one that ten thousand hold; then the same from scratch, which is what each
would cost if all texts were read and profiles learned anew: texts per second are taken from a part of them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
GOALS = {"two skills merged": 5, "a skill hidden": 5, "a title filed anew": 5, "an alias in 1,000 texts": 15}
READ_OF_ALL = 20_000
"""Texts that are read to know what reading all would cost."""


def main() -> None:
    options = read_options()
    os.environ |= ONE_THREAD | {
        "DATA_DIR": str(options.data_dir),
        "DJANGO_SETTINGS_MODULE": "jobsite.settings",
        "BROKER_URL": "memory://",  # what follows a decision is done here, step by step
    }
    os.environ.pop("DATABASE_URL", None)
    os.sched_setaffinity(0, {options.core})
    import django

    django.setup()
    if options.make:
        from benchmarks.curation_data import make_install
        from benchmarks.million_data import Shape

        make_install(Shape(options.postings, 15, 3000, 0), options.data_dir)
    found = measure(options.data_dir)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--postings", type=int, default=1_000_000, help="how many are made")
    parser.add_argument("--core", type=int, default=min(os.sched_getaffinity(0)))
    parser.add_argument("--json", type=Path, help="where all figures go as JSON")
    return parser.parse_args(arguments)


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Make each change, follow it up until its run is published, and print what it took."""
    from analytics import services
    from benchmarks.curation_data import COMMON, RARE

    services.refresh_now()  # of code that is newer than the installation, everything is read once
    changes: dict[str, Callable[[], None]] = {
        "nothing changed": lambda: None,
        "two skills merged": merge,
        "a skill hidden": hide,
        "a title filed anew": file_anew,
        "a new role": new_role,
        "an alias in 1,000 texts": lambda: new_alias(RARE),
        "an alias in 10,000 texts": lambda: new_alias(COMMON),
    }
    found = {name: followed_up(name, change) for name, change in changes.items()}
    found["from scratch"] = scratch = from_scratch(folder)
    print(
        f"from scratch: {scratch['seconds']:.1f} s, of which reading all texts {scratch['texts']:.0f} s (from a part)"
    )
    print(f"{'until it is on the screens':28}{'seconds':>9}{'of CPU':>9}   from scratch, in CPU")
    for name, spent in found.items():
        goal = f"  goal {GOALS[name]} s" if name in GOALS else ""
        whole = scratch["cpu_seconds"] - (0 if spent.get("read", 1) else scratch["cpu_of_texts"])
        ratio = f"{whole / spent['cpu_seconds']:8.0f}x"
        print(f"{name:28}{spent['seconds']:9.1f}{spent['cpu_seconds']:9.1f}{ratio}{goal}")
    return found


def followed_up(name: str, change: Callable[[], None]) -> dict[str, float]:
    """Return the seconds until a change is on the screens, and those of each step: as the tasks do it, one by one."""
    from analytics import services as analytics_services
    from analytics.models import Run
    from postings import services

    change()
    began, used = time.perf_counter(), cpu_seconds()
    batches = services.plan_extraction()
    planned = time.perf_counter()
    read = sum(services.extract_batch(batch) for batch in batches)
    extracted = time.perf_counter()
    is_passed_over = services.pass_over_copies()
    asked = Run.objects.unfinished().order_by("pk").last()
    run = analytics_services.refresh_run(asked.pk) if asked else None
    done, cpu = time.perf_counter(), cpu_seconds() - used
    stages = run.stages if run else {}
    parts = {"find": planned - began, "texts": extracted - planned, "run": done - extracted}
    told = ", ".join(f"{part} {seconds:.1f}" for part, seconds in {**parts, **stages}.items())
    refit = run.quality.get("refit", "") if run else "no run was asked for"
    copies = "" if is_passed_over else " COPIES HAVE TO BE GROUPED"
    print(
        f"{name}: {done - began:.1f} s, {cpu:.1f} of CPU, {read:,} postings read ({told}) {refit}{copies}", flush=True
    )
    return {"seconds": done - began, "cpu_seconds": cpu, "read": read, **parts}


def from_scratch(folder: Path) -> dict[str, float]:
    """Return what it takes to read all texts, all rows and all titles, and to learn the profiles anew."""
    from analytics import services as analytics_services
    from postings.models import Extraction, ExtractionBatch, Posting
    from postings.services import extract_batch
    from postings.services.staleness import remember
    from postings.services.taxonomy import current_lexicon

    first = list(Posting.objects.order_by("pk").values_list("pk", flat=True)[:READ_OF_ALL])
    Extraction.objects.filter(pk__in=range(first[0], first[-1] + 1)).update(stamp="")
    batch = ExtractionBatch.objects.create(stamp=remember(current_lexicon()), first_id=first[0], last_id=first[-1])
    began, used = time.perf_counter(), cpu_seconds()
    read = extract_batch(batch.pk)
    part = Posting.objects.count() / read
    texts, cpu_of_texts = (time.perf_counter() - began) * part, (cpu_seconds() - used) * part
    shutil.rmtree(folder / "facts")
    began, used = time.perf_counter(), cpu_seconds()
    analytics_services.refresh_now(refit=True)
    return {
        "seconds": texts + time.perf_counter() - began,
        "cpu_seconds": cpu_of_texts + cpu_seconds() - used,
        "texts": texts,
        "cpu_of_texts": cpu_of_texts,
    }


def cpu_seconds() -> float:
    """Return what this process has used, which a busy machine changes little."""
    return sum(os.times()[:4])


def merge() -> None:
    from jobsite.decisions import decide
    from postings.models import Skill

    keep, absorb = Skill.objects.filter(merged_into=None).order_by("pk")[400:402]
    decide("skill.merge", {"keep": keep.name, "absorb": [absorb.name]})


def hide() -> None:
    from postings.models import Skill

    skill = Skill.objects.shown().order_by("pk")[600]
    skill.is_hidden = True
    skill.save()


def file_anew() -> None:
    from analytics.models import Role, TitlePin
    from postings.models import Posting

    title = Posting.objects.exclude(title__pin__isnull=False).order_by("pk").first().title
    TitlePin.objects.create(title=title, role=Role.objects.order_by("pk").first())


def new_role() -> None:
    """Make a role of the words that stand behind the dash in a title."""
    from analytics.models import Role, RoleSynonym
    from postings.models import Title

    number = Role.objects.count()
    words = Title.objects.order_by("pk")[number].text.split(" - ")[-1].lower()
    role = Role.objects.create(name=f"keeper {number}", slug=f"keeper-{number}", family="software")
    RoleSynonym.objects.create(role=role, phrase=words)


def new_alias(phrase: str) -> None:
    from postings.models import Alias, Skill

    Alias.objects.create(phrase=phrase, skill=Skill.objects.shown().order_by("pk")[500])


if __name__ == "__main__":
    main()
