"""The scorer of the extraction, on postings of a few words whose figures can be worked out by hand."""

import json

import pytest

from postings.skills import Degree
from postings.skills.quality import Quality, score
from tests.postings.skills.make_marked import MEANINGS, make_posting, make_reading

TEXT = "We ask for Python, SQL, Docker and Kafka. Bonus: Apache Spark. We speak German."


def scored(*pairs, **options):
    """Figures of (posting, reading) pairs."""
    return score([posting for posting, _ in pairs], [reading for _, reading in pairs], MEANINGS, **options)


def one(marks, mentions, text=TEXT):
    """Figures of one posting with these marks, of which these mentions were read."""
    return scored((make_posting(text, *marks), make_reading(text, *mentions)))


def kind_of(quality, kind):
    return next(row for row in quality.kinds if row.kind == kind)


def level_of(quality, level):
    return next(row for row in quality.levels if row.level == level)


def values(row):
    return tuple(getattr(row, name).value for name in ("precision", "recall", "f1") if hasattr(row, name))


def test_precision_is_of_what_was_found_and_recall_of_what_is_marked():
    quality = one(["Python", "SQL", "Docker", "Kafka"], ["Python", "SQL", "Spark"])

    assert values(quality.overall) == pytest.approx((2 / 3, 2 / 4, 4 / 7), abs=1e-6)
    assert (quality.overall.found, quality.overall.marked) == (3, 4)


def test_a_kind_has_the_recall_of_its_marks_and_the_precision_of_what_was_taken_for_it():
    quality = one(["Python:language", "SQL:language", "Docker:tool"], ["Python:tool", "Docker:tool", "Kafka:tool"])

    assert values(kind_of(quality, "language")) == (None, 0.5, 0.0)
    assert values(kind_of(quality, "tool")) == pytest.approx((2 / 3, 1, 0.8), abs=1e-6)
    assert values(kind_of(quality, "cert")) == (None, None, None)


def test_a_form_counts_once_a_posting_however_often_and_in_whatever_case_it_stands():
    text = "Kafka here, KAFKA there, kafka everywhere."

    quality = one(["Kafka"], ["Kafka", "KAFKA", "kafka"], text)

    assert (quality.overall.found, quality.overall.marked) == (1, 1)


@pytest.mark.parametrize(
    ("marked", "found", "is_same"),
    [
        ("Apache Spark", "Spark", True),
        ("Spark", "Apache Spark", True),
        ("Spark", "Spark.", True),
        ("Java", "JavaScript", False),
        ("C", "C++", False),
        ("REST", "forest", False),
    ],
)
def test_forms_are_the_same_when_one_holds_all_words_of_the_other(marked, found, is_same):
    text = f"{marked} and then {found}"

    quality = one([marked], [found], text)

    assert quality.overall.recall.value == quality.overall.precision.value == is_same


def test_human_languages_count_like_other_skills():
    quality = one(["Python", "German:spoken"], ["Python", "German:spoken"])

    assert (quality.overall.found, quality.overall.marked) == (2, 2)


def test_what_means_no_shown_skill_counts_as_not_found():
    reading = make_reading(TEXT, "Python")
    hidden = reading._replace(mentions=tuple(mention._replace(alias_id=10_000) for mention in reading.mentions))

    quality = scored((make_posting(TEXT, "Python"), hidden))

    assert values(quality.overall) == (None, 0, 0)


def test_levels_are_compared_on_what_was_found():
    quality = one(
        ["Python:tool:required", "SQL:tool:required", "Docker:tool:preferred", "Kafka:tool:mentioned"],
        ["Python:tool:required", "SQL:tool:preferred", "Docker:tool:preferred"],
    )

    assert values(level_of(quality, "required")) == (1, 0.5)
    assert values(level_of(quality, "preferred")) == (0.5, 1)
    assert values(level_of(quality, "mentioned")) == (None, None)
    assert quality.level_accuracy.value == pytest.approx(2 / 3, abs=1e-6)
    assert quality.level_accuracy.n == 3


def test_a_form_has_the_strongest_level_of_its_places():
    text = "We run Kafka. You must know Kafka. Kafka again."

    quality = one(
        ["Kafka:tool:required"], ["Kafka:tool:mentioned", "Kafka:tool:required", "Kafka:tool:mentioned"], text
    )

    assert quality.level_accuracy.value == 1


def test_a_mark_has_the_level_of_its_very_form_before_that_of_a_nearer_one_that_is_the_same():
    text = "Kafka is a bonus. You must know kafka streams."

    quality = one(["kafka:tool:preferred"], ["Kafka:tool:preferred", "kafka streams:tool:required"], text)

    assert quality.level_accuracy.value == 1


def test_of_several_that_are_the_same_the_nearest_gives_the_level():
    text = "Apache is a must. A bonus: Apache Spark Streaming."

    quality = one(["Apache Spark Streaming:tool:preferred"], ["Apache:tool:required", "Spark:tool:preferred"], text)

    assert quality.level_accuracy.value == 1


def test_years_and_degree_are_right_when_they_are_what_is_marked_also_when_nothing_is_asked():
    asks = make_posting(TEXT, years=5, degree=Degree.MASTER)
    silent = make_posting(TEXT, years=None, degree=Degree.NONE)
    quality = scored(
        (asks, make_reading(TEXT, years=5, degree=Degree.MASTER)),
        (asks, make_reading(TEXT, years=4, degree=Degree.PHD)),
        (silent, make_reading(TEXT, years=None, degree=Degree.UNSTATED)),
        (silent, make_reading(TEXT, years=1, degree=Degree.UNSTATED)),
    )

    assert quality.years.value == 0.5
    assert quality.degree.value == 0.25
    assert quality.years.n == quality.postings == 4


def many(good, bad):
    """`good` postings that are read in full, `bad` ones in which nothing is found."""
    found = (make_posting(TEXT, "Python", "SQL"), make_reading(TEXT, "Python", "SQL"))
    return [found] * good + [(found[0], make_reading(TEXT))] * bad


def test_intervals_hold_the_figure_and_narrow_with_more_postings():
    few, more = (scored(*many(3 * times, times)).overall.recall for times in (5, 50))

    assert few.value == more.value == 0.75
    assert few.low < more.low < 0.75 < more.high < few.high
    # Postings are drawn, not forms: 20 postings that are read in full or not at all have a standard error of 0.097.
    assert few.low == pytest.approx(0.75 - 1.96 * 0.097, abs=0.04)


def test_where_all_are_right_the_interval_is_wilsons_and_not_a_point():
    recall = scored(*many(20, 0)).overall.recall

    assert (recall.value, recall.high) == (1, 1)
    assert recall.low == pytest.approx(40 / (40 + 1.96**2), abs=1e-6)


def test_the_same_input_gives_the_same_figures_and_another_seed_other_intervals():
    more = make_posting(TEXT, "Python", "SQL", "Docker", "Kafka"), make_reading(TEXT, "Python", "SQL", "Bonus", "speak")
    pairs = [*many(9, 4), *[more] * 7]

    first, again, other = (scored(*pairs, rounds=50, seed=seed) for seed in (1, 1, 2))

    assert first == again
    assert (first.overall.recall.low, first.overall.f1.high) != (other.overall.recall.low, other.overall.f1.high)
    assert scored(*pairs) == scored(*pairs)


def test_slips_are_named_with_a_sentence_the_commonest_first():
    other = "- Kafka and Docker in production. Then lunch."
    both = make_posting(TEXT, "Kafka", "Docker", id="own-1"), make_reading(TEXT, "Docker", "SQL:language")
    none = make_posting(other, "Kafka", "Docker", id="own-2"), make_reading(other)

    quality = scored(both, none)

    assert [(slip.form, slip.postings, slip.posting) for slip in quality.misses] == [
        ("kafka", 2, "own-1"),
        ("docker", 1, "own-2"),
    ]
    docker = quality.misses[1]
    assert (docker.before, docker.hit, docker.after) == ("Kafka and ", "Docker", " in production.")
    assert [(slip.form, slip.name, slip.kind) for slip in quality.false_hits] == [("sql", "SQL", "language")]


def test_long_sentences_around_a_slip_are_cut_at_words():
    text = "words " * 60 + "Kafka" + " words" * 60

    slip = one(["Kafka"], [], text).misses[0]

    assert slip.before.startswith("… words ")
    assert slip.after.endswith(" words …")
    assert len(slip.before + slip.hit + slip.after) < 260


def test_a_report_comes_back_from_json_as_it_was():
    quality = one(["Python", "SQL:language:preferred"], ["Python", "Kafka:method"])

    assert Quality.from_figures(json.loads(json.dumps(quality.as_figures()))) == quality
