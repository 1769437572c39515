"""What curators decide about skills, aliases and groups: done, refused in words, undone to the last row."""

import pytest

from jobsite.decisions import RefusedError, decide, undo
from jobsite.models import Decision
from postings.models import Alias, Skill, SkillGroup, SkillReference
from tests.make import make_skill
from tests.postings.curation.rows import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taxonomy():
    deep = SkillGroup.objects.create(slug="deep", name="deep learning", set="area")
    SkillGroup.objects.create(slug="data", name="data", set="area")
    torch = make_skill("PyTorch", "torch2", "torch lightning")
    torch.groups.add(deep)
    SkillReference.objects.create(skill=torch, scheme="onet", identifier="PyTorch")
    for name in ("Caffe", "Keras", "Spark"):
        make_skill(name)
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Caffe"]})
    decide("skill.deprecate", {"skill": "Spark"})


def plain(*phrases):
    return [{"phrase": phrase, "exact_case": False} for phrase in phrases]


DECISIONS = [
    (
        "skill.create",
        {"name": "JAX", "kind": "tool", "aliases": plain("jax"), "groups": ["deep"], "definition": "Arrays."},
        "Skill “JAX” made, named by “jax”.",
    ),
    (
        "skill.edit",
        {
            "skill": "PyTorch",
            "name": "Torch",
            "kind": "method",
            "definition": "Tensors.",
            "groups_added": ["data"],
            "groups_removed": ["deep"],
            "aliases_added": [{"phrase": "Go", "exact_case": True, "context": ""}],
            "aliases_changed": [{"phrase": "torch2", "exact_case": False, "new_phrase": "torch 2"}],
            "aliases_removed": plain("torch lightning"),
            "references_added": [{"scheme": "esco", "identifier": "abc", "label": "torch"}],
            "references_removed": [{"scheme": "onet", "identifier": "PyTorch", "label": ""}],
        },
        "“PyTorch” changed, called “Torch” from now on.",
    ),
    ("skill.merge", {"keep": "Keras", "absorb": ["PyTorch"]}, "“PyTorch” merged into “Keras”."),
    (
        "skill.split",
        {"skill": "PyTorch", "aliases": plain("torch lightning", "Caffe"), "name": "Lightning", "kind": "tool"},
        "“torch lightning”, “Caffe” split from “PyTorch” as “Lightning”.",
    ),
    ("skill.hide", {"skills": ["PyTorch", "Keras"]}, "“PyTorch”, “Keras” hidden from all figures."),
    ("skill.show", {"skills": ["Spark"]}, "“Spark” shown in figures again."),
    (
        "skill.deprecate",
        {"skill": "PyTorch", "redirect": "Keras"},
        "“PyTorch” deprecated: its mentions count for “Keras”.",
    ),
    ("skill.deprecate", {"skill": "PyTorch"}, "“PyTorch” deprecated: its mentions count for no skill."),
    ("skill.kind", {"skills": ["PyTorch", "Keras"], "kind": "domain"}, "“PyTorch”, “Keras”: domain from now on."),
    (
        "skill.regroup",
        {"skills": ["PyTorch", "Keras"], "add": ["data"], "remove": ["deep"]},
        "“PyTorch”, “Keras” put into “data” and out of “deep learning”.",
    ),
    ("skill.delete", {"skill": "Keras"}, "Skill “Keras” deleted."),
    (
        "taxonomy.import",
        {
            "source": "own.csv",
            "groups": [{"slug": "new", "name": "new", "set": "own", "definition": ""}],
            "skills": [
                {"name": "JAX", "kind": "tool", "aliases": [{"phrase": "jax"}], "groups": ["new", "deep"]},
                {"name": "old JAX", "kind": "tool", "merged_into": "JAX", "is_deprecated": True},
            ],
            "aliases": [{"skill": "Keras", "phrase": "keras 3"}],
            "references": [{"skill": "Keras", "scheme": "onet", "identifier": "Keras", "label": "Keras"}],
            "changed": [{"skill": "Keras", "definition": "Layers."}],
        },
        "“own.csv” imported: 1 group, 2 skills, 2 aliases, 1 id elsewhere, 1 skill changed.",
    ),
    (
        "alias.add",
        {"skill": "Keras", "aliases": plain("keras 3", "keras core")},
        "“keras 3”, “keras core” added to “Keras”.",
    ),
    ("alias.move", {"aliases": plain("torch2"), "skill": "Keras"}, "“torch2” moved to “Keras”."),
    (
        "alias.edit",
        {"aliases": plain("torch2"), "phrase": "Torch  2", "exact_case": True},
        "“torch2” of “PyTorch” changed: phrase, exact case.",
    ),
    ("alias.remove", {"aliases": plain("torch2")}, "“torch2” removed."),
    ("group.create", {"slug": "ops", "name": "ops", "set": "area", "skills": ["Keras"]}, "Group “ops” made."),
    ("group.edit", {"group": "deep", "name": "deep nets"}, "Group “deep nets” changed."),
    ("group.delete", {"group": "deep"}, "Group “deep learning” removed."),
]


@pytest.mark.parametrize(("action", "words", "sentence"), DECISIONS, ids=[one[0] for one in DECISIONS])
def test_a_decision_is_made_and_undone_to_the_last_row(action, words, sentence):
    before = rows_of()

    decision = decide(action, words)

    assert decision.summary == sentence
    assert rows_of() != before
    undo(decision)
    assert rows_of() == before


REFUSED = [
    ("skill.create", {"name": "keras", "kind": "tool", "aliases": plain("jax")}, "a skill called “Keras” already"),
    ("skill.create", {"name": " ", "kind": "tool", "aliases": plain("jax")}, "needs a name"),
    ("skill.create", {"name": "JAX", "kind": "tool", "aliases": []}, "needs an alias"),
    ("skill.create", {"name": "JAX", "kind": "toy", "aliases": plain("jax")}, "no kind of skill"),
    ("skill.create", {"name": "JAX", "kind": "tool", "aliases": plain("KERAS")}, "an alias of “Keras” already"),
    ("skill.create", {"name": "JAX", "kind": "tool", "aliases": plain("j"), "groups": ["x"]}, "no group “x”"),
    ("skill.edit", {"skill": "Jax", "name": "JAX"}, "no skill “Jax”"),
    ("skill.edit", {"skill": "Keras", "name": "pytorch"}, "called “PyTorch” already"),
    ("skill.edit", {"skill": "Keras", "aliases_removed": plain("Keras")}, "left without an alias"),
    ("skill.edit", {"skill": "Keras", "aliases_removed": plain("torch2")}, "an alias of “PyTorch”, not of “Keras”"),
    ("skill.merge", {"keep": "PyTorch", "absorb": ["Caffe"]}, "merged into “PyTorch” already"),
    ("skill.merge", {"keep": "Caffe", "absorb": ["Keras"]}, "merged into “PyTorch” already"),
    ("skill.merge", {"keep": "Spark", "absorb": ["Keras"]}, "“Spark” is deprecated"),
    ("skill.split", {"skill": "Keras", "aliases": plain("Keras"), "name": "K", "kind": "tool"}, "without an alias"),
    ("skill.split", {"skill": "Keras", "aliases": [], "name": "K", "kind": "tool"}, "Choose the aliases"),
    ("skill.split", {"skill": "Keras", "aliases": plain("torch2"), "name": "K", "kind": "tool"}, "no alias of “Keras”"),
    ("skill.hide", {"skills": ["Caffe"]}, "merged into “PyTorch” already"),
    ("skill.deprecate", {"skill": "Keras", "redirect": "Keras"}, "for itself"),
    ("skill.deprecate", {"skill": "Keras", "redirect": "Caffe"}, "merged into “PyTorch” already"),
    ("skill.deprecate", {"skill": "Spark"}, "is deprecated"),
    ("skill.kind", {"skills": ["Keras"], "kind": "toy"}, "no kind of skill"),
    ("skill.regroup", {"skills": ["Keras"], "add": ["deep"], "remove": ["deep"]}, "at once"),
    ("alias.add", {"skill": "Keras", "aliases": plain(" ")}, "needs a phrase"),
    ("alias.add", {"skill": "Spark", "aliases": plain("sparks")}, "is deprecated"),
    (
        "alias.add",
        {"skill": "Keras", "aliases": [{"phrase": "k", "exact_case": True, "context": "x"}]},
        "no context rule",
    ),
    ("skill.delete", {"skill": "PyTorch"}, "“Caffe” leads to “PyTorch”"),
    ("taxonomy.import", {"source": "x", "skills": [{"name": "keras", "kind": "tool"}]}, "a skill “Keras” already"),
    ("taxonomy.import", {"source": "x", "aliases": [{"skill": "Keras", "phrase": "TORCH2"}]}, "an alias of “PyTorch”"),
    ("taxonomy.import", {"source": "x", "aliases": [{"skill": "Spark", "phrase": "s"}]}, "is deprecated"),
    (
        "taxonomy.import",
        {"source": "x", "skills": [{"name": "J", "kind": "tool", "groups": ["none"]}]},
        "no group “none”",
    ),
    ("alias.move", {"aliases": plain("Keras"), "skill": "PyTorch"}, "left without an alias"),
    ("alias.edit", {"aliases": plain("torch2"), "phrase": "keras"}, "an alias of “Keras” already"),
    ("alias.remove", {"aliases": plain("nothing")}, "no alias “nothing”"),
    ("group.create", {"slug": "deep", "name": "x", "set": "area"}, "a group “deep” already"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("action", "words", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_in_words(action, words, sentence):
    before, decisions = rows_of(), Decision.objects.count()

    with pytest.raises(RefusedError, match=sentence):
        decide(action, words)

    assert rows_of() == before
    assert Decision.objects.count() == decisions


def test_pointers_lead_to_the_end_in_one_step_whatever_comes_after():
    decide("skill.merge", {"keep": "Keras", "absorb": ["PyTorch"]})
    make_skill("JAX")
    decide("skill.deprecate", {"skill": "Keras", "redirect": "JAX"})

    jax = Skill.objects.get(name="JAX")

    assert set(jax.merged.values_list("name", flat=True)) == {"Caffe", "PyTorch", "Keras"}
    assert Alias.objects.filter(skill__name="Keras").count() == 5  # they stay with the deprecated one


def test_a_wrong_kind_of_words_is_refused_not_a_crash():
    with pytest.raises(RefusedError, match="cannot be decided in these words"):
        decide("alias.add", {"skill": "Keras", "aliases": [{"exact_case": True}]})
