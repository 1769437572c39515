"""The dry run and the decision about a held file: nothing is written before it is taken."""

import json

import pytest
from django.apps import apps
from django.db import connection

from jobsite.work import State
from postings import selectors, services
from postings.ingest import ColumnMap, UnreadableFile
from postings.models import Source, SourceKind, Upload
from postings.selectors.preview import preview_screen, sampled_words
from tests.make import SEEN_ON, make_csv, make_ingested, make_row, make_rows, make_source

pytestmark = pytest.mark.django_db


def make_held(rows, *, name="jobs.csv", source="a board"):
    content = rows if isinstance(rows, bytes) else make_csv(rows)
    accepted = services.accept_upload([content], name=name, source=source, seen_on=SEEN_ON, hold=True)
    return accepted.upload


def everything_stored():
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def columns_of(upload, **changes):
    run = services.dry_run(upload)
    return services.with_choices(run.columns, changes, header=run.header)


def test_a_dry_run_writes_nothing_at_all(settings):
    make_ingested(make_rows(3))
    upload = make_held([*make_rows(5), make_row(title="")], name="next.csv")
    before, files = everything_stored(), sorted(settings.DATA_DIR.rglob("*"))

    run = services.dry_run(upload)

    assert run.rows == 6
    assert everything_stored() == before
    assert sorted(settings.DATA_DIR.rglob("*")) == files


def test_what_is_foreseen_is_what_happens():
    make_ingested(make_rows(3))
    rows = make_rows(6)
    rows[1]["description"] += " Grafting of plums is a plus."
    upload = make_held([*rows, rows[5], make_row(title=""), make_row(description="")], name="next.csv")

    run = services.dry_run(upload)
    services.take_upload(upload, columns=run.columns)
    report = services.ingest_upload(upload.pk)

    assert dict(run.counts) == {"new": 3, "changed": 1, "repeated": 3, "rejected": 2}
    assert dict(run.counts) == {name: getattr(report, name) for name in run.counts}
    assert run.reasons == {"The title is missing.": 1, "The description is missing.": 1}
    assert {name: counts["given"] for name, counts in run.fields.items()} == {
        name: counts["given"] for name, counts in Upload.objects.get(pk=upload.pk).fields.items()
    }


@pytest.mark.slow
def test_a_row_that_comes_again_after_many_others_is_foreseen_as_repeated():
    rows = make_rows(services.DRY_RUN_ROWS - 1)

    run = services.dry_run(make_held([*rows, rows[0]]))

    assert run.counts["repeated"] == 1
    assert run.is_whole


def test_texts_that_are_here_already_and_texts_that_are_twice_in_the_file_are_told_as_copies():
    make_ingested(make_rows(1), source="another board")
    services.extract_all_stale()
    twin = make_row(
        job_id="twin", company="Pear & Sons", description="We prune, we graft, and we write Python all year."
    )
    rows = [*make_rows(2), twin, {**twin, "job_id": "twin-2", "location": "York, England, United Kingdom"}]

    run = services.dry_run(make_held(rows))

    assert run.counts["new"] == 4
    assert run.copies == 2
    assert [found.is_copy for found in run.first] == [True, False, False, True]


@pytest.mark.slow
def test_of_a_big_file_the_first_rows_are_looked_at_and_the_rest_is_estimated():
    run = services.dry_run(make_held(make_rows(400)), rows=100)

    assert (run.rows, run.is_whole) == (100, False)
    assert 380 <= run.rows_total <= 420
    screen = preview_screen(Upload.objects.get(), run)
    assert screen.sampled == "Counted on the first 100 of about 400 rows."
    assert ("Rows", "about 400 rows") in screen.facts


def test_a_file_whose_lines_tell_nothing_is_not_estimated():
    content = json.dumps(make_rows(50)).encode()

    run = services.dry_run(make_held(content, name="jobs.json"), rows=10)

    assert sampled_words(run) == "Counted on the first 10 rows; how many follow is not known yet."


@pytest.mark.slow
def test_all_rows_can_be_asked_for():
    rows = make_rows(services.DRY_RUN_ROWS + 5)

    assert services.dry_run(make_held(rows), rows=None).rows == len(rows)


def test_a_file_beyond_a_threshold_is_taken_only_when_somebody_says_so():
    Source.objects.create(name="strict", most_rejected=5)
    upload = make_held([*make_rows(30), *make_rows(10, title="")], source="strict")
    columns = columns_of(upload)

    with pytest.raises(services.HeldBackError) as held_back:
        services.take_upload(upload, columns=columns)
    assert held_back.value.warnings == ["25% of 40 rows would be rejected; this source allows 5%."]
    assert Upload.objects.get().state == State.HELD

    services.take_upload(upload, columns=columns, anyway=True)
    assert (upload.state, upload.held_because) == (State.QUEUED, held_back.value.warnings)


@pytest.mark.parametrize(
    ("threshold", "spoil", "sentence"),
    [
        ("most_unreadable", {"date_posted": "soon, perhaps"}, "values of “date posted” cannot be read"),
        ("most_incomplete", {"company": ""}, "rows are without a company"),
        ("most_repeated", {"job_id": "one", "company": "Pear", "description": "Prune."}, "repeat another row"),
    ],
)
def test_each_threshold_of_a_source_holds_a_file_back(threshold, spoil, sentence):
    Source.objects.create(name="strict", **{threshold: 10})

    run = services.dry_run(make_held([*make_rows(20), *make_rows(20, **spoil)], source="strict"))

    assert len(run.warnings) == 1
    assert sentence in run.warnings[0]


def test_a_file_that_just_meets_a_threshold_passes():
    Source.objects.create(name="strict", most_rejected=25)

    assert services.dry_run(make_held([*make_rows(30), *make_rows(10, title="")], source="strict")).warnings == ()


def test_without_a_column_for_the_title_nothing_is_taken():
    upload = make_held(make_rows(2))

    with pytest.raises(UnreadableFile, match="title"):
        services.take_upload(upload, columns=ColumnMap({"description": "description"}))
    assert Upload.objects.get().state == State.HELD


def test_columns_that_were_settled_on_come_back_with_the_next_file_of_the_source():
    first = make_held([make_row(team="Plums", job_id="1")], name="may.csv")
    services.take_upload(first, columns=columns_of(first, company="team"))
    next_one = make_held([make_row(team="Pears", job_id="2")], name="june.csv")
    elsewhere = make_held([make_row(team="Pears", job_id="3")], name="other.csv", source="another board")

    assert services.dry_run(next_one).columns.columns["company"] == "team"
    assert services.dry_run(elsewhere).columns.columns["company"] == "company"


def test_of_another_header_what_still_fits_is_remembered():
    first = make_held([make_row(team="Plums", job_id="1")], name="may.csv")
    services.take_upload(first, columns=columns_of(first, company="team", **{"country (fixed)": "United Kingdom"}))
    row = make_row(team="Pears", colour="green")
    del row["date_posted"]

    columns = services.dry_run(make_held([row], name="june.csv")).columns

    assert columns.columns["company"] == "team"
    assert columns.constants == {"country": "United Kingdom"}


def test_a_file_on_the_command_line_gets_the_remembered_columns_too():
    first = make_held([make_row(team="Plums", job_id="1")], name="may.csv")
    services.take_upload(first, columns=columns_of(first, company="team"))
    services.ingest_upload(first.pk)

    make_ingested([make_row(team="Pears", job_id="2")], name="june.csv")

    assert Upload.objects.get(name="june.csv").columns["company"] == "team"


def test_discarding_takes_row_file_and_the_source_that_was_only_made_for_it(settings):
    upload = make_held(make_rows(2), source="new board")

    services.discard_upload(upload)

    assert not Upload.objects.exists()
    assert not Source.objects.exists()
    assert not [path for path in settings.DATA_DIR.rglob("*") if path.is_file()]


@pytest.mark.parametrize("known", [{"licence": "our own"}, {"kind": SourceKind.OWN}, {"columns": {"title": {}}}])
def test_a_source_about_which_something_is_known_stays(known):
    Source.objects.create(name="a board", **known)

    services.discard_upload(make_held(make_rows(2)))

    assert Source.objects.filter(name="a board").exists()


def test_a_source_with_another_upload_stays():
    make_ingested(make_rows(1), name="first.csv")

    services.discard_upload(make_held(make_rows(2)))

    assert Source.objects.filter(name="a board").exists()
    assert Upload.objects.get().name == "first.csv"


def test_what_has_been_taken_can_neither_be_taken_again_nor_discarded_nor_settled():
    upload = make_held(make_rows(2))
    columns = columns_of(upload)
    services.take_upload(upload, columns=columns)

    for decide in (
        lambda: services.discard_upload(upload),
        lambda: services.take_upload(upload, columns=columns),
        lambda: services.settle_columns(upload, columns),
    ):
        with pytest.raises(services.DecidedAlreadyError):
            decide()
    assert Upload.objects.get().state == State.QUEUED


def test_a_held_file_is_not_work_and_holds_up_no_other_of_its_source():
    held = make_held(make_rows(2), name="held.csv")
    later = services.accept_upload(
        [make_csv(make_rows(1))], name="later.csv", source=make_source(), seen_on=SEEN_ON
    ).upload

    assert selectors.uploads_that_can_start() == [later.pk]
    assert services.ingest_upload(held.pk).state == State.HELD
    assert services.ingest_upload(later.pk).state == State.DONE


def test_a_held_file_that_a_door_without_preview_takes_in_is_read_with_its_columns():
    rows = [make_row(team="Plums", job_id="1")]
    held = make_held(rows)
    services.settle_columns(held, columns_of(held, company="team"))

    make_ingested(rows)

    assert Upload.objects.get().state == State.DONE
    assert Upload.objects.get().columns["company"] == "team"


def test_a_constant_holds_for_every_row_that_says_nothing_else():
    upload = make_held([make_row(job_id="1", company=""), make_row(job_id="2")])
    services.settle_columns(upload, columns_of(upload, **{"company (fixed)": "Plum Ltd"}))

    run = services.dry_run(upload)

    assert [found.row.company for found in run.first] == ["Plum Ltd", "Fernhollow Analytics"]
