import pytest

from jobsite.celery import app


@pytest.fixture
def workers(django_capture_on_commit_callbacks):
    """`with workers(): ...` lets everything that the block sends to the workers happen when it ends."""
    app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield lambda: django_capture_on_commit_callbacks(execute=True)
    app.conf.update(task_always_eager=False, task_eager_propagates=False)
