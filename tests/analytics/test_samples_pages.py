"""The pages of samples: who is let in, what a reader sees and does not, what came out, and the Quality page."""

import csv
import io
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from analytics.models import Answer, Role, Sample, SampleMark, SampleOf
from postings.models import Posting
from tests.analytics.make_samples import (
    finish_both,
    make_bare_sample,
    make_readers,
    make_sample,
    make_shown,
    mark,
    mark_all,
)
from tests.make import make_ingested, make_row, make_user
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def posting():
    make_ingested([make_row(job_id="1")])
    return Posting.objects.get().pk


@pytest.fixture
def sample(posting):
    """Twelve mentions, given to ana and ben."""
    return make_bare_sample(12, posting=posting)


def reader(client, name):
    client.force_login(User.objects.get(username=name))
    return client


def page_of(sample, number=None):
    return reverse("sample_mark", args=[sample.pk, number]) if number else reverse("sample_read", args=[sample.pk])


def say(client, sample, number, answer, *, seen=0, **headers):
    return client.post(page_of(sample, number), {"answer": answer, "seen": seen}, **headers)


# -- drawing --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_curator_draws_a_sample_and_gives_it_to_two_people(client):
    make_shown()
    ana, ben = make_readers()
    wish = {"of": "mentions", "size": 20, "seed": 5, "first": ana.pk, "second": ben.pk, "skill": "python"}

    page = text_of(reader(client, "ana").post(reverse("sample_create"), wish, follow=True))

    sample = Sample.objects.get()
    assert (sample.first, sample.second, sample.seed, sample.asked) == (ana, ben, 5, {"skill": "Python"})
    assert "20 mentions of skills (skill Python)" in page
    assert f'href="{page_of(sample)}"' in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"second": "first"}, "Two different people have to read"),
        ({"size": 5}, "greater than or equal to 20"),
        ({"skill": "no such skill"}, "The run has no skill “no such skill”"),
        ({"of": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(client, wrong, sentence):
    make_shown()
    ana, ben = make_readers()
    wish = {"of": "mentions", "size": 20, "seed": 1, "first": ana.pk, "second": ben.pk} | wrong
    wish["second"] = ana.pk if wish["second"] == "first" else wish["second"]

    answer = reader(client, "ana").post(reverse("sample_create"), wish)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Sample.objects.exists()


@pytest.mark.slow
def test_only_people_who_may_mark_can_be_readers(client):
    make_shown()
    make_readers()
    make_user("viewer", name="vera")

    page = text_of(reader(client, "ana").get(reverse("sample_create")))

    assert ">ben</option>" in page
    assert ">vera<" not in page


def test_before_the_first_run_there_is_nothing_to_draw_from(client):
    make_readers()

    assert "Nothing to draw from yet" in text_of(reader(client, "ana").get(reverse("sample_create")))


# -- reading --------------------------------------------------------------------------------------------------------


def test_a_reader_is_led_from_one_to_the_next_and_to_the_end(client, sample):
    reader(client, "ana")
    assert client.get(page_of(sample)).headers["Location"] == page_of(sample, 1)

    answer = say(client, sample, 1, "yes:required")
    assert answer.headers["Location"] == page_of(sample, 2)
    for number in range(2, 13):
        answer = say(client, sample, number, "no:")

    assert answer.headers["Location"] == page_of(sample)
    page = text_of(client.get(page_of(sample)))
    assert "You have marked all 12 mentions of skills" in page
    assert "I am done" in page


def test_with_scripts_the_next_one_comes_as_a_part(client, sample):
    answer = say(reader(client, "ana"), sample, 1, "yes:preferred", headers=HTMX)

    page = answer.content.decode()
    assert answer.headers["HX-Push-Url"] == page_of(sample, 2)
    assert page.count('id="reading"') == 1
    assert "<html" not in page
    assert "1 of 12" in page


def test_a_reader_sees_neither_the_machine_nor_the_other(client, sample):
    for item in sample.items.all():
        mark(item, 2, Answer.NO)

    page = text_of(reader(client, "ana").get(page_of(sample, 1)))
    of_sample = text_of(client.get(sample.get_absolute_url()))

    assert "You said" not in page
    assert "0 of 12" in page
    assert 'aria-pressed="true"' not in page
    assert "12 of 12" in of_sample
    assert "What they say is shown when both are done" in of_sample
    assert client.get(sample.get_absolute_url(), {"export": "csv", "table": "marks"}).status_code == 404


def test_the_reading_of_a_title_is_hidden(client, posting):
    Role.objects.create(name="data engineer", slug="data-engineer")
    values = {"reading": "data-engineer", "level": "", "text": "Pipeline person", "sentence_end": 0}
    sample = make_bare_sample(2, of=SampleOf.TITLES, posting=posting, **values)

    page = text_of(reader(client, "ana").get(page_of(sample, 1)))

    assert "Pipeline person" in page
    assert page.count("Data engineer") == 1  # in the list of all roles
    client.post(page_of(sample, 1), {"answer": "role:", "role": "data engineer", "seen": 0})
    assert SampleMark.objects.get().answer == "data-engineer"


def test_a_role_that_is_none_is_refused_and_the_page_stays(client, posting):
    values = {"reading": "other", "level": "", "text": "Baker", "sentence_end": 0}
    sample = make_bare_sample(1, of=SampleOf.TITLES, posting=posting, **values)

    answer = reader(client, "ana").post(page_of(sample, 1), {"answer": "role:", "role": "baker", "seen": 0})

    assert answer.status_code == 409
    assert "“baker” is no role of the catalogue" in text_of(answer)


def test_a_second_window_learns_what_the_first_one_said(client, sample):
    reader(client, "ana")
    say(client, sample, 1, "yes:required")
    say(client, sample, 1, "no:", seen=1)

    answer = say(client, sample, 1, "yes:required", seen=1)

    assert answer.status_code == 409
    assert "You said something else in another window" in text_of(answer)
    assert "You said: no." in text_of(answer)
    assert "another window" in text_of(say(client, sample, 1, "yes:required", seen=1, headers=HTMX))
    assert SampleMark.objects.get().answer == "no"


def test_nobody_else_marks_however_many_rights_they_have(client, sample):
    client.force_login(make_user("admin", name="root"))

    assert client.get(page_of(sample)).status_code == 403
    assert say(client, sample, 1, "yes:required").status_code == 403
    assert client.post(reverse("sample_done", args=[sample.pk])).status_code == 403
    assert not SampleMark.objects.exists()


@pytest.mark.parametrize("person", ["viewer", "analyst"])
def test_people_without_the_right_see_no_samples(client, sample, person):
    client.force_login(make_user(person))
    pages = [
        reverse("sample_list"),
        reverse("sample_create"),
        sample.get_absolute_url(),
        page_of(sample),
        page_of(sample, 1),
    ]

    assert {client.get(page).status_code for page in pages} == {403}


def test_who_says_done_too_early_is_told_what_is_left(client, sample):
    answer = reader(client, "ana").post(reverse("sample_done", args=[sample.pk]), follow=True)

    assert "12 of them are not marked yet" in text_of(answer)


def test_a_sample_is_withdrawn_after_a_question(client, sample):
    mark(sample.items.first(), 1)
    page = reverse("sample_withdraw", args=[sample.pk])

    assert "1 mark of ana" in text_of(reader(client, "ana").get(page))
    client.post(page)

    assert not Sample.objects.exists()


# -- results --------------------------------------------------------------------------------------------------------


@pytest.fixture
def finished(sample):
    """Ten yes of both, one no of both, one on which they differ."""
    said = {11: (Answer.NO, Answer.NO), 12: (Answer.YES, Answer.NO)}
    for item in sample.items.all():
        for place, answer in enumerate(said.get(item.number, (Answer.YES, Answer.YES)), start=1):
            mark(item, place, answer)
    return finish_both(sample)


def test_results_say_how_far_they_agree_and_how_well_the_machine_reads(client, finished):
    page = text_of(reader(client, "ana").get(finished.get_absolute_url()))

    assert "11 of 12 mentions" in page
    assert "Cohen’s kappa" in page
    assert "0.63" in page
    assert "Gwet’s AC1" in page
    assert "91%" in page  # 10 of the 11 on which both say the same
    assert "On 1 of them the two differ" in page


def test_a_dispute_is_settled_and_then_counts(client, finished):
    page = finished.get_absolute_url()
    settle = reverse("sample_settle", args=[finished.pk, 12])

    answer = reader(client, "ana").post(settle, {"answer": "no:", "seen": 0, "disputes": 1}, follow=True)

    assert "Number 12 is settled" in text_of(answer)
    assert "settled: no" in text_of(client.get(page))
    assert "83%" in text_of(client.get(page))
    assert "settled this one otherwise" in text_of(client.post(settle, {"answer": "yes:", "seen": 0}, follow=True))


def test_results_are_for_staff(client, finished):
    ben = finished.second
    ben.is_staff = False
    ben.save()

    page = text_of(reader(client, "ben").get(finished.get_absolute_url()))

    assert "the results are for staff" in page
    assert "kappa" not in page
    assert client.post(reverse("sample_settle", args=[finished.pk, 12]), {"answer": "no:"}).status_code == 403


def test_all_marks_are_taken_away_as_csv(client, finished):
    answer = reader(client, "ana").get(finished.get_absolute_url(), {"export": "csv", "table": "marks"})

    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    heads = next(place for place, row in enumerate(rows) if row[0] == "Number")
    assert rows[0][0].startswith("Rolescope: All marks")
    assert len(rows) - heads - 1 == 12
    assert rows[-1][:7] == ["12", "We use Python.", "python", "Python, required", "yes, required", "no", "open"]


def test_a_finished_sample_is_read_no_more(client, finished):
    assert reader(client, "ana").get(page_of(finished, 1)).headers["Location"] == finished.get_absolute_url()


@pytest.mark.slow
def test_pages_ask_the_database_as_often_for_two_things_as_for_fifty(client, posting):
    few, many = make_bare_sample(2, posting=posting), make_bare_sample(50, posting=posting)
    reader(client, "ana")

    assert queries_of(client, page_of(few, 1)) == queries_of(client, page_of(many, 1)) <= 14
    for sample in (few, many):
        mark_all(sample)
    assert queries_of(client, few.get_absolute_url()) == queries_of(client, many.get_absolute_url()) <= 10
    listed = queries_of(client, reverse("sample_list"))
    make_bare_sample(3, posting=posting)
    assert queries_of(client, reverse("sample_list")) == listed <= 8


# -- the Quality page -----------------------------------------------------------------------------------------------


@pytest.fixture
def public(settings):
    settings.PUBLIC_DASHBOARDS = True


def test_the_quality_page_says_honestly_that_nobody_has_read_a_sample_yet(client, public, sample):
    page = text_of(client.get("/quality/"))

    assert "No sample has been read by two people yet" in page
    assert "Draw one" not in page


def test_the_quality_page_tells_what_two_people_found_and_names_nobody(client, public, finished):
    page = text_of(client.get("/quality/"))

    assert "12 mentions of skills" in page
    assert f"from run {finished.run_id}" in page
    assert "91%" in page
    assert "The readers differ on 1. Left out are 1 on which nothing is settled and 0 that could not be told." in page
    assert "Read wrongly: 1" in page
    assert 'We use <mark class="own">Python</mark>.' in page
    assert finished.items.first().posting.get_absolute_url() in page
    assert not re.search(r"\b(ana|ben)\b", page)
    assert finished.get_absolute_url() not in page


def test_phrases_are_told_from_five_marks_on(client, public, finished):
    page = text_of(client.get("/quality/"))

    assert "Right mentions by phrase" in page
    answer = client.get("/quality/", {"export": "csv", "table": "mentions-aliases"}).content.decode()
    assert answer.splitlines()[-1].startswith("python,Python,11,90.9")


def test_a_sample_that_is_not_narrowed_goes_before_a_newer_one_that_is(client, public, finished, posting):
    narrow = make_bare_sample(10, posting=posting)
    Sample.objects.filter(pk=narrow.pk).update(asked={"skill": "Python"})
    mark_all(narrow)

    assert "12 mentions of skills" in text_of(client.get("/quality/"))


def test_titles_have_their_share_weighed_by_families(client, public, posting):
    Role.objects.create(name="data engineer", slug="data-engineer")
    values = {"reading": "data-engineer", "level": "", "text": "Data Engineer", "sentence_end": 0, "stratum": "data"}
    sample = make_bare_sample(20, of=SampleOf.TITLES, posting=posting, strata={"data": 90, "other": 10}, **values)
    mark_all(sample, first="data-engineer:", second="data-engineer:")

    page = text_of(client.get("/quality/"))

    assert "Titles that are right" in page
    assert "10% of the run not covered" in page


@pytest.mark.slow
def test_a_whole_sample_of_titles_is_drawn_and_read(client):
    sample = make_sample(SampleOf.TITLES, size=20)
    reader(client, "ana")

    for item in sample.items.all():
        assert say(client, sample, item.number, f"{item.reading}:").status_code == 302

    assert set(SampleMark.objects.values_list("answer", flat=True)) == {"data-engineer", "data-scientist", "other"}
