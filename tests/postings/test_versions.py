"""A posting that is seen again with changes keeps what it said; handing in what is known changes nothing."""

from datetime import date

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from postings import services
from postings.models import Company, Extraction, Posting, PostingText, PostingVersion, Title, Upload
from tests.make import make_csv, make_ingested, make_row, make_skill, make_source
from tests.properties import examples

pytestmark = pytest.mark.django_db

TEXT = (
    "Our orchard grows pears, plums and figs on two slopes above the river, and each tree carries a small sensor. "
    "You will keep the pipelines that bring its readings in, clean them every night, and tell the growers what they "
    "mean. What you need: Python, SQL and a head for weather. What helps: Airflow, and boots that keep the water out."
)
EDITED = TEXT.replace("boots that keep the water out", "a sense of humour on muddy days")
ELSE = (
    "The cellar looks for somebody who counts barrels, labels them in three languages, keeps an eye on the presses and "
    "writes short reports in Excel for the master of the house, who reads them at breakfast. Tableau would be a plus, "
    "as would a driving licence and a quiet voice around sleeping cats, of which there are eleven at present, all grey."
)
DAYS = {"jan": date(2026, 1, 10), "feb": date(2026, 2, 10), "mar": date(2026, 3, 10)}


def take(*rows, on="jan"):
    """Hand the rows in as a file of its own, seen on that day, and ingest it."""
    names = dict.fromkeys(name for row in rows for name in row)
    number = str(Upload.objects.count())
    content = make_csv([{name: row.get(name, "") for name in names} | {"number of file": number} for row in rows])
    accepted = services.accept_upload([content], name="jobs.csv", source=make_source(), seen_on=DAYS[on])
    return services.ingest_upload(accepted.upload.pk)


def fates(report):
    return {name: getattr(report, name) for name in ("new", "changed", "repeated") if getattr(report, name)}


def ad(text=TEXT, **values):
    """A posting with an id."""
    return make_row(**{"job_id": "job-1", "description": text} | values)


def bare(text=TEXT, **values):
    """A posting without an id."""
    return make_row(**{"description": text} | values)


def test_a_changed_posting_keeps_what_it_said_with_the_row_that_said_it_and_when():
    first = take(make_row(job_id="other"), ad(), on="jan")
    second = take(ad(EDITED, title="Senior Data Engineer"), on="feb")

    posting = Posting.objects.get(external_id="job-1")
    version = posting.versions.get()
    assert (posting.title.text, posting.text_row.text) == ("Senior Data Engineer", EDITED)
    assert (posting.first_seen, posting.last_seen, posting.said_since) == (DAYS["jan"], DAYS["feb"], DAYS["feb"])
    assert (posting.first_upload_id, posting.upload_id, posting.row) == (first.upload, second.upload, 0)
    assert (version.values["title"], version.text) == ("Data Engineer", TEXT)
    assert (version.values["company"], version.values["place"]) == (
        "Fernhollow Analytics",
        "Leeds, England, United Kingdom",
    )
    assert (version.number, version.upload_id, version.row, version.line) == (1, first.upload, 1, 3)
    assert (version.seen_from, version.seen_until) == (DAYS["jan"], DAYS["jan"])


def test_the_days_on_which_a_version_was_seen_end_with_the_last_file_that_still_had_it():
    take(ad(), on="jan")
    take(ad(), ad(job_id="more"), on="feb")
    take(ad(EDITED), on="mar")

    version = PostingVersion.objects.get()
    posting = Posting.objects.get(external_id="job-1")
    assert (version.seen_from, version.seen_until) == (DAYS["jan"], DAYS["feb"])
    assert (posting.first_seen, posting.last_seen, posting.said_since) == (DAYS["jan"], DAYS["mar"], DAYS["mar"])


def test_changed_pay_is_a_version_and_leaves_the_reading_of_the_text_alone():
    take(ad(salary="50,000 - 60,000 EUR a year"))
    make_skill("Python")
    services.extract_all_stale()

    report = take(ad(salary="55,000 - 65,000 EUR a year"), on="feb")

    assert fates(report) == {"changed": 1}
    assert PostingVersion.objects.get().values["pay_min"] == "50000.00"
    assert Extraction.objects.count() == 1


@pytest.mark.parametrize("change", [{"description": EDITED}, {"title": "Junior Data Engineer"}])
def test_a_changed_title_or_text_is_read_again(change):
    take(ad())
    make_skill("Python")
    services.extract_all_stale()

    take(ad(**change), on="feb")

    assert not Extraction.objects.exists()


def test_an_edited_text_of_the_same_company_title_and_place_is_the_same_posting():
    take(bare())
    report = take(bare(EDITED), on="feb")

    assert fates(report) == {"changed": 1}
    posting = Posting.objects.get()
    assert posting.text_row.text == EDITED
    assert posting.versions.get().text == TEXT


@pytest.mark.parametrize(
    "other",
    [
        {"description": ELSE},
        {"description": EDITED, "company": "Another Orchard"},
        {"description": EDITED, "location": "York, England, United Kingdom"},
        {"description": EDITED, "title": "Data Analyst"},
    ],
)
def test_another_text_company_place_or_title_is_another_posting(other):
    take(bare())
    report = take(bare(**other), on="feb")

    assert fates(report) == {"new": 1}


def test_two_requisition_numbers_are_two_postings_however_alike():
    take(bare(f"{TEXT} Requisition 200066046."))
    report = take(bare(f"{TEXT} Requisition 200125395."), on="feb")

    assert fates(report) == {"new": 1}


def test_without_a_company_an_edited_text_is_another_posting():
    take(bare(company=""))
    report = take(bare(EDITED, company=""), on="feb")

    assert fates(report) == {"new": 1}


def test_near_same_texts_in_one_file_stand_side_by_side_and_stay_two_postings():
    report = take(bare(), bare(EDITED))

    assert fates(report) == {"new": 2}
    assert fates(take(bare(), bare(EDITED), on="feb")) == {"repeated": 2}


def test_each_of_two_near_same_postings_finds_its_own_edited_text():
    one, other = TEXT.replace("pears", "quinces"), TEXT.replace("boots", "waders")
    take(bare(one), bare(other))

    report = take(bare(f"{other} Apply soon."), bare(f"{one} Apply now."), on="feb")

    assert fates(report) == {"changed": 2}
    pairs = {version.text: version.posting.text_row.text for version in PostingVersion.objects.all()}
    assert pairs == {one: f"{one} Apply now.", other: f"{other} Apply soon."}


def test_an_edited_posting_is_known_by_both_of_its_texts():
    take(bare())
    take(bare(EDITED), on="feb")

    assert fates(take(bare(EDITED), on="mar")) == {"repeated": 1}
    assert fates(take(bare(), on="jan")) == {"repeated": 1}
    assert Posting.objects.get().text_row.text == EDITED


def test_old_files_handed_in_again_under_another_checksum_change_nothing():
    files = [([ad(), bare()], "jan"), ([ad(EDITED), bare(EDITED)], "feb"), ([ad(ELSE), bare(salary="9 EUR")], "mar")]
    for rows, day in files:
        take(*rows, on=day)
    before = tables()

    reports = [take(*rows, on=day) for rows, day in files]

    assert [fates(report) for report in reports] == [{"repeated": 2}] * 3
    assert tables() == before


def test_a_posting_that_goes_back_to_what_it_said_has_changed_again():
    take(ad(), on="jan")
    take(ad(EDITED), on="feb")
    report = take(ad(), on="mar")

    assert fates(report) == {"changed": 1}
    assert [version.text for version in PostingVersion.objects.all()] == [TEXT, EDITED]
    assert PostingText.objects.get().text == TEXT


def test_an_older_file_that_comes_late_takes_its_place_in_time():
    take(ad(EDITED), on="feb")
    take(ad(f"{EDITED} Closing soon."), on="mar")

    report = take(ad(), on="jan")

    assert fates(report) == {"changed": 1}
    posting = Posting.objects.get()
    assert [version.text for version in posting.versions.all()] == [TEXT, EDITED]
    assert posting.text_row.text == f"{EDITED} Closing soon."
    assert (posting.first_seen, posting.last_seen) == (DAYS["jan"], DAYS["mar"])


def test_a_repeat_from_an_earlier_day_moves_the_first_day_on_which_it_was_seen():
    take(ad(), on="feb")
    take(ad(), on="jan")

    posting = Posting.objects.get()
    assert (posting.first_seen, posting.last_seen, posting.said_since) == (DAYS["jan"], DAYS["feb"], DAYS["jan"])


@pytest.mark.parametrize("ending", ["", "...", " …"])
@pytest.mark.parametrize("make", [ad, bare])
def test_a_text_cut_short_does_not_replace_the_full_one(make, ending):
    take(make())
    report = take(make(TEXT[:130] + ending), on="feb")

    assert fates(report) == {"repeated": 1}
    assert PostingText.objects.get().text == TEXT
    assert Posting.objects.get().last_seen == DAYS["feb"]


def test_with_a_text_cut_short_other_fields_change_and_those_it_lacks_stay():
    take(ad(salary="50,000 EUR a year", employment_type="full-time"))
    report = take(ad(TEXT[:130] + "...", salary="60,000 EUR a year"), on="feb")

    posting = Posting.objects.get()
    assert fates(report) == {"changed": 1}
    assert (posting.text_row.text, posting.pay_min, posting.employment_type) == (TEXT, 60000, "full-time")
    assert fates(take(ad(TEXT[:130] + "...", salary="60,000 EUR a year"), on="feb")) == {"repeated": 1}


@pytest.mark.parametrize("make", [ad, bare])
def test_the_full_text_replaces_one_that_was_cut_short_whichever_came_first(make):
    take(make(TEXT[:130] + "..."), on="feb")
    take(make(), on="mar")
    take(make(ELSE, title="Cellar Analyst", job_id="x", company="Cellar"), make(title="Pear Analyst", job_id="y"))

    assert PostingText.objects.filter(text=TEXT).count() == 2
    take(make(TEXT[:130] + "...", title="Fig Analyst", job_id="z"), on="feb")
    take(make(title="Fig Analyst", job_id="z"), on="jan")
    assert Posting.objects.get(title__text="Fig Analyst").text_row.text == TEXT


def test_a_cell_that_cannot_be_read_does_not_wipe_out_what_is_known():
    take(ad(date_posted="2026-01-07"), ad(job_id="other", date_posted="2026-01-08"))
    report = take(ad(date_posted="########"), ad(job_id="other", date_posted="2026-01-09"), on="feb")

    assert fates(report) == {"changed": 1, "repeated": 1}
    assert Posting.objects.get(external_id="job-1").date_posted == date(2026, 1, 7)


def test_a_half_text_that_is_not_the_beginning_is_a_change():
    take(ad())

    assert fates(take(ad(ELSE[:100]), on="feb")) == {"changed": 1}


def test_what_is_foreseen_is_what_happens_and_nothing_is_written():
    take(ad(), bare())
    rows = [ad(EDITED), ad(EDITED), bare(EDITED), bare(ELSE), ad(job_id="new")]
    upload = services.accept_upload([make_csv(rows)], name="next.csv", source=make_source(), seen_on=DAYS["feb"]).upload
    before = tables()

    foreseen = services.foresee(upload.source_id, cleaned(upload))

    assert foreseen == ["changed", "repeated", "changed", "new", "new"]
    assert tables() == before
    report = services.ingest_upload(upload.pk)
    assert (report.new, report.changed, report.repeated) == (2, 2, 1)


def cleaned(upload):
    from pathlib import Path

    from postings import ingest

    path = Path(upload.file.path)
    fmt = ingest.sniff_format(path, name=upload.name)
    columns = ingest.suggest_columns(ingest.header_of(path, fmt), ())
    return [ingest.clean_row(raw, columns, seen_on=upload.seen_on) for raw in ingest.read_rows(path, fmt)]


def test_the_spelling_of_a_company_is_no_change():
    take(ad(company="Fernhollow Analytics"))

    assert fates(take(ad(company="Fernhollow Analytics Ltd."), on="feb")) == {"repeated": 1}


def test_a_chunk_of_changed_postings_asks_the_database_as_often_as_one(django_assert_max_num_queries):
    rows = [ad(job_id=f"job-{n}") for n in range(40)]
    take(*rows)
    with django_assert_max_num_queries(45):
        report = take(*[{**row, "description": EDITED} for row in rows], on="feb")

    assert fates(report) == {"changed": 40}


def tables():
    """Everything that is stored of postings, without the numbers that the database gives, and without last_upload."""
    postings = Posting.objects.order_by("source", "key").select_related("title", "company", "text_row")
    own = [f.attname for f in Posting._meta.concrete_fields]
    gone = ("id", "title_id", "company_id", "last_upload_id")
    return (
        [
            (
                *(str(getattr(p, name)) for name in own if name not in gone),
                *(p.title.text, p.company and p.company.name, p.text_row.heading, p.text_row.text),
            )
            for p in postings
        ],
        [
            (v.posting.key, v.number, v.content_hash, v.upload_id, v.row, v.seen_from, v.seen_until, v.values, v.text)
            for v in PostingVersion.objects.order_by("posting__key", "number").select_related("posting")
        ],
        sorted(Title.objects.values_list("text", flat=True)),
        sorted(Company.objects.values_list("key", "name")),
    )


A_ROW = st.builds(
    lambda base, day, text, company, pay, posted: base(
        text, company=company, salary=pay, seen_on=day, date_posted=posted
    ),
    base=st.sampled_from([ad, bare]),
    day=st.sampled_from(["2026-01-10", "2026-02-10", "2026-03-10"]),
    text=st.sampled_from([TEXT, EDITED, TEXT[:130] + "...", ELSE, f"{TEXT} Number 12345678."]),
    company=st.sampled_from(["Fernhollow", "Fernhollow Ltd"]),
    posted=st.sampled_from(["2026-01-07", "########", ""]),
    pay=st.sampled_from(["", "50,000 EUR a year", "60,000 EUR a year"]),
)


class ChunkSizes(TestCase):
    @settings(max_examples=examples(5), suppress_health_check=list(HealthCheck))
    @given(files=st.lists(st.lists(A_ROW, min_size=1, max_size=7), min_size=1, max_size=3))
    def test_the_size_of_chunks_changes_nothing_and_counts_add_up(self, files):
        outcomes = []
        for size in (1, 3, 1000):
            with override_settings(UPLOAD_CHUNK_ROWS=size):
                outcomes.append(self.outcome(files, size))
        assert outcomes[0] == outcomes[1] == outcomes[2]

    def outcome(self, files, size):
        for model in (PostingVersion, Posting, Upload, Title, Company):
            model.objects.all().delete()
        reports = []
        for number, rows in enumerate(files):
            names = ("job_id", "title", "company", "location", "date_posted", "description", "salary", "seen_on")
            full = [{name: row.get(name, "") for name in names} | {"n": f"{number}"} for row in rows]
            reports.append(make_ingested(make_csv(full), name=f"{number}.csv"))
        for report in reports:
            assert report.rows == report.new + report.changed + report.repeated + report.rejected
        order = {pk: at for at, pk in enumerate(Upload.objects.order_by("pk").values_list("pk", flat=True))}
        postings, versions, *rest = tables()
        return (
            [(r.new, r.changed, r.repeated) for r in reports],
            [tuple(without_uploads(row, order)) for row in postings],
            [(*v[:3], order[v[3]], *v[4:]) for v in versions],
            rest,
            list(Upload.objects.order_by("pk").values_list("fields", flat=True)),
        )


def without_uploads(row, order):
    """The row with the ids of uploads as their place in the order of handing in, and without the source's id."""
    names = [f.attname for f in Posting._meta.concrete_fields]
    names = [n for n in names if n not in ("id", "title_id", "company_id", "last_upload_id")]
    for name, value in zip(names, row, strict=False):
        if name.endswith("upload_id"):
            yield order[int(value)]
        elif name != "source_id":
            yield value
    yield from row[len(names) :]
