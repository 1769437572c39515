"""The embedded broker loses nothing, doubles nothing and is not stopped by a bad file."""

import multiprocessing
import resource
from contextlib import contextmanager
from pathlib import Path
from queue import Empty

import pytest
from celery import Celery
from kombu import Connection, Consumer, Exchange, Producer, Queue
from kombu.exceptions import ChannelError, OperationalError

from jobsite import broker
from jobsite.celery_settings import celery_settings

broker.register()
fork = multiprocessing.get_context("fork")


def make_queue(name):
    return Queue(name, Exchange(name), routing_key=name)


def make_connection(folder, transport="embedded", polling=0.01):
    options = broker.embedded_options(folder) | {"polling_interval": polling}
    if transport == "filesystem":
        options["processed_folder"] = str(folder / "processed")
        for key in ("data_folder_in", "control_folder", "processed_folder"):
            Path(options[key]).mkdir(parents=True, exist_ok=True)
    return Connection(f"{transport}://", transport_options=options)


def send(connection, *bodies, queue="ingest"):
    with Producer(connection) as producer:
        for body in bodies:
            producer.publish(body, exchange="", routing_key=queue, declare=[make_queue(queue)])


def received(connection, *queues, no_ack=True):
    """Everything that waits in the queues, in the order of delivery."""
    found = []
    with Consumer(connection, [make_queue(name) for name in queues], no_ack=no_ack) as consumer:
        consumer.register_callback(lambda body, message: found.append(body))
        try:
            while True:
                connection.drain_events(timeout=0.01)
        except TimeoutError:
            return found


def message_files(folder):
    return sorted(path for path in (folder / "queues").iterdir() if path.suffix == ".msg")


def produce(folder, first, count):
    with make_connection(folder) as connection:
        send(connection, *range(first, first + count))


def consume(folder, polling, enough, results):
    """Send the number of each message to `results`, from the first one until `enough` is set."""
    with (
        make_connection(folder, polling=polling) as connection,
        Consumer(connection, [make_queue("ingest")]) as consumer,
    ):

        def take(body, message):
            results.put(body)
            message.ack()

        consumer.register_callback(take)
        while not enough.is_set():
            try:
                connection.drain_events(timeout=polling)
            except TimeoutError:
                continue
    results.put("end")


@pytest.mark.slow
def test_two_producers_and_two_consumers_lose_nothing_and_double_nothing(tmp_path):
    results, enough = fork.Queue(), fork.Event()
    processes = [fork.Process(target=consume, args=(tmp_path, polling, enough, results)) for polling in (0.01, 0.05)]
    processes += [fork.Process(target=produce, args=(tmp_path, first, 1500)) for first in (0, 1500)]
    for process in processes:
        process.start()
    taken = []
    try:
        while len(set(taken)) < 3000:
            taken.append(results.get(timeout=10))
        enough.set()
        while taken.count("end") < 2:
            taken.append(results.get(timeout=10))
    finally:
        for process in processes:
            process.kill()
            process.join()
    assert sorted(number for number in taken if number != "end") == list(range(3000))
    assert message_files(tmp_path) == []


class Spied:
    """A message body that looks at the queue, as another process would, while it is being written."""

    def __init__(self, look):
        self.look = look

    def __json__(self):
        return self.look()


def put_while_looking(folder, transport):
    """Return how many message files a reader saw in the middle of a put."""
    seen = []

    def look():
        seen.extend(message_files(folder))
        return "whole"

    with make_connection(folder, transport) as connection, connection.channel() as channel:
        channel._put("ingest", {"body": Spied(look)})
    return len(seen)


def test_a_message_has_no_file_until_it_is_whole(tmp_path):
    assert put_while_looking(tmp_path / "stock", "filesystem") == 1  # the fault that the embedded broker exists for
    assert put_while_looking(tmp_path / "ours", "embedded") == 0
    assert len(message_files(tmp_path / "ours")) == 1


@contextmanager
def small_disk():
    """Files end after 1,000 bytes, as on a disk that is full: pytest must not write meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_is_cut_short_leaves_no_message(tmp_path):
    with make_connection(tmp_path) as connection, connection.channel() as channel:
        with pytest.raises(ChannelError, match="File too large"), small_disk():
            channel._put("ingest", {"body": "x" * 5000})
        assert list((tmp_path / "queues").iterdir()) == []


def test_the_stock_transport_leaves_half_a_message(tmp_path):
    with make_connection(tmp_path, "filesystem") as connection, connection.channel() as channel:
        with small_disk():
            channel._put("ingest", {"body": "x" * 5000})
        assert [path.stat().st_size for path in message_files(tmp_path)] == [1000]


def make_app(folder):
    app = Celery("rolescope-test", set_as_current=False)
    app.conf.update(broker_url="embedded://", broker_transport_options=broker.embedded_options(folder))
    return app


def test_a_sender_hears_of_a_full_disk_as_of_any_broker_that_is_away(tmp_path):
    app = make_app(tmp_path)
    with pytest.raises(OperationalError, match="Cannot add a message"), small_disk():
        app.send_task("jobsite.sweep", args=["x" * 5000])


DAMAGE = {
    "empty": b"",
    "cut": b'{"body": "W1sx',
    "another shape": b"[1, 2, 3]",
    "no properties": b'{"body": "MQ==", "headers": {}}',
    "no delivery info": b'{"body": "MQ==", "properties": {"delivery_tag": "1"}}',
    "not base64": b'{"body": "1", "properties": {"body_encoding": "base64", "delivery_tag": ""}}',
    "unknown coding": b'{"body": "1", "properties": {"body_encoding": "?", "delivery_tag": ""}}',
    "not text": b"\xff\xfe\x00\x01",
    "nested too deeply": b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_message_is_set_aside_and_the_next_one_delivered(tmp_path, caplog, damage):
    with make_connection(tmp_path) as connection:
        send(connection, "first", "second", "third")
        bad = message_files(tmp_path)[1]
        bad.write_bytes(damage)
        assert received(connection, "ingest") == ["first", "third"]
    assert (tmp_path / "queues" / "damaged" / bad.name).read_bytes() == damage
    assert f"Set a damaged message aside: {tmp_path / 'queues' / 'damaged' / bad.name}" in caplog.text


def test_a_folder_with_the_name_of_a_message_stops_nobody(tmp_path):
    with make_connection(tmp_path) as connection:
        send(connection, "good")
        (tmp_path / "queues" / "0.ingest.msg").mkdir()
        assert received(connection, "ingest") == ["good"]


def test_messages_come_oldest_first(tmp_path):
    with make_connection(tmp_path) as connection:
        send(connection, *range(50))
        assert received(connection, "ingest") == list(range(50))


def test_queues_are_kept_apart(tmp_path):
    with make_connection(tmp_path) as connection:
        for name in ("ingest", "extract", "analyse"):
            send(connection, f"for {name}", queue=name)
        send(connection, "for another", queue="late.ingest")
        assert received(connection, "extract") == ["for extract"]
        assert received(connection, "ingest") == ["for ingest"]
        assert received(connection, "ingest", "extract", "analyse") == ["for analyse"]


def test_a_message_is_taken_by_one_of_two_readers_that_know_of_it(tmp_path):
    with make_connection(tmp_path) as first, make_connection(tmp_path) as second:
        send(first, "a", "b")
        one, other = first.channel(), second.channel()
        assert one._get("ingest")["body"] != other._get("ingest")["body"]
        for channel in (one, other):
            with pytest.raises(Empty):
                channel._get("ingest")


def test_what_a_consumer_did_not_finish_waits_again_when_it_leaves(tmp_path):
    with make_connection(tmp_path) as connection:
        send(connection, "unfinished")
        assert received(connection, "ingest", no_ack=False) == ["unfinished"]
        assert message_files(tmp_path) == []
    assert len(message_files(tmp_path)) == 1


def test_a_purge_empties_one_queue(tmp_path):
    with make_connection(tmp_path) as connection, connection.channel() as channel:
        send(connection, 1, 2, queue="ingest")
        send(connection, 3, queue="extract")
        assert channel._size("ingest") == 2
        assert channel.queue_purge("ingest") == 2
        assert received(connection, "ingest", "extract") == [3]


def test_broadcasts_go_nowhere_and_leave_no_file(tmp_path):
    assert make_app(tmp_path).control.ping(timeout=0.01) == []
    assert message_files(tmp_path) == []
    assert not (tmp_path / "control").exists()


def test_the_broker_looks_for_work_at_least_twice_a_second():
    options = celery_settings(broker_url="embedded://", data_dir=Path("/data"))["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert 0.05 <= options["polling_interval"] <= 0.5
    assert Path(options["data_folder_in"]).is_relative_to("/data/broker")
    assert options["data_folder_in"] == options["data_folder_out"]
