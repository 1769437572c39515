"""manage.py demo"""

import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from postings import services
from postings.models import Posting, SourceKind
from postings.sample import write_sample

SAMPLE_SOURCE = "Synthetic sample"


class Command(BaseCommand):
    help = "Fill an empty installation with the synthetic sample and an administrator."

    def handle(self, **_: object) -> None:
        call_command("prepare", stdout=self.stdout)
        if Posting.objects.exists():
            self.stdout.write("There are postings already; the sample is left out.")
        else:
            self._load_sample()
        call_command("create_admin", stdout=self.stdout)

    def _load_sample(self) -> None:
        services.source_named(SAMPLE_SOURCE, kind=SourceKind.SAMPLE)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "synthetic-sample.csv"
            write_sample(path, until=timezone.localdate())
            call_command("ingest", path, source=SAMPLE_SOURCE, stdout=self.stdout)
        call_command("refresh", stdout=self.stdout)
        call_command("measure_quality", stdout=self.stdout)
