"""The admin where people outrank the algorithms: pins of titles and profiles, and the run that is shown."""

import pytest
from django.urls import reverse

from analytics.models import KnownProfile, Profile, ProfilePin, Publication, Role, Run, TitlePin
from analytics.selectors.published import published
from analytics.services import load_roles
from jobsite.models import Decision
from jobsite.work import State
from postings.models import Title
from tests.make import make_rows, make_user
from tests.make_read import make_read
from tests.make_run import make_ads, make_run
from tests.pages import act, add, admin_page, confirm, save, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    """A browser in which a curator is signed in."""
    client.force_login(make_user("curator"))
    return client


@pytest.mark.slow
def test_a_title_is_pinned_after_asking_and_brings_new_figures(curator, workers):
    make_read(make_rows(2, title="Pear Keeper"))
    Role.objects.create(name="grove keeper", slug="grove-keeper")

    asked = add(curator, TitlePin, title="Pear Keeper", role="Grove Keeper", seniority="senior")
    assert "“Pear Keeper” is “grove keeper”?" in text_of(asked)
    assert not TitlePin.objects.exists()
    with workers():
        confirm(curator, asked, why="they keep groves", seniority="senior")

    decision = Decision.objects.get()
    assert (decision.by_name, decision.why) == ("curator", "they keep groves")
    assert published().snapshot.roles == ("grove keeper",)


def test_a_title_that_is_not_here_is_refused_at_the_form(curator):
    assert "No posting here has this title" in text_of(add(curator, TitlePin, title="Pear Keeper", role=""))


@pytest.mark.slow
def test_pins_taken_back_from_the_list_bring_new_figures(curator, workers):
    make_read(make_rows(2, title="Pear Keeper"))
    role = Role.objects.create(name="grove keeper", slug="grove-keeper")
    pin = TitlePin.objects.create(title=Title.objects.get(), role=role)

    asked = act(curator, "unpin", [pin])
    with workers():
        confirm(curator, asked)

    assert not TitlePin.objects.exists()
    assert Publication.objects.get().run.postings == 2


def test_a_curator_publishes_a_run_in_the_admin_as_on_the_page(curator):
    run = make_run(make_ads(1))

    response = act(curator, "publish", [run])

    assert "All screens show this run now." in text_of(response)
    assert Publication.objects.get().run == run


def test_a_run_that_is_not_finished_is_not_published(curator):
    response = act(curator, "publish", [Run.objects.create(state=State.FAILED)])

    assert "is not finished" in text_of(response)
    assert not Publication.objects.filter(run__isnull=False).exists()


@pytest.mark.slow
def test_a_profile_is_named_renamed_and_unnamed(curator):
    run = make_run(make_ads(1))
    Publication.objects.update_or_create(id=1, defaults={"run": run})
    profile = Profile.objects.create(
        run=run, level="coarse", number=90, known=KnownProfile.objects.create(), proposed_name="Kafka, dbt", weight=0.1,
        distinctive=["Kafka", "dbt"],
    )  # fmt: skip

    asked = add(curator, ProfilePin, profile=profile.pk, name="Pipelines")
    confirm(curator, asked, profile=profile.pk)
    pin = ProfilePin.objects.get()
    assert (pin.profile, pin.name) == (profile.known, "Pipelines")
    confirm(curator, save(curator, pin, name="Pipes"))
    assert ProfilePin.objects.get().name == "Pipes"
    asked = curator.get(admin_page(ProfilePin, "delete", pin.pk))
    assert "be called “Kafka, dbt” again" in text_of(asked)
    confirm(curator, asked)
    assert not ProfilePin.objects.exists()
    assert Decision.objects.filter(by_name="curator").count() == 3


@pytest.mark.slow
def test_a_role_is_made_with_its_synonyms_one_a_line(curator):
    fields = {"name": "grove keeper", "family": "orchard", "synonyms": "orchard hand\n\n orchard  hand \npicker"}

    asked = add(curator, Role, **fields)
    assert "Make the role “grove keeper”?" in text_of(asked)
    confirm(curator, asked, synonyms=fields["synonyms"])

    role = Role.objects.get(slug="grove-keeper")
    assert {synonym.phrase for synonym in role.synonyms.all()} == {"orchard hand", "picker"}


@pytest.mark.slow
def test_a_role_that_cannot_be_is_refused_before_it_is_confirmed(curator):
    load_roles()

    asked = add(curator, Role, name="Data Engineer", family="", synonyms="")

    assert "There is a role “data engineer” already" in text_of(asked)


def test_a_renamed_role_keeps_its_slug_by_which_titles_find_it(curator):
    role = Role.objects.create(name="data engineer", slug="data-engineer")

    asked = save(curator, role, name="pipeline engineer", family="", synonyms="pipe layer")
    confirm(curator, asked, synonyms="pipe layer")

    role.refresh_from_db()
    assert (role.name, role.slug) == ("pipeline engineer", "data-engineer")
    assert Decision.objects.get().words == {
        "role": "data-engineer", "name": "pipeline engineer", "synonyms_added": ["pipe layer"],
    }  # fmt: skip


def test_a_form_that_changes_nothing_says_so(curator):
    role = Role.objects.create(name="data engineer", slug="data-engineer")

    assert "Nothing is changed" in text_of(save(curator, role, name="data engineer", family="", synonyms=""))


@pytest.mark.slow
def test_roles_are_merged_and_deleted_after_asking(curator):
    keep, absorb, gone = (Role.objects.create(name=name, slug=name) for name in ("keeper", "minder", "picker"))

    confirm(curator, act(curator, "merge", [keep, absorb]), keep=keep.pk)
    confirm(curator, curator.get(admin_page(Role, "delete", gone.pk)))

    absorb.refresh_from_db()
    assert absorb.merged_into == keep
    assert not Role.objects.filter(slug="picker").exists()


@pytest.mark.slow
def test_families_are_moved_and_renamed_from_the_list(curator):
    roles = [Role.objects.create(name=name, slug=name, family="orchard") for name in ("keeper", "minder")]

    confirm(curator, act(curator, "move", roles[:1], family="grove"), family="grove")
    confirm(curator, act(curator, "rename_family", roles[1:], name="trees"), name="trees")

    assert dict(Role.objects.values_list("slug", "family")) == {"keeper": "grove", "minder": "trees"}
    assert "Choose roles of one family" in text_of(act(curator, "rename_family", roles))


@pytest.mark.parametrize(
    ("page", "led_to"),
    [
        ("postings_candidate_changelist", "admin:postings_candidate_queue"),
        ("postings_candidate_changelist", "admin:postings_candidate_clusters"),
        ("jobsite_decision_changelist", "admin:jobsite_decision_export"),
        ("jobsite_decision_changelist", "admin:jobsite_decision_apply"),
        ("index", "admin:postings_candidate_queue"),
        ("index", "admin:analytics_opentitle_changelist"),
        ("index", "copy_queue"),
    ],
)
def test_lists_and_the_first_page_lead_a_curator_to_the_work(client, page, led_to):
    client.force_login(make_user("curator"))

    assert f'href="{reverse(led_to)}"' in client.get(reverse(f"admin:{page}")).text


def test_the_log_can_be_taken_away_from_its_list(admin_client):
    page = admin_client.get(reverse("admin:jobsite_event_changelist"))

    assert f'href="{reverse("admin:jobsite_event_export")}"' in page.text
