"""Rejected rows come back mended: only those are taken, each once, as rows of the file they came from."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from jobsite.work import State
from postings import services
from postings.models import Posting, Rejection, Upload
from postings.selectors.rejections import MARK, rejection_rows
from tests.make import make_csv, make_ingested, make_row, make_rows, make_user

pytestmark = pytest.mark.django_db


def broken(*rows):
    """An upload with one good row, and these."""
    columns = dict.fromkeys(name for row in rows for name in row)
    report = make_ingested(
        make_csv([{name: row.get(name, "") for name in columns} for row in (make_row(job_id="ok"), *rows)])
    )
    return Upload.objects.get(pk=report.upload)


def listed(upload):
    """The rows of the list of rejected rows, as a spreadsheet shows them."""
    head, *rows = rejection_rows(upload)
    return [dict(zip(head, row, strict=True)) for row in rows]


def saved(rows, *, delimiter=",", encoding="utf-8-sig"):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def hand_in(upload, content, *, by=None):
    return services.accept_mended([content], upload=upload, name="mended.csv", by=by).upload


def mend(upload, rows, **how):
    return services.ingest_upload(hand_in(upload, saved(rows, **how)).pk)


def counts(report):
    return (report.rows, report.new, report.changed, report.repeated, report.rejected)


def test_a_mended_row_becomes_a_posting_of_its_source_with_the_mending_file_as_its_origin():
    upload = broken(make_row(job_id="a", title=""), make_row(job_id="b", description=""))
    upload.seen_on = date(2026, 1, 5)
    upload.save()
    row = next(row for row in listed(upload) if row["job_id"] == "a")

    report = mend(upload, [{**row, "title": "Orchard Keeper"}])

    assert counts(report) == (1, 1, 0, 0, 0)
    posting = Posting.objects.get(external_id="a")
    assert (posting.title.text, posting.source, posting.first_seen) == (
        "Orchard Keeper",
        upload.source,
        date(2026, 1, 5),
    )
    assert (posting.upload_id, posting.row) == (report.upload, 0)
    assert Rejection.objects.get(row=1).mended_in_id == report.upload
    assert Rejection.objects.get(row=2).mended_in is None


def test_rows_of_the_first_file_that_were_taken_are_not_taken_again_from_a_mended_list():
    upload = broken(make_row(job_id="a", title=""))
    smuggled = {**listed(upload)[0], MARK: f"{upload.pk}:0", "job_id": "ok", "title": "Another Title"}
    invented = {**listed(upload)[0], MARK: "", "job_id": "new", "title": "Invented"}
    elsewhere = {**listed(upload)[0], MARK: f"{upload.pk + 7}:1", "job_id": "other", "title": "Elsewhere"}

    report = mend(upload, [smuggled, invented, elsewhere])

    assert counts(report) == (3, 0, 0, 0, 3)
    reasons = Rejection.objects.filter(upload=report.upload).values_list("reason", "column")
    assert {(("names no rejected row" in reason), column) for reason, column in reasons} == {(True, MARK)}
    assert Posting.objects.count() == 1


@pytest.mark.parametrize("chunk", [1, 500])
def test_each_row_is_taken_once_and_a_row_that_is_still_bad_leaves_its_place_to_a_better_one(settings, chunk):
    settings.UPLOAD_CHUNK_ROWS = chunk
    upload = broken(make_row(job_id="a", title=""))
    row = listed(upload)[0]

    report = mend(upload, [{**row, "title": "123"}, {**row, "title": "Keeper"}, {**row, "title": "Keeper again"}])

    assert counts(report) == (3, 1, 0, 0, 2)
    assert Posting.objects.get(external_id="a").title.text == "Keeper"
    reasons = Rejection.objects.filter(upload=report.upload).order_by("row").values_list("reason", flat=True)
    assert list(reasons) == ["The title holds no word.", "This row was mended and taken before."]


def test_the_same_mended_list_twice_changes_nothing_not_even_saved_anew():
    upload = broken(make_row(job_id="a", title=""))
    rows = [{**row, "title": "Keeper"} for row in listed(upload)]
    first = hand_in(upload, saved(rows))
    services.ingest_upload(first.pk)

    assert hand_in(upload, saved(rows)) == first
    report = mend(upload, rows, delimiter=";")

    assert counts(report) == (1, 0, 0, 0, 1)
    assert Posting.objects.count() == 2
    assert Rejection.objects.get(upload=upload).mended_in == first


def test_what_is_still_bad_can_be_downloaded_from_the_mending_upload_and_mended_in_another_go():
    upload = broken(make_row(job_id="a", title=""), make_row(job_id="b", title=""))
    first = mend(upload, [{**row, "title": "Keeper" if row["job_id"] == "a" else "!"} for row in listed(upload)])
    left = listed(Upload.objects.get(pk=first.upload))

    second = mend(Upload.objects.get(pk=first.upload), [{**row, "title": "Picker"} for row in left])

    assert [row["job_id"] for row in left] == ["b"]
    assert counts(second) == (1, 1, 0, 0, 0)
    assert Upload.objects.get(pk=second.upload).mends == upload
    assert listed(upload) == []


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (";", "utf-8")])
def test_a_list_is_read_however_a_spreadsheet_saved_it(delimiter, encoding):
    upload = broken(make_row(job_id="a", title="", company="Café Zürich"))

    report = mend(
        upload, [{**row, "title": "Keeper"} for row in listed(upload)], delimiter=delimiter, encoding=encoding
    )

    assert counts(report) == (1, 1, 0, 0, 0)
    assert Posting.objects.get(external_id="a").company.name == "Café Zürich"


def test_cells_and_columns_that_looked_like_formulas_are_what_they_were():
    text = "- pears and plums all day long\n- Python in the evening"
    upload = broken(make_row(job_id="a", title="", company="=Orchard", description=text, line="own", **{"=x": "+1"}))
    row = listed(upload)[0]
    assert (row["company"], row["'=x"], row["line (in the file)"]) == ("'=Orchard", "'+1", "own")

    mend(upload, [{**row, "title": "-Keeper", "'=x": "'-2"}])
    stays = mend(upload, [{**row, "title": ""}])

    posting = Posting.objects.get(external_id="a")
    assert (posting.company.name, posting.text_row.text.split()[:2]) == ("=Orchard", ["-", "pears"])
    assert Rejection.objects.get(upload=upload).raw["=x"] == "+1"
    assert Rejection.objects.get(upload=stays.upload).reason == "This row was mended and taken before."


def test_another_file_than_the_list_is_refused_with_a_sentence():
    upload = broken(make_row(job_id="a", title=""))

    report = mend(upload, make_rows(2))

    assert report.state == State.FAILED
    assert "“rolescope row” is missing: this is not the list of rejected rows of “jobs.csv”." in report.error


def test_whoever_hands_a_list_in_is_remembered():
    upload = broken(make_row(job_id="a", title=""))
    analyst = make_user("analyst")

    assert hand_in(upload, saved(listed(upload)), by=analyst).by == analyst


@pytest.mark.parametrize(("group", "status"), [("viewer", 403), ("analyst", 200)])
def test_raw_rows_are_for_those_who_may_hand_files_in(client, group, status):
    upload = broken(make_row(job_id="a", title=""))
    client.force_login(make_user(group))

    assert client.get(reverse("upload_rejections", args=[upload.pk])).status_code == status
