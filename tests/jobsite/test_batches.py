"""Batches of decisions: tried first, made by a worker in turns, each decision once whatever dies, told in words."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone

from jobsite.decisions import (
    UNDO,
    TakenAlreadyError,
    batches,
    confirm,
    decide,
    discard,
    export_decisions,
    hand_in_file,
    hand_in_one,
    run_batch,
    waiting_batches,
)
from jobsite.models import BatchedDecision, Decision, DecisionBatch
from jobsite.work import State, sweep_all
from postings.models import Skill, SkillGroup
from tests.make import make_skill, make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NAMES = ("Apples", "Pears", "Plums")


def file_of(*words, action="skill.hide"):
    """A file of decisions as another installation would write it."""
    for name in NAMES:
        make_skill(name)
    keys = (f"00000000-0000-0000-0000-{place:012}" for place in range(len(words)))
    at = "2026-11-01T10:00:00+00:00"
    rows = [
        {"key": key, "action": action, "words": one, "summary": f"Hide {one}", "by": "cora", "at": at, "why": ""}
        for key, one in zip(keys, words, strict=True)
    ]
    return json.dumps({"format": "rolescope-decisions", "version": 1, "decisions": rows})


@pytest.fixture
def three():
    return file_of(*({"skills": [name]} for name in NAMES))


@pytest.fixture
def curator(client):
    user = make_user("curator", name="cora")
    client.force_login(user)
    return client


def confirmed(text):
    batch = run_batch(hand_in_file(text, name="theirs.json").pk)
    confirm(batch)
    return batch.pk


def many_groups():
    groups = [{"slug": f"group-{n}", "name": f"Group {n}", "set": "own", "definition": ""} for n in range(600)]
    return decide("taxonomy.import", {"source": "x", "groups": groups})


def hidden():
    return sorted(Skill.objects.filter(is_hidden=True).values_list("name", flat=True))


def page_of(client, pk, **asked):
    return text_of(client.get(reverse("admin:jobsite_decisionbatch_change", args=[pk]), asked))


@pytest.mark.slow
def test_a_file_is_tried_confirmed_and_made_by_workers(curator, workers):
    text = file_of({"skills": ["Apples"]}, {"skills": ["Quinces"]}, {"skills": ["Plums"]})
    with workers():
        answer = curator.post(
            reverse("admin:jobsite_decision_apply"), {"file": SimpleUploadedFile("theirs.json", text.encode())}
        )
    batch = DecisionBatch.objects.get()

    said = text_of(curator.get(answer.url))
    assert "Asked for by cora" in said
    assert "Nothing has been changed yet. Make 2 decisions?" in said
    assert "Would be made (2)" in said
    assert "There is no skill “Quinces”." in said
    assert (hidden(), Decision.objects.count()) == ([], 0)

    with workers():
        curator.post(reverse("admin:jobsite_decisionbatch_confirm", args=[batch.pk]))

    assert hidden() == ["Apples", "Plums"]
    assert set(Decision.objects.values_list("by_name", "applied_from")) == {("cora", "theirs.json")}
    said = page_of(curator, batch.pk)
    assert "2 of 3 made, 1 refused, 0 passed over." in said
    assert "There is no skill “Quinces”." in said
    assert "“Apples” hidden from all figures." in page_of(curator, batch.pk, show="made")
    assert reverse("admin:jobsite_decisionbatch_changelist") in (
        curator.get(reverse("admin:jobsite_decision_changelist")).content.decode()
    )
    assert not BatchedDecision.objects.exclude(words={}).exists()


def test_a_batch_goes_on_turn_by_turn_where_it_was(three):
    pk = confirmed(three)

    seen = [(run_batch(pk, most_seconds=-1).state, hidden()) for _ in range(2)]
    assert seen == [(State.QUEUED, ["Apples"]), (State.QUEUED, ["Apples", "Pears"])]
    assert waiting_batches() == [pk]
    done = run_batch(pk)

    assert (done.state, done.made, done.place) == (State.DONE, 3, 3)
    assert Decision.objects.count() == 3
    assert run_batch(pk).made == 3  # a message that comes twice


def test_what_a_worker_that_was_taken_for_dead_had_begun_is_made_once(three):
    pk = confirmed(three)

    def take_over(instance, **_):
        if instance.summary.startswith("“Pears”"):
            late = timezone.now() - timedelta(seconds=1)
            DecisionBatch.objects.filter(pk=pk).update(token="another's", lease_until=late)

    post_save.connect(take_over, sender=Decision)
    try:
        run_batch(pk)
    finally:
        post_save.disconnect(take_over, sender=Decision)
    assert (hidden(), Decision.objects.count()) == (["Apples"], 1)
    # as the other worker finds it, which dies as well
    DecisionBatch.objects.filter(pk=pk).update(token="another's", lease_until=timezone.now() - timedelta(seconds=1))
    assert DecisionBatch.objects.sweep() == [pk]

    done = run_batch(pk)

    assert (done.made, done.refused, done.known) == (3, 0, 0)
    assert Decision.objects.count() == 3


@pytest.mark.slow
def test_a_batch_whose_message_was_lost_is_sent_again(three, workers):
    pk = confirmed(three)
    DecisionBatch.objects.update(queued_at=timezone.now() - timedelta(minutes=1))

    with workers():
        assert sweep_all() == {"DecisionBatch": 1}

    assert DecisionBatch.objects.get(pk=pk).state == State.DONE


def test_what_takes_too_long_to_try_is_tried_in_part_and_says_so(three, curator, monkeypatch):
    monkeypatch.setattr(batches, "MOST_TRIED", -1.0)

    batch = run_batch(hand_in_file(three, name="theirs.json").pk)

    said = page_of(curator, batch.pk)
    assert "The first 1 of 3 were tried" in said
    assert "Make 3 decisions?" in said
    confirm(batch)
    assert run_batch(batch.pk).made == 3


def test_batches_are_made_in_the_order_in_which_they_came(three):
    first = confirmed(three)
    second = hand_in_one("skill.show", {"skills": ["Apples"]}, name="later", by=None)

    assert run_batch(second.pk).state == State.QUEUED
    run_batch(first)
    assert run_batch(second.pk).made == 1

    assert hidden() == ["Pears", "Plums"]


def test_what_was_tried_can_be_discarded_and_is_decided_about_once(three, curator):
    batch = run_batch(hand_in_file(three, name="theirs.json").pk)
    doors = [reverse(f"admin:jobsite_decisionbatch_{name}", args=[batch.pk]) for name in ("confirm", "discard")]
    confirm(batch)
    for door in doors:
        assert "Somebody has decided about this batch already." in text_of(curator.post(door, follow=True))
    with pytest.raises(TakenAlreadyError):
        discard(batch)

    other = run_batch(hand_in_file(three, name="again.json").pk)  # waits for the first
    run_batch(batch.pk)
    run_batch(other.pk)
    said = text_of(curator.post(reverse("admin:jobsite_decisionbatch_discard", args=[other.pk]), follow=True))

    assert "“again.json” is discarded" in said
    assert not DecisionBatch.objects.filter(pk=other.pk).exists()


def test_the_page_follows_while_the_work_goes_on_and_htmx_gets_its_part(three, curator):
    pk = confirmed(three)
    run_batch(pk, most_seconds=-1)
    address = reverse("admin:jobsite_decisionbatch_change", args=[pk])

    part = curator.get(address, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in part
    assert "1 of 3, waits for its turn" in part
    assert "Reload the page to look again." in part
    assert "<html" not in part
    run_batch(pk)
    assert "hx-trigger" not in curator.get(address, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.slow
def test_the_page_asks_the_database_no_more_often_for_many_decisions(curator, django_assert_max_num_queries):
    skills = [make_skill(f"Skill {n}").name for n in range(50)]
    batch = run_batch(confirmed(file_of(*({"skills": [name]} for name in skills))))
    assert batch.made == 50

    with django_assert_max_num_queries(40):
        page_of(curator, batch.pk)


@pytest.mark.slow
def test_a_decision_of_many_rows_is_undone_by_a_worker(curator, workers):
    decision = many_groups()
    assert "100 more are not shown" in text_of(curator.get(reverse("admin:jobsite_decision_undo", args=[decision.pk])))
    assert "100 more are not shown" in text_of(curator.get(decision.get_absolute_url()))

    with workers():
        answer = curator.post(reverse("admin:jobsite_decision_undo", args=[decision.pk]), {"why": "too many"})

    assert not SkillGroup.objects.exists()
    undone = Decision.objects.get(action=UNDO)
    assert (undone.undoes, undone.why, undone.by_name, undone.applied_from) == (decision, "too many", "cora", "")
    assert "Undone: “x” imported" in text_of(curator.get(answer.url))


@pytest.mark.slow
def test_an_undoing_by_a_worker_that_cannot_be_says_why(curator, workers):
    decision = many_groups()
    make_skill("Pears").groups.add(SkillGroup.objects.get(slug="group-7"))

    with workers():
        answer = curator.post(reverse("admin:jobsite_decision_undo", args=[decision.pk]))

    assert "It cannot be undone: “Group 7 (own)” is in use by “Pears”." in text_of(curator.get(answer.url))
    assert SkillGroup.objects.count() == 600


def test_figures_follow_once_when_all_are_made(three, django_capture_on_commit_callbacks):
    pk = confirmed(three)
    with django_capture_on_commit_callbacks() as sent:
        run_batch(pk, most_seconds=-1)
    assert sent == []
    with django_capture_on_commit_callbacks() as sent:
        run_batch(pk)
    assert len(sent) == 1


def test_an_export_tells_what_a_batch_made(three):
    run_batch(confirmed(three))
    out = io.StringIO()

    assert export_decisions(out) == 3


def test_the_command_makes_a_file_and_a_dry_run_of_it_nothing(three, tmp_path):
    path = tmp_path / "theirs.json"
    path.write_text(three)
    told = io.StringIO()

    call_command("apply_decisions", path, "--dry-run", stdout=told)
    assert (hidden(), DecisionBatch.objects.count()) == ([], 0)
    call_command("apply_decisions", path, stdout=told)

    assert hidden() == sorted(NAMES)
    assert told.getvalue().splitlines() == [
        "A dry run: 3 made, 0 refused, 0 passed over. Nothing was written.",
        "3 made, 0 refused, 0 passed over.",
    ]


def test_the_command_says_what_is_wrong_with_a_file(tmp_path):
    path = tmp_path / "odd.json"
    path.write_text("[]")
    with pytest.raises(CommandError, match="no file of decisions"):
        call_command("apply_decisions", path)
