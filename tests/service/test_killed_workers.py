"""A worker that is killed in the middle loses nothing and doubles nothing, on both set-ups."""

import json

import pytest

from postings.sample import write_sample
from tests.make import SEEN_ON
from tests.service.faults import is_leased, wait_until
from tests.service.installation import installation

pytestmark = pytest.mark.service

TEXTS_READ = "SELECT COUNT(*) FROM postings_extraction"
ALL_READ = "Upload.objects.get().state == 'done' and Extraction.objects.count() == Posting.objects.count()"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "sample.csv"
    write_sample(path, until=SEEN_ON)
    return path


@pytest.fixture(scope="module")
def undisturbed(sample, tmp_path_factory):
    """The hash of the same file taken in by commands, with nothing going wrong."""
    with installation(tmp_path_factory.mktemp("undisturbed")) as calm:
        report = json.loads(calm.manage("ingest", str(sample), "--source", "a board", "--json"))[0]
        return report | json.loads(calm.manage("refresh", "--json"))


def kill_in_a_step(house, is_so):
    """Kill a new worker in the work that follows the first checkpoint at which it is so."""
    worker, gate = house.start_gated_worker()
    gate.hold_when(is_so)
    gate.let_one_step()
    house.kill_worker(worker)
    gate.leave_open()


@pytest.mark.parametrize("broker", ["embedded", "rabbitmq"])
def test_a_worker_killed_in_ingest_and_in_extraction_loses_and_doubles_nothing(broker, sample, undisturbed, tmp_path):
    small = {"UPLOAD_CHUNK_ROWS": "20", "EXTRACT_BATCH_POSTINGS": "100"}
    with installation(tmp_path, broker=broker, **small) as house:
        house.hand_in(sample)
        kill_in_a_step(house, house.rows_stored)
        assert 0 < house.rows_stored() < undisturbed["rows"], "the worker was to be killed in the middle of the file"

        wait_until(lambda: not is_leased(house), what="the end of the dead worker's lease", every=0.1)
        kill_in_a_step(house, lambda: house.value(TEXTS_READ))
        assert 0 < house.value(TEXTS_READ) < undisturbed["new"], "it was to be killed in the middle of the texts"

        house.start_worker()
        house.wait_for(ALL_READ, sweep=True)
        house.wait_for("Run.objects.filter(state='done').exists()", sweep=True)
        house.stop_workers()

        counts = house.ask("list(Upload.objects.values_list('rows', 'new', 'changed', 'repeated', 'rejected').get())")
        assert counts == [undisturbed[name] for name in ("rows", "new", "changed", "repeated", "rejected")]
        report = json.loads(house.manage("refresh", "--json"))
        assert report["snapshot"] == undisturbed["snapshot"]
        assert report["postings"] == undisturbed["postings"]
