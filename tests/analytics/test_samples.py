"""Samples for two readers: drawn fairly and again alike, marked without losing anything, settled where they differ."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from analytics.models import Answer, Role, Sample, SampleMark, SampleOf
from analytics.selectors.sample_figures import level_strata, strata_of, whole
from analytics.selectors.sample_marks import Said, judged
from analytics.services import samples as services
from analytics.services.sample_drawing import Wish, draw
from analytics.services.samples import SaidElsewhere, SampleRefused
from postings.models import Alias, Posting
from postings.skills import unpack
from tests.analytics.make_samples import (
    finish_both,
    make_bare_sample,
    make_readers,
    make_sample,
    make_shown,
    mark,
    mark_all,
)
from tests.make import make_ingested, make_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting():
    make_ingested([make_row(job_id="1")])
    return Posting.objects.get().pk


def drawn(shown, **wish):
    wish = {"of": SampleOf.MENTIONS, "size": 40, "seed": 1} | wish
    return draw(shown.snapshot, Wish(**wish))


def contents(found):
    return [(item.number, item.posting_id, item.reading, item.text, item.start) for item in found.items]


def strongest_level(item):
    """The level that the record of its posting gives the skill."""
    found = unpack(bytes(item.posting.extraction.record)).mentions
    named = Alias.objects.filter(skill__name=item.reading).values_list("pk", flat=True)
    return max(one.level for one in found if one.alias_id in named).name.lower()


# -- drawing --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_same_seed_draws_the_same_things_and_another_one_others():
    shown = make_shown()

    assert contents(drawn(shown)) == contents(drawn(shown))
    assert contents(drawn(shown)) != contents(drawn(shown, seed=2))


@pytest.mark.slow
def test_a_mention_stands_in_its_sentence_as_it_was_read_with_contacts_masked():
    found = drawn(make_shown(), size=200)

    assert len(found.items) == sum(found.strata.values())
    assert len({(item.posting_id, item.reading) for item in found.items}) == len(found.items)
    for item in found.items:
        assert item.text[item.start : item.end].casefold() == item.phrase.casefold() == item.reading.casefold()
        assert item.sentence_start <= item.start < item.end <= item.sentence_end <= len(item.text)
        assert item.level == strongest_level(item)
        assert "grow@fernhollow" not in item.text


@pytest.mark.slow
def test_rare_kinds_get_some_and_filters_narrow():
    shown = make_shown()

    by_kind = [item.stratum for item in drawn(shown, size=20).items]
    python = drawn(shown, skill="Python", size=20)

    assert min(by_kind.count("language"), by_kind.count("tool")) >= 5
    assert {item.reading for item in python.items} == {"Python"}
    assert set(python.strata) == {"language"}
    assert {item.stratum for item in drawn(shown, kind="tool").items} == {"tool"}
    assert {item.posting.title.text for item in drawn(shown, role="data engineer").items} == {"Data Engineer"}
    assert not drawn(shown, source="no such source").items


@pytest.mark.slow
def test_a_title_stands_once_and_counts_as_often_as_it_was_drawn():
    shown = make_shown()

    found = drawn(shown, of=SampleOf.TITLES, size=200)

    times = {item.text: (item.reading, item.times) for item in found.items}
    assert times == {
        "Data Engineer": ("data-engineer", 12),
        "Data Scientist": ("data-scientist", 12),
        "Pastry Chef": ("other", 3),
    }
    assert found.strata["another trade"] == 3


@pytest.mark.slow
def test_postings_that_went_since_the_run_are_not_drawn():
    shown = make_shown()
    Posting.objects.filter(title__text="Data Engineer").delete()

    assert {item.posting.title.text for item in drawn(shown, size=200).items} == {"Data Scientist", "Pastry Chef"}


@pytest.mark.slow
def test_one_person_cannot_be_both_readers_and_nothing_cannot_be_drawn():
    shown = make_shown()
    ana, ben = make_readers()
    wish = Wish(SampleOf.MENTIONS, 20, 1)

    with pytest.raises(SampleRefused, match="Two different people"):
        services.draw_sample(wish, shown, readers=(ana, ana), by=ana)
    with pytest.raises(SampleRefused, match="nothing like that"):
        services.draw_sample(Wish(SampleOf.MENTIONS, 20, 1, role="baker"), shown, readers=(ana, ben), by=ana)
    assert not Sample.objects.exists()


# -- marking --------------------------------------------------------------------------------------------------------


def test_a_reader_changes_a_mark_and_the_other_one_is_not_touched(posting):
    item = make_bare_sample(1, posting=posting).items.get()
    mark(item, 1, Answer.YES, "preferred")
    mark(item, 2, Answer.YES, "mentioned")

    mark(item, 1, Answer.NO, "preferred", seen=1)

    assert list(item.marks.values_list("place", "answer", "level", "version")) == [
        (1, "no", "", 2),
        (2, "yes", "mentioned", 1),
    ]


@pytest.mark.parametrize("seen", [0, 1])
def test_what_another_window_said_meanwhile_is_not_overwritten(posting, seen):
    item = make_bare_sample(1, posting=posting).items.get()
    mark(item, 1, Answer.YES)
    mark(item, 1, Answer.NO, seen=1)

    with pytest.raises(SaidElsewhere, match="another window"):
        mark(item, 1, Answer.UNSURE, seen=seen)

    assert item.marks.get().answer == "no"


def test_the_same_answer_sent_twice_is_kept_once(posting):
    item = make_bare_sample(1, posting=posting).items.get()

    mark(item, 1, Answer.YES)
    mark(item, 1, Answer.YES)

    assert SampleMark.objects.count() == 1


@pytest.mark.parametrize(("answer", "level"), [("maybe", ""), ("", ""), ("yes", "very"), ("data-engineer", "")])
def test_an_answer_that_is_none_is_refused(posting, answer, level):
    item = make_bare_sample(1, posting=posting).items.get()

    with pytest.raises(SampleRefused):
        mark(item, 1, answer, level)

    assert not SampleMark.objects.exists()


def test_a_title_is_marked_by_the_name_of_a_role_or_as_none_of_them(posting):
    role = Role.objects.create(name="data engineer", slug="data-engineer")
    values = {"reading": role.slug, "level": "", "text": "DE", "sentence_end": 0}
    sample = make_bare_sample(3, of=SampleOf.TITLES, posting=posting, **values)
    one, two, three = sample.items.all()

    mark(one, 1, "Data Engineer")
    mark(two, 1, "unknown")
    with pytest.raises(SampleRefused, match="“baker” is no role"):
        mark(three, 1, "baker")

    assert list(SampleMark.objects.values_list("answer", "level")) == [("data-engineer", ""), ("unknown", "")]


def test_nobody_is_done_before_everything_is_marked(posting):
    sample = make_bare_sample(2, posting=posting)
    mark(sample.items.first(), 1)

    with pytest.raises(SampleRefused, match="1 of them"):
        services.finish_reading(sample, place=1, now=timezone.now())


def test_marks_change_until_both_are_done_and_then_no_more(posting):
    sample = make_bare_sample(1, posting=posting)
    mark_all(sample, finish=False)
    item = sample.items.get()
    services.finish_reading(sample, place=1, now=timezone.now())
    mark(item, 1, Answer.NO, seen=1)

    services.finish_reading(sample, place=2, now=timezone.now())

    with pytest.raises(SampleRefused, match="stay as they are"):
        mark(item, 1, Answer.YES, seen=2)


def test_a_sample_is_withdrawn_until_both_are_done(posting):
    sample, kept = make_bare_sample(2, posting=posting), make_bare_sample(1, posting=posting)
    mark_all(kept)

    services.withdraw_sample(sample)
    with pytest.raises(SampleRefused, match="Quality page"):
        services.withdraw_sample(kept)

    assert Sample.objects.get() == kept


def test_marks_go_with_their_posting_and_stay_when_a_reader_leaves(posting):
    sample = mark_all(make_bare_sample(2, posting=posting))
    User.objects.get(username="ben").delete()
    assert SampleMark.objects.count() == 4

    Posting.objects.all().delete()

    sample.refresh_from_db()
    assert (sample.second, sample.items.count(), SampleMark.objects.count()) == (None, 0, 0)


# -- settling and counting ------------------------------------------------------------------------------------------


def settle(item, answer, level="", *, seen=0):
    by = User.objects.get(username="ana")
    services.settle_item(item, said=Said(answer, level), seen=seen, by=by, now=timezone.now())


def test_what_people_settle_on_counts_and_what_each_said_stays(posting):
    sample = make_bare_sample(2, posting=posting)
    for item in sample.items.all():
        mark(item, 1, Answer.YES, "required")
        mark(item, 2, Answer.NO)
    finish_both(sample)
    assert sum(one.counts for one in judged(sample)) == 0

    settle(sample.items.first(), "yes", "preferred")

    one, other = judged(sample)
    assert (one.counts, one.is_right, one.final.level) == (True, True, "preferred")
    assert (one.first.answer, one.second.answer) == ("yes", "no")
    assert not other.counts


def test_two_people_do_not_settle_one_thing_two_ways_without_knowing(posting):
    sample = mark_all(make_bare_sample(1, posting=posting), second="no:")
    item = sample.items.get()
    settle(item, "yes", "required")

    with pytest.raises(SaidElsewhere, match="settled this one otherwise"):
        settle(item, "no")
    settle(item, "no", seen=1)

    item.refresh_from_db()
    assert (item.agreed, item.agreed_by.username) == ("no", "ana")


def test_nothing_is_settled_before_both_are_done(posting):
    sample = mark_all(make_bare_sample(1, posting=posting), second="no:", finish=False)

    with pytest.raises(SampleRefused, match="both readers are done"):
        settle(sample.items.get(), "yes")


def test_each_kind_weighs_what_it_is_in_the_run(posting):
    sample = make_bare_sample(20, posting=posting, strata={"tool": 900, "cert": 100})
    sample.items.filter(number__gt=10).update(stratum="cert")
    for item in sample.items.all():
        answer = Answer.NO if item.stratum == "cert" and item.number > 15 else Answer.YES
        mark(item, 1, answer)
        mark(item, 2, answer)

    strata = strata_of(sample, judged(finish_both(sample)))

    assert [(one.name, one.right, one.n) for one in strata] == [("tool", 10, 10), ("cert", 5, 10)]
    assert whole(strata).value == pytest.approx(0.95)


def test_levels_count_where_both_take_it_for_the_skill_and_agree_on_the_level(posting):
    sample = make_bare_sample(4, posting=posting)
    pairs = [("required", "required"), ("preferred", "preferred"), ("required", "preferred"), ("", "")]
    for item, (first, second) in zip(sample.items.all(), pairs, strict=True):
        mark(item, 1, Answer.YES, first)
        mark(item, 2, Answer.YES, second)

    (levels,) = level_strata(sample, judged(finish_both(sample)))

    assert (levels.right, levels.n) == (1, 2)


def test_a_title_that_was_drawn_often_counts_as_often_but_is_no_surer(posting):
    values = {"reading": "data-engineer", "level": "", "stratum": "data", "sentence_end": 0}
    sample = make_bare_sample(11, of=SampleOf.TITLES, posting=posting, strata={"data": 500}, **values)
    sample.items.filter(number=1).update(times=20)
    Role.objects.create(name="data engineer", slug="data-engineer")
    mark_all(sample, first="data-engineer:", second="data-engineer:")

    (stratum,) = strata_of(sample, judged(sample))

    assert (stratum.n, stratum.right) == (30, 30)
    assert stratum.sure == pytest.approx(900 / 410)


@pytest.mark.slow
def test_a_drawn_sample_is_read_from_end_to_end():
    sample = make_sample(size=30)

    mark_all(sample)

    assert sample.is_finished
    assert whole(strata_of(sample, judged(sample))).value == 1
