"""Whatever goes wrong in the middle of an ingest, it ends with the same rows as an undisturbed one.

Few trials of each fault: `benchmarks/faults.py` does more, at random moments.
"""

import json
import os
import shutil

import pytest

from tests.service import faults
from tests.service.faults import ROWS, SETTINGS, Moment
from tests.service.installation import installation

pytestmark = pytest.mark.service

THRICE = (Moment(0.05, lag=0.9), Moment(0.35, lag=0.5), Moment(0.8, lag=0.2))
on_both = pytest.mark.parametrize("broker", ["embedded", "rabbitmq"])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return faults.make_files(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """An installation on each kind of servers, for copying."""
    folder = tmp_path_factory.mktemp("models")
    with (
        installation(folder / "embedded", **SETTINGS) as embedded,
        installation(folder / "rabbitmq", broker="rabbitmq", **SETTINGS) as servers,
    ):
        yield {"embedded": embedded, "rabbitmq": servers}


@pytest.fixture(scope="module")
def one_file(files, models, tmp_path_factory):
    """What a database holds after the first file, with nothing going wrong: SQLite's and PostgreSQL's are alike."""
    with installation(tmp_path_factory.mktemp("calm") / "house", like=models["embedded"], **SETTINGS) as house:
        return faults.undisturbed(house, files[:1])


@pytest.fixture(scope="module")
def both_files(files, models, tmp_path_factory):
    """The same after both files, one after the other."""
    with installation(tmp_path_factory.mktemp("calm") / "house", like=models["embedded"], **SETTINGS) as house:
        return faults.undisturbed(house, files)


@pytest.fixture
def house(request, models, tmp_path):
    broker = getattr(request, "param", "embedded")
    with installation(tmp_path / "house", broker=broker, like=models[broker], **SETTINGS) as made:
        yield made


on_each = pytest.mark.parametrize("house", ["embedded", "rabbitmq"], indirect=True)
on_servers = pytest.mark.parametrize("house", ["rabbitmq"], indirect=True)


@on_each
def test_a_worker_killed_three_times_loses_and_doubles_nothing(house, files, one_file):
    stored = faults.killed(house, files[0], THRICE, rows=ROWS)

    assert all(rows < ROWS for rows in stored), "it was to be killed in the middle"
    assert house.contents() == one_file


def test_a_frozen_worker_that_wakes_after_a_takeover_writes_nothing_more(house, files, one_file):
    faults.stopped_and_woken(house, files[0], share=0.3, rows=ROWS)

    assert house.contents() == one_file


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_stops_the_ingest_until_there_is_room_again(models, files, one_file, tmp_path):
    with (
        faults.small_disk(tmp_path / "small", megabytes=400) as disk,
        installation(disk / "house", like=models["embedded"], **SETTINGS) as house,
    ):
        stored = faults.ended_by_a_full_disk(house, files[0], disk)

        assert 0 < stored < ROWS
        assert house.contents() == one_file


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_too_full_for_the_file_is_told_in_a_sentence(models, files, tmp_path):
    with (
        faults.small_disk(tmp_path / "small", megabytes=400) as disk,
        installation(disk / "house", like=models["embedded"], **SETTINGS) as house,
    ):
        faults.fill(disk, leaving=1 << 20)

        ended = faults.at_once(house, ["ingest", str(files[0]), "--source", "a board"])[0]

        assert ended.returncode != 0
        assert "Traceback" not in ended.stderr
        assert "disk of this installation is full" in ended.stderr
        assert house.value("SELECT COUNT(*) FROM postings_upload") == 0
        assert not list((disk / "house" / "data" / "incoming").iterdir())


@pytest.mark.skipif(not shutil.which("pg_ctlcluster") or os.geteuid() != 0, reason="needs to restart PostgreSQL")
@on_servers
def test_a_database_that_is_restarted_ends_no_ingest(house, files, one_file):
    faults.disturbed(house, files[0], Moment(0.4, lag=0.5), faults.restart_postgres, rows=ROWS)

    assert house.contents() == one_file


@pytest.mark.skipif(not shutil.which("rabbitmqctl") or os.geteuid() != 0, reason="needs to restart RabbitMQ")
@on_servers
def test_a_broker_that_is_restarted_ends_no_ingest(house, files, one_file):
    faults.disturbed(house, files[0], Moment(0.4, lag=0.5), faults.restart_rabbitmq, rows=ROWS)

    assert house.contents() == one_file


@on_each
def test_the_same_file_handed_in_twice_at_once_is_one_upload(house, files, one_file):
    faults.handed_in_at_once(house, [files[0], files[0]])

    assert house.value("SELECT COUNT(*) FROM postings_upload") == 1
    assert house.contents() == one_file


@on_each
def test_two_files_with_the_same_postings_at_once_end_as_one_after_the_other(house, files, both_files):
    faults.handed_in_together(house, files)

    assert house.contents() == both_files


def test_two_commands_with_the_same_file_at_once_take_it_in_once(house, files):
    command = ["ingest", str(files[0]), "--source", "a board", "--json"]

    ended = faults.at_once(house, command, command)

    assert not any("Traceback" in process.stderr for process in ended)
    done = [json.loads(process.stdout)[0] for process in ended if process.returncode == 0]
    assert done
    assert house.value("SELECT COUNT(*) FROM postings_upload") == 1
    assert all(report["rows"] == house.rows_stored() for report in done)


def test_a_lease_lasts_while_a_resumed_upload_skips_what_is_stored(models, tmp_path):
    stored, path = 400_000, tmp_path / "long.csv"
    lines = (f"OB-{n},Data Engineer,Orchards\n" for n in range(stored + 9))
    path.write_text("job_id,title,description\n" + "".join(lines))
    with installation(tmp_path / "house", like=models["embedded"], LEASE_SECONDS="1") as house:
        house.hand_in(path)
        house.ask(f"Upload.objects.update(rows={stored}, repeated={stored})")

        house.start_worker(queues="ingest")
        faults.come_to_its_end(house)

        assert not house.has_said("was taken over")
        assert house.value("SELECT new FROM postings_upload") == 9
        assert house.value("SELECT attempts FROM postings_upload") == 1
