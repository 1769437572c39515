import os

import pytest

from analytics import services as analytics_services
from analytics import titles
from analytics.models import Role, RoleSynonym
from analytics.services import roles
from jobsite.celery import app
from jobsite.rights import make_groups
from postings import services as postings_services
from postings import skills
from postings.models import Alias, Skill, SkillGroup, SkillReference
from postings.services import extraction, seeds
from tests import properties  # noqa: F401  (before any test says how often it is tried)
from tests.seeded import loaded_once


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test finds the four groups of people, as every installation does."""
    with django_db_blocker.unblock():
        make_groups()


@pytest.fixture(scope="session", autouse=True)
def quick_disk():
    """No test cuts the power: what is written need not have reached the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def short_lived_lexicons():
    """Installations read with one lexicon for days; tests with one for a text or two, and take no time to tidy up.

    Gives what tidies up, for the test that it does.
    """
    with pytest.MonkeyPatch.context() as patch:
        tidy_up = extraction.set_apart_from_garbage
        patch.setattr(extraction, "set_apart_from_garbage", lambda: None)
        yield tidy_up


@pytest.fixture(scope="session", autouse=True)
def quick_seeds():
    """Hundreds of tests begin with the shipped roles, and some with the shipped skills."""
    with_history = [table for model in (Role, RoleSynonym) for table in (model, model.history.model)]
    load_roles = loaded_once(roles.load_roles, titles.load_catalogue, with_history)
    with_history = [t for model in (SkillGroup, Skill, Alias, SkillReference) for t in (model, model.history.model)]
    load_taxonomy = loaded_once(seeds.load_taxonomy, lambda: skills.load_shipped, [*with_history, Skill.groups.through])
    with pytest.MonkeyPatch.context() as patch:
        for module in (roles, analytics_services):
            patch.setattr(module, "load_roles", load_roles)
        for module in (seeds, postings_services):
            patch.setattr(module, "load_taxonomy", load_taxonomy)
        yield


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path):
    """Each test has a DATA_DIR of its own."""
    settings.DATA_DIR = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = settings.DATA_DIR / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.DATA_DIR / "uploads"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return settings.DATA_DIR


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The real hasher takes most of a second by design: for each user of each test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def workers(django_capture_on_commit_callbacks):
    """`with workers(): ...` lets everything that the block sends to the workers happen when it ends."""
    app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield lambda: django_capture_on_commit_callbacks(execute=True)
    app.conf.update(task_always_eager=False, task_eager_propagates=False)
