"""New postings get memberships of the profiles there are; these are learned anew by a stated rule, or on demand."""

import shutil

import numpy as np
import pytest
from django.core.management import call_command
from django.urls import reverse

from analytics import archive, services
from analytics.models import KnownProfile, Run
from analytics.profiles import FitSettings
from analytics.selectors.comparing import compare_runs
from analytics.selectors.published import published
from analytics.services import profiles as profiles_service
from analytics.services.verifying import checks_of
from analytics.snapshot.attribution import Kind
from tests.make import make_skill, make_user, merge_skills
from tests.make_read import make_ads, make_lexicon, make_read
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def lexicon(settings, monkeypatch):
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))
    settings.PROFILES = 2
    return make_lexicon()


def taken_in(each, *, name="jobs.csv"):
    """As many ads of each of two kinds of work, those of earlier files among them."""
    make_read([*make_ads(each, "platform"), *make_ads(each, "science")], name=name)


def refreshed(**options):
    return Run.objects.get(pk=services.refresh_now(**options).run)


@pytest.fixture
def learned():
    taken_in(60)
    return refreshed()


def memberships(run):
    """Key of a posting -> its memberships."""
    keys = archive.snapshot_in(run.folder).key_hash.tolist()
    return dict(zip(keys, archive.load_memberships(run.input_key).fine.tolist(), strict=True))


def identities(run):
    return {(profile.level, profile.number, profile.known_id, profile.proposed_name) for profile in run.profiles.all()}


def test_new_postings_get_memberships_and_nobody_elses_change(learned):
    taken_in(62, name="later.csv")

    run = refreshed()

    assert run != learned
    assert (learned.fitted_by, run.fitted_by) == (learned, learned)
    before, after = memberships(learned), memberships(run)
    assert len(after) == len(before) + 4
    assert before.items() <= after.items()
    assert published().run == run


def test_profiles_keep_their_identity_and_names_and_get_new_sizes(learned):
    ads = [*make_ads(65, "platform"), *make_ads(60, "science")]
    make_read(ads, name="later.csv")

    run = refreshed()

    assert identities(run) == identities(learned)
    assert KnownProfile.objects.count() == learned.profiles.count()
    weights = [{row.proposed_name: row.weight for row in one.profiles.filter(level="fine")} for one in (learned, run)]
    assert weights[0] != weights[1]
    assert sum(weights[1].values()) == pytest.approx(1)
    assert run.quality["trained"] == learned.quality["trained"] + 5


def test_with_nothing_changed_it_is_the_run_that_is_there(learned):
    assert refreshed() == learned

    taken_in(62, name="later.csv")
    run = refreshed()

    assert refreshed() == run
    assert Run.objects.count() == 2


def test_many_new_postings_are_a_reason_to_learn_anew_and_the_page_says_so(learned, client):
    taken_in(70, name="later.csv")

    run = refreshed()

    assert run.fitted_by == run
    assert "grew by 16.7%" in run.quality["refit"]
    assert {known for *_, known, _ in identities(run)} == {known for *_, known, _ in identities(learned)}
    client.force_login(make_user("viewer"))
    assert "grew by 16.7%" in text_of(client.get(run.get_absolute_url()))


def test_much_of_what_profiles_name_merged_away_is_a_reason_to_learn_anew(learned, lexicon):
    merge_skills(keep=lexicon["Spark"], absorb=lexicon["Kafka"])

    run = refreshed()

    assert run.fitted_by == run
    assert "8.0% of what profiles name" in run.quality["refit"]


def test_other_parameters_are_a_reason_to_learn_anew(learned, settings):
    settings.SEED += 1

    run = refreshed()

    assert (run.fitted_by, run.quality["refit"]) == (run, "The parameters changed.")


def test_a_model_that_is_lost_is_learned_anew(learned):
    taken_in(62, name="later.csv")
    shutil.rmtree(archive.runs_folder() / learned.input_key)

    run = refreshed()

    assert run.fitted_by == run
    assert "cannot be read" in run.quality["refit"]


def test_lost_memberships_are_scored_again(learned):
    taken_in(62, name="later.csv")
    run = refreshed()
    before = memberships(run)
    shutil.rmtree(archive.runs_folder() / run.input_key)

    assert refreshed() == run

    assert memberships(run) == before
    assert run.fitted_by == learned


def test_a_person_may_have_them_learned_anew(learned):
    taken_in(62, name="later.csv")
    scored = refreshed()

    run = refreshed(refit=True)

    assert run != scored
    assert (run.snapshot, run.fitted_by) == (scored.snapshot, run)
    assert run.quality["refit"] == "A person asked for it."
    assert refreshed() == run
    assert refreshed(refit=True) == run


def test_a_wish_to_learn_anew_reaches_the_run_that_waits_already():
    pk = services.request_run()

    assert services.request_run(refit=True) == pk
    assert Run.objects.get().refit


def test_a_curator_asks_for_it_with_a_button(learned, client, workers):
    taken_in(62, name="later.csv")
    client.force_login(make_user("curator"))

    with workers():
        client.post(reverse("run_create"), {"refit": "1"})

    run = Run.objects.first()
    assert (run.refit, run.fitted_by) == (True, run)


def test_the_command_asks_for_it_with_an_option(learned):
    taken_in(62, name="later.csv")

    call_command("refresh", refit=True)

    assert published().run.fitted_by == published().run


def test_the_page_of_a_run_names_whose_profiles_it_counts_with(learned, client):
    taken_in(62, name="later.csv")
    run = refreshed()
    client.force_login(make_user("viewer"))

    assert f"memberships by the profiles that run {learned.pk} learned" in text_of(client.get(run.get_absolute_url()))
    assert "learned in this run" in text_of(client.get(learned.get_absolute_url()))


def profiles_check(run):
    return next((check.result, check.note) for check in checks_of(run) if check.name == "profiles")


def test_a_scored_run_is_verified_by_the_model_of_the_other(learned):
    taken_in(62, name="later.csv")
    run = refreshed()
    result, note = profiles_check(run)
    assert (result, f"what run {learned.pk} learned" in note) == ("equal", True)

    path = archive.runs_folder() / run.input_key / "memberships.npy"
    np.save(path, np.load(path)[::-1].copy())
    assert profiles_check(run)[0] == "differs"

    shutil.rmtree(archive.runs_folder() / learned.input_key)
    assert profiles_check(run)[0] == "not checkable"


def parts_of(comparison):
    """Parts that change the size of a profile."""
    figures = [figure for figure in comparison.found.figures if figure.kind is Kind.PROFILE]
    assert figures
    return {part for figure in figures for part, value in figure.parts.items() if value}


def test_between_runs_of_one_fit_profiles_change_through_postings_and_between_fits_through_the_fit_too(learned):
    taken_in(62, name="later.csv")
    scored = refreshed()
    anew = refreshed(refit=True)

    assert parts_of(compare_runs(learned, scored)) == {"postings"}
    assert parts_of(compare_runs(scored, anew)) == {"refit"}
    assert parts_of(compare_runs(learned, anew)) == {"postings", "refit"}


def test_what_a_merge_does_to_profiles_is_told_from_the_new_fit(learned, lexicon):
    merge_skills(keep=lexicon["Spark"], absorb=lexicon["Kafka"])

    assert parts_of(compare_runs(learned, refreshed())) == {"taxonomy", "refit"}


@pytest.fixture
def with_containers(lexicon):
    """A run whose profiles know two skills that few postings name, and these skills."""
    skills = {name: make_skill(name) for name in ("Docker", "Podman")}
    platform = make_ads(60, "platform")
    for number, row in enumerate(platform):
        named = [name for name, every in (("Docker", 6), ("Podman", 10)) if number % every == 0]
        row["description"] += f" Also {', '.join(named)}." if named else ""
    make_read([*platform, *make_ads(60, "science")])
    return refreshed(), skills


def of_untouched(run, *names):
    """Memberships of the postings that name none of these skills, by key."""
    snapshot = archive.snapshot_in(run.folder)
    codes = [snapshot.skills.index(name) for name in names if name in snapshot.skills]
    named = np.asarray(snapshot.matrix()[:, codes].sum(axis=1)).ravel() > 0
    touched = set(snapshot.key_hash[named].tolist())
    return {key: values for key, values in memberships(run).items() if key not in touched}


def test_a_merge_of_skills_leaves_all_other_postings_as_they_were_and_can_be_verified(with_containers):
    learned, skills = with_containers
    before = of_untouched(learned, "Docker", "Podman")
    merge_skills(keep=skills["Docker"], absorb=skills["Podman"])

    run = refreshed()

    assert (run.fitted_by, run.quality["moved"]) == (learned, {"Podman": "Docker"})
    assert of_untouched(run, "Docker") == before
    assert 0 < len(before) < 120
    assert profiles_check(run)[0] == "equal"
    assert identities(run) == identities(learned)
    assert parts_of(compare_runs(learned, run)) == {"taxonomy"}


def test_a_merged_run_is_still_verified_when_skills_changed_again(with_containers):
    learned, skills = with_containers
    merge_skills(keep=skills["Docker"], absorb=skills["Podman"])
    run = refreshed()
    skills["Docker"].name = "containers"
    skills["Docker"].save()

    later = refreshed()

    assert profiles_check(run)[0] == "equal"
    assert later.quality["moved"] == {"Podman": "containers", "Docker": "containers"}
    assert later.fitted_by == learned
    assert profiles_check(later)[0] == "equal"
    assert memberships(later) == memberships(run)


def test_a_hidden_skill_leaves_all_other_postings_as_they_were(with_containers):
    learned, skills = with_containers
    before = of_untouched(learned, "Podman")
    skills["Podman"].is_hidden = True
    skills["Podman"].save()

    run = refreshed()

    assert (run.fitted_by, run.quality["moved"]) == (learned, {"Podman": None})
    assert before.items() <= memberships(run).items()
    assert profiles_check(run)[0] == "equal"
    assert parts_of(compare_runs(learned, run)) == {"taxonomy"}

    skills["Podman"].is_hidden = False
    skills["Podman"].save()
    assert refreshed() == learned


def test_a_name_that_went_to_another_skill_is_not_taken_for_the_first_one(with_containers):
    learned, skills = with_containers
    for name, new in (("Podman", "pods"), ("Docker", "Podman")):
        skills[name].name = new
        skills[name].save()

    run = refreshed()

    assert run.quality["moved"] == {"Podman": "pods", "Docker": "Podman"}
    assert memberships(run) == memberships(learned)
