"""What people are told between a decision and its figures: how far the work is, and when the new run is out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics import services as analytics_services
from analytics.models import Publication, Run
from analytics.selectors.work_progress import work_progress
from jobsite.decisions import decide, undo
from jobsite.work import State
from postings import services
from postings.models import CopyPass, ExtractionBatch
from tests.make import make_rows, make_skill, make_user
from tests.make_read import make_lexicon, make_read
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    make_lexicon()
    make_read(make_rows(5))
    return Run.objects.get(pk=analytics_services.refresh_now().run)


@pytest.fixture
def asked(client):
    """What a curator's page is told when it asks again."""
    client.force_login(make_user("curator"))

    def ask(since):
        address = reverse("work_progress")
        return client.get(address, {"since": since}, headers={"HX-Request": "true"}).content.decode()

    return ask


@pytest.mark.slow
def test_nothing_is_said_when_nothing_goes_on(published, asked):
    assert not work_progress().is_going_on
    assert asked(published.pk).strip() == ""


@pytest.mark.slow
def test_each_stage_is_told_until_the_new_run_is_out(published, asked):
    make_skill("Luigi")
    decide("alias.add", {"skill": "Luigi", "aliases": [{"phrase": "grove", "exact_case": False, "context": ""}]})
    assert "stage 1 of 4" in work_progress().sentence

    batches = services.plan_extraction()
    assert work_progress().sentence == "Reading 0 of 5 postings, then figures: stage 2 of 4."
    assert "0 of 5" in asked(published.pk)
    assert "hx-get" in asked(published.pk)

    for batch in batches:
        services.extract_batch(batch)
    assert services.pass_over_copies()
    waiting = Run.objects.get(state=State.QUEUED)
    assert f"(run {waiting.pk}) and wait for a worker" in work_progress().sentence
    run = analytics_services.refresh_run(waiting.pk)

    page = asked(published.pk)
    assert "hx-get" not in page
    assert f"New figures are out: run {run.pk}." in page
    assert f"{reverse('run_changes', args=[run.pk])}?from={published.pk}" in page
    assert asked(run.pk).strip() == ""


@pytest.mark.slow
def test_only_what_is_read_now_is_counted(published):
    ExtractionBatch.objects.create(
        stamp="old", first_id=1, last_id=9, stale=9, postings=9, state=State.DONE, queued_at=long_ago()
    )
    ExtractionBatch.objects.create(stamp="new", first_id=1, last_id=9, stale=8, postings=3, state=State.RUNNING)
    ExtractionBatch.objects.create(stamp="new", first_id=10, last_id=19, stale=4, postings=4, state=State.DONE)
    CopyPass.objects.create()

    work = work_progress()

    assert work.sentence == "Reading 7 of 12 postings, then copies, then figures: stage 2 of 4."
    assert (work.done, work.total) == (7, 12)


def make_batch(stamp, first, **values):
    return ExtractionBatch.objects.create(stamp=stamp, first_id=first, last_id=first + 9, stale=10, **values)


def progress():
    work = work_progress()
    return work.done, work.total


@pytest.mark.slow
def test_postings_that_two_aliases_have_read_again_are_counted_once(published):
    make_batch("first", 1, postings=10, state=State.DONE, started_at=long_ago(), planned_at=long_ago())
    ahead = make_batch("first", 11, planned_at=long_ago())
    assert progress() == (10, 20)

    begun, twin = make_batch("second", 1), make_batch("second", 11)
    assert progress() == (0, 20)

    # What the first alias still had to read is read with both, before the second one's turn comes.
    ExtractionBatch.objects.filter(pk=ahead.pk).update(state=State.RUNNING, started_at=timezone.now(), postings=6)
    assert progress() == (6, 20)
    ExtractionBatch.objects.filter(pk=ahead.pk).update(state=State.DONE, postings=10)
    ExtractionBatch.objects.filter(pk=begun.pk).update(state=State.RUNNING, postings=3)
    assert progress() == (13, 20)
    ExtractionBatch.objects.filter(pk=twin.pk).update(state=State.DONE, postings=0)
    assert progress() == (13, 20)


@pytest.mark.slow
def test_two_aliases_in_a_full_reading_add_up_to_the_postings_that_there_are(published):
    make_skill("Luigi")
    services.mark_everything_stale()
    services.plan_extraction()
    decide("alias.add", {"skill": "Luigi", "aliases": [{"phrase": "grove", "exact_case": False, "context": ""}]})
    services.plan_extraction()

    assert progress() == (0, 5)
    first, _ = ExtractionBatch.objects.unfinished().order_by("pk")
    services.extract_batch(first.pk)
    assert progress() == (5, 5)


def long_ago():
    return timezone.now() - timedelta(days=2)


def test_a_grouping_and_a_run_are_told(published):
    grouping = CopyPass.objects.create(state=State.RUNNING)
    assert "stage 3 of 4" in work_progress().sentence

    grouping.delete()
    run = Run.objects.create(state=State.RUNNING, stages={"read": 1.0, "snapshot": 2.0})
    work = work_progress()
    assert (work.sentence, work.done, work.total) == (f"Making figures (run {run.pk}): stage 4 of 4.", 2, 5)


def test_a_decision_that_nothing_follows_is_not_waited_for_for_ever(published):
    make_skill("Luigi")
    decide("alias.add", {"skill": "Luigi", "aliases": [{"phrase": "grove", "exact_case": False, "context": ""}]})

    assert work_progress().is_going_on
    assert not work_progress(now=timezone.now() + timedelta(minutes=11)).is_going_on


@pytest.mark.slow
def test_taking_back_what_nothing_follows_is_waited_for_by_nobody(published):
    undo(decide("candidate.ignore", {"candidates": ["grove"]}))
    assert not work_progress().is_going_on

    make_skill("Luigi")
    undo(decide("skill.hide", {"skills": ["Luigi"]}))
    assert "stage 1 of 4" in work_progress().sentence


@pytest.mark.slow
def test_it_stands_on_the_page_of_runs_and_in_the_admin_for_those_who_decide(published, client):
    Run.objects.create(state=State.RUNNING)
    curator = make_user("curator")
    client.force_login(curator)
    for page in (reverse("run_list"), reverse("admin:index")):
        assert "stage 4 of 4" in text_of(client.get(page)), page

    client.force_login(make_user("viewer"))
    assert "stage 4 of 4" not in text_of(client.get(reverse("run_list")))
    assert client.get(reverse("work_progress")).status_code == 403


def test_without_javascript_it_is_the_page_of_runs(published, client):
    client.force_login(make_user("curator"))

    assert client.get(reverse("work_progress")).url == reverse("run_list")
    assert Publication.objects.get().run == published
