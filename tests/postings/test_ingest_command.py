"""manage.py ingest: takes at once, warns on stderr, tries out without writing, and lets columns be named."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from jobsite.work import State
from postings.models import Posting, Source, Upload
from tests.make import make_csv, make_row, make_rows

pytestmark = pytest.mark.django_db

KEYS = ["file", "rows", "new", "changed", "repeated", "rejected", "seconds"]


@pytest.fixture
def file_of(tmp_path):
    def write(rows, name="jobs.csv"):
        path = tmp_path / name
        path.write_bytes(rows if isinstance(rows, bytes) else make_csv(rows))
        return path

    return write


def ingest(*arguments):
    """Return the lines of the JSON report, and what was said on stderr."""
    out, errors = io.StringIO(), io.StringIO()
    call_command("ingest", *map(str, arguments), "--source", "a board", "--json", stdout=out, stderr=errors)
    return json.loads(out.getvalue()), errors.getvalue()


def test_it_takes_a_file_at_once_and_keeps_the_keys_of_its_report(file_of):
    path = file_of([*make_rows(3), make_row(title="")])

    (line,), said = ingest(path)

    assert list(line) == KEYS
    assert (line["file"], line["rows"], line["new"], line["rejected"]) == (str(path), 4, 3, 1)
    assert Upload.objects.get().state == State.DONE
    assert said == ""


def test_what_goes_beyond_a_threshold_is_said_on_stderr_and_taken(file_of):
    Source.objects.create(name="a board", most_rejected=5)

    (line,), said = ingest(file_of([*make_rows(30), *make_rows(10, title="")]))

    assert line["new"] == 30
    assert "25% of 40 rows would be rejected; this source allows 5%." in said


def test_a_file_that_repeats_an_earlier_one_is_no_reason_to_warn(file_of):
    ingest(file_of(make_rows(30)))

    (line,), said = ingest(file_of([*make_rows(30), make_row(job_id="new")], "next.csv"))

    assert line["repeated"] == 30
    assert said == ""


def test_a_dry_run_counts_and_writes_nothing(file_of, settings):
    (line,), said = ingest(file_of([*make_rows(3), make_row(title="")]), "--dry-run")

    assert list(line) == KEYS
    assert [line[name] for name in KEYS[1:6]] == [4, 3, 0, 0, 1]
    assert "All 4 rows were looked at." in said
    assert not Upload.objects.exists()
    assert not Source.objects.exists()
    assert not [path for path in settings.DATA_DIR.rglob("*") if path.is_file()]


@pytest.mark.slow
def test_a_dry_run_of_a_big_file_says_that_it_looked_at_a_part_unless_all_rows_are_asked_for(file_of):
    path = file_of(make_rows(1300))

    (some,), said = ingest(path, "--dry-run")
    (every,), _ = ingest(path, "--dry-run", "--all-rows")

    assert some["rows"] == 1000
    assert "Counted on the first 1,000 of about 1,300 rows." in said
    assert every["rows"] == every["new"] == 1300


def test_columns_can_be_named(file_of, tmp_path):
    rows = [make_row(team="Plum team", job_id="1")]
    pairs = tmp_path / "columns.json"
    pairs.write_text(json.dumps({"company": "team"}))

    (tried,), _ = ingest(file_of(rows), "--dry-run", "--columns", pairs)
    ingest(file_of(rows), "--columns", "company=team")

    assert tried["new"] == 1
    assert Posting.objects.get().company.name == "Plum team"


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("colour=team", "not fields of a posting: colour"),
        ("company=crew", "The file has no column “crew”"),
        ("nowhere.json", "nowhere.json is neither"),
    ],
)
def test_a_choice_that_makes_no_sense_is_answered_with_a_sentence(file_of, choice, sentence):
    with pytest.raises(CommandError, match=sentence):
        ingest(file_of([make_row(team="Plum team")]), "--columns", choice)

    assert not Posting.objects.exists()


def test_a_file_that_cannot_be_read_has_its_sentence_in_the_report(file_of):
    with pytest.raises(CommandError, match="is a picture"):
        ingest(file_of(b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
