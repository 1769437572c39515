"""Invented figures for templates/styleguide.html, which shows every component in each of its states."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django import forms

from analytics import charts
from analytics.figures import level_bar, share_figure, spark_line
from analytics.tables import SHARE, Comparison, Estimate, HeatRow, LevelShares, Series, Unit

_N = 1412
_LOG_ODDS = Unit("log-odds against all other roles", decimals=2)
_ASKED = (
    ("Python", 1172, 832, 70, 270),
    ("machine learning", 1045, 700, 125, 220),
    ("PyTorch", 706, 402, 203, 101),
    ("AWS", 593, 250, 201, 142),
    ("SQL", 522, 240, 90, 192),
    ("Kubernetes", 395, 130, 160, 105),
)


class SampleForm(forms.Form):
    """The fields that forms are made of; bound below, so that it also shows its errors."""

    name = forms.CharField(label="Source name", help_text="As it will stand in every figure’s provenance.")
    title = forms.ChoiceField(label="Column of the title", choices=[("job_title", "job_title"), ("role", "role")])
    seen = forms.DateField(
        label="Seen on",
        widget=forms.DateInput({"type": "date"}),
        error_messages={"required": "Enter a date like 2026-08-04."},
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea({"rows": 3}))
    sample = forms.BooleanField(label="These are sample postings", required=False)


class SampleUpload(forms.Form):
    file = forms.FileField()


def sample() -> dict[str, object]:
    """Return the context of styleguide.html."""
    return {
        "strip": _strip(),
        "filters": _filters(),
        "crumbs": [("Roles", "#roles")],
        "tabs": _tabs(),
        "figures": _figures(),
        "skills": [_skill_row(*row) for row in _ASKED],
        "thin": share_figure(9, 22, interval=(0.23, 0.61), state="thin"),
        "withheld": share_figure(2, 7, interval=(0.0, 1.0), state="withheld"),
        "spark": spark_line([3.0, 4, None, 6, 5, 7, 9, 8], text="Postings per month, 3 to 9"),
        "charts": [_heat(), _bars(), _log_odds(), _lines(), _levels(), _pairs()],
        "empty_chart": charts.bar_with_intervals([], _caption("empty", "What Fortran developers are asked for", "", 0)),
        "form": SampleForm({"name": "Company sites", "title": "role"}),
        "upload": SampleUpload(),
        "segments": _segments(),
        "stages": [
            {"label": "Reading rows", "detail": "5,000 of 5,000 rows, 6.1 s", "done": 5000, "total": 5000},
            {
                "label": "Finding skills",
                "detail": "1,204 of 5,000 postings, 820/s, 5 s left",
                "done": 1204,
                "total": 5000,
            },
            {"label": "Grouping copies", "detail": "waiting", "done": 0, "total": 0},
        ],
    }


def _skill_row(name: str, count: int, required: int, preferred: int, mentioned: int) -> Mapping[str, object]:
    share = count / _N
    interval = (share - 0.025, share + 0.025)
    figure = share_figure(count, _N, interval=interval, state="ok")
    return {"name": name, "share": figure, "levels": level_bar(required, preferred, mentioned)}


def _strip() -> Mapping[str, object]:
    warnings = [{"text": "One source holds 61% of the postings", "url": "#warn"}]
    return {
        "run": "Run 12, 4 Aug 2026", "run_url": "#run", "postings": "48,210", "copies": "3,112",
        "copies_counted": False, "months": "Jan 2023 – Aug 2026",
        "taxonomy": "2026.1", "sure_url": "#sure", "warnings": warnings,
    }  # fmt: skip


def _filters() -> Mapping[str, object]:
    countries = (
        ("US", "United States", "21,404"),
        ("DE", "Germany", "8,122"),
        ("GB", "United Kingdom", "6,310"),
    )
    roles = (
        "data analyst",
        "data engineer",
        "data scientist",
        "ML engineer",
        "software engineer",
        "AI engineer",
    )
    more_roles = (*roles, "analytics engineer", "research scientist", "MLOps engineer", "BI developer")
    fields = [
        _pick("country", "Country", countries, ("US", "DE")),
        _pick("role", "Role", [(role, role, "1,412") for role in more_roles], ("ML engineer",)),
        _pick("seniority", "Seniority", [("junior", "junior", "4,101"), ("senior", "senior", "12,040")], ()),
        _pick("remote", "Remote", [("remote", "remote", "9,300"), ("hybrid", "hybrid", "7,410")], ()),
    ]
    chips = [
        {"label": "Country", "text": "United States", "remove_url": "#1"},
        {"label": "Country", "text": "Germany", "remove_url": "#2"},
        {"label": "Role", "text": "ML engineer", "remove_url": "#3"},
    ]
    return {
        "action": "", "keep": [("tab", "asked")], "since": "", "until": "", "dates_text": "",
        "fields": fields, "copies": False, "reposts": False, "chips": chips, "reset_url": "#all",
        "query": "?country=US&country=DE&role=ML+engineer",
    }  # fmt: skip


def _pick(
    name: str, label: str, options: Sequence[tuple[str, str, str]], chosen: tuple[str, ...]
) -> Mapping[str, object]:
    listed = [{"value": v, "label": text, "n": n, "selected": v in chosen} for v, text, n in options]
    return {"name": name, "label": label, "chosen": len(chosen), "options": listed, "more": ""}


def _tabs() -> Sequence[Mapping[str, object]]:
    names = (
        "Asked for",
        "Sets it apart",
        "Required vs preferred",
        "By group",
        "Over time",
        "Companies",
        "Postings",
    )
    return [
        {
            "label": name,
            "url": f"#{place}",
            "current": place == 0,
            "count": "1,412" if name == "Postings" else "",
        }
        for place, name in enumerate(names)
    ]


def _figures() -> Sequence[Mapping[str, object]]:
    return [
        {
            "label": "Postings",
            "value": "48,210",
            "url": "#postings",
            "change": "+3.1% since run 11",
            "direction": "up",
        },
        {"label": "Companies", "value": "9,044", "note": "of 12,203 names as written"},
        {
            "label": "Skills found per posting",
            "value": "11.4",
            "change": "−0.2 since run 11",
            "direction": "down",
        },
        {"label": "Pay stated in", "value": "18%", "note": "too few for some roles"},
    ]


def _caption(key: str, title: str, summary: str, n: int | None = _N, *, unit: Unit = SHARE) -> charts.Caption:
    return charts.Caption(key, title, summary, unit, n)


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
    return charts.heat_map(rows, caption, columns=columns)


def _bars() -> charts.Chart:
    rows = [
        Estimate(name, count / _N, count / _N - 0.026, count / _N + 0.026, _N, url=f"#{name}")
        for name, count, *_ in _ASKED
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
        unit=_LOG_ODDS,
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
    rows = [LevelShares(name, r / _N, p / _N, m / _N, _N, url=f"#{name}") for name, _, r, p, m in _ASKED]
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


def _segments() -> Sequence[Mapping[str, object]]:
    marked = {
        "Python": ("Python", "required"), "PyTorch": ("PyTorch", "required"),
        "k8s": ("Kubernetes", "preferred"),
        "computer vision": ("computer vision", "mentioned"),
    }  # fmt: skip
    parts = (
        "We build cameras that count bees, and our ", "computer vision",
        " team is growing.\n\nWhat you bring\n- several years of ", "Python", " and ", "PyTorch",
        "\n- patience with noisy pictures\n\nNice to have\n- you have run services on ", "k8s", "\n",
    )  # fmt: skip
    return [{"text": part, "mention": _mention(part, *marked[part]) if part in marked else None} for part in parts]


def _mention(alias: str, skill: str, level: str) -> Mapping[str, str]:
    return {"level": level, "skill": skill, "alias": alias, "rule": "", "url": f"#{skill}"}
