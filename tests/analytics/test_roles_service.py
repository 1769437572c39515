"""The catalogue of roles in the database: what ships is a start, what curators make of it stays."""

import pytest

from analytics import services
from analytics.models import Role, RoleSynonym
from analytics.services.facts import title_meanings
from analytics.titles import load_catalogue
from postings.models import Title

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    services.load_roles()


def contents():
    return (
        set(Role.objects.values_list("name", "slug")),
        set(RoleSynonym.objects.values_list("phrase", "role__name")),
    )


def test_all_shipped_roles_are_there_and_a_second_time_adds_nothing():
    shipped = load_catalogue().roles

    assert Role.objects.count() == len(shipped)
    assert RoleSynonym.objects.count() == sum(len(role.synonyms) for role in shipped)
    assert services.load_roles() == {"roles": 0, "synonyms": 0}


def rename_role():
    role = Role.objects.get(name="data engineer")
    role.name = "pipeline engineer"
    role.save()


def delete_role():
    Role.objects.get(name="data engineer").delete()


def delete_synonym():
    RoleSynonym.objects.get(phrase="etl developer").delete()


def reword_synonym():
    synonym = RoleSynonym.objects.get(phrase="etl developer")
    synonym.phrase = "developer of loads"
    synonym.save()


def move_synonym():
    synonym = RoleSynonym.objects.get(phrase="etl developer")
    synonym.role = Role.objects.get(name="data analyst")
    synonym.save()


@pytest.mark.parametrize("change", [rename_role, delete_role, delete_synonym, reword_synonym, move_synonym])
def test_what_a_curator_changed_survives_loading_again(change):
    change()
    left = contents()

    assert services.load_roles() == {"roles": 0, "synonyms": 0}
    assert contents() == left


def roles_of(*titles):
    Title.objects.bulk_create(Title(text=title) for title in titles)
    meanings = title_meanings()
    roles = [meanings.role.names[code] for code in meanings.role.codes]
    return dict(zip(meanings.texts, roles, strict=True))


def test_titles_of_a_renamed_role_are_read_as_before_and_by_its_new_name_too():
    rename_role()

    found = roles_of("Data Engineer", "ETL Developer", "Senior Data Infrastructure Engineer", "Pipeline Engineer")

    assert set(found.values()) == {"pipeline engineer"}


def test_a_role_of_our_own_is_found_by_its_name_and_its_synonyms():
    role = Role.objects.create(name="grove keeper", slug="grove-keeper")
    RoleSynonym.objects.create(role=role, phrase="orchard hand")

    assert set(roles_of("Senior Grove Keeper", "Orchard Hand (m/f/d)").values()) == {"grove keeper"}
