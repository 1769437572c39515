import pytest

from analytics.figures import level_bar, month_name, number, percent, share_figure, spark_line, whole_percent


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"), (0.0001, "<0.1%"), (0.031, "3.1%"), (0.0994, "9.9%"), (0.0996, "10%"), (0.831, "83%"),
        (0.996, ">99%"), (1.0, "100%"), (-0.12, "−12%"),
    ],
)  # fmt: skip
def test_percents_never_round_to_nothing_or_to_all(share, text):
    assert percent(share) == text


def test_whole_percents_never_round_to_nothing():
    assert [whole_percent(share) for share in (0.0, 0.004, 0.006, 0.5)] == ["0%", "<1%", "1%", "50%"]


def test_numbers_have_groups_and_a_real_minus_sign():
    assert number(-1234567.5, decimals=1) == "−1,234,567.5"


def test_what_rounds_to_zero_has_no_minus_sign():
    assert (number(-0.001, decimals=2), number(-0.4), number(-0.0)) == ("0.00", "0", "0")


def test_a_share_carries_its_words_and_its_lengths():
    share = share_figure(1172, 1412, interval=(0.8097, 0.8485), state="ok")

    assert (share.percent, share.interval, share.count, share.n) == ("83%", "81–85", "1,172", "1,412")
    assert (share.width, share.low, share.high) == ("83.00%", "80.97%", "84.85%")


def test_a_withheld_share_tells_its_n_and_nothing_else():
    share = share_figure(2, 7, interval=(0.08, 0.64), state="withheld")

    assert (share.percent, share.interval, share.count, share.n) == ("", "", "", "7")


def test_a_share_of_no_postings_is_withheld():
    assert share_figure(0, 0, interval=(0.0, 1.0), state="ok").state == "withheld"


def test_lengths_stay_inside_the_bar():
    share = share_figure(5, 5, interval=(-0.01, 1.2), state="ok")

    assert (share.low, share.high) == ("0.00%", "100.00%")


def test_levels_fill_one_bar_end_to_end():
    first, second = level_bar(3, 0, 1).segments

    assert (first.level, first.x, first.width) == ("required", "0.00%", "75.00%")
    assert (second.level, second.x, second.width) == ("mentioned", "75.00%", "25.00%")


def test_levels_without_mentions_say_so():
    assert level_bar(0, 0, 0).text == "no mentions"


def test_a_spark_line_spans_its_box_and_bridges_gaps():
    spark = spark_line([0.0, None, 10.0], text="up")

    assert spark.points == "2.0,18.0 94.0,2.0"
    assert (spark.last_x, spark.last_y) == ("94.0", "2.0")


def test_one_known_value_is_no_trend():
    assert spark_line([None, 4.0], text="").points == ""


def test_months_count_from_january_1970():
    assert [month_name(month) for month in (0, 679, 680)] == ["Jan 1970", "Aug 2026", "Sep 2026"]
