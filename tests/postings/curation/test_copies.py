"""What people decide about copies, as the ledger keeps it, and the pairs that are put before them."""

import io

import pytest
from django.urls import reverse

from jobsite.decisions import RefusedError, apply_decisions, decide, export_decisions, undo
from jobsite.models import Decision
from postings import services
from postings.models import CopyDecision, OpenPair, Posting, Source
from postings.selectors import pair_names
from tests.make import decide_copies, make_row, make_skill, make_source, make_user
from tests.make_read import group, make_read
from tests.pages import admin_page, queries_of, text_of
from tests.postings.curation.rows import forget_decisions, rows_of

pytestmark = pytest.mark.django_db

PLACES = ("north", "south", "east", "west", "upper", "lower", "middle", "outer", "inner", "first", "second", "third")
GROVES = ("apple", "pear", "plum", "quince", "cherry", "medlar", "peach", "almond", "walnut", "fig", "olive", "lemon")


@pytest.fixture(autouse=True)
def lexicon():
    make_skill("Python")


@pytest.fixture
def curator(client):
    client.curator = make_user("curator")
    client.force_login(client.curator)
    return client


def sentences(words, count, name="here"):
    """As many sentences that no other word and no other name makes."""
    return [f"Join {name} on the {word} terrace, where {name} prunes {word} trees." for word in words[:count]]


def near_the_line(shared=7, name="a"):
    """Two ads under one title that share a little more or less of their texts than copies have to."""
    both = sentences(PLACES, shared, name)
    own = (sentences(PLACES[shared:], 5, name), sentences(GROVES, 12 - shared, name))
    return [
        make_row(job_id=f"{name}{n + 1}", company=f"{name} Ltd", description=" ".join([*both, *rest]))
        for n, rest in enumerate(own)
    ]


def named(postings, *keys):
    return pair_names(*(postings[key] for key in keys))


def waiting():
    return [{pair.one.external_id, pair.other.external_id} for pair in OpenPair.objects.select_related("one", "other")]


def page(at=""):
    return reverse("copy_queue") + at


def press(client, verdict, shown=None, **fields):
    """Press a button of the queue, as it is now or was when `shown`."""
    queue = (shown or client.get(page())).context["queue"]
    sent = {"pair": queue.pk, "following": queue.following, "version": queue.pair.version, "verdict": verdict}
    return client.post(reverse("copy_queue_decide"), sent | fields, follow=True)


def test_a_pair_near_the_line_waits_and_others_do_not():
    make_read([*near_the_line(), make_row(job_id="c", description=" ".join(sentences(GROVES, 12)))])

    assert waiting() == [{"a1", "a2"}]


def test_pairs_that_wait_come_with_the_least_sure_first():
    make_read([*near_the_line(6, "far"), *near_the_line(7, "near")])

    doubts = [pair.doubt for pair in OpenPair.objects.all()]
    assert doubts == sorted(doubts)
    assert all(0 <= doubt <= 0.1 for doubt in doubts)


@pytest.mark.slow
def test_a_decided_pair_never_comes_back_neither_at_once_nor_with_the_next_pass(curator):
    make_read(near_the_line())
    shown = text_of(curator.get(page()))
    assert "Pair 1 of 1 that wait" in shown
    assert "where a prunes" in shown

    answer = text_of(press(curator, "not"))

    assert "Nothing waits" in answer
    assert "You have decided 1 today." in answer
    group()
    assert waiting() == []
    assert "Nothing waits" in text_of(curator.get(page()))


@pytest.mark.slow
def test_a_person_is_led_from_pair_to_pair_and_back_by_undoing(curator):
    make_read([*near_the_line(7, "a"), *near_the_line(7, "b")])
    first = curator.get(page()).context["queue"]
    assert (first.waiting, first.following != 0) == (2, True)

    after = press(curator, "copy", why="the same terraces").context["queue"]
    assert (after.pk, after.waiting, after.today) == (first.following, 1, 1)
    assert after.last.why == "the same terraces"

    back = curator.post(reverse("copy_queue_undo"), {"decision": after.last.pk}, follow=True)

    assert "Undone: " in text_of(back)
    assert back.context["queue"].pk == first.pk
    assert not CopyDecision.objects.exists()


@pytest.mark.slow
def test_the_queue_opens_at_a_pair_and_at_the_first_when_that_is_no_pair(curator):
    make_read([*near_the_line(7, "a"), *near_the_line(7, "b")])
    first = curator.get(page()).context["queue"]

    assert curator.get(page(f"?at={first.following}")).context["queue"].number == 2
    for nowhere in ("?at=0", "?at=987654321", "?at=x"):
        assert curator.get(page(nowhere)).context["queue"].number == 1


def test_nobody_decides_over_the_head_of_another_curator(curator):
    postings = make_read(near_the_line())
    shown = curator.get(page())
    decide_copies(postings["a1"], postings["a2"], "copy", by=make_user("curator", name="other"))

    answer = text_of(press(curator, "not", shown))

    assert "This was changed meanwhile; last by other" in answer
    assert CopyDecision.objects.get().verdict == "copy"


def test_only_ones_own_decision_is_undone_in_the_queue(curator):
    postings = make_read(near_the_line())
    decide_copies(postings["a1"], postings["a2"], "copy", by=make_user("curator", name="other"))

    answer = curator.post(reverse("copy_queue_undo"), {"decision": Decision.objects.get().pk}, follow=True)

    assert "what you decided yourself" in text_of(answer)
    assert CopyDecision.objects.exists()


@pytest.mark.parametrize("group_name", ["viewer", "analyst"])
def test_who_may_not_curate_has_no_queue(client, group_name):
    client.force_login(make_user(group_name))

    assert client.get(page()).status_code == 403
    assert client.post(reverse("copy_queue_decide")).status_code == 403
    assert client.post(reverse("copy_queue_undo")).status_code == 403


@pytest.mark.slow
def test_more_pairs_ask_the_database_no_more_often(curator):
    make_read(near_the_line(7, "a"))
    few = queries_of(curator, page())
    make_read([row for n in range(12) for row in near_the_line(7, f"x{n}")], name="more.csv")
    assert OpenPair.objects.count() > 5
    assert queries_of(curator, page()) == few


def test_a_posting_that_goes_takes_its_pairs_along(curator):
    postings = make_read(near_the_line())
    Posting.objects.filter(pk=postings["a1"].pk).delete()

    assert "Nothing waits" in text_of(curator.get(page()))


def test_a_pair_that_stays_keeps_its_place_from_pass_to_pass():
    make_read(near_the_line())
    kept = OpenPair.objects.get()
    group()
    assert OpenPair.objects.get() == kept


def test_undoing_a_decision_brings_back_every_row():
    postings = make_read(near_the_line())
    untouched = rows_of(CopyDecision)
    one, other = named(postings, "a1", "a2")
    first = decide("copies.decide", {"one": one, "other": other, "verdict": "not"})
    decided = rows_of(CopyDecision)

    for action, words in (
        ("copies.decide", {"one": other, "other": one, "verdict": "copy"}),
        ("copies.forget", {"pairs": [[one, other]]}),
    ):
        undo(decide(action, words))
        assert rows_of(CopyDecision) == decided
    undo(first)
    assert rows_of(CopyDecision) == untouched


def test_what_cannot_be_is_refused_in_words():
    one, other = "a board\x1f1", "a board\x1f2"
    refused = {
        "no copy of itself": ("copies.decide", {"one": one, "other": one, "verdict": "not"}),
        "names no posting": ("copies.decide", {"one": "somewhere", "other": one, "verdict": "not"}),
        "no verdict": ("copies.decide", {"one": one, "other": other, "verdict": "perhaps"}),
        "Nobody has decided": ("copies.forget", {"pairs": [[one, other]]}),
        "A pair is two": ("copies.forget", {"pairs": [[one]]}),
        "There is a source “a board” here": ("source.follow", {"old": make_source().name, "new": "another"}),
    }

    for sentence, (action, words) in refused.items():
        with pytest.raises(RefusedError, match=sentence):
            decide(action, words)


def test_decisions_are_made_again_elsewhere_before_the_postings_are_there():
    postings = make_read(near_the_line())
    decide_copies(postings["a1"], postings["a2"], "not")
    file = io.StringIO()
    export_decisions(file)
    made = list(CopyDecision.objects.values_list("one", "other", "verdict"))
    forget_decisions()
    CopyDecision.objects.all().delete()
    Posting.objects.all().delete()

    assert apply_decisions(file.getvalue(), name="there.json").refused == []
    assert list(CopyDecision.objects.values_list("one", "other", "verdict")) == made


def test_a_decision_that_followed_a_source_is_undone_after_the_following_is(curator):
    postings = make_read(near_the_line())
    decide_copies(postings["a1"], postings["a2"], "not")
    Source.objects.update(name="the same board")
    services.let_decisions_follow("a board", "the same board", by=None)
    following, deciding = Decision.objects.all()

    with pytest.raises(RefusedError, match="Undo first: Decisions on postings of “a board”"):
        undo(deciding)
    undo(following)
    undo(deciding)
    assert not CopyDecision.objects.exists()


def test_the_list_of_decisions_leads_to_what_waits(curator):
    assert page() in text_of(curator.get(admin_page(CopyDecision, "changelist")))
