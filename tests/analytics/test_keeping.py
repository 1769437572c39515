"""Which arrays stay on the disk, what goes, and what happens when those on the screens are damaged."""

import os
from datetime import timedelta

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone

from analytics import archive, services
from analytics.models import Publication, Run
from analytics.snapshot import DamagedSnapshot
from jobsite import chores
from jobsite.work import State
from tests.make import make_rows, make_user
from tests.make_read import make_lexicon, make_read
from tests.make_run import make_ads, make_published, make_run

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture(autouse=True)
def few(settings):
    settings.KEEP_RUNS = 2
    settings.KEEP_RUN_DAYS = 7


def made_long_ago(*runs):
    Run.objects.filter(pk__in=[run.pk for run in runs]).update(finished_at=LONG_AGO)
    for root in (archive.snapshots_folder(), archive.runs_folder()):
        for path in root.iterdir():
            os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


def run_of(company, *, published=False, profiles=()):
    return (make_published if published else make_run)(make_ads(2, company=company), profiles=profiles)


def has_arrays(run):
    return archive.has_snapshot(run.folder)


def test_the_published_run_and_the_last_ones_keep_their_arrays_and_older_ones_lose_them():
    shown = run_of("Shown", published=True)
    older, *last = (run_of(name) for name in ("Older", "Late", "Last"))
    made_long_ago(shown, older, *last)

    assert services.remove_old_arrays(now=NOW) == 1
    assert [has_arrays(run) for run in (shown, older, *last)] == [True, False, True, True]
    assert Run.objects.count() == 4


def test_a_run_that_a_person_keeps_stays_until_it_is_let_go(client):
    kept = run_of("Kept", profiles=("one",))
    made_long_ago(kept, *(run_of(f"Company {number}", published=number == 0) for number in range(4)))
    client.force_login(make_user("curator"))

    client.post(reverse("run_keep", args=[kept.pk]))
    services.remove_old_arrays(now=NOW)
    assert has_arrays(kept)
    assert archive.load_memberships(kept.input_key).fine.size
    assert "Its arrays are kept" in client.get(kept.get_absolute_url()).content.decode()
    assert "kept</span>" in client.get(reverse("run_list")).content.decode()

    client.post(reverse("run_keep", args=[kept.pk]), {"go": "1"})
    services.remove_old_arrays(now=NOW)
    assert not has_arrays(kept)


def test_a_run_without_arrays_cannot_be_kept_and_only_those_who_publish_may_keep(client):
    run = run_of("Gone")
    client.force_login(make_user("viewer"))
    assert client.post(reverse("run_keep", args=[run.pk])).status_code == 403

    Run.objects.filter(pk=run.pk).update(folder="removed")
    client.force_login(make_user("curator"))
    page = client.post(reverse("run_keep", args=[run.pk]), follow=True)
    assert "there is nothing to keep" in page.content.decode()
    assert not Run.objects.get(pk=run.pk).is_kept


def test_young_runs_keep_their_arrays_however_many_there_are():
    runs = [run_of(f"Company {number}") for number in range(4)]
    made_long_ago(*runs)
    Run.objects.filter(pk=runs[0].pk).update(finished_at=NOW - timedelta(days=6))

    services.remove_old_arrays(now=NOW)

    assert [has_arrays(run) for run in runs] == [True, False, True, True]


def test_all_arrays_go_with_their_run_unless_a_kept_run_rests_on_its_model():
    models, plain, *last = (run_of(name, profiles=("one", "two")) for name in ("A", "B", "C", "D"))
    Run.objects.filter(pk=last[0].pk).update(fitted_by=models)
    made_long_ago(models, plain, *last)

    services.remove_old_arrays(now=NOW)

    kept = {path.name for path in archive.runs_folder().iterdir()}
    assert kept == {models.input_key, *(run.input_key for run in last)}
    assert [has_arrays(run) for run in (models, plain, *last)] == [True, False, True, True]


def test_what_a_run_in_the_making_has_written_is_left_alone(settings):
    settings.KEEP_RUNS = settings.KEEP_RUN_DAYS = 0
    run = run_of("A run that names its folder in a moment")
    run.delete()

    assert services.remove_old_arrays(now=NOW) == 0
    assert has_arrays(run)
    assert services.remove_old_arrays(now=NOW + timedelta(days=2)) == 1


def test_an_old_folder_that_a_run_finds_again_counts_as_young(settings):
    settings.KEEP_RUNS = settings.KEEP_RUN_DAYS = 0
    first = run_of("The same")
    made_long_ago(first)
    first.delete()

    again = run_of("The same")
    Run.objects.all().delete()

    assert services.remove_old_arrays(now=NOW) == 0
    assert has_arrays(again)


def test_the_hourly_chore_removes_them():
    runs = [run_of(f"Company {number}") for number in range(4)]
    made_long_ago(*runs)

    assert chores.do_chores(NOW.date())["arrays of old runs"] == 2


def test_the_page_of_a_run_whose_arrays_were_removed_says_so(client):
    older, *_ = runs = [run_of(f"Company {number}") for number in range(3)]
    made_long_ago(*runs)
    client.force_login(make_user("admin"))
    assert "were removed" not in client.get(older.get_absolute_url()).content.decode()

    services.remove_old_arrays(now=NOW)

    page = client.get(older.get_absolute_url()).content.decode()
    assert "were removed to save room" in page
    assert reverse("run_publish", args=[older.pk]) not in page
    with pytest.raises(services.NotPublishable, match="were removed"):
        services.publish_run(older, by_hand=True)


def flip_a_byte(run):
    """The size stays: only the checksum tells."""
    path = archive.snapshots_folder() / run.folder / "company.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    archive.snapshot_in.cache_clear()
    archive._verified.clear()


def test_a_snapshot_with_one_changed_byte_is_refused_when_it_is_opened():
    run = run_of("Fernhollow")
    flip_a_byte(run)

    with pytest.raises(DamagedSnapshot, match=r"company\.npy does not match its checksum"):
        archive.snapshot_in(run.folder)


def test_checksums_are_compared_once_in_a_process(monkeypatch):
    run = run_of("Fernhollow")
    archive.snapshot_in(run.folder)
    archive.snapshot_in.cache_clear()
    monkeypatch.setattr("analytics.snapshot.snapshot.verify_files", lambda _: pytest.fail("read again"))

    assert archive.snapshot_in(run.folder).n == 2


@pytest.mark.slow
def test_a_screen_of_damaged_figures_says_so_and_asks_for_a_run_that_mends_them(client, workers):
    make_lexicon()
    make_read(make_rows(3))
    services.refresh_now()
    shown = Publication.objects.get().run
    flip_a_byte(shown)
    client.force_login(make_user("viewer"))

    with workers():
        broken = client.get(reverse("overview"))

    assert broken.status_code == 503
    assert "does not match its checksum" in broken.content.decode()
    assert client.get(reverse("overview")).status_code == 200
    assert Publication.objects.get().run == shown
    assert np.array_equal(np.sort(archive.snapshot_in(shown.folder).company), [0, 1, 2])


def test_damaged_figures_are_asked_for_once_however_often_they_are_looked_at(client):
    flip_a_byte(run_of("Fernhollow", published=True))
    client.force_login(make_user("viewer"))

    for _ in range(3):
        assert client.get(reverse("overview")).status_code == 503

    assert Run.objects.filter(state=State.QUEUED).count() == 1
    Run.objects.filter(state=State.QUEUED).update(state=State.FAILED)
    assert services.request_mending() is None
    assert services.request_mending(now=timezone.now() + timedelta(minutes=11)) is not None
