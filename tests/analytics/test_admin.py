"""The admin where people outrank the algorithms: pins of titles and profiles, and the run that is shown."""

import pytest

from analytics.models import KnownProfile, ProfilePin, Publication, Role, Run, TitlePin
from analytics.selectors.published import published
from jobsite.work import State
from postings.models import Title
from tests.make import make_rows, make_user
from tests.make_read import make_read
from tests.make_run import make_ads, make_run
from tests.pages import act, add, save, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    """A browser in which a curator is signed in."""
    client.force_login(make_user("curator"))
    return client


def test_a_pinned_title_is_signed_and_brings_new_figures(curator, workers):
    make_read(make_rows(2, title="Pear Keeper"))
    role = Role.objects.create(name="grove keeper", slug="grove-keeper")

    with workers():
        add(curator, TitlePin, title=Title.objects.get().pk, role=role.pk, seniority="senior", why="they keep groves")

    assert TitlePin.objects.get().by.username == "curator"
    assert published().snapshot.roles == ("grove keeper",)


def test_pins_deleted_from_the_list_bring_new_figures(curator, workers):
    make_read(make_rows(2, title="Pear Keeper"))
    role = Role.objects.create(name="grove keeper", slug="grove-keeper")
    pin = TitlePin.objects.create(title=Title.objects.get(), role=role)

    with workers():
        act(curator, "delete_selected", [pin], post="yes")

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


def test_a_name_that_a_person_gives_to_a_profile_is_signed(curator):
    known = KnownProfile.objects.create()

    add(curator, ProfilePin, profile=known.pk, name="Pipelines", why="what they all do")

    pin = ProfilePin.objects.get()
    assert (pin.profile, pin.name, pin.by.username) == (known, "Pipelines", "curator")


def test_a_renamed_role_keeps_its_slug_by_which_titles_find_it(curator):
    role = Role.objects.create(name="data engineer", slug="data-engineer")
    inline = {f"synonyms-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}

    save(curator, role, name="pipeline engineer", slug="pipeline-engineer", family="", **inline)

    role.refresh_from_db()
    assert (role.name, role.slug) == ("pipeline engineer", "data-engineer")
