"""The taxonomy in the database: what ships is a start, what curators make of it stays."""

from dataclasses import replace

import pytest

from postings import services, skills
from postings.models import Alias, Skill, SkillGroup, SkillReference
from tests.make import make_skill, merge_skills

pytestmark = pytest.mark.django_db
NOTHING = dict.fromkeys(("groups", "skills", "aliases", "definitions", "references"), 0)
SPARK_AT_ONET = skills.Reference(skills.Scheme.ONET, "Apache Spark", "Apache Spark")


@pytest.fixture
def shipped(monkeypatch):
    """A taxonomy of two skills in place of the thousands that ship."""
    group = skills.TaxonomyGroup("data-engineering", "data engineering", "area", "")
    spark = replace(shipped_skill("Spark"), definition="Engine for large data.", references=(SPARK_AT_ONET,))
    taxonomy = skills.Taxonomy("1", (shipped_skill("Airflow", "Apache Airflow"), spark), (group,))
    monkeypatch.setattr(skills, "load_shipped", lambda: taxonomy)
    return taxonomy


def shipped_skill(name, *phrases):
    aliases = tuple(skills.TaxonomyAlias(phrase, exact_case=False, context="") for phrase in (name, *phrases))
    return skills.TaxonomySkill(name, skills.Kind.TOOL, ("data-engineering",), aliases)


def contents():
    return {
        "skills": set(Skill.objects.values_list("name", flat=True)),
        "aliases": set(Alias.objects.values_list("phrase", "skill__name")),
        "groups": set(SkillGroup.objects.values_list("slug", flat=True)),
        "definitions": set(Skill.objects.values_list("name", "definition")),
        "references": set(SkillReference.objects.values_list("skill__name", "scheme", "identifier")),
        "members": set(Skill.groups.through.objects.values_list("skill__name", "skillgroup__slug")),
    }


def test_the_whole_shipped_taxonomy_loads_and_a_second_time_adds_nothing():
    shipped = skills.load_shipped()

    first = services.load_taxonomy()

    assert first == {
        "groups": len(shipped.groups),
        "skills": len(shipped.skills),
        "aliases": sum(len(skill.aliases) for skill in shipped.skills),
        "definitions": sum(bool(skill.definition) for skill in shipped.skills),
        "references": sum(len(skill.references) for skill in shipped.skills),
    }
    assert services.current_lexicon().stamp == shipped.lexicon()[0].stamp
    assert services.load_taxonomy() == NOTHING


def test_a_later_version_adds_what_is_new_in_it(shipped, monkeypatch):
    services.load_taxonomy()
    grown = (*shipped.skills, shipped_skill("Kafka"), shipped_skill("dbt"))
    monkeypatch.setattr(skills, "load_shipped", lambda: skills.Taxonomy("2", grown, shipped.groups))

    assert services.load_taxonomy() == NOTHING | {"skills": 2, "aliases": 2}
    assert Skill.objects.get(name="Kafka").groups.get().slug == "data-engineering"


def rename_skill():
    skill = Skill.objects.get(name="Airflow")
    skill.name = "workflow engines"
    skill.save()


def delete_skill():
    Alias.objects.filter(skill__name="Spark").delete()
    Skill.objects.get(name="Spark").delete()


def delete_alias():
    Alias.objects.get(phrase="Apache Airflow").delete()


def reword_alias():
    alias = Alias.objects.get(phrase="Apache Airflow")
    alias.phrase = "Airflow DAGs"
    alias.save()


def exact_alias():
    alias = Alias.objects.get(phrase="Spark")
    alias.exact_case = True
    alias.save()


def move_alias():
    alias = Alias.objects.get(phrase="Apache Airflow")
    alias.skill = Skill.objects.get(name="Spark")
    alias.save()


def regroup_skill():
    Skill.objects.get(name="Spark").groups.clear()


def hide_skill():
    Skill.objects.filter(name="Spark").update(is_hidden=True)


def rename_group():
    group = SkillGroup.objects.get()
    group.slug = "pipelines"
    group.save()


def delete_group():
    SkillGroup.objects.get().delete()


def add_alias_in_other_case():
    Alias.objects.get(phrase="Spark").delete()
    make_skill("sparks", "SPARK")


def redefine():
    skill = Skill.objects.get(name="Spark")
    skill.definition = "What we say that it is."
    skill.save()


def empty_definition():
    skill = Skill.objects.get(name="Spark")
    skill.definition = ""
    skill.save()


def delete_reference():
    SkillReference.objects.get().delete()


def change_reference():
    reference = SkillReference.objects.get()
    reference.identifier = "Spark"
    reference.save()


def merge():
    merge_skills(keep=Skill.objects.get(name="Spark"), absorb=Skill.objects.get(name="Airflow"))


@pytest.mark.parametrize(
    "change",
    [
        rename_skill,
        delete_skill,
        delete_alias,
        reword_alias,
        exact_alias,
        move_alias,
        regroup_skill,
        hide_skill,
        rename_group,
        delete_group,
        add_alias_in_other_case,
        redefine,
        empty_definition,
        delete_reference,
        change_reference,
        merge,
    ],
)
def test_what_a_curator_changed_survives_loading_again(shipped, change):
    services.load_taxonomy()
    change()
    left = contents()

    assert services.load_taxonomy() == NOTHING
    assert contents() == left


def test_skills_that_have_no_definition_and_no_id_yet_get_them_from_a_later_version(shipped, monkeypatch):
    services.load_taxonomy()
    there = skills.Reference(skills.Scheme.ESCO, "0a-1", "Airflow")
    airflow = replace(shipped.skills[0], definition="Runs workflows.", references=(there,))
    monkeypatch.setattr(skills, "load_shipped", lambda: skills.Taxonomy("2", (airflow,), shipped.groups))

    assert services.load_taxonomy() == NOTHING | {"definitions": 1, "references": 1}
    row = Skill.objects.get(name="Airflow")
    assert row.definition == "Runs workflows."
    assert str(row.references.get()) == "ESCO: Airflow"


def test_a_skill_that_a_curator_linked_to_a_list_gets_no_other_id_of_that_list(shipped, monkeypatch):
    services.load_taxonomy()
    other = skills.Reference(skills.Scheme.ONET, "Spark", "Spark")
    spark = replace(shipped.skills[1], references=(SPARK_AT_ONET, other))
    monkeypatch.setattr(skills, "load_shipped", lambda: skills.Taxonomy("2", (spark,), shipped.groups))

    assert services.load_taxonomy() == NOTHING


def test_new_aliases_of_a_renamed_skill_go_to_it(shipped, monkeypatch):
    services.load_taxonomy()
    rename_skill()
    grown = (shipped_skill("Airflow", "Apache Airflow", "Airflow 3"), shipped.skills[1])
    monkeypatch.setattr(skills, "load_shipped", lambda: skills.Taxonomy("2", grown, shipped.groups))

    services.load_taxonomy()

    assert Alias.objects.get(phrase="Airflow 3").skill.name == "workflow engines"


def test_merging_moves_aliases_and_groups_and_leaves_a_pointer():
    keep, absorb = make_skill("PyTorch"), make_skill("Torch", "torch 2")
    absorb.groups.add(SkillGroup.objects.create(slug="deep-learning", name="deep learning", set="area"))

    merge_skills(keep=keep, absorb=absorb)

    assert set(keep.aliases.values_list("phrase", flat=True)) == {"PyTorch", "Torch", "torch 2"}
    assert keep.groups.get().slug == "deep-learning"
    absorb.refresh_from_db()
    assert absorb.merged_into == keep
    assert list(Skill.objects.shown()) == [keep]


def test_what_was_merged_before_follows_into_the_next_merge():
    first, second, third = make_skill("Torch"), make_skill("PyTorch"), make_skill("deep learning tools")
    merge_skills(keep=second, absorb=first)

    merge_skills(keep=third, absorb=second)

    first.refresh_from_db()
    assert first.merged_into == third
    assert third.aliases.count() == 3


def test_each_move_of_an_alias_is_in_its_history():
    keep, absorb = make_skill("PyTorch"), make_skill("Torch")

    merge_skills(keep=keep, absorb=absorb)

    moved = Alias.objects.get(phrase="Torch").history.order_by("history_id")
    assert list(moved.values_list("skill__name", flat=True)) == ["Torch", "PyTorch"]


def test_a_skill_is_not_merged_into_itself_nor_twice():
    keep, absorb = make_skill("PyTorch"), make_skill("Torch")
    with pytest.raises(ValueError, match="into itself"):
        merge_skills(keep=keep, absorb=keep)
    merge_skills(keep=keep, absorb=absorb)

    with pytest.raises(ValueError, match="already"):
        merge_skills(keep=keep, absorb=absorb)
    with pytest.raises(ValueError, match="already"):
        merge_skills(keep=absorb, absorb=make_skill("Caffe"))
