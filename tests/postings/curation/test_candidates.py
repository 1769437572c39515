"""What curators decide about phrases: done, refused in words, undone to the last row, made again elsewhere."""

import io

import pytest

from jobsite.decisions import RefusedError, apply_decisions, decide, export_decisions, undo
from jobsite.models import Decision, DecisionRow
from postings.models import Alias, Candidate, CandidateState, Skill, SkillGroup
from tests.make import make_skill
from tests.postings.curation.rows import TAXONOMY, rows_of

pytestmark = pytest.mark.django_db
DECIDED = (*TAXONOMY, Candidate)


@pytest.fixture(autouse=True)
def phrases():
    SkillGroup.objects.create(slug="stores", name="stores", set="area")
    make_skill("Pear Store", "pears")
    make_skill("Plum")
    for phrase in ("GroveDB", "Grove DB", "PearStore", "Orchard.js"):
        Candidate.objects.create(key=phrase.casefold(), phrase=phrase, spelling=phrase.casefold(), postings=3)
    decide("candidate.ignore", {"candidates": ["Orchard.js"]})


DECISIONS = [
    (
        "candidate.alias",
        {"candidates": ["PearStore"], "skill": "Pear Store"},
        "“PearStore” accepted as an alias of “Pear Store”.",
    ),
    (
        "candidate.alias",
        {"candidates": ["GroveDB", "Grove DB"], "skill": "Plum", "exact_case": True, "context": "listed"},
        "“GroveDB”, “Grove DB” accepted as aliases of “Plum”.",
    ),
    (
        "candidate.skill",
        {
            "candidates": ["GroveDB", "Grove DB"],
            "name": "Grove Database",
            "kind": "tool",
            "definition": "Keeps groves.",
            "groups": ["stores"],
            "is_named": True,
        },
        "“GroveDB”, “Grove DB” accepted as the new skill “Grove Database”.",
    ),
    ("candidate.ignore", {"candidates": ["GroveDB", "Grove DB"]}, "“GroveDB”, “Grove DB” ignored for ever."),
    ("candidate.reopen", {"candidates": ["Orchard.js"]}, "“Orchard.js” put back into the queue."),
]


@pytest.mark.parametrize(("name", "words", "said"), DECISIONS)
def test_a_decision_says_what_it_did_and_is_undone_to_the_last_row(name, words, said):
    before = rows_of(*DECIDED)

    decision = decide(name, words)

    assert decision.summary == said
    assert rows_of(*DECIDED) != before
    undo(decision)
    assert rows_of(*DECIDED) == before


def test_accepted_phrases_name_the_skill():
    decide(*DECISIONS[1][:2])

    made = Alias.objects.filter(skill__name="Plum").exclude(phrase="Plum")
    assert set(made.values_list("phrase", "exact_case", "context")) == {
        ("GroveDB", True, "listed"),
        ("Grove DB", True, "listed"),
    }
    accepted = Candidate.objects.filter(state=CandidateState.ACCEPTED, skill__name="Plum")
    assert set(accepted.values_list("phrase", flat=True)) == {"GroveDB", "Grove DB"}


def test_a_new_skill_is_named_by_the_phrases_and_its_own_name():
    decide(*DECISIONS[2][:2])

    skill = Skill.objects.get(name="Grove Database")
    assert (skill.kind, skill.definition) == ("tool", "Keeps groves.")
    assert [group.slug for group in skill.groups.all()] == ["stores"]
    assert {alias.phrase for alias in skill.aliases.all()} == {"GroveDB", "Grove DB", "Grove Database"}


def test_a_new_skill_is_not_named_by_its_own_name_unless_that_is_said():
    decide("candidate.skill", {"candidates": ["GroveDB"], "name": "Grove Database", "kind": "tool"})

    assert [alias.phrase for alias in Alias.objects.filter(skill__name="Grove Database")] == ["GroveDB"]


def test_a_phrase_that_was_cut_badly_is_read_in_another_way():
    decide("candidate.alias", {"candidates": ["GroveDB"], "skill": "Plum", "phrase": "Grove DB 3"})

    assert Alias.objects.filter(skill__name="Plum", phrase="Grove DB 3").exists()
    assert Candidate.objects.get(phrase="GroveDB").state == CandidateState.ACCEPTED


def test_a_phrase_that_names_the_skill_already_is_accepted_without_a_second_alias():
    make_skill("Grove Database", "grovedb")

    decide("candidate.alias", {"candidates": ["GroveDB"], "skill": "Grove Database"})

    assert Alias.objects.filter(phrase__iexact="grovedb").count() == 1
    assert Candidate.objects.get(phrase="GroveDB").state == CandidateState.ACCEPTED


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("candidate.alias", {"candidates": ["GroveDB"], "skill": "Nothing"}, "There is no skill “Nothing”."),
        ("candidate.alias", {"candidates": [], "skill": "Plum"}, "Choose the phrases"),
        ("candidate.alias", {"candidates": ["Pears"], "skill": "Plum"}, "“pears” is an alias of “Pear Store” already."),
        (
            "candidate.alias",
            {"candidates": ["GroveDB"], "skill": "Plum", "context": "sometimes"},
            "There is no context rule “sometimes”",
        ),
        ("candidate.alias", {"candidates": ["Orchard.js"], "skill": "Plum"}, "ignored for ever: let it wait again"),
        (
            "candidate.skill",
            {"candidates": ["GroveDB"], "name": "plum", "kind": "tool"},
            "There is a skill called “Plum” already.",
        ),
        ("candidate.skill", {"candidates": ["GroveDB"], "name": "Grove", "kind": "fruit"}, "no kind of skill"),
        (
            "candidate.skill",
            {"candidates": ["GroveDB"], "name": "Pears", "kind": "tool", "is_named": True},
            "“pears” is an alias of “Pear Store” already.",
        ),
        (
            "candidate.skill",
            {"candidates": ["GroveDB"], "name": "Grove", "kind": "tool", "groups": ["sheds"]},
            "There is no group “sheds”.",
        ),
        (
            "candidate.alias",
            {"candidates": ["GroveDB", "Grove DB"], "skill": "Plum", "phrase": "Grove"},
            "One phrase at a time can be written in another way.",
        ),
        ("candidate.ignore", {"candidates": ["Orchard.js"]}, "Nothing would change."),
        ("candidate.ignore", {"candidates": ["x" * 200]}, "longer than 120 characters"),
        ("candidate.reopen", {"candidates": ["GroveDB"]}, "Nothing would change."),
        ("candidate.ignore", {"candidates": "GroveDB"}, "cannot be decided in these words"),
    ],
)
def test_what_cannot_be_is_refused_in_words(name, words, why):
    before, made = rows_of(*DECIDED), Decision.objects.count()

    with pytest.raises(RefusedError, match=why):
        decide(name, words)

    assert (rows_of(*DECIDED), Decision.objects.count()) == (before, made)


def test_what_was_accepted_is_neither_ignored_nor_accepted_as_another_skill_nor_put_back():
    decide("candidate.alias", {"candidates": ["GroveDB"], "skill": "Plum"})

    with pytest.raises(RefusedError, match="“GroveDB” was accepted as “Plum” already"):
        decide("candidate.ignore", {"candidates": ["GroveDB"]})
    with pytest.raises(RefusedError, match="is an alias of “Plum”: remove the alias"):
        decide("candidate.reopen", {"candidates": ["GroveDB"]})


def names():
    """What the taxonomy and the queue hold, without ids."""
    return (
        set(Skill.objects.values_list("name", "kind", "definition", "groups__slug")),
        set(Alias.objects.values_list("phrase", "skill__name", "exact_case", "context")),
        set(Candidate.objects.exclude(state="waiting").values_list("key", "phrase", "state", "skill__name")),
    )


def test_decisions_are_made_again_where_the_phrases_were_never_counted():
    for name, words, _ in DECISIONS[:1] + DECISIONS[2:3]:
        decide(name, words)
    told, file = names(), io.StringIO()
    export_decisions(file)
    DecisionRow.objects.all().delete()
    Decision.objects.all().delete()
    Candidate.objects.all().delete()
    Alias.objects.filter(phrase__in=("GroveDB", "Grove DB", "Grove Database", "PearStore")).delete()
    Skill.objects.filter(name="Grove Database").delete()

    applied = apply_decisions(file.getvalue(), name="theirs.json")

    assert (len(applied.done), applied.refused) == (3, [])
    assert names() == told


def test_applied_decisions_are_undone_also_after_the_phrases_were_counted():
    decision = decide("candidate.ignore", {"candidates": ["Far Away"]})
    Candidate.objects.filter(key="far away").update(postings=7, samples=[1])

    undo(decision)

    assert Candidate.objects.get(key="far away").state == CandidateState.WAITING


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("alias.remove", {"aliases": [{"phrase": "PearStore", "exact_case": False}]}),
        ("alias.edit", {"aliases": [{"phrase": "PearStore", "exact_case": False}], "phrase": "PearStores"}),
        ("skill.edit", {"skill": "Pear Store", "aliases_removed": [{"phrase": "PearStore", "exact_case": False}]}),
        (
            "skill.edit",
            {
                "skill": "Pear Store",
                "aliases_changed": [{"phrase": "PearStore", "exact_case": False, "new_phrase": "PearStores"}],
            },
        ),
        ("skill.delete", {"skill": "Pear Store"}),
    ],
)
def test_an_accepted_phrase_that_names_nothing_any_more_waits_again(action, words):
    decide("candidate.alias", {"candidates": ["PearStore"], "skill": "Pear Store"})
    before = rows_of(*DECIDED)

    decision = decide(action, words)

    assert Candidate.objects.get(key="pearstore").state == CandidateState.WAITING
    undo(decision)
    assert rows_of(*DECIDED) == before


def test_an_accepted_phrase_whose_case_counts_from_now_on_stays_accepted():
    decide("candidate.alias", {"candidates": ["PearStore"], "skill": "Pear Store"})

    decide("alias.edit", {"aliases": [{"phrase": "PearStore", "exact_case": False}], "exact_case": True})

    assert Candidate.objects.get(key="pearstore").state == CandidateState.ACCEPTED
