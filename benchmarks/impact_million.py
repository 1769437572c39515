"""What telling an edit's impact costs among a million postings, against doing it and making a run.

    .venv/bin/python benchmarks/impact_million.py --data-dir FOLDER [--rounds 5] [--core 0] [--json OUT] [--tell-only]

FOLDER holds an installation of that size with a published run, as `curation_million.py --make` makes it, and is
changed: work on a copy. In one process on one core, each edit is told `--rounds` times, then made and followed up until
its run is there, and the figures told are compared with those of the run: the share of every skill in every role.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if TYPE_CHECKING:
    from analytics.models import Role
    from postings.models import Skill

Named = tuple[str, object, Callable[[], object]]
"""The name of an edit, the edit, and what makes it."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
GOAL = 3.0
PHRASES = ("copper quilting", "silver lathe")
"""What `curation_data.py` writes into 10,000 and 1,000 texts, and no alias names."""


def main() -> None:
    options = read_options()
    os.environ |= ONE_THREAD | {
        "DATA_DIR": str(options.data_dir),
        "DJANGO_SETTINGS_MODULE": "jobsite.settings",
        "BROKER_URL": "memory://",  # what follows a decision is done here
    }
    os.environ.pop("DATABASE_URL", None)
    os.sched_setaffinity(0, {options.core})
    import django

    django.setup()
    found = measure(options.rounds, tell_only=options.tell_only)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, default=min(os.sched_getaffinity(0)))
    parser.add_argument("--json", type=Path, help="where all figures go as JSON")
    parser.add_argument("--tell-only", action="store_true", help="make no edit: nothing is changed")
    return parser.parse_args(arguments)


def measure(rounds: int, *, tell_only: bool) -> dict[str, dict[str, float]]:
    """Tell each edit and make it; print the seconds of both, their ratio, and whether the figures are equal."""
    from analytics import services

    if not tell_only:
        services.refresh_now()  # of code that is newer than the installation, everything is read once
    print(f"{'seconds':28}{'':>10}{'told':>8}{'':>8}{'of CPU':>8}{'':>8}{'made':>8}")
    heads = "".join(f"{head:>8}" for head in ("first", "median", "first", "median", "of CPU"))
    print(f"{'edit':28}{'postings':>10}{heads}{'ratio':>7}{'MB':>7}")
    found = {}
    for name, edit, make in edits():
        found[name] = one = told(edit, rounds)
        if not tell_only:
            one |= made(edit, make)
        print(line_of(name, one), flush=True)
    return found


def line_of(name: str, one: dict[str, float]) -> str:
    times = "".join(f"{one[key]:8.2f}" for key in ("first", "median", "first_cpu", "cpu"))
    doing = f"{one['made']:8.1f}{one['made'] / one['cpu']:6.0f}x" if "made" in one else " " * 15
    equal = {1.0: "equal to the run's", 0.0: "DIFFERENT from the run's"}.get(one.get("equal", -1.0), "not made")
    missed = f"; goal {GOAL:g} s missed" if one["first_cpu"] >= GOAL else ""
    return f"{name:28}{one['postings']:10,.0f}{times}{doing}{one['peak_mb']:7,.0f}   {equal}{missed}"


def edits() -> list[Named]:
    """Return edits of the commonest skills and titles, where most postings are touched."""
    from analytics.models import Role
    from analytics.selectors.published import published
    from postings.models import Skill

    snapshot = published().snapshot
    counts = snapshot.skill_counts(snapshot.everything).any
    skills = [Skill.objects.get(name=snapshot.skills[code]) for code in (-counts).argsort(kind="stable")[:40]]
    role = Role.objects.filter(name__in=snapshot.roles).order_by("pk").last()
    return [
        _merge("three skills merged", skills[:3]),
        _merge("35 skills merged", skills[5:40]),
        _split(skills[3]),
        _hide(skills[4]),
        *(_new_alias(phrase, skills[0]) for phrase in PHRASES),
        _file_titles(role),
    ]


def _merge(name: str, skills: Sequence[Skill]) -> Named:
    from jobsite.decisions import decide
    from postings.selectors import edits as of_skills

    keep, *absorb = skills
    words = {"keep": keep.name, "absorb": [skill.name for skill in absorb]}
    return name, of_skills.edit_of_merge(keep=keep, absorb=absorb), lambda: decide("skill.merge", words)


def _split(skill: Skill) -> Named:
    from jobsite.decisions import decide
    from postings.selectors import edits as of_skills
    from postings.services import alias_words

    alias = skill.aliases.earliest("pk")
    words = {"skill": skill.name, "aliases": [alias_words(alias)], "name": "split off", "kind": "tool"}
    edit = of_skills.edit_of_split([alias], name="split off")
    return "a skill split", edit, lambda: decide("skill.split", words)


def _hide(skill: Skill) -> Named:
    from jobsite.decisions import decide
    from postings.selectors import edits as of_skills

    return (
        "a skill hidden",
        of_skills.edit_of_hide([skill]),
        lambda: decide("skill.hide", {"skills": [skill.name]}),
    )


def _new_alias(phrase: str, skill: Skill) -> Named:
    from jobsite.decisions import decide
    from postings.selectors import edits as of_skills

    words = {"skill": skill.name, "aliases": [{"phrase": phrase, "exact_case": False}]}
    edit = of_skills.edit_of_candidates([phrase], skill=skill)
    return f"a new alias: {phrase}", edit, lambda: decide("alias.add", words)


def _file_titles(role: Role) -> Named:
    from analytics.models import TitlePin
    from postings.impact import Edit
    from postings.models import Title

    titles = list(Title.objects.order_by("pk")[:100])
    return (
        "100 titles filed anew",
        Edit(titles={title.pk: role.name for title in titles}),
        lambda: [TitlePin.objects.update_or_create(title=title, defaults={"role": role}) for title in titles],
    )


def told(edit, rounds: int) -> dict[str, float]:
    """Return the seconds of telling an edit, and those of CPU: the first time, and the median of some more."""
    from postings.impact import impact_of

    spent, used = [], []
    for _ in range(rounds + 1):
        began, before = time.perf_counter(), time.process_time()
        impact = impact_of(edit)
        spent.append(time.perf_counter() - began)
        used.append(time.process_time() - before)
    return {
        "postings": impact.postings,
        "first": spent[0],
        "median": median(spent[1:]),
        "first_cpu": used[0],
        "cpu": median(used[1:]),
        "peak_mb": peak_mb(),
    }


def made(edit, make: Callable[[], object]) -> dict[str, float]:
    """Return the CPU seconds until the run with the edit is there, and whether its figures are those told (1 or 0)."""
    from analytics import services as analytics_services
    from postings import services

    expected = told_counts(edit)
    began = time.process_time()
    make()
    services.extract_all_stale()
    analytics_services.refresh_now()
    seconds = time.process_time() - began
    return {"made": seconds, "equal": float(expected == run_counts())}


def told_counts(edit) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (role, skill) -> (ads that would name it, ads), as the impact counts them."""
    from analytics.selectors.impact import recounted_by
    from analytics.selectors.published import published

    by_role, _, found = recounted_by(published().snapshot, edit)
    return _counts(found.roles, found.skills, by_role.named_after, by_role.n_after[:, 0])


def run_counts() -> dict[tuple[str, str], tuple[int, int]]:
    """Return the same of the published run."""
    from analytics.selectors.counted import tally
    from analytics.selectors.counted_skills import role_skills
    from analytics.selectors.published import published

    snapshot = published().snapshot
    named = role_skills(snapshot, snapshot.everything).sum(axis=2)
    return _counts(snapshot.roles, snapshot.skills, named, tally(snapshot, snapshot.everything, "role"))


def _counts(roles, skills, named, ads) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (roles[role], skills[skill]): (int(named[role, skill]), int(ads[role]))
        for role, skill in zip(*named.nonzero(), strict=True)
    }


def peak_mb() -> float:
    """Return the most memory that this process held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
