"""A run computed again: what is equal, what differs, and what nobody can say any more."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from analytics import archive, services
from analytics.models import Run, Verification
from analytics.profiles import FitSettings
from analytics.services import profiles as profiles_service
from analytics.services import verifying
from jobsite.work import State
from postings import services as facts
from postings.models import AdGroup, Posting, Source
from tests.make import make_rows, make_user, merge_skills
from tests.make_read import make_ads, make_lexicon, make_read
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMES = ["files", "hash", "derived arrays", "profiles", "record"]


@pytest.fixture(autouse=True)
def quick_fits(monkeypatch):
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))


@pytest.fixture
def lexicon():
    return make_lexicon()


@pytest.fixture
def run(lexicon, settings):
    """A run with two profiles."""
    settings.PROFILES = 2
    make_read([*make_ads(40, "platform"), *make_ads(40, "science")])
    return Run.objects.get(pk=services.refresh_now().run)


def results(run):
    return {check.name: check.result for check in verifying.checks_of(run)}


def note(run, name):
    return next(check.note for check in verifying.checks_of(run) if check.name == name)


def stored(folder, name):
    return archive.snapshots_folder() / folder / f"{name}.npy"


def test_a_run_of_which_nothing_changed_is_equal_in_all(run):
    assert results(run) == dict.fromkeys(NAMES, "equal")


def test_a_byte_that_changed_in_a_file_is_found_and_the_record_is_checked_all_the_same(run):
    path = stored(run.folder, "company")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)

    found = results(run)

    assert (found["files"], found["profiles"], found["record"]) == ("differs", "not checkable", "equal")
    assert "company.npy does not match its checksum" in note(run, "files")


def test_profiles_that_are_not_learned_again_are_a_difference(run):
    Run.objects.filter(pk=run.pk).update(profiles_hash="0" * 64)
    run.refresh_from_db()

    assert results(run) == dict.fromkeys(NAMES, "equal") | {"profiles": "differs"}


def test_other_memberships_than_were_stored_are_a_difference(run):
    path = archive.runs_folder() / run.input_key / "memberships.npy"
    np.save(path, np.load(path)[::-1].copy())

    assert results(run)["profiles"] == "differs"


def test_what_another_code_learned_says_nothing_and_other_libraries_are_named(run):
    run.profiles_hash = "0" * 64
    run.libraries = run.libraries | {"numpy": "1.0"}
    assert f"numpy 1.0 then, {np.__version__} now" in note(run, "profiles")

    run.code = "another"

    assert results(run)["profiles"] == "not checkable"
    assert "the run's was another" in note(run, "profiles")


def test_a_record_with_more_postings_has_moved_on(run):
    make_read(make_rows(3), name="later.csv")

    assert results(run) == dict.fromkeys(NAMES, "equal") | {"record": "not checkable"}
    assert "3 postings are new or changed, 0 are gone" in note(run, "record")


def test_a_record_whose_skills_were_merged_has_moved_on(run, lexicon):
    merge_skills(keep=lexicon["Spark"], absorb=lexicon["Kafka"])

    assert results(run)["record"] == "not checkable"
    assert "taxonomy changed since the run" in note(run, "record")


def test_copies_that_were_decided_anew_are_no_difference(run):
    one, two = Posting.objects.order_by("pk")[:2]
    group = AdGroup.objects.create(representative=one)
    Posting.objects.filter(pk__in=(one.pk, two.pk)).update(ad_group=group)

    assert results(run)["record"] == "not checkable"
    assert "decided anew since: ad, is_copy" in note(run, "record")


def test_the_same_postings_with_another_column_are_a_difference(run):
    Posting.objects.update(country="FR")

    assert results(run)["record"] == "differs"
    assert "country" in note(run, "record")


def test_a_removed_folder_leaves_the_record_only(run):
    (archive.snapshots_folder() / run.folder).rename(archive.snapshots_folder() / "elsewhere")

    assert results(run) == dict.fromkeys(NAMES, "not checkable") | {"record": "equal"}


def test_a_run_without_profiles_is_verified_too(lexicon):
    make_read(make_rows(3))
    run = Run.objects.get(pk=services.refresh_now().run)

    assert results(run) == dict.fromkeys(NAMES, "equal")


def test_the_command_prints_a_line_for_each_check_and_ends_well(run):
    out = StringIO()

    call_command("verify_run", run.pk, stdout=out)

    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == NAMES
    assert Verification.objects.get().state == State.DONE


def test_the_command_ends_with_1_when_something_differs(run):
    Run.objects.filter(pk=run.pk).update(profiles_hash="0" * 64)
    out, errors = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify_run", run.pk, json=True, stdout=out, stderr=errors)

    assert ended.value.code == 1
    assert [check["result"] for check in json.loads(out.getvalue())["checks"]].count("differs") == 1
    assert f"Run {run.pk} is not what was stored" in errors.getvalue()


@pytest.mark.parametrize("pk", [1, 2])
def test_the_command_refuses_what_there_is_not_in_words(pk):
    Run.objects.create(pk=1, state=State.FAILED)

    with pytest.raises(CommandError, match=r"not finished|no run 2"):
        call_command("verify_run", pk)


def test_a_curator_has_a_run_verified_and_reads_the_result_on_its_page(run, client, workers):
    client.force_login(make_user("curator"))
    page = run.get_absolute_url()
    assert "Nobody has computed this run again yet" in text_of(client.get(page))

    with workers():
        client.post(reverse("run_verify", args=[run.pk]))
        assert "A worker computes this run again" in text_of(client.get(page))

    assert "everything is as it was stored." in text_of(client.get(page))


def test_a_verification_that_is_asked_for_twice_is_one(run):
    assert services.request_verification(run) == services.request_verification(run)


def test_a_run_that_is_not_finished_is_not_verified(client):
    client.force_login(make_user("curator"))
    run = Run.objects.create()

    answer = client.post(reverse("run_verify", args=[run.pk]), follow=True)

    assert "is not finished" in text_of(answer)
    assert not Verification.objects.exists()


def test_a_verification_that_was_forgotten_is_sent_again(run):
    pk = services.request_verification(run)
    Verification.objects.update(queued_at=run.started_at.replace(year=2020))

    assert Verification.objects.all().sweep() == [pk]
    assert services.verify(pk).checks
    assert services.verify(pk) is None


def test_sources_that_were_removed_leave_a_verification_that_says_so(run):
    facts.remove_source(Source.objects.get())

    assert "80 are gone or changed" in note(run, "record")
