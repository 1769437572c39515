"""A phrase that is no skill where it stands: marked, left out for ever, a test of every later lexicon."""

import html
import io

import pytest
from django.urls import reverse

from jobsite.decisions import RefusedError, apply_decisions, decide, export_decisions, undo
from jobsite.models import Decision
from postings import services, tasks
from postings.models import Alias, Extraction, Posting, WrongMention, WrongMentionReport
from postings.selectors.mentions import wrong_aliases, wrong_counts
from postings.skills import unpack
from tests.make import make_row, make_skill, make_user
from tests.make_read import figures, make_read
from tests.pages import queries_of, text_of
from tests.postings.curation.rows import forget_decisions, rows_of

pytestmark = pytest.mark.django_db

AD = (
    "You look after the kettle and the tractors. Write to keeper@orchard.example.\n"
    "Requirements: Python, and Kettle for large tables of apples. " + "We prune in the first days of winter. " * 3
)
OTHER = "Requirements: Kettle and Python. You count pears, plums and quinces for a cider maker, and write them down."


@pytest.fixture(autouse=True)
def kettle():
    make_skill("Python")
    return make_skill("Kettle")


@pytest.fixture
def curator(client):
    client.curator = make_user("curator")
    client.force_login(client.curator)
    return client


def make_postings():
    return make_read(
        [
            make_row(job_id="a", description=AD, location="Leeds, England, United Kingdom"),
            make_row(job_id="b", description=AD, location="York, England"),
            make_row(job_id="c", description=OTHER),
        ]
    )


def line(client, posting, hit):
    """What the page offers to be marked, by the words that stand there."""
    part = client.get(posting.get_absolute_url()).context["screen"].mentions
    return next(one for one in part.lines if one.hit == hit)


def mark(client, posting, hit="kettle", why=""):
    chosen = line(client, posting, hit)
    address = reverse("mention_wrong", args=[posting.pk])
    return client.post(address, {"alias": chosen.alias, "start": chosen.start, "why": why}, follow=True)


def hits(posting):
    posting.extraction.refresh_from_db()
    mentions = unpack(bytes(posting.extraction.record)).mentions
    return [posting.text_row.text[one.start : one.end] for one in mentions]


def test_what_is_said_of_a_posting_that_was_removed_is_answered_with_a_sentence_and_the_list(curator):
    posting = make_postings()["a"]
    address = [reverse(name, args=[posting.pk]) for name in ("mention_wrong", "mention_right")]
    posting.delete()

    for one in address:
        page = curator.post(one, {"alias": 1, "start": 0}, follow=True)
        assert page.redirect_chain == [(reverse("posting_list"), 302)]
        assert "This posting was removed meanwhile. Nothing was saved." in text_of(page)
    assert not Decision.objects.exists()


@pytest.mark.slow
def test_a_marked_mention_is_left_out_of_the_posting_and_of_its_copies_and_nowhere_else(curator):
    postings = make_postings()
    assert hits(postings["a"]) == ["kettle", "Python", "Kettle"]

    page = text_of(mark(curator, postings["a"]))
    services.extract_all_stale()

    assert "“Kettle” is no skill in “You look after the kettle and the tractors." in page
    assert "in 2 postings of one ad" in page
    assert [hits(postings[key]) for key in "abc"] == [["Python", "Kettle"], ["Python", "Kettle"], ["Kettle", "Python"]]


@pytest.mark.slow
def test_figures_follow_a_mark_and_its_undoing(curator, workers):
    rows = [
        make_row(job_id="a", description=AD.replace("and Kettle", "and more")),
        make_row(job_id="c", description=OTHER),
    ]
    with workers():
        postings = make_read(rows)
        tasks.facts_changed()
    assert figures()["Kettle"] == 2

    with workers():
        mark(curator, postings["a"])
    assert figures()["Kettle"] == 1

    with workers():
        undo(Decision.objects.get())
    assert figures()["Kettle"] == 2


@pytest.mark.slow
def test_a_mark_survives_a_new_lexicon_and_the_posting_s_coming_again(curator):
    postings = make_postings()
    mark(curator, postings["a"])

    make_skill("Kafka")
    services.mark_everything_stale()
    services.extract_all_stale()
    assert [hits(postings[key])[0] for key in "ab"] == ["Python", "Python"]

    Posting.objects.filter(external_id="a").delete()
    again = make_read([make_row(job_id="a", description=AD)], name="again.csv")
    assert hits(again["a"]) == ["Python", "Kettle"]


def test_a_mark_rests_when_the_text_says_something_else():
    postings = make_postings()
    place = {"passage": "You look after the kettle and the tractors.", "start": 19, "end": 25}
    alias = {"phrase": "Kettle", "exact_case": False}
    decide("mention.wrong", alias | {"postings": [name(postings["a"])], "place": place})
    changed = make_read([make_row(job_id="a", description=AD.replace("tractors", "engines"))], name="again.csv")

    assert hits(changed["a"]) == ["kettle", "Python", "Kettle"]


def name(posting):
    return f"{posting.source.name}\x1f{posting.key}"


@pytest.mark.slow
def test_readers_see_a_text_without_the_mark_and_curators_see_who_struck_it_out_and_why(curator, client):
    posting = make_postings()["a"]
    mark(curator, posting, why="a part of an engine")
    services.extract_all_stale()

    page = text_of(curator.get(posting.get_absolute_url()))
    assert '<del class="struck">kettle<span class="sr"> (marked as no skill)</span></del> and' in page
    assert "“Kettle” is no skill here: curator, " in page
    assert "“a part of an engine”" in page
    assert "keeper@orchard" not in page

    client.force_login(make_user("viewer", name="reader"))
    page = text_of(client.get(posting.get_absolute_url()))
    assert "after the kettle and" in page
    assert "no skill" not in page
    assert "Not a skill here" not in page


def test_what_was_marked_is_struck_out_before_it_was_read_again(curator):
    posting = make_postings()["a"]
    page = mark(curator, posting)
    part = page.context["screen"].mentions
    assert [one.hit for one in part.lines] == ["Python", "Kettle"]
    assert '<del class="struck">kettle' in text_of(page)


@pytest.mark.slow
def test_a_mark_is_taken_back_on_the_page_in_the_copies_too(curator):
    postings = make_postings()
    mark(curator, postings["a"])
    services.extract_all_stale()
    taken_back = WrongMention.objects.first()

    page = curator.post(reverse("mention_right", args=[postings["a"].pk]), {"mark": taken_back.pk}, follow=True)

    assert "may be a skill in" in text_of(page)
    assert not WrongMention.objects.exists()
    services.extract_all_stale()
    assert [hits(postings[key])[0] for key in "ab"] == ["kettle", "kettle"]


@pytest.mark.slow
def test_the_page_refuses_what_is_no_mention_any_more(curator):
    posting = make_postings()["a"]
    chosen = line(curator, posting, "kettle")
    address = reverse("mention_wrong", args=[posting.pk])

    gone = curator.post(address, {"alias": chosen.alias, "start": chosen.start + 1}, follow=True)
    assert "this is no mention now" in text_of(gone)
    assert "Choose a mention" in text_of(curator.post(address, {"alias": "x"}, follow=True))
    mark(curator, posting)
    again = curator.post(address, {"alias": chosen.alias, "start": chosen.start}, follow=True)
    assert "Nothing would change." in text_of(again)
    right = reverse("mention_right", args=[posting.pk])
    assert "taken away already" in text_of(curator.post(right, {"mark": 0}, follow=True))


@pytest.mark.parametrize("group", ["viewer", "analyst"])
def test_who_may_not_curate_marks_nothing(client, group):
    posting = make_postings()["a"]
    client.force_login(make_user(group))

    for door in ("mention_wrong", "mention_right"):
        assert client.post(reverse(door, args=[posting.pk]), {"alias": 1, "start": 1}).status_code == 403
    assert client.get(posting.get_absolute_url()).context["screen"].mentions is None


def test_what_cannot_be_is_refused_in_words():
    posting = make_postings()["a"]
    place = {"passage": "the kettle and the tractors", "start": 4, "end": 10}
    words = {"postings": [name(posting)], "phrase": "Kettle", "exact_case": False, "place": place}
    refused = {
        "There is no alias “Flink”": words | {"phrase": "Flink"},
        "names no posting": words | {"postings": ["a"]},
        "There is no place from 4 to 40": words | {"place": place | {"end": 40}},
        "does not say": words | {"place": place | {"passage": "the kettle and the lorries"}},
    }

    for sentence, wrong in refused.items():
        with pytest.raises(RefusedError, match=sentence):
            decide("mention.wrong", wrong)
    with pytest.raises(RefusedError, match="Nobody has marked “Kettle”"):
        decide("mention.right", words)


def test_undoing_brings_back_every_row_and_has_the_posting_read_again(curator):
    posting = make_postings()["a"]
    untouched = rows_of(WrongMention)
    mark(curator, posting)
    marked = rows_of(WrongMention)
    services.extract_all_stale()
    first = Decision.objects.get()
    kept = WrongMention.objects.first()
    place = {"passage": kept.passage, "start": kept.start, "end": kept.end}
    names = list(WrongMention.objects.values_list("posting", flat=True))

    undo(decide("mention.right", {"postings": names, "phrase": "Kettle", "exact_case": False, "place": place}))
    assert rows_of(WrongMention) == marked
    undo(first)
    assert rows_of(WrongMention) == untouched
    assert Extraction.objects.filter(stamp="").count() == 2


@pytest.mark.slow
def test_marks_are_made_again_elsewhere_before_the_postings_are_there(curator):
    mark(curator, make_postings()["a"])
    file = io.StringIO()
    export_decisions(file)
    made = list(WrongMention.objects.values_list("posting", "phrase", "passage", "start", "end"))
    forget_decisions()
    WrongMention.objects.all().delete()
    Posting.objects.all().delete()

    assert apply_decisions(file.getvalue(), name="there.json").refused == []
    assert list(WrongMention.objects.values_list("posting", "phrase", "passage", "start", "end")) == made
    again = make_read([make_row(job_id="a", description=AD)], name="again.csv")
    assert hits(again["a"]) == ["Python", "Kettle"]


def test_each_mark_is_a_test_that_a_better_lexicon_passes(curator, kettle):
    mark(curator, make_postings()["a"])
    services.extract_all_stale()

    report = services.check_wrong_mentions()
    assert len(report.taken) == 2
    assert services.check_wrong_mentions() == report  # nothing changed: nothing is read

    Alias.objects.filter(phrase="Kettle").update(exact_case=True)
    services.extract_all_stale()
    assert services.check_wrong_mentions().taken == []
    assert WrongMentionReport.objects.count() == 1


def test_a_posting_that_is_gone_is_tested_by_its_sentence_alone(curator):
    mark(curator, make_postings()["a"])
    Posting.objects.all().delete()

    assert len(services.check_wrong_mentions().taken) == 2
    worst = wrong_aliases()[0]
    assert {example.url for example in worst.examples} == {""}


def test_an_alias_tells_how_often_it_was_wrong(curator, kettle):
    alias = kettle.aliases.get()
    assert wrong_counts([alias.pk]) == {}
    mark(curator, make_postings()["a"])
    services.extract_all_stale()
    assert str(wrong_counts([alias.pk])[alias.pk]) == "2"

    services.check_wrong_mentions()

    assert str(wrong_counts([alias.pk])[alias.pk]) == "2 of 5"
    (worst,) = wrong_aliases()
    assert (worst.phrase, worst.skill, worst.taken, worst.count.mentions) == ("Kettle", "Kettle", 2, 5)


@pytest.mark.slow
def test_the_quality_page_lists_the_worst_phrases_with_their_sentences(curator):
    services.measure_quality()
    assert "Nothing has been marked." in text_of(curator.get(reverse("quality")))
    posting = make_postings()["a"]
    mark(curator, posting)
    assert "the workers read them with today's phrases in a moment" in html.unescape(
        text_of(curator.get(reverse("quality")))
    )
    services.extract_all_stale()
    services.check_wrong_mentions()

    page = html.unescape(text_of(curator.get(reverse("quality"))))

    assert "Today's phrases still take 2 of the 2 for a skill." in page
    assert 'after the <mark class="own">kettle</mark> and the tractors.' in page
    assert '<span class="value">40%</span><span class="ci"><span class="sr">95% interval </span>(12–77)</span>' in page
    assert posting.get_absolute_url() in page


def test_without_marks_there_is_nothing_to_report(curator):
    mark(curator, make_postings()["a"])
    services.check_wrong_mentions()
    undo(Decision.objects.get())

    assert services.check_wrong_mentions() is None
    assert not WrongMentionReport.objects.exists()


@pytest.mark.slow
def test_more_marks_ask_the_database_no_more_often(curator):
    texts = {"c": OTHER, "d": f"{OTHER} " + " ".join(f"Python and Kettle help in bed number {n}." for n in range(9))}
    postings = make_read([make_row(job_id=key, description=text) for key, text in texts.items()])
    mark(curator, postings["c"], "Kettle")
    few = queries_of(curator, postings["c"].get_absolute_url())
    for _ in range(6):
        mark(curator, postings["d"], "Kettle")

    assert queries_of(curator, postings["d"].get_absolute_url()) == few
