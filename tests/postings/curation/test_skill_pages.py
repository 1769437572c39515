"""The pages where skills are decided about: asked first with what would follow, input kept, nothing overwritten."""

import pytest
from django.urls import reverse

from jobsite.decisions import decide
from jobsite.models import Decision
from postings.models import Alias, Skill, SkillGroup
from tests.make import make_row, make_skill, make_user
from tests.make_read import make_read
from tests.pages import act, add, admin_page, confirm, save, text_of
from tests.postings.curation.rows import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    client.force_login(make_user("curator"))
    return client


def no_inlines():
    counts = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    return {f"{name}-{key}": value for name in ("aliases", "references") for key, value in counts.items()}


def inlines_of(skill, *new, removed=(), **changed):
    """The aliases of a skill as its form sends them; `changed`: phrase -> new phrase."""
    sent = no_inlines()
    rows = list(skill.aliases.order_by("phrase"))
    for place, alias in enumerate(rows):
        sent |= {
            f"aliases-{place}-id": alias.pk,
            f"aliases-{place}-skill": skill.pk,
            f"aliases-{place}-phrase": changed.get(alias.phrase, alias.phrase),
        }
        sent |= {f"aliases-{place}-DELETE": "on"} if alias.phrase in removed else {}
    for place, phrase in enumerate(new, start=len(rows)):
        sent[f"aliases-{place}-phrase"] = phrase
    return sent | {"aliases-TOTAL_FORMS": len(rows) + len(new), "aliases-INITIAL_FORMS": len(rows)}


@pytest.mark.slow
def test_the_form_of_a_skill_is_one_decision_asked_about_first(curator):
    group = SkillGroup.objects.create(slug="deep", name="deep learning", set="area")
    skill = make_skill("PyTorch", "torch2", "torch3")
    make_read([make_row(job_id="a", description="Requirements: torch3 and pears.")])
    form = {"name": "Torch", "kind": "tool", "groups": [group.pk]}
    form |= inlines_of(skill, "libtorch", removed=["torch3"], torch2="torch 2")
    before = rows_of()

    page = save(curator, skill, **form)

    assert "Change “PyTorch”?" in text_of(page)
    assert rows_of() == before
    confirm(curator, page, why="its makers call it so")
    skill.refresh_from_db()
    assert skill.name == "Torch"
    assert set(skill.aliases.values_list("phrase", flat=True)) == {"PyTorch", "torch 2", "libtorch"}
    assert skill.groups.get() == group
    decision = Decision.objects.get()
    assert decision.words["aliases_removed"] == [{"phrase": "torch3", "exact_case": False}]
    assert decision.why == "its makers call it so"


def test_what_is_refused_is_told_on_the_form_and_nothing_filled_in_is_lost(curator):
    skill = make_skill("PyTorch")
    form = {"name": "PyTorch", "kind": "method"} | inlines_of(skill, removed=["PyTorch"])

    page = save(curator, skill, **form)

    assert "“PyTorch” would be left without an alias" in text_of(page)
    assert '<option value="method" selected>' in page.content.decode()
    assert 'name="confirm"' not in page.content.decode()


def test_an_unchanged_form_decides_nothing(curator):
    skill = make_skill("PyTorch")

    page = save(curator, skill, name="PyTorch", kind=skill.kind, **inlines_of(skill))

    assert "Nothing was changed." in text_of(page)
    assert not Decision.objects.exists()


@pytest.mark.slow
def test_a_form_that_was_opened_before_somebody_else_decided_is_not_saved_over_that(curator):
    skill = make_skill("PyTorch")
    opened = curator.get(admin_page(skill, "change", skill.pk)).context["version"]
    decide("skill.edit", {"skill": "PyTorch", "definition": "Tensors."}, by=make_user("curator", name="cora"))

    page = save(curator, skill, name="Torch", kind=skill.kind, version=opened, **inlines_of(skill))
    answer = confirm(curator, page)

    assert "This was changed meanwhile; last by cora at" in text_of(answer)
    skill.refresh_from_db()
    assert (skill.name, skill.definition) == ("PyTorch", "Tensors.")
    confirm(curator, answer)  # having seen it
    skill.refresh_from_db()
    assert (skill.name, skill.definition) == ("Torch", "")


def test_a_new_skill_needs_a_phrase_that_names_it(curator):
    page = add(curator, Skill, name="JAX", kind="tool", **no_inlines())
    assert "“JAX” needs an alias" in text_of(page)

    sent = no_inlines() | {"aliases-TOTAL_FORMS": 1, "aliases-0-phrase": "jax"}
    confirm(curator, add(curator, Skill, name="JAX", kind="tool", **sent))

    assert Alias.objects.get(phrase="jax").skill == Skill.objects.get(name="JAX")


@pytest.mark.slow
def test_a_skill_is_split_merged_and_deprecated_from_its_page(curator):
    skill, other = make_skill("Torch", "torch lightning"), make_skill("PyTorch")
    leaving = skill.aliases.get(phrase="torch lightning")
    links = [address for address, _ in curator.get(admin_page(skill, "change", skill.pk)).context["links"]]
    split, merge, deprecate = links[:3]

    assert "Split a skill" in text_of(curator.get(split))
    chosen = {"aliases": [leaving.pk], "name": "Lightning", "kind": "tool"}
    confirm(curator, curator.post(split, chosen, follow=True), **chosen)
    lightning = Skill.objects.get(name="Lightning")
    assert lightning.aliases.get() == leaving

    confirm(curator, curator.post(merge, {"keep": "pytorch"}, follow=True))
    skill.refresh_from_db()
    assert skill.merged_into == other

    deprecate = reverse("admin:postings_skill_deprecate", args=[lightning.pk])
    confirm(curator, curator.post(deprecate, {"redirect": "PyTorch"}, follow=True))
    lightning.refresh_from_db()
    assert (lightning.merged_into, lightning.is_deprecated) == (other, True)
    assert lightning.aliases.count() == 1


@pytest.mark.slow
def test_skills_are_regrouped_and_called_another_kind_together(curator):
    group = SkillGroup.objects.create(slug="deep", name="deep learning", set="area")
    skills = [make_skill("PyTorch"), make_skill("Keras")]

    confirm(curator, act(curator, "regroup", skills, add=[group.pk], look="1"), add=[group.pk])
    confirm(curator, act(curator, "change_kind", skills, kind="method"), kind="method")

    assert set(group.skills.all()) == set(skills)
    assert {skill.kind for skill in Skill.objects.all()} == {"method"}


def test_aliases_move_together(curator):
    skill, other = make_skill("Torch", "a", "b"), make_skill("PyTorch")
    chosen = list(skill.aliases.filter(phrase__in="ab"))

    confirm(curator, act(curator, "move", chosen, skill="PyTorch"))

    assert set(other.aliases.values_list("phrase", flat=True)) == {"PyTorch", "a", "b"}


@pytest.mark.slow
def test_a_group_is_made_changed_and_removed(curator):
    confirm(curator, add(curator, SkillGroup, slug="ops", name="ops", set="area", definition=""))
    group = SkillGroup.objects.get()

    confirm(curator, save(curator, group, name="operations", set="area", definition=""))
    group.refresh_from_db()
    assert group.name == "operations"

    confirm(curator, act(curator, "remove", [group]))
    assert not SkillGroup.objects.exists()


def test_who_may_only_look_decides_nothing(client):
    skill = make_skill("PyTorch")
    user = make_user("viewer")
    user.is_staff = True
    user.save()
    client.force_login(user)

    for name in ("split", "merge_into", "deprecate"):
        assert client.post(reverse(f"admin:postings_skill_{name}", args=[skill.pk])).status_code == 403
    assert client.post(admin_page(skill, "change", skill.pk), {"name": "x"}).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize("state", ["shown", "hidden", "merged", "deprecated", "bare"])
def test_the_list_is_narrowed_by_state(curator, state):
    make_skill("PyTorch"), make_skill("Caffe"), make_skill("Keras"), make_skill("Spark")
    Skill.objects.create(name="Bare", kind="tool")
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Caffe"]})
    decide("skill.hide", {"skills": ["Keras"]})
    decide("skill.deprecate", {"skill": "Spark"})

    found = curator.get(admin_page(Skill, "changelist"), {"state": state}).context["cl"].queryset

    wanted = {"shown": {"PyTorch", "Bare"}, "hidden": {"Keras"}, "merged": {"Caffe"}, "deprecated": {"Spark"}}
    assert {skill.name for skill in found} == wanted.get(state, {"Bare"})
