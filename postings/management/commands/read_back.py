"""manage.py read_back: stored postings beside the raw rows they were taken from, to be read by a person."""

import random
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand

from postings import ingest
from postings.ingest.contacts import mask_contacts
from postings.models import Posting, Source


class Command(BaseCommand):
    help = (
        "Print stored postings beside the raw rows they were taken from, the same number from each source: "
        "every field with its raw cells, then what was stored. Contacts are masked. Nothing is judged: count by eye."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--postings", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--characters", type=int, default=300, help="Of each end of a text.")

    def handle(self, *, postings: int, seed: int, characters: int, **options: object) -> None:
        for number, posting in enumerate(drawn(postings, seed), start=1):
            self.stdout.write(f"\n{number}. {posting.source} · {posting.upload.name} · line {posting.line}")
            raw = raw_row(posting)
            for field, value in stored(posting).items():
                cells = [raw.get(column, "") for column in columns_of(posting.upload.columns, field)]
                before = " | ".join(cell for cell in cells if cell)
                if before or value:
                    self.stdout.write(f"  {field}: {shortened(before, characters)!r}")
                    self.stdout.write(f"      => {shortened(value, characters)!r}")


def drawn(count: int, seed: int) -> list[Posting]:
    """Return postings, an equal share of each source."""
    chance = random.Random(seed)  # noqa: S311  (a draw to read, not a secret)
    sources = list(Source.objects.order_by("name"))
    ids = []
    for number, source in enumerate(sources):
        share = (count * (number + 1)) // len(sources) - (count * number) // len(sources)
        of_source = sorted(source.postings.values_list("pk", flat=True))
        ids += chance.sample(of_source, min(share, len(of_source)))
    related = ("title", "company", "source", "upload", "text_row")
    return list(Posting.objects.select_related(*related).filter(pk__in=ids).order_by("source__name", "pk"))


def raw_row(posting: Posting) -> dict[str, str]:
    """Return the cells of the row that the posting was last taken from."""
    upload = posting.upload
    fmt = ingest.FileFormat.from_dict(upload.format)
    row = next(islice(ingest.read_rows(Path(upload.file.path), fmt, skip_rows=posting.row), 1))
    return row.values if isinstance(row, ingest.RawRow) else {}


def stored(posting: Posting) -> dict[str, str]:
    pay = f"{posting.pay_min} to {posting.pay_max} {posting.pay_currency} per {posting.pay_period}"
    yearly = f"; a year {posting.pay_yearly_min} to {posting.pay_yearly_max}{' SUSPECT' if posting.pay_suspect else ''}"
    return {
        "title": posting.title.text,
        "company": posting.company.name if posting.company else "",
        "place": f"{posting.place} -> city={posting.city} region={posting.region} country={posting.country}",
        "date_posted": str(posting.date_posted or ""),
        "external_id": posting.external_id,
        "url": posting.url,
        "pay": pay + yearly if posting.pay_min is not None or posting.pay_max is not None else "",
        "seniority": posting.seniority,
        "employment_type": posting.employment_type,
        "remote": posting.remote,
        "language": posting.language,
        "description": posting.text_row.text,
    }


def columns_of(upload_columns: dict[str, str], field: str) -> list[str]:
    together = {
        "pay": ("pay_text", "pay_min", "pay_max", "pay_currency", "pay_period"),
        "place": ("place", "city", "region", "country"),
    }
    names = together.get(field) or (field,)
    return [column for name, column in upload_columns.items() if name.split(" (")[0] in names]


def shortened(text: str, limit: int) -> str:
    text = mask_contacts(text)
    return text if len(text) <= 2 * limit else f"{text[:limit]} [...{len(text):,}...] {text[-limit:]}"
