"""Copies on screen: on the page of a posting, two beside each other, and a person's decision about them."""

import pytest
from django.urls import reverse

from jobsite.decisions import last_decisions
from jobsite.models import Decision
from postings.models import CopyDecision, CopyPass, Posting, Source
from postings.selectors import copies
from tests.make import decide_copies, make_row, make_skill, make_user
from tests.make_read import group, make_read
from tests.pages import act, admin_page, confirm, queries_of, text_of

pytestmark = pytest.mark.django_db

PLACES = ("north", "south", "east", "west", "upper", "lower", "middle", "outer", "inner", "first", "second", "third")
AD = "Requirements: Python. " + " ".join(f"We prune the {place} terraces by hand." for place in PLACES)
OTHER = "Requirements: Python. You count pears, plums and quinces for a cider maker, and write down what you count."


@pytest.fixture(autouse=True)
def lexicon():
    make_skill("Python")


@pytest.fixture
def reader(client):
    client.force_login(make_user("viewer", name="reader"))
    return client


def make_postings():
    return make_read(
        [
            make_row(job_id="a", description=AD, location="Leeds, England, United Kingdom"),
            make_row(job_id="b", description=AD + " Write to keeper@orchard.example now.", location="York, England"),
            make_row(job_id="c", description=OTHER),
        ]
    )


def pair_page(one, other, name="posting_copy"):
    return reverse(name, args=[one.pk, other.pk])


def decide(client, one, other, verdict, why=""):
    """Press a button on the page of the pair, as it is now."""
    shown = client.get(pair_page(one, other))
    version = shown.context["screen"].version
    page = pair_page(one, other, "posting_copy_decide")
    return client.post(page, {"verdict": verdict, "why": why, "version": version}, follow=True)


def grouped():
    return [
        {posting.external_id for posting in row.postings.all()}
        for row in {posting.ad_group for posting in Posting.objects.exclude(ad_group=None)}
    ]


def test_a_posting_names_its_copies_with_how_alike_they_are_and_its_openings(reader):
    postings = make_postings()

    page = text_of(reader.get(postings["a"].get_absolute_url()))

    assert "The same ad elsewhere" in page
    assert "2 openings: Leeds, England, United Kingdom · York, England" in page
    assert "Not the same: place." in page
    assert "Nearly the same text: compare" in page
    assert pair_page(postings["a"], postings["b"]) in page


def test_a_posting_without_copies_says_nothing_of_them(reader):
    assert "The same ad elsewhere" not in text_of(reader.get(make_postings()["c"].get_absolute_url()))


def test_two_postings_stand_beside_each_other_with_figures_and_differences_and_no_contacts(reader):
    postings = make_postings()

    page = text_of(reader.get(pair_page(postings["a"], postings["b"])))

    assert "They count as one ad." in page
    assert "100% of the shorter text stands in the longer" in page
    assert '<mark class="own">Write to' in page
    assert "keeper@orchard.example" not in page
    assert "The same in both: title, company, day." in page


def test_two_ads_are_told_to_be_two(reader):
    postings = make_postings()

    page = text_of(reader.get(pair_page(postings["a"], postings["c"])))

    assert "They count as two ads." in page
    assert "Some of the text is the same" in page or "Another text" in page


def test_a_posting_that_is_not_there_has_no_comparison(reader):
    assert reader.get(reverse("posting_copy", args=[make_postings()["a"].pk, 10**9])).status_code == 404


def test_a_reader_sees_no_buttons_and_may_not_decide(reader):
    postings = make_postings()
    page = pair_page(postings["a"], postings["b"])

    assert "Not the same ad" not in text_of(reader.get(page))
    assert decide(reader, postings["a"], postings["b"], "not").status_code == 403
    assert not CopyDecision.objects.exists()


def test_a_stranger_is_sent_to_sign_in(client):
    postings = make_postings()
    response = client.post(pair_page(postings["a"], postings["b"], "posting_copy_decide"), {"verdict": "not"})
    assert response.status_code == 302
    assert reverse("login") in response.url
    assert not CopyDecision.objects.exists()


def test_a_curator_s_not_a_copy_parts_the_two_for_ever(client):
    curator = make_user("curator")
    client.force_login(curator)
    postings = make_postings()

    page = text_of(decide(client, postings["a"], postings["b"], "not", "two orchards"))

    assert "not the same ad. <a href=" in page
    assert "two orchards" in page
    group()
    assert grouped() == []
    Posting.objects.get(external_id="a").delete()
    make_read([make_row(job_id="a", description=AD)], name="again.csv")
    assert grouped() == []
    kept = CopyDecision.objects.get()
    assert last_decisions([kept])[kept.pk].by == curator


def test_a_decision_asks_for_a_pass(client, django_capture_on_commit_callbacks):
    client.force_login(make_user("curator"))
    postings = make_postings()
    passes = CopyPass.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        decide(client, postings["a"], postings["c"], "copy")

    assert CopyPass.objects.count() == passes + 1


@pytest.mark.slow
def test_copy_joins_what_the_texts_would_not_and_can_be_taken_back(client):
    client.force_login(make_user("curator"))
    postings = make_postings()

    decide(client, postings["c"], postings["a"], "copy")
    group()
    assert grouped() == [{"a", "b", "c"}]
    assert "a person decided it" in text_of(client.get(pair_page(postings["a"], postings["c"])))

    assert "the texts decide again" in text_of(decide(client, postings["a"], postings["c"], "forget"))
    group()
    assert grouped() == [{"a", "b"}]


def test_a_word_that_is_no_verdict_and_a_posting_against_itself_are_refused_with_a_sentence(client):
    client.force_login(make_user("curator"))
    postings = make_postings()

    assert "That was not kept" in text_of(decide(client, postings["a"], postings["b"], "perhaps"))
    assert "A posting is no copy of itself" in text_of(decide(client, postings["a"], postings["a"], "not"))
    assert not CopyDecision.objects.exists()


def test_the_last_word_on_a_pair_counts_whichever_is_named_first():
    postings = make_postings()
    decide_copies(postings["a"], postings["b"], "not")
    decide_copies(postings["b"], postings["a"], "copy", why="seen both")
    assert [kept.verdict for kept in CopyDecision.objects.all()] == ["copy"]
    assert Decision.objects.first().why == "seen both"


@pytest.mark.parametrize("door", ["page", "admin"])
def test_decisions_follow_a_source_to_its_new_name(client, door):
    client.force_login(make_user("admin"))
    postings = make_postings()
    decide_copies(postings["a"], postings["b"], "not")
    source = Source.objects.get()
    page = reverse("source_edit", args=[source.pk]) if door == "page" else admin_page(Source, "change", source.pk)

    client.post(page, {"name": "the same board", "kind": source.kind})

    assert Source.objects.get().name == "the same board"
    one, other = (Posting.objects.select_related("source").get(pk=postings[key].pk) for key in "ab")
    assert copies.decision_on(one, other) == CopyDecision.objects.get()
    group()
    assert not Posting.objects.exclude(ad_group=None).exists()


@pytest.mark.slow
def test_the_list_of_decisions_shows_them_and_takes_them_back(client, django_capture_on_commit_callbacks):
    client.force_login(make_user("curator"))
    postings = make_postings()
    decision = decide_copies(postings["a"], postings["b"], "not", why="two orchards")
    passes = CopyPass.objects.count()

    assert "two orchards" in text_of(client.get(admin_page(CopyDecision, "changelist")))
    shown = text_of(client.get(admin_page(CopyDecision, "change", decision.pk)))
    assert "Compare the two postings" in shown
    with django_capture_on_commit_callbacks(execute=True):
        confirm(client, act(client, "forget", [decision]))
    assert not CopyDecision.objects.exists()
    assert CopyPass.objects.count() == passes + 1


def test_a_decision_waits_for_postings_that_are_not_here(client):
    client.force_login(make_user("curator"))
    postings = make_postings()
    decision = decide_copies(postings["a"], postings["b"], "not")
    postings["a"].delete()
    group()
    page = text_of(client.get(admin_page(CopyDecision, "change", decision.pk)))
    assert "The decision waits for them." in page


@pytest.mark.slow
def test_more_copies_ask_the_database_no_more_often(reader):
    rows = [make_row(job_id=f"job-{n}", description=f"{AD} Bed {n}.", location=f"Town {n}") for n in range(60)]
    few = queries_of(reader, make_read(rows[:3])["job-1"].get_absolute_url())
    postings = make_read(rows, name="more.csv")
    assert queries_of(reader, postings["job-1"].get_absolute_url()) == few
    assert "And 9 more." in text_of(reader.get(postings["job-1"].get_absolute_url()))


def test_an_ad_that_came_again_after_sixty_days_is_marked_and_its_first_spell_is_not(reader):
    days = {"a": "2026-01-05", "b": "2026-02-20", "c": "2026-06-01", "d": ""}
    postings = make_read([make_row(job_id=key, description=AD, date_posted=day) for key, day in days.items()])

    assert {key: posting.reposted for key, posting in postings.items()} == {"a": 0, "b": 0, "c": 1, "d": 0}
    page = text_of(reader.get(postings["a"].get_absolute_url()))
    assert "it came in 2 spells" in page
    assert "1 Jun 2026, posted again" in page


def test_a_posting_that_leaves_its_group_is_in_its_first_spell_again():
    days = {"a": "2026-01-05", "c": "2026-06-01"}
    postings = make_read([make_row(job_id=key, description=AD, date_posted=day) for key, day in days.items()])
    assert postings["c"].reposted == 1
    decide_copies(postings["a"], postings["c"], "not")
    group()
    assert not Posting.objects.filter(reposted__gt=0).exists()
