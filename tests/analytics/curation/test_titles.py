"""Decisions about what titles mean."""

import pytest

from analytics import services
from analytics.models import Role, TitlePin
from analytics.services.facts import title_meanings
from jobsite.decisions import RefusedError, decide, shown_rows, undo
from jobsite.models import Event
from postings.models import Posting, Title
from tests.analytics.curation.taking_back import is_taken_back
from tests.make import make_rows
from tests.make_read import make_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def warden():
    services.load_roles()
    Title.objects.bulk_create(Title(text=text) for text in ("Senior Grove Warden", "Net Mender"))
    return Role.objects.create(name="warden", slug="warden")


def pins():
    return {(pin.title.text, pin.role and pin.role.slug, pin.seniority) for pin in TitlePin.objects.all()}


def meaning_of(text):
    meanings = title_meanings()
    place = meanings.texts.index(text)
    return meanings.role.names[meanings.role.codes[place]], meanings.seniority.names[meanings.seniority.codes[place]]


def test_assigned_titles_are_pinned_and_keep_the_seniority_that_they_state(warden):
    decision = decide("title.assign", {"titles": ["Senior Grove Warden", "Net Mender"], "role": "warden"})

    assert pins() == {("Senior Grove Warden", "warden", "senior"), ("Net Mender", "warden", "unspecified")}
    assert decision.summary == "“Senior Grove Warden”, “Net Mender” are “warden” now."
    assert meaning_of("Senior Grove Warden") == ("warden", "senior")


def test_a_seniority_that_is_said_outranks_the_one_that_the_title_states(warden):
    decide("title.assign", {"titles": ["Senior Grove Warden"], "role": "warden", "seniority": "lead"})

    assert pins() == {("Senior Grove Warden", "warden", "lead")}


def test_a_second_decision_about_a_title_replaces_the_first_and_undoing_it_brings_the_first_back(warden):
    decide("title.assign", {"titles": ["Net Mender"], "role": "warden"})

    second = decide("title.meaningless", {"titles": ["Net Mender"]})

    assert pins() == {("Net Mender", None, "unspecified")}
    undo(second)
    assert pins() == {("Net Mender", "warden", "unspecified")}


def test_a_title_that_says_nothing_counts_as_unknown_whatever_the_reader_says_of_it(warden):
    Title.objects.create(text="Senior Data Engineer")
    assert meaning_of("Senior Data Engineer") == ("data engineer", "senior")

    decide("title.meaningless", {"titles": ["Senior Data Engineer"]})

    assert meaning_of("Senior Data Engineer") == ("unknown", "senior")


def test_a_title_of_another_trade_counts_as_other_whatever_the_reader_says_of_it(warden):
    Title.objects.create(text="Data Engineer")

    decide("title.other", {"titles": ["Data Engineer"]})

    assert meaning_of("Data Engineer")[0] == "other"


def test_an_unpinned_title_is_read_by_the_machine_again(warden):
    Title.objects.create(text="Data Engineer")
    decide("title.assign", {"titles": ["Data Engineer"], "role": "warden"})

    decide("title.unpin", {"titles": ["Data Engineer"]})

    assert not TitlePin.objects.exists()
    assert meaning_of("Data Engineer")[0] == "data engineer"


@pytest.mark.slow
def test_a_title_that_is_decided_before_its_postings_come_waits_for_them(warden):
    decision = decide("title.assign", {"titles": ["Pear Keeper"], "role": "warden"})

    make_read(make_rows(1, title="Pear Keeper"))

    assert Posting.objects.get().title.pin.role == warden
    undo(decision)
    assert Posting.objects.get().title.text == "Pear Keeper"
    assert not TitlePin.objects.exists()


@pytest.mark.parametrize(
    ("action", "words", "said"),
    [
        ("title.assign", {"titles": ["Net Mender"], "role": "grove-keeper"}, "no role “grove-keeper”"),
        ("title.assign", {"titles": ["Net Mender"], "role": "warden", "seniority": "old"}, "no seniority"),
        ("title.assign", {"titles": [], "role": "warden"}, "No title is named"),
        ("title.assign", {"titles": [" "], "role": "warden"}, "1 to 300 characters"),
        ("title.assign", {"titles": ["x" * 301], "role": "warden"}, "1 to 300 characters"),
        ("title.meaningless", {"titles": []}, "No title is named"),
        ("title.unpin", {"titles": ["Net Mender"]}, "Nobody has decided what “Net Mender” means"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words(warden, action, words, said):
    with pytest.raises(RefusedError, match=said):
        decide(action, words)
    assert not TitlePin.objects.exists()


@pytest.mark.slow
def test_the_same_decision_twice_is_refused(warden):
    decide("title.assign", {"titles": ["Net Mender"], "role": "warden"})

    with pytest.raises(RefusedError, match="Nothing would change"):
        decide("title.assign", {"titles": ["Net Mender"], "role": "warden"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("title.assign", {"titles": ["Net Mender", "Senior Grove Warden"], "role": "warden", "seniority": "lead"}),
        ("title.meaningless", {"titles": ["Net Mender"]}),
        ("title.other", {"titles": ["Net Mender"]}),
    ],
)
def test_decisions_are_taken_back_and_carried_elsewhere(warden, action, words):
    assert is_taken_back(action, **words)


def test_unpinning_is_taken_back(warden):
    TitlePin.objects.create(title=Title.objects.get(text="Net Mender"), role=warden, seniority="lead")

    assert is_taken_back("title.unpin", titles=["Net Mender"])


def test_contacts_in_a_title_are_masked_in_the_ledger_and_in_the_log():
    text = "Developer, write to jane.doe@example.com"

    decision = decide("title.meaningless", {"titles": [text]})

    told = [decision.summary, *(row.name for row in decision.rows.all()), *Event.objects.values_list("what", flat=True)]
    told += [field.after for row in shown_rows(decision.rows.all()) for field in row.fields]
    assert "Developer" in decision.summary
    assert not [one for one in told if "jane" in one]
    with pytest.raises(RefusedError) as refused:
        decide("title.unpin", {"titles": [text + " or bob@example.com"]})
    assert "jane" not in str(refused.value)
