"""The ledger of decisions: made by actions, undone alone, carried elsewhere, never over somebody's head."""

import io
import json
from inspect import Parameter, signature

import pytest
from django.core import serializers

from jobsite.decisions import (
    CannotUndoError,
    ChangedMeanwhileError,
    Changes,
    RefusedError,
    Seen,
    actions,
    apply_decisions,
    decide,
    export_decisions,
    undo,
    version_of,
    why_not_undone,
)
from jobsite.models import Decision, DecisionBatch, DecisionRow
from postings.models import Alias, Skill, SkillGroup
from tests.make import make_skill, make_user, merge_skills

pytestmark = pytest.mark.django_db


def rows_of_the_taxonomy():
    """Every row that decisions about skills can change, ids too."""
    models = (SkillGroup, Skill, Skill.groups.through, Alias)
    return {model: serializers.serialize("json", model.objects.order_by("pk")) for model in models}


def three_skills():
    group = SkillGroup.objects.create(slug="deep", name="deep learning", set="area")
    keep, one, two = make_skill("PyTorch"), make_skill("Torch", "torch2"), make_skill("Caffe")
    one.groups.add(group)
    return keep, one, two


def exported():
    out = io.StringIO()
    export_decisions(out)
    return out.getvalue()


def test_a_decision_says_who_when_why_and_what_it_changed():
    keep, one, _ = three_skills()
    cora = make_user("curator", name="cora")

    decision = decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]}, by=cora, why=" two spellings ")

    assert (decision.by, decision.by_name, decision.why) == (cora, "cora", "two spellings")
    assert decision.summary == "“Torch” merged into “PyTorch”."
    moved = decision.rows.get(table="postings.alias", row=Alias.objects.get(phrase="torch2").pk)
    assert (moved.before, moved.after) == ({"skill_id": one.pk}, {"skill_id": keep.pk})


def test_undoing_brings_every_row_back_and_undoing_that_does_it_again():
    three_skills()
    first = rows_of_the_taxonomy()
    decision = decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch", "Caffe"]})
    merged = rows_of_the_taxonomy()

    undone = undo(decision, why="they differ")

    assert rows_of_the_taxonomy() == first
    assert not Decision.objects.get(pk=decision.pk).stands
    undo(undone)
    assert {model: rows for model, rows in rows_of_the_taxonomy().items() if rows != merged[model]}.keys() <= {
        Skill.groups.through  # the link is a new row of its table
    }
    assert Decision.objects.get(pk=decision.pk).stands
    assert not Decision.objects.get(pk=undone.pk).stands


def test_an_earlier_decision_is_undone_alone_when_nothing_rests_on_it():
    three_skills()
    make_skill("Keras")
    first = decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]})
    decide("skill.merge", {"keep": "Caffe", "absorb": ["Keras"]})

    undo(first)

    assert Skill.objects.get(name="Torch").merged_into is None
    assert Skill.objects.get(name="Keras").merged_into == Skill.objects.get(name="Caffe")


def test_a_decision_on_which_another_rests_is_not_undone_and_the_other_is_named():
    three_skills()
    first = decide("skill.merge", {"keep": "Torch", "absorb": ["Caffe"]})
    second = decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]})
    before = rows_of_the_taxonomy()

    with pytest.raises(CannotUndoError, match=f"decision {second.pk}") as refused:
        undo(first)

    assert refused.value.because == (second,)
    assert str(why_not_undone(first)) == str(refused.value)
    assert rows_of_the_taxonomy() == before
    undo(second)
    assert why_not_undone(first) is None
    assert Skill.objects.get(name="Caffe").merged_into is not None  # asking changed nothing
    undo(first)


def test_what_was_undone_is_not_undone_twice():
    three_skills()
    decision = decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]})
    undo(decision)

    with pytest.raises(CannotUndoError, match="undone already"):
        undo(decision)


def test_a_change_outside_of_the_ledger_is_no_reason_to_overwrite_it():
    keep, _, _ = three_skills()
    decision = decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]})
    Alias.objects.filter(phrase="torch2").update(skill=Skill.objects.get(name="Caffe"))

    with pytest.raises(CannotUndoError, match="changed elsewhere"):
        undo(decision)

    assert keep.merged.exists()


def test_what_was_seen_must_still_be_so():
    keep, _, two = three_skills()
    seen = Seen(version_of([keep, two]), lambda: Skill.objects.filter(name__in=("PyTorch", "Caffe")))
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]}, seen=seen)  # of these rows none changed
    merge_skills(keep=keep, absorb=two)

    with pytest.raises(ChangedMeanwhileError, match="“Caffe” merged into “PyTorch”"):
        decide("skill.merge", {"keep": "Caffe", "absorb": ["Torch"]}, seen=seen)


@pytest.mark.parametrize(
    ("action", "words", "sentence"),
    [
        ("skill.fly", {}, "no action called"),
        ("skill.merge", {"keep": "PyTorch"}, "cannot be decided in these words"),
        ("skill.merge", {"keep": "PyTorch", "absorb": []}, "Nothing would change"),
        ("skill.merge", {"keep": "PyTorch", "absorb": ["Jax"]}, "no skill “Jax”"),
        ("skill.merge", {"keep": "PyTorch", "absorb": ["PyTorch"]}, "into itself"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_leaves_no_trace(action, words, sentence):
    three_skills()
    before = rows_of_the_taxonomy()

    with pytest.raises(RefusedError, match=sentence):
        decide(action, words)

    assert rows_of_the_taxonomy() == before
    assert not Decision.objects.exists()
    assert not DecisionRow.objects.exists()


def test_a_value_that_the_model_refuses_is_refused_in_its_words():
    keep, _, _ = three_skills()

    with pytest.raises(RefusedError, match="Skill with this Name already exists"):
        Changes().update(keep, name="Torch")


@pytest.mark.slow
def test_decisions_that_stand_are_carried_to_another_installation():
    three_skills()
    make_skill("Keras")
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]}, by=make_user("curator", name="cora"), why="same")
    undo(decide("skill.merge", {"keep": "PyTorch", "absorb": ["Caffe"]}))
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Keras"]})
    file = exported()
    for decision in Decision.objects.order_by("-pk"):  # another installation: the same skills, none of the decisions
        if decision.stands and decision.undoes is None:
            undo(decision)
    DecisionRow.objects.all().delete()
    Decision.objects.exclude(undoes=None).delete()
    Decision.objects.all().delete()
    Skill.objects.filter(name="Keras").update(name="Keras 3")

    foreseen = apply_decisions(file, name="elsewhere.json", dry_run=True)
    assert not Decision.objects.exists()
    applied = apply_decisions(file, name="elsewhere.json")

    assert applied == foreseen
    assert applied.done == ["“Torch” merged into “PyTorch”."]
    assert applied.refused == ["“Keras” merged into “PyTorch”.: There is no skill “Keras”."]
    decision = Decision.objects.get()
    assert (decision.by_name, decision.why, decision.applied_from) == ("cora", "same", "elsewhere.json")
    assert apply_decisions(file, name="elsewhere.json").known == 2  # and the undoing of what is not here


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "other", "version": 1}',
        '{"format": "rolescope-decisions", "version": 1, "decisions": [{}]}',
    ],
)
def test_a_file_that_is_none_is_refused_in_words(text):
    with pytest.raises(RefusedError, match="no file of decisions"):
        apply_decisions(text, name="a.json")


def test_the_file_names_no_ids():
    three_skills()
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]})

    [entry] = json.loads(exported())["decisions"]

    assert entry["words"] == {"keep": "PyTorch", "absorb": ["Torch"]}
    assert set(entry) == {"key", "action", "words", "summary", "by", "at", "why"}


@pytest.mark.parametrize("one", actions().values(), ids=lambda one: one.name)
def test_every_action_has_a_label_and_takes_its_words_by_name(one):
    first, *words = signature(one.run).parameters.values()

    assert one.label
    assert first.name == "changes"
    assert {word.kind for word in words} == {Parameter.KEYWORD_ONLY}


def test_what_people_hung_on_a_new_row_later_keeps_it_from_being_taken_back():
    make_skill("Caffe")
    SkillGroup.objects.create(slug="deep", name="deep learning", set="area")
    made = decide(
        "skill.create", {"name": "Torch", "kind": "tool", "aliases": [{"phrase": "torch", "exact_case": False}]}
    )
    grouped = decide("skill.edit", {"skill": "Torch", "groups_added": ["deep"]})
    before = rows_of_the_taxonomy()

    with pytest.raises(CannotUndoError, match=r"“Torch” is in use by “deep learning .area.”") as refused:
        undo(made)

    assert (refused.value.because, rows_of_the_taxonomy()) == ((grouped,), before)


def test_a_phrase_accepted_for_a_new_row_keeps_it_from_being_taken_back():
    made = decide(
        "skill.create", {"name": "Torch", "kind": "tool", "aliases": [{"phrase": "torch", "exact_case": False}]}
    )
    accepted = decide("candidate.alias", {"candidates": ["torch"], "skill": "Torch"})

    with pytest.raises(CannotUndoError) as refused:
        undo(made)

    assert refused.value.because == (accepted,)
    undo(accepted)
    undo(made)
    assert not Skill.objects.exists()


def renamed_merged_and_renamed_back():
    three_skills()
    named = decide("skill.edit", {"skill": "PyTorch", "name": "Torch 2"})
    decide("skill.merge", {"keep": "Torch 2", "absorb": ["Torch"]})
    return undo(named)


def by_names():
    """Skills as another installation would know them."""
    return (
        set(Skill.objects.values_list("name", "merged_into__name")),
        set(Alias.objects.values_list("phrase", "skill__name")),
    )


def emptied():
    """Make this another installation, with the three skills it had first."""
    for model in (DecisionRow, Alias):
        model.objects.all().delete()
    Decision.objects.update(undoes=None)
    Decision.objects.all().delete()
    Skill.objects.update(merged_into=None)
    Skill.objects.all().delete()
    SkillGroup.objects.all().delete()
    three_skills()


@pytest.mark.parametrize("more", [0, 1, 2])
def test_what_others_were_built_on_is_told_before_it_is_taken_back(more):
    last = renamed_merged_and_renamed_back()
    for _ in range(more):
        last = undo(last)
    decided, file = by_names(), exported()
    emptied()

    applied = apply_decisions(file, name="elsewhere.json")

    assert (applied.refused, by_names()) == ([], decided)


def test_of_what_was_taken_back_at_once_only_that_is_told():
    three_skills()
    kept = decide("skill.hide", {"skills": ["Caffe"]})
    named = decide("skill.edit", {"skill": "PyTorch", "name": "Torch 2"})
    merged = decide("skill.merge", {"keep": "Torch 2", "absorb": ["Torch"]})
    undo(undo(undo(merged)))
    undo(named)

    told = [one["action"] for one in json.loads(exported())["decisions"]]

    assert told == ["skill.hide", "undo", "undo", "undo", "undo"]
    decided, file = by_names(), exported()
    emptied()
    applied = apply_decisions(file, name="elsewhere.json")
    assert (applied.done, applied.refused, applied.known) == ([kept.summary], [], 4)
    assert by_names() == decided


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2, 3, 4])
def test_what_is_taken_back_after_it_was_carried_elsewhere_is_taken_back_there(times):
    three_skills()
    first = decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]})
    files, states, last = [exported()], [by_names()], first
    for _ in range(times):
        last = undo(last)
        files.append(exported())
        states.append(by_names())
    emptied()

    for file, state in zip(files, states, strict=True):
        assert apply_decisions(file, name="there.json").refused == []
        assert by_names() == state


@pytest.mark.slow
def test_what_came_from_a_file_and_was_undone_here_is_undone_where_it_came_from():
    three_skills()
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Torch"]})
    theirs = exported()
    emptied()
    apply_decisions(theirs, name="theirs.json")
    undo(Decision.objects.get())
    ours = exported()
    emptied()
    before = by_names()
    apply_decisions(theirs, name="their own")

    apply_decisions(ours, name="back.json")

    assert by_names() == before


def test_an_undoing_of_what_was_not_decided_here_is_passed_over():
    renamed_merged_and_renamed_back()
    file = json.loads(exported())
    file["decisions"] = file["decisions"][-1:]
    emptied()

    applied = apply_decisions(json.dumps(file), name="elsewhere.json")

    assert (applied.done, applied.refused, applied.known) == ([], [], 1)
    assert "What it takes back was not decided here." in DecisionBatch.objects.get().entries.get().told


@pytest.mark.parametrize(
    ("text", "said"), [("a\x00b", "“ab” holds a NUL"), ("a\ud800", "“a” holds half of a character")]
)
def test_what_no_database_keeps_is_refused_in_words(text, said):
    make_skill("Torch")
    with pytest.raises(RefusedError, match=said):
        decide("skill.edit", {"skill": "Torch", "definition": text})
    with pytest.raises(RefusedError, match=said):
        decide("skill.hide", {"skills": ["Torch"]}, why=text)
    with pytest.raises(RefusedError, match=said):
        decide("skill.edit", {"skill": "Torch", "groups_added": [text]})
    decide("skill.edit", {"skill": "Torch", "definition": "of fire"})
    file = json.loads(exported())
    file["decisions"][0] |= {"key": "12345678-1234-5678-1234-567812345678", "summary": text, "words": {text: [text]}}

    assert said in apply_decisions(json.dumps(file), name=f"{text}.json").refused[0]


def test_rows_taken_away_together_are_those_taken_away_one_by_one():
    before = rows_of_the_taxonomy()
    skills = [{"name": f"Skill {n}", "kind": "tool", "aliases": [{"phrase": f"skill{n}"}]} for n in range(3)]
    skills.append({"name": "Leads", "kind": "tool", "merged_into": "Skill 0"})
    made = decide("taxonomy.import", {"source": "x", "skills": skills})

    undone = undo(made)

    assert rows_of_the_taxonomy() == before
    assert set(Skill.history.values_list("name", "history_type")) == {
        (one["name"], kind) for one in skills for kind in "+-"
    }
    undo(undone)
    assert Skill.objects.count() == 4


def test_of_rows_taken_away_together_one_that_is_in_use_is_named():
    skills = [{"name": f"Skill {n}", "kind": "tool", "aliases": [{"phrase": f"skill{n}"}]} for n in range(3)]
    made = decide("taxonomy.import", {"source": "x", "skills": skills})
    hung = decide("skill.edit", {"skill": "Skill 1", "aliases_added": [{"phrase": "one", "exact_case": False}]})

    with pytest.raises(CannotUndoError, match="“Skill 1” is in use by “one”") as refused:
        undo(made)

    assert refused.value.because == (hung,)
    assert Skill.objects.count() == 3


def test_a_row_named_twice_is_not_removed_twice():
    three_skills()
    before = rows_of_the_taxonomy()

    with pytest.raises(RefusedError, match="removed already"):
        decide("alias.remove", {"aliases": [{"phrase": "torch2", "exact_case": False}] * 2})

    assert rows_of_the_taxonomy() == before


def test_a_link_whose_end_went_later_comes_back_once_that_is_undone():
    deep = SkillGroup.objects.create(slug="deep", name="deep learning", set="area")
    make_skill("Torch").groups.add(deep)
    parted = decide("skill.regroup", {"skills": ["Torch"], "remove": ["deep"]})
    removed = decide("group.delete", {"group": "deep"})

    with pytest.raises(CannotUndoError) as refused:
        undo(parted)

    assert refused.value.because == (removed,)
    undo(removed)
    undo(parted)
    assert [group.slug for group in Skill.objects.get().groups.all()] == ["deep"]
