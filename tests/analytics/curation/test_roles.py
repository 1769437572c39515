"""Decisions about roles, their synonyms and families."""

import pytest

from analytics import services
from analytics.models import Role, RoleSynonym, TitlePin
from analytics.services.facts import title_meanings
from jobsite.decisions import CannotUndoError, RefusedError, decide, undo
from postings.models import Title
from tests.analytics.curation.taking_back import is_taken_back

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    services.load_roles()


def roles_of(*titles):
    for title in titles:
        Title.objects.get_or_create(text=title)
    meanings = title_meanings()
    roles = [meanings.role.names[code] for code in meanings.role.codes]
    read = dict(zip(meanings.texts, roles, strict=True))
    return [read[title] for title in titles]


def test_a_role_that_is_made_reads_titles_by_its_name_and_synonyms_and_takes_those_that_are_named():
    decision = decide(
        "role.create",
        {"name": " grove  keeper", "family": "orchard", "synonyms": ["orchard hand"], "titles": ["Conundrum"]},
    )

    assert roles_of("Senior Grove Keeper", "Orchard Hand", "Conundrum") == ["grove keeper"] * 3
    assert Role.objects.get(name="grove keeper").family == "orchard"
    assert decision.summary == "Role “grove keeper” made for “Conundrum”."


def test_a_renamed_role_keeps_its_titles_and_its_address():
    decide("role.edit", {"role": "data-engineer", "name": "pipeline engineer", "synonyms_added": ["pipe layer"]})

    assert roles_of("Data Engineer", "Pipe Layer") == ["pipeline engineer"] * 2
    assert Role.objects.get(name="pipeline engineer").slug == "data-engineer"


def test_a_synonym_that_is_taken_away_reads_titles_no_more():
    decide("role.create", {"name": "grove keeper", "synonyms": ["orchard hand"]})

    decide("role.edit", {"role": "grove-keeper", "synonyms_removed": ["orchard hand"]})

    assert roles_of("Orchard Hand", "Grove Keeper") == ["other", "grove keeper"]


def test_what_was_read_into_a_merged_role_counts_under_the_one_that_stays_with_its_pins():
    role = Role.objects.get(slug="data-architect")
    TitlePin.objects.create(title=Title.objects.create(text="Conundrum"), role=role)

    decide("role.merge", {"keep": "data-engineer", "absorb": ["data-architect"]})

    titles = ("Data Architect", "Lead Data Platform Architect", "Conundrum", "Data Engineer")
    assert roles_of(*titles) == ["data engineer"] * 4
    assert TitlePin.objects.get().role.slug == "data-engineer"


def test_roles_merged_one_after_the_other_all_point_to_the_last():
    decide("role.merge", {"keep": "data-engineer", "absorb": ["data-architect"]})
    decide("role.merge", {"keep": "data-analyst", "absorb": ["data-engineer"]})

    assert roles_of("Data Architect", "Data Engineer") == ["data analyst"] * 2
    assert {role.merged_into.slug for role in Role.objects.exclude(merged_into=None)} == {"data-analyst"}


def test_a_deleted_role_leaves_its_titles_to_other_trades_and_does_not_come_back():
    decide("role.delete", {"role": "data-engineer"})

    assert services.load_roles() == {"roles": 0, "synonyms": 0}
    assert roles_of("Data Engineer") == ["other"]


def test_the_families_that_people_read_do_not_change_who_leads_whom():
    (before,) = roles_of("Senior Manager, Data Science")

    decide("family.rename", {"family": "data science", "name": "Science of data"})

    assert roles_of("Senior Manager, Data Science") == [before]
    assert not Role.objects.filter(family="data science").exists()


def test_roles_move_to_a_family_together():
    decide("family.move", {"roles": ["data-engineer", "data-architect"], "family": "pipes"})

    assert set(Role.objects.filter(family="pipes").values_list("slug", flat=True)) == {
        "data-engineer",
        "data-architect",
    }


@pytest.mark.parametrize(
    ("action", "words", "said"),
    [
        ("role.create", {"name": "Data Engineer"}, "a role “data engineer” already"),
        ("role.create", {"name": "data-engineer"}, "read as “data engineer” already"),
        ("role.create", {"name": "other"}, "no name for a role"),
        ("role.create", {"name": "  "}, "no name for a role"),
        ("role.create", {"name": "engineer"}, "stands in titles of many roles"),
        ("role.create", {"name": "grove keeper", "synonyms": ["etl developer"]}, "read as “data engineer” already"),
        ("role.create", {"name": "grove keeper", "synonyms": ["(!)"]}, "holds no word"),
        ("role.create", {"name": "grove keeper", "synonyms": ["Grove Keeper"]}, "stands for “grove keeper” already"),
        ("role.edit", {"role": "data-engineer", "name": "data analyst"}, "a role “data analyst” already"),
        ("role.edit", {"role": "data-engineer", "synonyms_removed": ["x"]}, "“x” is no synonym"),
        ("role.edit", {"role": "data-engineer", "synonyms_added": ["data analyst"]}, "read as “data analyst” already"),
        ("role.edit", {"role": "data-engineer"}, "Nothing would change"),
        ("role.edit", {"role": "gone"}, "no role “gone”"),
        ("role.merge", {"keep": "data-engineer", "absorb": ["data-engineer"]}, "merged into itself"),
        ("role.merge", {"keep": "data-engineer", "absorb": []}, "Nothing would change"),
        ("family.move", {"roles": ["gone"], "family": "pipes"}, "no role “gone”"),
        ("family.rename", {"family": "gone", "name": "pipes"}, "no family “gone”"),
        ("family.rename", {"family": "data science", "name": "software"}, "a family “software” already"),
        ("family.rename", {"family": "data science", "name": " "}, "Name the family"),
    ],
)
def test_what_cannot_be_is_refused_in_words(action, words, said):
    with pytest.raises(RefusedError, match=said):
        decide(action, words)


def test_a_merged_role_is_not_decided_about_any_more():
    decide("role.merge", {"keep": "data-engineer", "absorb": ["data-architect"]})

    for action, words in (
        ("role.merge", {"keep": "data-architect", "absorb": ["data-engineer"]}),
        ("title.assign", {"titles": ["Conundrum"], "role": "data-architect"}),
        ("role.edit", {"role": "data-architect", "name": "x"}),
    ):
        with pytest.raises(RefusedError, match="is merged into “data engineer” already"):
            decide(action, words)


def test_a_role_in_use_is_not_deleted_and_who_uses_it_is_named():
    decide("title.assign", {"titles": ["Conundrum"], "role": "data-engineer"})
    decide("role.merge", {"keep": "data-analyst", "absorb": ["data-architect"]})

    with pytest.raises(RefusedError, match="“Conundrum” is pinned to it"):
        decide("role.delete", {"role": "data-engineer"})
    with pytest.raises(RefusedError, match="“data architect” is merged into it"):
        decide("role.delete", {"role": "data-analyst"})


def test_a_role_that_later_decisions_use_is_not_taken_back_alone():
    made = decide("role.create", {"name": "grove keeper"})
    used = decide("title.assign", {"titles": ["Conundrum"], "role": "grove-keeper"})

    with pytest.raises(CannotUndoError, match=f"decision {used.pk}"):
        undo(made)
    undo(used)
    undo(made)
    assert not Role.objects.filter(slug="grove-keeper").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("role.create", {"name": "grove keeper", "synonyms": ["orchard hand"], "titles": ["Conundrum"]}),
        ("role.edit", {"role": "data-engineer", "name": "x engineer", "synonyms_removed": ["etl developer"]}),
        ("role.merge", {"keep": "data-engineer", "absorb": ["data-architect", "data-analyst"]}),
        ("role.delete", {"role": "data-engineer"}),
        ("family.move", {"roles": ["data-engineer", "data-analyst"], "family": "pipes"}),
        ("family.rename", {"family": "data science", "name": "science"}),
    ],
)
def test_decisions_are_taken_back_and_carried_elsewhere(action, words):
    assert RoleSynonym.objects.filter(phrase="etl developer", role__slug="data-engineer").exists()
    assert is_taken_back(action, **words)
