"""The source register: what is known, how good the files are, until when it may be kept, who may change it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.selectors.published import published
from postings import services
from postings.models import Source, Upload
from tests.make import make_ingested, make_row, make_rows, make_source, make_user
from tests.make_read import make_read
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    client.force_login(make_user("analyst"))
    return client


def page(client, source="a board", **asked):
    return text_of(client.get(reverse("source", args=[make_source(source).pk]), asked))


def write_down(name="a board", **values):
    source = make_source(name)
    Source.objects.filter(pk=source.pk).update(**values)


def test_the_page_of_a_source_says_what_is_known_of_it_and_lists_its_files(analyst):
    make_ingested(make_rows(3))
    write_down(query="data AND pears", cap=900, licence="CC BY", contact="the data desk", collected_by="Ada, by hand")

    text = page(analyst)

    for known in ("data AND pears", "900 results for one search", "CC BY", "the data desk", "Ada, by hand", "jobs.csv"):
        assert known in text


def test_a_file_as_long_as_what_the_board_shows_is_warned_about(analyst):
    make_ingested(make_rows(3))
    write_down(cap=3)
    assert "The board shows at most 3 results: what lies beyond is missing." in page(analyst)

    write_down(cap=4)
    assert "what lies beyond is missing" not in page(analyst)


@pytest.mark.parametrize(
    ("days", "badge"),
    [
        (30, '<span class="muted">30 days left</span>'),
        (13, '<span class="badge warn">13 days left</span>'),
        (1, '<span class="badge warn">1 day left</span>'),
        (0, '<span class="badge warn">today is the last day</span>'),
        (-1, '<span class="badge bad">over: deleted at the next turn</span>'),
    ],
)
def test_how_long_it_may_be_kept_is_said_and_stands_out_in_the_last_two_weeks(analyst, days, badge):
    write_down(keep_until=timezone.localdate() + timedelta(days=days))

    assert badge in page(analyst)


def test_the_report_of_a_source_adds_up_its_files_by_field_with_contacts_masked(analyst):
    make_ingested(
        [make_row(job_id="a", date_posted="soon, ask pear@orchard.example"), make_row(job_id="b", location="")]
    )
    make_ingested([make_row(job_id="c", date_posted="sometime"), make_row(title="")], name="2.csv")

    fields = {field.label: field for field in source_fields()}
    text = page(analyst)

    assert (fields["Date posted"].given, fields["Date posted"].unreadable) == (1, 2)
    assert (fields["Place"].given, fields["Place"].missing) == (2, 1)
    assert (fields["Company"].given, fields["Pay"].missing) == (3, 3)
    assert "sometime" in text
    assert "pear@orchard.example" not in text
    assert "The title is missing." in text


def source_fields():
    from postings.selectors.sources import source_screen

    return source_screen(make_source(), page=None).fields


def test_a_report_does_not_grow_with_the_reasons_and_examples_of_a_file():
    dated = [make_row(job_id=f"dated-{n}") for n in range(90)]
    make_ingested([*dated, *(make_row(job_id=f"job-{n}", date_posted=f"when pear {n} is ripe") for n in range(60))])

    counts = Upload.objects.get().fields["date_posted"]

    assert counts["unreadable"] == 60
    assert sum(counts["reasons"].values()) == 60
    assert len(counts["reasons"]) <= 21
    assert len(counts["examples"]) == 5


def field(given=100, missing=0, unreadable=0):
    return {"given": given, "missing": missing, "unreadable": unreadable, "reasons": {}, "examples": []}


def judged(fields=None, *, rows=2000, rejected=0, repeated=0, **thresholds):
    return services.judge_fields(
        Source(name="a board", **thresholds), fields or {}, rows=rows, rejected=rejected, repeated=repeated
    )


def test_what_goes_beyond_a_threshold_is_said_with_both_figures():
    assert judged(rejected=620) == ["31% of 2,000 rows would be rejected; this source allows 20%."]
    assert judged(repeated=1700) == ["85% of 2,000 rows repeat another row of the file; this source allows 80%."]
    assert judged({"date_posted": field(60, 0, 40)}) == [
        "40% of 100 values of “date posted” cannot be read; this source allows 30%."
    ]
    assert judged({"company": field(5, 95)}) == ["95% of 100 rows are without a company; this source allows 90%."]


def test_what_is_just_allowed_passes_and_what_is_just_not_is_told_apart_from_it():
    assert judged(rejected=400) == []
    assert judged(rejected=401) == ["20.1% of 2,000 rows would be rejected; this source allows 20%."]


def test_a_field_that_nobody_needs_may_be_missing_and_a_few_rows_are_not_judged():
    assert judged({"seniority": field(0, 2000)}) == []
    assert judged({"date_posted": field(1, 0, 18)}, rows=19, rejected=19) == []


def test_a_source_can_be_stricter():
    assert judged(rejected=100, most_rejected=4) == ["5% of 2,000 rows would be rejected; this source allows 4%."]


def edit(client, **fields):
    source = make_source()
    known = {"name": source.name, "kind": source.kind}
    return client.post(reverse("source_edit", args=[source.pk]), known | fields, follow=True)


def test_what_is_known_is_written_down_on_the_page(analyst):
    response = edit(analyst, query="pears", cap="1000", keep_until="2027-01-01", most_rejected="5")

    source = Source.objects.get()
    assert (source.query, source.cap, source.keep_until.year, source.most_rejected) == ("pears", 1000, 2027, 5)
    assert source.most_repeated == 80
    assert "Written down." in text_of(response)


def test_a_threshold_that_is_emptied_stays_and_one_beyond_all_is_refused(analyst):
    edit(analyst, most_rejected="")
    refused = edit(analyst, most_rejected="101")

    assert Source.objects.get().most_rejected == 20
    assert refused.status_code == 422


def test_a_name_that_another_source_has_is_refused(analyst):
    make_source("orchard board")

    response = edit(analyst, name="orchard board")

    assert response.status_code == 422
    assert "already exists" in text_of(response)


@pytest.mark.slow
def test_new_figures_follow_a_new_name(analyst, workers):
    make_read(make_rows(2))

    with workers():
        edit(analyst, name="Pear board")

    assert published().snapshot.vocabulary("source") == ("Pear board",)


DOORS = ["source_list", "source", "source_edit", "source_remove", "removal_list"]
MAY = {
    "": [],
    "viewer": ["source_list", "source", "removal_list"],
    "analyst": ["source_list", "source", "source_edit", "removal_list"],
    "curator": ["source_list", "source", "source_edit", "removal_list"],
    "admin": DOORS,
}


@pytest.mark.parametrize("group", MAY)
def test_each_door_opens_for_those_who_have_the_right(client, group):
    source = make_source()
    client.force_login(make_user(group, name="somebody"))

    for door in DOORS:
        address = reverse(door, args=[] if door.endswith("list") else [source.pk])
        assert client.get(address).status_code == (200 if door in MAY[group] else 403), door
        if door in ("source_edit", "source_remove") and door not in MAY[group]:
            assert client.post(address, {"reason": "because", "name": "x", "kind": "own"}).status_code == 403
    assert Source.objects.get().name == source.name


@pytest.mark.parametrize("door", DOORS)
def test_visitors_are_sent_to_sign_in(client, door):
    address = reverse(door, args=[] if door.endswith("list") else [make_source().pk])

    assert client.get(address).headers["Location"].startswith("/login/")


@pytest.mark.slow
def test_the_pages_ask_the_database_as_often_for_many_files_and_sources_as_for_two(analyst):
    make_files(2)
    pages = [reverse("source_list"), reverse("source", args=[make_source().pk])]
    for_two = [queries_of(analyst, page) for page in pages]
    make_files(30)

    assert [queries_of(analyst, page) for page in pages] == for_two
    assert max(for_two) <= 12


def make_files(count):
    for number in range(count):
        mark = f"{Upload.objects.count()}-{number}"
        make_ingested([make_row(job_id=mark), make_row(title="", job_id=f"bad {mark}")], name=f"{mark}.csv")
        make_source(f"source {mark}")
