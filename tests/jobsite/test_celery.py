"""What Celery is told: where messages go, when work is acknowledged, who sweeps."""

from types import SimpleNamespace

import pytest
from celery import Celery
from celery.exceptions import QueueNotFound

from jobsite import celery_app
from jobsite.celery_settings import CHORES_EVERY, QUEUES, SWEEP_EVERY, celery_settings


def make_app(broker_url, data_dir):
    app = Celery("rolescope-test", set_as_current=False)
    app.config_from_object(SimpleNamespace(**celery_settings(broker_url, data_dir)), namespace="CELERY")
    return app


def waiting(app):
    """How many messages wait in each queue."""
    with app.connection_for_read() as connection, connection.channel() as channel:
        return {name: channel._size(name) for name in QUEUES}


@pytest.mark.parametrize("queue", QUEUES)
def test_a_task_goes_to_its_own_queue_and_no_other(tmp_path, queue):
    app = make_app("embedded://", tmp_path)
    app.send_task("any.task", args=[1], queue=queue)
    assert waiting(app) == {name: int(name == queue) for name in QUEUES}


def test_a_queue_that_no_worker_reads_is_refused_when_a_task_is_sent(tmp_path):
    with pytest.raises(QueueNotFound, match="ingets"):
        make_app("embedded://", tmp_path).send_task("any.task", queue="ingets")


def test_a_task_that_names_no_queue_is_read_all_the_same(tmp_path):
    app = make_app("embedded://", tmp_path)
    app.send_task("any.task")
    assert sum(waiting(app).values()) == 1


def test_beat_sends_the_sweep_and_forgets_it_when_the_next_is_due(tmp_path):
    app = make_app("embedded://", tmp_path)
    entry = app.conf.beat_schedule["sweep"]
    assert entry["task"] == "jobsite.sweep"
    assert entry["schedule"] == SWEEP_EVERY
    assert entry["options"] == {"queue": "ingest", "expires": SWEEP_EVERY.total_seconds()}
    assert app.conf.beat_schedule_filename.startswith(str(tmp_path))


def test_beat_sends_the_chores_every_hour(tmp_path):
    entry = make_app("embedded://", tmp_path).conf.beat_schedule["chores"]
    assert entry["schedule"] == CHORES_EVERY
    assert entry["options"] == {"queue": "ingest", "expires": CHORES_EVERY.total_seconds()}


def test_the_tasks_that_beat_names_are_there():
    celery_app.loader.import_default_modules()
    assert {entry["task"] for entry in celery_app.conf.beat_schedule.values()} <= set(celery_app.tasks)


def test_work_is_acknowledged_when_done_and_taken_one_at_a_time(tmp_path):
    conf = make_app("embedded://", tmp_path).conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1


def test_only_json_is_read_and_no_result_is_kept(tmp_path):
    conf = make_app("embedded://", tmp_path).conf
    assert list(conf.accept_content) == ["json"]
    assert conf.result_backend is None
    assert conf.task_ignore_result


def test_time_limits_end_before_rabbitmq_gives_up_on_a_delivery(tmp_path):
    conf = make_app("embedded://", tmp_path).conf
    assert conf.task_soft_time_limit < conf.task_time_limit < 30 * 60


def test_a_server_broker_gets_no_folder_options(tmp_path):
    conf = make_app("amqp://guest@localhost//", tmp_path).conf
    assert conf.broker_url.startswith("amqp://")
    assert conf.broker_transport_options == {}
