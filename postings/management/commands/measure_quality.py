"""manage.py measure_quality [--json]"""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from postings import services
from postings.skills.quality import Estimate, Quality


class Command(BaseCommand):
    help = "Measure how well today's lexicon finds the skills of the marked postings; the Quality page shows it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the whole report as JSON.")

    def handle(self, **options: object) -> None:
        report = services.measure_quality()
        services.check_wrong_mentions()
        if report is None:
            raise CommandError("There are no aliases to find: run `manage.py prepare` first.")
        if options["json"]:
            stamps = {name: getattr(report, name) for name in ("stamp", "lexicon", "code", "marked_set")}
            self.stdout.write(json.dumps({**stamps, "at": report.at.isoformat(), **report.figures}))
            return
        quality = Quality.from_figures(report.figures)
        self.stdout.write(f"lexicon {report.lexicon}, {quality.postings} marked postings, shares with 95% intervals")
        for row in (quality.overall, *quality.kinds):
            figures = f"precision {_text(row.precision)}, recall {_text(row.recall)}, F1 {_text(row.f1)}"
            self.stdout.write(f"{row.kind:9} marked {row.marked:5}, found {row.found:5}: {figures}")
        for level in quality.levels:
            self.stdout.write(f"{level.level:9} precision {_text(level.precision)}, recall {_text(level.recall)}")
        demands = f"years right {_text(quality.years)}, degree right {_text(quality.degree)}"
        self.stdout.write(f"level right {_text(quality.level_accuracy)}, {demands}")


def _text(estimate: Estimate) -> str:
    if estimate.value is None:
        return "-"
    return f"{estimate.value:.3f} ({estimate.low:.3f}-{estimate.high:.3f})"
