"""Decisions about what profiles are called."""

import pytest

from analytics.models import KnownProfile, Profile, ProfilePin, Run
from analytics.services.curation.profiles import words_for
from jobsite.decisions import RefusedError, decide
from jobsite.work import State
from tests.analytics.curation.taking_back import is_taken_back

pytestmark = pytest.mark.django_db


def make_profile(name, *skills, level="coarse", number=0, run=None, known=None):
    run = run or Run.objects.create(state=State.DONE, postings=1)
    known = known or KnownProfile.objects.create(first_run=run)
    parent = None if level == "coarse" else 0
    return Profile.objects.create(
        run=run, level=level, number=number, parent=parent, known=known, proposed_name=name, weight=0.5,
        distinctive=list(skills),
    )  # fmt: skip


def test_a_profile_is_named_and_named_anew():
    profile = make_profile("Airflow, Spark", "Airflow", "Spark")

    decide("profile.name", words_for(profile) | {"name": " Data  pipelines "})
    again = decide("profile.name", words_for(profile) | {"name": "Pipelines"})

    assert ProfilePin.objects.get().name == "Pipelines"
    assert again.summary == "Profile “Data pipelines” is called “Pipelines” now."


def test_a_profile_is_known_elsewhere_by_the_skills_that_set_it_apart():
    run = Run.objects.create(state=State.DONE, postings=1)
    make_profile("PyTorch, pandas", "PyTorch", "pandas", run=run)
    there = make_profile("Spark, Airflow", "Spark", "Airflow", "dbt", run=run, number=1)

    decide(
        "profile.name", {"profile": "Airflow, Spark", "level": "coarse", "skills": ["Airflow", "Spark"], "name": "P"}
    )

    assert ProfilePin.objects.get().profile == there.known


def test_a_profile_that_is_not_known_here_is_refused_with_the_reason():
    make_profile("PyTorch, pandas", "PyTorch", "pandas", "Airflow")

    with pytest.raises(RefusedError, match="No coarse profile here is set apart by the skills of “Airflow, Spark”"):
        decide(
            "profile.name",
            {"profile": "Airflow, Spark", "level": "coarse", "skills": ["Airflow", "Spark"], "name": "P"},
        )


def test_two_profiles_of_a_level_are_not_called_the_same():
    run = Run.objects.create(state=State.DONE, postings=1)
    one, other = make_profile("a", "Airflow", run=run), make_profile("b", "Spark", run=run, number=1)
    fine = make_profile("c", "Spark", run=run, level="fine")
    decide("profile.name", words_for(one) | {"name": "Pipelines"})

    with pytest.raises(RefusedError, match="Another profile is called “Pipelines” already"):
        decide("profile.name", words_for(other) | {"name": "pipelines"})
    decide("profile.name", words_for(fine) | {"name": "Pipelines"})


def test_a_name_that_is_taken_back_leaves_the_proposed_one():
    profile = make_profile("Airflow, Spark", "Airflow", "Spark")
    with pytest.raises(RefusedError, match="Nobody has named"):
        decide("profile.unname", words_for(profile))
    ProfilePin.objects.create(profile=profile.known, name="Pipelines")

    decide("profile.unname", words_for(profile))

    assert str(profile.known) == "Airflow, Spark"


def test_an_empty_name_is_refused():
    with pytest.raises(RefusedError, match="Name the profile"):
        decide("profile.name", words_for(make_profile("a", "Airflow")) | {"name": " "})


@pytest.mark.parametrize("action", ["profile.name", "profile.unname"])
def test_names_are_taken_back_and_carried_elsewhere(action):
    profile = make_profile("Airflow, Spark", "Airflow", "Spark")
    if action == "profile.unname":
        ProfilePin.objects.create(profile=profile.known, name="Pipelines")

    assert is_taken_back(action, **words_for(profile), **({"name": "Pipes"} if action == "profile.name" else {}))
