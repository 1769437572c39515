"""Invented figures for templates/styleguide.html, which shows every component in each of its states."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.core.paginator import Paginator
from django.utils.text import slugify

from analytics.figures import ShareFigure, level_bar, share_figure, spark_line
from analytics.selectors.work_progress import WorkProgress
from analytics.styleguide_charts import ASKED, empty_chart, sample_charts
from analytics.tables import (
    LOG_ODDS,
    SHARE,
    Cell,
    Column,
    Row,
    Sheet,
    Table,
    badge_cell,
    count_cell,
    interval_cell,
    levels_cell,
    number_cell,
    share_cell,
    spark_cell,
    text_cell,
)

N = 1412
TOKENS = {
    "Ink": ("ink", "ink-2", "ink-3"),
    "Ground": ("paper", "surface", "surface-2", "surface-3", "line", "line-strong"),
    "Meaning": ("accent", "good", "warn", "bad", "focus"),
    "Tints": ("accent-soft", "good-soft", "warn-soft", "bad-soft"),
    "Series": tuple(f"series-{place}" for place in range(1, 9)),
    "Levels": ("level-required", "level-preferred", "level-mentioned"),
    "Heat": tuple(f"heat-{step}" for step in range(10)),
}
"""The colour tokens of static/css/rolescope.css by what they are for."""


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
    drawn = sample_charts()
    return {
        "strip": _strip(),
        "filters": _filters(),
        "crumbs": [("For those who write screens", "#words")],
        "tabs": _tabs(),
        "figures": _figures(),
        "share": _share(1172),
        "thin": share_figure(9, 22, interval=(0.23, 0.61), state="thin"),
        "withheld": share_figure(2, 7, interval=(0.0, 1.0), state="withheld"),
        "levels": level_bar(832, 70, 270),
        "spark": spark_line([3.0, 4, None, 6, 5, 7, 9, 8], text="Postings per month, 3 to 9"),
        "charts": drawn,
        "sheet": _every_cell(),
        "heat": Sheet("profiles", "Profiles behind each title, cell by cell", drawn[0].table, method="profile_mix"),
        "empty_chart": empty_chart(),
        "tokens": TOKENS,
        "work": WorkProgress("", 0, 0, 13, "New figures are out: run 13.", "#run-13", "#compare", 12),
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


def _share(count: int) -> ShareFigure:
    share = count / N
    return share_figure(count, N, interval=(share - 0.025, share + 0.025), state="ok")


def _every_cell() -> Sheet:
    """Return a table with a cell of each kind; the server sorts it, and it is a page of many."""
    columns = (
        Column("Skill", is_number=False, url="#name"),
        Column("Share", is_number=False, unit=SHARE, url="#share", order="descending"),
        Column("Postings"),
        Column("Log-odds", unit=LOG_ODDS),
        Column("95% interval", unit=LOG_ODDS),
        Column("How strongly", is_number=False),
        Column("Trend", is_number=False),
        Column("Class", is_number=False),
    )
    page = Paginator(range(N), 50).page(2)
    return Sheet(
        "skills", "Skills asked for", Table(columns, (*_sure_rows(), *_unsure_rows())), "share", page, noun="skills"
    )


def _sure_rows() -> Iterator[Row]:
    spark = spark_line([3.0, 4, None, 6, 5, 7, 9, 8], text="Postings per month, 3 to 9")
    for place, (name, count, *levels) in enumerate(ASKED):
        odds = 1.2 - place * 0.4
        yield (
            text_cell(name, f"#{slugify(name)}", note="" if place else "a note"),
            share_cell(_share(count), "#postings"),
            number_cell(count, url="#postings"),
            number_cell(odds, LOG_ODDS),
            interval_cell(odds - 0.2, odds + 0.2, LOG_ODDS),
            levels_cell(level_bar(*levels)),
            spark_cell(spark),
            badge_cell("core", "info") if place < 3 else badge_cell("common"),
        )


def _unsure_rows() -> Iterator[Row]:
    thin = share_figure(9, 22, interval=(0.23, 0.61), state="thin")
    withheld = share_figure(2, 7, interval=(0.0, 1.0), state="withheld")
    rest = (number_cell(None), Cell(), levels_cell(level_bar(0, 0, 0)), spark_cell(spark_line([], text="no dates")))
    yield text_cell("CUDA", state="thin"), share_cell(thin), count_cell(thin), *rest, badge_cell("unsure", "warn")
    yield text_cell("Rust"), share_cell(withheld), count_cell(withheld), *rest, Cell()


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
