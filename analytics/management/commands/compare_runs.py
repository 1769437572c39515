"""manage.py compare_runs A B [--json] [--figure TEXT] [--top N]"""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from analytics.models import Run
from analytics.selectors.comparing import PART_NAMES, NotComparable, RunComparison, compare_runs, figure_name
from analytics.selectors.run_changes import TITLES, change_text, summary, value_text
from analytics.snapshot import DamagedSnapshot
from analytics.snapshot.attribution import Figure

TOP = 10


class Command(BaseCommand):
    help = "Split each changed figure of two runs into what changed it: the parts add up to the whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("before", type=int, metavar="A", help="Number of the older run.")
        parser.add_argument("after", type=int, metavar="B", help="Number of the newer run.")
        parser.add_argument(
            "--json", action="store_true", help="Print every changed figure as JSON, in exact fractions."
        )
        parser.add_argument("--figure", metavar="TEXT", default="", help="Only figures with TEXT in kind or name.")
        parser.add_argument("--top", type=int, default=TOP, help=f"So many of each kind of figure ({TOP}).")

    def handle(self, **options: object) -> None:
        before, after = (_run(int(str(options[which]))) for which in ("before", "after"))
        try:
            comparison = compare_runs(before, after)
        except (NotComparable, DamagedSnapshot) as refused:
            raise CommandError(str(refused)) from refused
        chosen = [
            figure for figure in comparison.found.figures if _is_asked(figure, comparison, str(options["figure"]))
        ]
        if options["json"]:
            self.stdout.write(json.dumps(_report(comparison, chosen)))
            return
        self.stdout.write(summary(comparison))
        for kind, title in TITLES.items():
            figures = [figure for figure in chosen if figure.kind is kind][: int(str(options["top"]))]
            if figures:
                self.stdout.write(f"\n{title}")
            for figure in figures:
                self.stdout.write(f"  {_line(figure, comparison)}")


def _run(pk: int) -> Run:
    run = Run.objects.filter(pk=pk).first()
    if run is None:
        raise CommandError(f"There is no run {pk}.")
    return run


def _is_asked(figure: Figure, comparison: RunComparison, text: str) -> bool:
    return text.lower() in f"{figure.kind} {figure_name(figure, comparison)}".lower()


def _line(figure: Figure, comparison: RunComparison) -> str:
    kind = figure.kind
    parts = [f"{PART_NAMES[part]} {change_text(kind, value)}" for part, value in figure.parts.items() if value]
    ends = f"{value_text(kind, figure.old)} -> {value_text(kind, figure.new)}"
    return f"{figure_name(figure, comparison)}: {ends} ({change_text(kind, figure.change)}: {', '.join(parts)})"


def _report(comparison: RunComparison, figures: list[Figure]) -> dict[str, object]:
    return {
        "before": comparison.before.pk,
        "after": comparison.after.pk,
        "compared": comparison.found.compared,
        "changed": len(comparison.found.figures),
        "postings": comparison.found.changes,
        "figures": [_exact(figure, comparison) for figure in figures],
    }


def _exact(figure: Figure, comparison: RunComparison) -> dict[str, object]:
    """Return a figure with its values as floats, and after each step as a fraction: [over, under]."""
    return {
        "kind": figure.kind,
        "name": figure_name(figure, comparison),
        "old": float(figure.old),
        "new": float(figure.new),
        "n": list(figure.n),
        "parts": {part: float(value) for part, value in figure.parts.items()},
        "steps": [[step.numerator, step.denominator] for step in figure.steps],
    }
