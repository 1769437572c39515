"""Invented figures as one chart of each kind, for the style guide."""

from dataclasses import replace

from analytics import charts
from analytics.charts_dots import Dot, RangeRow, difference_bars, range_bars, scatter
from analytics.charts_heat import heat_map
from analytics.tables import LOG_ODDS, SHARE, Comparison, Estimate, HeatRow, LevelShares, Series, Unit

_N = 1412
ASKED = (
    ("Python", 1172, 832, 70, 270),
    ("machine learning", 1045, 700, 125, 220),
    ("PyTorch", 706, 402, 203, 101),
    ("AWS", 593, 250, 201, 142),
    ("SQL", 522, 240, 90, 192),
    ("Kubernetes", 395, 130, 160, 105),
)

"""Skill, postings that name it, and of these required, preferred and mentioned."""


def sample_charts() -> list[charts.Chart]:
    """Return one chart of each kind, the widest first."""
    return [_heat(), _bars(), _log_odds(), _lines(), _levels(), _pairs(), _ranges(), _changes(), _map()]


def empty_chart() -> charts.Chart:
    return charts.bar_with_intervals([], _caption("empty", "What Fortran developers are asked for", "", 0))


def _caption(key: str, title: str, summary: str, n: int | None = _N, *, unit: Unit = SHARE) -> charts.Caption:
    return charts.Caption(key, title, summary, unit, n, method=_METHODS.get(key, "share"))


_METHODS = {
    "apart": "log_odds", "time": "trend", "levels": "levels", "heat": "profile_mix", "pay": "pay",
    "changes": "clustered_change", "map": "role_map",
}  # fmt: skip
"""The key of each chart that shows no plain share -> its method."""


def _heat() -> charts.Chart:
    columns = ("ML platform", "deep learning", "data science", "analytics", "data platform", "backend")
    mix = {
        "ML engineer": (0.29, 0.34, 0.22, 0.02, 0.06, 0.07),
        "data scientist": (0.05, 0.14, 0.58, 0.18, 0.03, 0.02),
        "data engineer": (0.06, 0.01, 0.05, 0.08, 0.74, 0.06),
        "data analyst": (0.0, 0.0, 0.11, 0.84, 0.04, 0.01),
        "AI engineer": (0.22, 0.31, 0.14, 0.02, 0.05, 0.26),
        "software engineer": (0.04, 0.01, 0.02, 0.01, 0.1, 0.82),
    }  # fmt: skip
    rows = [
        HeatRow(title, values, 1412 - 130 * place, url=f"#{title}") for place, (title, values) in enumerate(mix.items())
    ]
    summary = "A data analyst is one job (84% analytics); an ML engineer is at least three."
    caption = replace(_caption("heat", "Which profiles stand behind each title", summary, 48210), rows="title")
    return heat_map(rows, caption, columns=columns)


def _bars() -> charts.Chart:
    rows = [
        Estimate(name, count / _N, count / _N - 0.026, count / _N + 0.026, _N, url=f"#{name}")
        for name, count, *_ in ASKED
    ]
    thin = Estimate("CUDA", 0.21, 0.1, 0.36, 22, state="thin")
    withheld = Estimate("Rust", None, n=7, state="withheld")
    caption = _caption("asked", "ML engineers are asked for Python first", "Python is named in 83% of 1,412 postings.")
    return charts.bar_with_intervals([*rows, thin, withheld], caption, reference=("all roles: Python 48%", 0.48))


def _log_odds() -> charts.Chart:
    values = (("PyTorch", 2.4), ("MLOps", 2.1), ("computer vision", 1.7), ("Excel", -1.2), ("Tableau", -1.9))
    rows = [Estimate(name, value, value - 0.3, value + 0.3, _N) for name, value in values]
    caption = _caption(
        "apart",
        "PyTorch and MLOps set ML engineers apart",
        "PyTorch leads, Tableau is rarest.",
        unit=LOG_ODDS,
    )
    return charts.bar_with_intervals(rows, caption)


def _lines() -> charts.Chart:
    months = list(range(660, 680))
    names = (("ML engineer", 0.2, 0.012), ("data scientist", 0.42, -0.006), ("AI engineer", 0.04, 0.015))
    series = [
        Series(name, tuple(_month(start + step * place, place) for place in range(len(months))))
        for name, start, step in names
    ]
    summary = "Retrieval-augmented generation rose in AI and ML engineer postings and fell in data scientist ones."
    caption = _caption("time", "Is retrieval rising outside research?", summary, 9301)
    return charts.line_over_months(series, caption, months=months, unfinished=months[-1])


def _month(value: float, place: int) -> Estimate:
    if place == 7:
        return Estimate("", None, n=6, state="withheld")
    wobble = value + 0.012 * ((place * 7) % 5 - 2)
    return Estimate("", wobble, max(wobble - 0.03, 0), wobble + 0.03, 210, state="thin" if place == 3 else "ok")


def _levels() -> charts.Chart:
    rows = [LevelShares(name, r / _N, p / _N, m / _N, _N, url=f"#{name}") for name, _, r, p, m in ASKED]
    caption = _caption("levels", "Kubernetes is nice to have, Python is not", "Python is required in 59% of postings.")
    return charts.stacked_levels(rows, caption)


def _pairs() -> charts.Chart:
    values = (
        ("PyTorch", 0.5, 0.17),
        ("Kubernetes", 0.28, 0.06),
        ("SQL", 0.37, 0.71),
        ("statistics", 0.22, 0.63),
    )
    rows = [
        Comparison(name, (Estimate(name, a, a - 0.03, a + 0.03, _N), Estimate(name, b, b - 0.03, b + 0.03, 2210)))
        for name, a, b in values
    ]
    caption = _caption("pairs", "Where ML engineers and data scientists differ most", "PyTorch: 50% against 17%.", None)
    return charts.paired_bars(rows, caption, names=("ML engineer", "data scientist"))


def _ranges() -> charts.Chart:
    rows = [
        RangeRow("ML engineer", 152000, 141000, 163000, 120000, 180000, 254, url="#ml"),
        RangeRow("data scientist", 131000, 128000, 135000, 104000, 160000, 611, url="#ds"),
        RangeRow("data analyst", 84000, 76000, 95000, 64000, 104000, 22, state="thin"),
        RangeRow("prompt engineer", None, n=4, state="withheld"),
    ]
    pay = Unit("yearly pay, USD", scale=0.001, prefix="$", suffix="k")
    caption = _caption("pay", "ML engineers are paid most", "Half of them state $120k to $180k.", 891, unit=pay)
    return range_bars(rows, replace(caption, rows="role"))


def _changes() -> charts.Chart:
    values = (("LLM", 0.121, 0.03), ("RAG", 0.082, 0.02), ("Scala", -0.011, 0.02), ("Hadoop", -0.054, 0.03))
    rows = [Estimate(name, value, value - wide, value + wide, _N, url=f"#{name}") for name, value, wide in values]
    points = Unit("change of the share, in points", scale=100, decimals=1)
    return difference_bars(rows, _caption("changes", "LLM rises, Hadoop falls", "LLM: 12.1 points.", unit=points))


def _map() -> charts.Chart:
    places = (
        ("data scientist", 0.1, 0.2, 2210, 1), ("ML engineer", 0.2, 0.05, 1412, 1), ("AI engineer", 0.24, 0.0, 610, 1),
        ("MLOps engineer", 0.2, -0.12, 240, 1), ("data analyst", -0.3, 0.2, 1904, 2),
        ("BI developer", -0.34, 0.1, 320, 2), ("analytics engineer", -0.22, 0.06, 280, 2),
        ("data engineer", -0.1, -0.2, 1502, 3), ("software engineer", 0.12, -0.4, 3100, 3),
    )  # fmt: skip
    dots = [
        Dot(name, x, y, n, url=f"#{name}", note=f"{n:,} postings", tone=f"series-{tone}")
        for name, x, y, n, tone in places
    ]
    caption = _caption(
        "map", "Which roles ask for alike things", "Distances on paper are about right: r = 0.94.", 11978
    )
    return scatter(dots, replace(caption, rows="role", unit=Unit("near is alike; areas are postings")))
