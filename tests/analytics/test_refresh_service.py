"""A run from end to end: what is frozen, what is learned, what is kept, what is shown."""

import shutil

import numpy as np
import pytest
from django.urls import reverse

from analytics import archive, services
from analytics.models import KnownProfile, Profile, ProfilePin, Publication, Role, Run, TitlePin
from analytics.profiles import FitSettings
from analytics.selectors.published import published
from analytics.services import profiles as profiles_service
from analytics.services import refresh as refresh_service
from jobsite.work import State
from postings import services as facts
from postings.models import AdGroup, Extraction, Posting, Skill, Source, Title
from tests.make import make_ingested, make_row, make_rows, make_user, merge_skills
from tests.make_read import figures, group, make_ads, make_lexicon, make_read

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quick_fits(monkeypatch):
    """Two profiles, tried a few times: what is promised here does not depend on how well they are fitted."""
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))


@pytest.fixture
def lexicon():
    return make_lexicon()


def two_kinds(count):
    """As many ads of each of two kinds of work."""
    return [*make_ads(count, "platform"), *make_ads(count, "science")]


def names():
    return sorted(profile.name for profile in published().profiles)


def identities(run):
    return {profile.known_id for profile in run.profiles.all()}


def run_of(report):
    return Run.objects.get(pk=report.run)


def test_the_same_facts_give_the_run_that_is_there(lexicon):
    make_read(make_rows(5))
    first = services.refresh_now()

    again = services.refresh_now()

    assert (again.run, again.snapshot) == (first.run, first.snapshot)
    assert Run.objects.count() == 1


def test_a_run_is_stamped_with_what_made_it_and_is_published(lexicon, settings):
    make_read(make_rows(3))

    run = run_of(services.refresh_now())

    assert (run.state, run.postings, run.ads) == (State.DONE, 3, 3)
    assert run.parameters == {"profiles": settings.PROFILES, "seed": settings.SEED}
    assert run.lexicon == facts.current_lexicon().stamp
    assert all((run.snapshot, run.taxonomy, run.titles, run.code, run.input_key))
    assert run.libraries["numpy"] == np.__version__
    assert run.threads >= 1
    assert list(run.stages) == ["read", "snapshot", "memberships", "profiles", "store"]
    assert run.queued_at <= run.started_at <= run.finished_at
    assert run.fitted_by is None  # three postings teach nothing
    assert Publication.objects.get().run == run


def test_other_parameters_give_another_run_of_the_same_snapshot(lexicon, settings):
    make_read(make_rows(3))
    first = services.refresh_now()
    settings.SEED += 1

    second = services.refresh_now()

    assert second.run != first.run
    assert second.snapshot == first.snapshot


def test_a_merge_gives_a_new_snapshot_and_moves_counts_without_reading_a_text_again(lexicon):
    texts = ("Requirements: Kafka.", "Requirements: Spark.", "Requirements: Kafka and Spark.")
    make_read([make_row(job_id=f"job-{n}", description=text) for n, text in enumerate(texts)])
    before = services.refresh_now()
    records = list(Extraction.objects.order_by("pk").values_list("record", "stamp"))
    assert figures()["Spark"] == 2

    merge_skills(keep=lexicon["Spark"], absorb=lexicon["Kafka"])
    after = services.refresh_now()

    assert after.snapshot != before.snapshot
    assert figures()["Spark"] == 3
    assert "Kafka" not in figures()
    assert facts.extract_all_stale() == 0
    assert list(Extraction.objects.order_by("pk").values_list("record", "stamp")) == records


def test_a_hidden_skill_is_in_no_figure(lexicon):
    make_read(make_rows(3))
    Skill.objects.filter(name="SQL").update(is_hidden=True)

    services.refresh_now()

    assert "SQL" not in figures()
    assert figures()["Python"] == 3


def test_a_pin_of_a_title_outranks_the_reader_and_survives_the_next_run(lexicon):
    make_read(make_rows(3))
    services.refresh_now()
    assert published().snapshot.roles == ("data engineer",)
    role = Role.objects.create(name="grove keeper", slug="grove-keeper")
    TitlePin.objects.create(title=Title.objects.get(), role=role, seniority="lead")

    services.refresh_now()
    assert published().snapshot.roles == ("grove keeper",)
    assert published().snapshot.seniorities == ("lead",)
    make_read(make_rows(5), name="later.csv")
    services.refresh_now()

    assert published().snapshot.n == 5
    assert published().snapshot.roles == ("grove keeper",)


def test_a_role_that_a_curator_renamed_keeps_its_titles(lexicon):
    services.load_roles()
    make_read(make_rows(2, title="Data Infrastructure Engineer II"))
    Role.objects.filter(name="data engineer").update(name="pipeline engineer")

    services.refresh_now()

    assert published().snapshot.roles == ("pipeline engineer",)


def test_profiles_found_again_are_the_same_profiles_and_new_ones_get_names_of_their_own(lexicon, settings):
    settings.PROFILES = 2
    make_read(two_kinds(40))
    first = run_of(services.refresh_now())

    make_read(two_kinds(50), name="later.csv")
    second = run_of(services.refresh_now())

    assert second != first
    assert [profile.level for profile in first.profiles.all()] == ["coarse", "coarse", "fine", "fine"]
    assert len(identities(first)) == 4
    assert first.fitted_by == first
    assert identities(second) == identities(first)
    assert KnownProfile.objects.count() == 4


def test_the_name_that_a_person_gave_to_a_profile_stays_in_every_run(lexicon, settings):
    settings.PROFILES = 2
    make_read(two_kinds(40))
    first = run_of(services.refresh_now())
    platform = next(profile for profile in first.profiles.filter(level="fine") if "Airflow" in profile.distinctive)
    ProfilePin.objects.create(profile=platform.known, name="Pipelines")
    assert "Pipelines" in names()

    make_read(two_kinds(50), name="later.csv")
    services.refresh_now()

    pinned = next(profile for profile in published().profiles if profile.is_pinned)
    assert pinned.name == "Pipelines"
    assert "Airflow" in pinned.distinctive


def test_profiles_are_recognised_from_an_older_run_when_the_arrays_of_the_last_are_gone(lexicon, settings):
    settings.PROFILES = 2
    make_read(two_kinds(40))
    first = run_of(services.refresh_now())
    make_read(two_kinds(45), name="later.csv")
    second = run_of(services.refresh_now())
    shutil.rmtree(archive.runs_folder() / second.input_key)

    make_read(two_kinds(50), name="last.csv")
    third = run_of(services.refresh_now())

    assert third.state == State.DONE
    assert identities(third) == identities(first)


def test_a_run_whose_lease_was_lost_leaves_no_profiles_behind(lexicon, settings, monkeypatch):
    settings.PROFILES = 2
    make_read(two_kinds(40))
    compare = refresh_service.continued_profiles

    def compare_too_late(*args):
        Run.objects.update(token="somebody else")
        return compare(*args)

    monkeypatch.setattr(refresh_service, "continued_profiles", compare_too_late)

    assert services.refresh_run(services.request_run()) is None
    assert not Profile.objects.exists()
    assert not KnownProfile.objects.exists()
    assert not Publication.objects.exists()


def test_a_run_that_somebody_makes_is_left_alone():
    pk = services.request_run()
    Run.objects.all().claim(pk)

    assert services.refresh_run(pk) is None


def test_runs_that_are_asked_for_together_are_one_run():
    assert services.request_run() == services.request_run()
    assert Run.objects.count() == 1


def lose_postings(*, keep):
    """Postings vanish as they should not: without their source being removed."""
    kept = list(Posting.objects.order_by("pk").values_list("pk", flat=True)[:keep])
    Posting.objects.exclude(pk__in=kept).delete()


def test_a_run_with_less_than_half_of_the_postings_waits_for_a_person_who_can_publish_it(lexicon):
    make_read(make_rows(10))
    shown = run_of(services.refresh_now())
    lose_postings(keep=4)

    report = services.refresh_now()

    held = run_of(report)
    assert "has 4 postings" in report.note
    assert held.quality["held"] == report.note
    assert Publication.objects.get().run == shown
    services.publish_run(held, by_hand=True)
    assert Publication.objects.get().run == held
    assert "held" not in run_of(report).quality


def test_a_run_with_half_of_the_postings_is_published(lexicon):
    make_read(make_rows(10))
    services.refresh_now()
    lose_postings(keep=5)

    services.refresh_now()

    assert published().snapshot.n == 5


def test_removing_a_source_on_purpose_is_no_reason_to_hold_a_run_back(lexicon):
    make_ingested(make_rows(10), source="the sample")
    make_read(make_rows(2), source="a board", name="b.csv")
    services.refresh_now()

    facts.remove_source(Source.objects.get(name="the sample"))
    report = services.refresh_now()

    assert "held" not in run_of(report).quality
    assert published().snapshot.n == 2


def test_when_all_sources_are_removed_their_figures_leave_the_screens(lexicon, client):
    make_read(make_rows(2))
    services.refresh_now()

    facts.remove_source(Source.objects.get())
    services.refresh_now()

    assert published() is None
    client.force_login(make_user("viewer"))
    assert b"No figures yet" in client.get(reverse("overview")).content


def test_an_empty_run_is_not_published_by_hand():
    run = run_of(services.refresh_now())

    with pytest.raises(services.NotPublishable, match="nothing to show"):
        services.publish_run(run, by_hand=True)


def test_an_unfinished_run_is_not_published():
    with pytest.raises(services.NotPublishable, match="not finished"):
        services.publish_run(Run.objects.create(), by_hand=True)


def test_publishing_what_is_shown_already_does_not_move_its_date(lexicon):
    make_read(make_rows(2))
    services.refresh_now()
    before = Publication.objects.get().at

    services.refresh_now()

    assert Publication.objects.get().at == before


def test_too_few_postings_give_a_run_without_profiles_and_say_so(lexicon):
    make_read(make_rows(5))

    report = services.refresh_now()

    assert report.profiles == 0
    assert "it takes 60" in report.note
    assert run_of(report).quality == {"note": report.note}
    assert published().memberships is None


def test_neither_snapshot_nor_profiles_depend_on_the_order_in_which_sources_came(lexicon, settings):
    settings.PROFILES = 2
    platform, science = make_ads(40, "platform"), make_ads(40, "science")
    both = [platform[0] | {"job_id": "copy"}]

    def from_nothing(*sources):
        for source in Source.objects.all():
            facts.remove_source(source)
        for name, rows in sources:
            make_ingested(rows, source=name, name=f"{name}.csv")
        facts.extract_all_stale()
        group()
        return run_of(services.refresh_now())

    one = from_nothing(("a board", platform), ("another", [*science, *both]))
    assert one.ads == one.postings - 1 == 80
    Run.objects.filter(pk=one.pk).update(input_key=None)

    other = from_nothing(("another", [*science, *both]), ("a board", platform))

    assert other.pk != one.pk
    assert other.snapshot == one.snapshot
    assert other.profiles_hash == one.profiles_hash


def make_copies():
    """One ad on two boards, and another ad."""
    text = "Requirements: Python and Airflow for the pear groves of Leeds, with patience for old trees."
    make_ingested([make_row(job_id="job-a", description=text)], source="a board")
    return make_read(
        [make_row(job_id="job-b", description=text), make_row(job_id="job-c", description="Requirements: Python.")],
        source="another",
        name="b.csv",
    )


def test_copies_are_left_out_by_default_and_counted_on_demand(lexicon, client):
    make_copies()
    report = services.refresh_now()

    assert (report.postings, report.ads) == (3, 2)
    assert figures()["Airflow"] == 1
    assert figures(copies=True)["Airflow"] == 2
    client.force_login(make_user("viewer"))
    assert client.get(reverse("posting_list")).context["screen"].count == "2"
    assert client.get(reverse("posting_list"), {"copies": "1"}).context["screen"].count == "3"


def test_an_ad_whose_representative_waits_to_be_read_again_is_counted_by_one_of_its_copies(lexicon):
    make_copies()
    Extraction.objects.filter(posting=AdGroup.objects.get().representative).delete()

    report = services.refresh_now()

    assert (report.postings, report.ads) == (2, 2)
    assert figures()["Airflow"] == 1


def damage(run):
    (archive.snapshots_folder() / run.folder / "day.npy").write_bytes(b"moth")
    archive.snapshot_in.cache_clear()


def test_a_damaged_snapshot_is_answered_in_words_and_the_next_run_mends_it(lexicon, client):
    make_read(make_rows(3))
    run = run_of(services.refresh_now())
    damage(run)
    client.force_login(make_user("viewer"))

    broken = client.get(reverse("overview"))
    services.refresh_now()
    mended = client.get(reverse("overview"))

    assert broken.status_code == 503
    assert "is damaged" in broken.content.decode()
    assert mended.status_code == 200


def test_lost_arrays_of_a_run_are_answered_in_words_too_and_made_again(lexicon, settings, client):
    settings.PROFILES = 2
    make_read(two_kinds(40))
    run = run_of(services.refresh_now())
    shutil.rmtree(archive.runs_folder() / run.input_key)
    archive.memberships_of.cache_clear()
    client.force_login(make_user("viewer"))

    broken = client.get(reverse("overview"))
    again = services.refresh_now()
    mended = client.get(reverse("overview"))

    assert broken.status_code == 503
    assert "cannot be read" in broken.content.decode()
    assert (again.run, mended.status_code) == (run.pk, 200)


def test_the_page_of_a_posting_opens_whatever_happened_to_the_figures(lexicon, client):
    posting = make_read(make_rows(3))["job-1"]
    damage(run_of(services.refresh_now()))
    client.force_login(make_user("viewer"))

    assert client.get(posting.get_absolute_url()).status_code == 200
