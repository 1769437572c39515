"""Two workers on PostgreSQL with RabbitMQ or Redis, each on two threads, end in the same snapshot and profiles as one
process on SQLite and one thread."""

import json

import pytest

from postings.sample import write_sample
from tests.make import SEEN_ON
from tests.service.installation import installation

pytestmark = pytest.mark.service

QUIET = (
    "Upload.objects.filter(state='done').count() == 3 and Extraction.objects.count() == Posting.objects.count() "
    "and Run.objects.filter(state='done').exists() and not Run.objects.all().unfinished().exists()"
)
CHECKS = ("files", "hash", "derived arrays", "profiles", "record")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
TWO_THREADS = {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
PROFILES = "Publication.objects.get().run.profiles_hash"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Three files; the third is of the first one's source and holds many of its postings again."""
    folder = tmp_path_factory.mktemp("files")
    paths = [folder / f"{name}.csv" for name in ("first", "second", "third")]
    for path, seed in zip(paths, (1, 2, 3), strict=True):
        write_sample(path, seed=seed, until=SEEN_ON)
    return paths


@pytest.fixture(scope="module")
def embedded(files, tmp_path_factory):
    with installation(tmp_path_factory.mktemp("embedded"), **ONE_THREAD) as house:
        house.manage("ingest", str(files[0]), "--source", "a board")
        house.manage("ingest", str(files[1]), "--source", "another board")
        house.manage("ingest", str(files[2]), "--source", "a board")
        report = json.loads(house.manage("refresh", "--json"))
        return report | {"profiles_hash": house.ask(PROFILES)}


@pytest.mark.parametrize("broker", ["rabbitmq", "redis"])
def test_two_workers_on_servers_give_the_same_snapshot_and_profiles_as_sqlite(broker, files, embedded, tmp_path):
    settings = {"EXTRACT_BATCH_POSTINGS": "100", "LEASE_SECONDS": "60"} | TWO_THREADS
    with installation(tmp_path, broker=broker, **settings) as house:
        house.start_worker()
        house.start_worker()
        house.hand_in(files[0])
        house.hand_in(files[1], source="another board")
        house.hand_in(files[2])
        house.wait_for(QUIET, sweep=True)
        house.stop_workers()

        report = json.loads(house.manage("refresh", "--json"))

        assert report["snapshot"] == embedded["snapshot"]
        assert report["profiles"] == embedded["profiles"]
        assert house.ask(PROFILES) == embedded["profiles_hash"]
        checks = json.loads(house.manage("verify_run", str(report["run"]), "--json"))["checks"]
        assert {check["name"]: check["result"] for check in checks} == dict.fromkeys(CHECKS, "equal")
