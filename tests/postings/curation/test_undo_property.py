"""Whatever curators do, undoing all of it gives the first rows and the first figures."""

import contextlib
import random

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics import services as conclusions
from analytics.models import Role
from analytics.profiles import FitSettings
from analytics.services import profiles as profiles_service
from jobsite.decisions import RefusedError, actions, decide, undo, why_not_undone
from jobsite.models import Decision, DecisionRow
from postings import services
from postings.models import Alias, Candidate, SkillGroup
from tests.make import make_row
from tests.make_read import group, make_lexicon, make_read
from tests.postings.curation.curator import TABLES, WORDS
from tests.postings.curation.rows import rows_of
from tests.properties import examples

pytestmark = pytest.mark.django_db
OF_PROFILES = {"profile.name", "profile.unname"}
"""Four postings teach no profiles: these have tests of their own."""
TEXT = "Requirements: Python, Airflow and pears. You look after a grove of trees in Go, number"
# Each example makes a run: making a failing one shorter would take minutes.
_AS_FOUND = {"phases": (Phase.explicit, Phase.generate), "suppress_health_check": list(HealthCheck)}
BRIEF, LONG = settings(max_examples=examples(6), **_AS_FOUND), settings(max_examples=100, **_AS_FOUND)


@pytest.fixture
def first_snapshot(monkeypatch):
    """A small installation with figures; the hash of its snapshot."""
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))
    skills = make_lexicon()
    skills["Python"].groups.add(*(SkillGroup.objects.create(slug=slug, name=slug, set="area") for slug in ("a", "b")))
    for phrase in ("py 3", "python language"):
        Alias.objects.create(phrase=phrase, skill=skills["Python"])
    for name in ("Gardener", "Picker"):
        Role.objects.create(name=name, slug=name.lower(), family="Growers")
    for phrase in ("pears", "grove", "trees"):
        Candidate.objects.create(key=phrase, phrase=phrase, postings=3)
    titles = ("Gardener", "Picker", "Tree nurse", "Head of pears")
    make_read(
        [
            make_row(job_id=title, title=title, company=f"Orchard {number}", description=f"{TEXT} {number}.")
            for number, title in enumerate(titles)
        ]
    )
    return snapshot()


def snapshot():
    services.extract_all_stale()
    group()
    return conclusions.refresh_now().snapshot


def everything():
    """Every row that the ledger can touch; of candidates what people decide, the rest is counted by the machine."""
    models = [
        apps.get_model(label) for label in TABLES if label.lower() in known_tables() and label != "postings.Candidate"
    ]
    candidates = Candidate.objects.exclude(state="waiting", skill=None).order_by("pk")
    return rows_of(*models) | {"candidates": list(candidates.values_list("key", "state", "skill"))}


def known_tables():
    return {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}


def live(chance, most):
    """Decide up to `most` things of all kinds, reading the texts again in between; return how many were decided."""
    for _ in range(chance.randint(1, most)):
        name = chance.choice(sorted(actions()))
        try:
            decide(name, WORDS[name](chance))
        except RefusedError:
            continue
        if chance.random() < 0.1:
            services.extract_all_stale()


def undo_backwards():
    for decision in standing():
        undo(decision)


def undo_in_any_order(chance):
    """Whatever is refused now is tried again later; each round undoes one at least."""
    while left := list(standing()):
        chance.shuffle(left)
        undone = 0
        for decision in left:
            refused = why_not_undone(decision)
            if refused is None:
                undo(decision)
                undone += 1
            assert refused is None or refused.because, refused
        assert undone, [str(decision) for decision in left]


def standing():
    return Decision.objects.filter(stands=True, undoes=None).order_by("-pk")


def check(first_snapshot, chance, take_back, most=8):
    before = everything()
    with transaction.atomic():
        live(chance, most)
        take_back()
        assert set(DecisionRow.objects.values_list("table", flat=True)) <= {label.lower() for label in TABLES}
        assert everything() == before
        assert snapshot() == first_snapshot
        transaction.set_rollback(True)


@pytest.mark.slow
@BRIEF
@given(chance=st.randoms(use_true_random=False))
def test_undoing_all_backwards_gives_the_first_rows_and_the_first_snapshot(first_snapshot, chance):
    check(first_snapshot, chance, undo_backwards)


@pytest.mark.slow
@BRIEF
@given(chance=st.randoms(use_true_random=False))
def test_undoing_all_in_any_order_gives_the_same(first_snapshot, chance):
    check(first_snapshot, chance, lambda: undo_in_any_order(chance))


@pytest.mark.slow
@LONG
@given(chance=st.randoms(use_true_random=False))
def test_undoing_long_lives_in_any_order_gives_the_same(first_snapshot, chance):
    check(first_snapshot, chance, lambda: undo_in_any_order(chance), most=30)


def test_every_action_is_among_what_the_curator_of_these_tests_does(first_snapshot):
    """Each is made at least once by chance, so that the promises above are about it."""
    assert set(actions()) <= set(WORDS), "say in tests/postings/curation/curator.py how it is decided"
    chance, made = random.Random(7), set()
    for _ in range(50):
        with transaction.atomic():
            for name in chance.choices(sorted(actions()), k=3 * len(actions())):
                with contextlib.suppress(RefusedError):
                    decide(name, WORDS[name](chance))
                    made.add(name)
            transaction.set_rollback(True)
        if made == set(actions()) - OF_PROFILES:
            return
    assert made == set(actions()) - OF_PROFILES
