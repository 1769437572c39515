import pytest

from analytics.charts import Caption, line_over_periods
from analytics.tables import SHARE, Estimate, Series

NAMES = ("Q1 2026", "Q2 2026", "Q3 2026")


def make_chart(n=120, **options):
    points = tuple(Estimate("", share, share - 0.1, share + 0.1, n=40) for share in (0.2, 0.3, 0.4))
    caption = Caption("lines", "Rust", "It rises.", SHARE, n, rows="quarter", method="trend")
    return line_over_periods([Series("Rust", points)], caption, names=NAMES, **options)


def test_periods_are_named_at_the_axis_and_in_the_table_in_their_order():
    chart = make_chart()

    assert chart.spec["data"]["labels"] == list(NAMES)
    assert [row[0].text for row in chart.table.rows] == list(NAMES)
    assert [row[0].sort for row in chart.table.rows] == sorted(row[0].sort for row in chart.table.rows)
    assert (chart.table.columns[0].text, chart.method) == ("quarter", "trend")


@pytest.mark.parametrize(
    ("n", "subtitle"),
    [
        (120, "share of postings (%) · n = 120 postings · Q3 2026 is not finished"),
        (None, "share of postings (%) · Q3 2026 is not finished"),
    ],
)
def test_a_period_that_is_not_finished_is_shaded_and_named(n, subtitle):
    chart = make_chart(n=n, unfinished=2)

    assert chart.subtitle == subtitle
    assert chart.spec["options"]["plugins"]["annotation"]["annotations"]["unfinished"]["xMin"] == 1.5


def test_charts_beside_each_other_are_drawn_to_one_scale():
    assert make_chart(top=0.8).spec["options"]["scales"]["y"]["suggestedMax"] == 80
    assert "suggestedMax" not in make_chart().spec["options"]["scales"]["y"]
