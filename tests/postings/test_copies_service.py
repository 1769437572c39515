"""Ad groups as they are stored, and the phrases that wait for a curator."""

import pytest

from jobsite.decisions import decide
from jobsite.work import State
from postings import services
from postings.models import AdGroup, Candidate, CandidateState, CopyPass, Extraction, Posting
from postings.services.copies import save_groups
from tests.make import make_ingested, make_row, make_skill
from tests.make_read import group, make_read

pytestmark = pytest.mark.django_db

PLACES = ("north", "south", "east", "west", "upper", "lower", "middle", "outer", "inner", "first", "second", "third")
AD = "Requirements: Python and SQL. " + " ".join(f"We prune the {place} terraces by hand." for place in PLACES)
LONGER = AD + " Apply before the first frost."
OTHER = "Requirements: Python. You count pears, plums and quinces for a cider maker, and write down what you count."


@pytest.fixture(autouse=True)
def lexicon():
    make_skill("Python")
    make_skill("SQL")


def ad(key, text=AD, **values):
    return make_row(job_id=key, description=text, **values)


def groups():
    """The stored groups as sets of external ids, each with its representative."""
    return {
        row.representative.external_id: {posting.external_id for posting in row.postings.all()}
        for row in AdGroup.objects.all()
    }


def test_the_same_ad_in_two_sources_is_one_group_and_nothing_is_deleted():
    make_ingested([ad("a")], source="one board")
    make_read([ad("b"), ad("c", OTHER)], source="another board", name="b.csv")

    assert list(groups().values()) == [{"a", "b"}]
    assert Posting.objects.count() == 3
    assert Posting.objects.get(external_id="c").ad_group is None


def test_the_longest_text_stands_for_its_group():
    make_read([ad("a"), ad("b", LONGER), ad("c")])

    assert groups() == {"b": {"a", "b", "c"}}


def test_a_pass_reports_its_groups_and_the_copies_in_them():
    make_read([ad("a"), ad("b"), ad("c"), ad("d", OTHER)])

    done = CopyPass.objects.get()
    assert (done.state, done.groups, done.copies) == (State.DONE, 1, 2)


def test_a_second_pass_changes_nothing():
    make_read([ad("a"), ad("b"), ad("c", OTHER)])
    stored = AdGroup.objects.get()

    again = group()

    assert AdGroup.objects.get() == stored
    assert (again.groups, again.copies) == (1, 1)


def test_a_longer_copy_that_comes_later_takes_over_the_group():
    make_read([ad("a"), ad("b")])

    make_read([ad("c", LONGER)], name="later.csv")

    assert groups() == {"c": {"a", "b", "c"}}


def test_a_posting_whose_text_has_changed_leaves_the_group():
    make_read([ad("a"), ad("b"), ad("c")])

    make_read([ad("b", OTHER)], name="later.csv")

    assert list(groups().values()) == [{"a", "c"}]


def test_a_group_of_one_is_no_group():
    make_read([ad("a"), ad("b")])

    make_read([ad("b", OTHER)], name="later.csv")

    assert groups() == {}
    assert not Posting.objects.exclude(ad_group=None).exists()


def test_when_the_representative_is_removed_the_others_stay_and_find_together_again():
    postings = make_read([ad("a"), ad("b", LONGER), ad("c")])

    postings["b"].delete()

    assert set(Posting.objects.values_list("external_id", "ad_group")) == {("a", None), ("c", None)}
    group()
    assert list(groups().values()) == [{"a", "c"}]


def test_removing_the_source_of_the_representative_keeps_the_copy_of_the_other_source():
    make_ingested([ad("a", LONGER)], source="to go")
    make_read([ad("b")], source="to stay", name="b.csv")
    assert set(groups()) == {"a"}

    services.remove_source(Posting.objects.get(external_id="a").source)
    group()

    assert groups() == {}
    assert Posting.objects.get().external_id == "b"


def test_only_postings_that_move_are_written():
    pk = {key: posting.pk for key, posting in make_read([ad("a"), ad("b", LONGER), ad("c"), ad("d", OTHER)]).items()}

    assert save_groups([[pk["b"], pk["a"], pk["c"]]]) == 0
    assert save_groups([[pk["b"], pk["a"]]]) == 1
    assert groups() == {"b": {"a", "b"}}


def test_passes_that_are_asked_for_together_are_one_pass():
    assert services.request_copy_pass() == services.request_copy_pass()
    assert CopyPass.objects.count() == 1


def test_a_pass_that_somebody_holds_is_left_alone():
    pk = services.request_copy_pass()
    CopyPass.objects.all().claim(pk)

    assert not services.group_copies(pk)


def naming(key, phrase):
    text = f"Requirements: Python, SQL, {phrase}. Grove {key} is yours to look after."
    return make_row(job_id=f"job-{key}", description=text)


def candidates():
    return dict(Candidate.objects.values_list("phrase", "postings"))


def test_a_phrase_that_stands_beside_skills_in_two_postings_is_a_candidate_as_most_write_it():
    make_read(
        [
            naming("1", "GroveDB") | {"date_posted": "2026-05-02"},
            naming("2", "GroveDB") | {"date_posted": "2026-04-01"},
            naming("3", "GROVEDB"),
            naming("4", "PearStore"),
        ]
    )

    assert candidates() == {"GroveDB": 3}
    candidate = Candidate.objects.get()
    assert candidate.first_seen.isoformat() == "2026-04-01"
    assert candidate.last_seen.isoformat() == "2026-07-01"
    assert (candidate.recent, candidate.before) == (2, 1)
    there = Posting.objects.in_bulk(candidate.samples)
    assert sorted(posting.external_id for posting in there.values()) == ["job-1", "job-2", "job-3"]
    assert candidate.state == CandidateState.WAITING


def test_copies_of_an_ad_make_no_candidate():
    copy = naming("1", "GroveDB")
    make_read([copy, copy | {"job_id": "again"}])

    assert Posting.objects.exclude(ad_group=None).count() == 2
    assert candidates() == {}


def test_a_candidate_suggests_the_skill_that_it_is_most_like():
    skill = make_skill("Grove Database", "GroveDB")
    make_read([naming("1", "GroveDBX"), naming("2", "GroveDBX")])

    assert Candidate.objects.get().suggested == skill


def test_counting_again_counts_the_same():
    make_read([naming("1", "GroveDB"), naming("2", "GroveDB")])

    assert services.count_candidates() == 1
    assert candidates() == {"GroveDB": 2}


def test_what_a_curator_ignored_stays_ignored_however_often_it_comes():
    make_read([naming("1", "GroveDB"), naming("2", "GroveDB")])
    decide("candidate.ignore", {"candidates": ["GroveDB"]})

    make_read([naming("3", "GroveDB")], name="later.csv")

    assert list(Candidate.objects.values_list("state", "postings")) == [(CandidateState.IGNORED, 3)]


def test_a_candidate_that_no_text_holds_any_more_is_gone_but_a_decision_about_it_stays():
    make_read([naming("1", "GroveDB"), naming("2", "GroveDB"), naming("3", "PearStore"), naming("4", "PearStore")])
    decide("candidate.ignore", {"candidates": ["PearStore"]})

    make_read([naming(key, "SQL") for key in "1234"], name="later.csv")

    assert list(Candidate.objects.values_list("phrase", "state")) == [("PearStore", CandidateState.IGNORED)]


def test_a_candidate_that_became_an_alias_is_found_in_the_texts_and_is_no_candidate_again():
    make_read([naming("1", "GroveDB"), naming("2", "GroveDB")])
    make_skill("grove databases")

    decide("candidate.alias", {"candidates": ["GroveDB"], "skill": "grove databases"})

    assert services.extract_all_stale() == 2
    group()
    assert list(Candidate.objects.values_list("state", flat=True)) == [CandidateState.ACCEPTED]
    assert Extraction.objects.filter(stamp=services.record_stamp(services.current_lexicon())).count() == 2
