"""The generator says exactly what ingest will find in its files."""

import statistics
from dataclasses import asdict
from datetime import date

import pytest

from benchmarks.made_ads import Ads
from benchmarks.make_postings import write_postings
from postings import services
from postings.models import Posting

pytestmark = pytest.mark.slow
COUNTED = ("rows", "new", "changed", "repeated", "rejected")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["made.csv", "made.csv.gz", "made.jsonl", "made.xlsx"])
def test_ingest_counts_what_was_put_in(name, tmp_path):
    path = tmp_path / name
    made = write_postings(path, rows=900, seed=5)
    upload = services.accept_upload(
        [path.read_bytes()], name=name, source=services.source_named("made"), seen_on=date(2026, 8, 1)
    ).upload

    report = services.ingest_upload(upload.pk)

    assert not report.error
    assert {name: getattr(report, name) for name in COUNTED} == {name: asdict(made)[name] for name in COUNTED}
    assert Posting.objects.count() == made.new
    assert min(made.changed, made.repeated, made.rejected, made.copies) > 0


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path):
    for name, seed in (("one.csv.gz", 5), ("again.csv.gz", 5), ("other.csv.gz", 6)):
        write_postings(tmp_path / name, rows=200, seed=seed)

    assert (tmp_path / "one.csv.gz").read_bytes() == (tmp_path / "again.csv.gz").read_bytes()
    assert (tmp_path / "one.csv.gz").read_bytes() != (tmp_path / "other.csv.gz").read_bytes()


def test_texts_are_as_long_as_those_of_real_postings():
    ads = Ads(rows=2000, seed=1)

    lengths = [len(ads.row(number)[-1]) for number in range(2000)]

    assert 3400 < statistics.mean(lengths) < 4200
    assert statistics.quantiles(lengths, n=20)[-1] > 2 * statistics.median(lengths)


def test_a_name_without_a_known_ending_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"ends with none of"):
        write_postings(tmp_path / "made.pdf", rows=10, seed=1)
