"""How Celery runs here: small messages, one at a time, acknowledged when the work is done."""

from datetime import timedelta
from pathlib import Path

from kombu import Exchange, Queue

from jobsite.broker import ALIAS, embedded_options

QUEUES = ("ingest", "extract", "analyse")

SWEEP_EVERY = timedelta(seconds=30)
CHORES_EVERY = timedelta(hours=1)


def celery_settings(broker_url: str, data_dir: Path) -> dict[str, object]:
    """Return the CELERY_* settings for a broker address; files that Celery needs lie under `data_dir`."""
    embedded = broker_url.startswith(f"{ALIAS}://")
    return {
        "CELERY_BROKER_URL": broker_url,
        "CELERY_BROKER_TRANSPORT_OPTIONS": embedded_options(data_dir / "broker") if embedded else {},
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        # A full disk or a lost channel is weather: the worker tries again instead of ending.
        "CELERY_BROKER_CHANNEL_ERROR_RETRY": True,
        **_task_settings(),
        **_worker_settings(),
        "CELERY_TIMEZONE": "UTC",
        "CELERY_BEAT_SCHEDULE_FILENAME": str(data_dir / "beat-schedule"),
        "CELERY_BEAT_SCHEDULE": {
            "sweep": {
                "task": "jobsite.sweep",
                "schedule": SWEEP_EVERY,
                # While no worker runs, sweeps pile up; only the last one is worth running.
                "options": {"queue": "ingest", "expires": SWEEP_EVERY.total_seconds()},
            },
            "chores": {
                "task": "jobsite.chores",
                "schedule": CHORES_EVERY,
                "options": {"queue": "ingest", "expires": CHORES_EVERY.total_seconds()},
            },
        },
    }


def _task_settings() -> dict[str, object]:
    return {
        # An exchange for each queue: left to the default one, all are bound to one key and share messages.
        "CELERY_TASK_QUEUES": tuple(Queue(name, Exchange(name), routing_key=name) for name in QUEUES),
        "CELERY_TASK_DEFAULT_QUEUE": QUEUES[0],
        # A task that names a queue nobody reads fails when it is sent, not silently for ever.
        "CELERY_TASK_CREATE_MISSING_QUEUES": False,
        "CELERY_TASK_SERIALIZER": "json",
        "CELERY_ACCEPT_CONTENT": ["json"],
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_RESULT_BACKEND": None,
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": True,
        # Seconds. Below the 30 minutes after which RabbitMQ gives up on a delivery that is not acknowledged.
        "CELERY_TASK_SOFT_TIME_LIMIT": 25 * 60,
        "CELERY_TASK_TIME_LIMIT": 28 * 60,
    }


def _worker_settings() -> dict[str, object]:
    return {
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        # spaCy's string store grows for ever; a fresh process is the simple bound.
        "CELERY_WORKER_MAX_TASKS_PER_CHILD": 50,
        "CELERY_WORKER_ENABLE_REMOTE_CONTROL": False,
        "CELERY_WORKER_SEND_TASK_EVENTS": False,
        "CELERY_WORKER_REDIRECT_STDOUTS": False,
    }
