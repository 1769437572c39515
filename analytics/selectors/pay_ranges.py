"""Pay by role, by level, by quarter, and by where it is stated."""

from collections.abc import Sequence

from analytics.charts import Caption, Chart
from analytics.figures import number
from analytics.measures import PayQuartiles
from analytics.selectors.filterbar import label_of
from analytics.selectors.links import role_url
from analytics.selectors.pay_levels import level_label, rank_of
from analytics.selectors.pay_sheets import PayRow, ends, pay_table, range_chart
from analytics.selectors.pay_stated import StatedPay, by_median
from analytics.selectors.role_names import NOT_IN_CATALOGUE
from analytics.selectors.shares import postings_text, state_of
from analytics.tables import Sheet, Unit

MOST_IN_CHART = 30
QUARTERS = 20
TALL_FROM = 15
MOST_LINES = 4


def role_rows(stated: StatedPay) -> tuple[list[PayRow], str]:
    """Return the roles that state pay, the best paid first and what is no role last, and a sentence on the others."""
    names = stated.snapshot.roles
    found = stated.by("role")
    telling = by_median((code, figures) for code, figures in found.items() if figures.stated)
    telling.sort(key=lambda one: names[one[0]] in NOT_IN_CATALOGUE)
    silent = [figures.n for figures in found.values() if not figures.stated]
    others = f"{number(len(silent))} further roles ({postings_text(sum(silent))})"
    said = f"No posting states pay {stated.in_words} in {others}."
    return [_role_row(stated, code, figures) for code, figures in telling], said if silent else ""


def _role_row(stated: StatedPay, code: int, figures: PayQuartiles) -> PayRow:
    name = stated.snapshot.roles[code]
    return PayRow(
        label=label_of("role", name, stated.snapshot),
        figures=figures,
        postings=stated.postings_url(stated.question.narrowed(role=name)),
        url=role_url(name, stated.question, tab="pay"),
        note=NOT_IN_CATALOGUE.get(name, ""),
    )


def role_chart(rows: Sequence[PayRow], stated: StatedPay) -> Chart:
    """Return the roles of the catalogue with ten postings or more that state pay."""
    shown = [row for row in rows if not row.note and row.figures.reliability.is_shown][:MOST_IN_CHART]
    caption = Caption(
        key="pay-roles",
        title="What roles are paid",
        summary=_extremes(shown, stated.unit),
        unit=stated.unit,
        n=None,
        rows="role",
        method="pay",
    )
    return range_chart(shown, caption)


def role_sheet(rows: Sequence[PayRow], stated: StatedPay) -> Sheet:
    return Sheet("roles", "Pay by role", pay_table(rows, "Role", stated), method="pay", noun="roles")


def by_column(stated: StatedPay, column: str, title: str, *, least: int = 0) -> Sheet:
    """Return pay by the values of a column (country, source) that `least` postings state it for, the most first."""
    snapshot, names = stated.snapshot, stated.snapshot.vocabulary(column)
    found = sorted(stated.by(column).items(), key=lambda one: (-one[1].stated, -one[1].n, one[0]))
    rows = []
    for code, figures in found:
        if figures.stated < least:
            continue
        narrowed = stated.question.narrowed(**{column: names[code]})
        rows.append(PayRow(label_of(column, names[code], snapshot), figures, stated.postings_url(narrowed)))
    return Sheet(
        column,
        title,
        pay_table(rows, column.capitalize(), stated),
        method="pay",
        noun="rows",
        tall=len(rows) > TALL_FROM,
    )


def seniority_rows(stated: StatedPay) -> list[PayRow]:
    """Return the levels of seniority that state pay, the lowest first."""
    names = stated.snapshot.seniorities
    found = sorted(stated.by("seniority").items(), key=lambda one: rank_of(names[one[0]]))
    return [
        PayRow(
            level_label(names[code]),
            figures,
            stated.postings_url(stated.question.narrowed(seniority=names[code])),
        )
        for code, figures in found
        if figures.stated
    ]


def _extremes(rows: Sequence[PayRow], unit: Unit) -> str:
    sure = [row for row in rows if state_of(row.figures.stated) == "ok"]
    if len(sure) < 2:
        return "Middle of the stated range, as a year’s pay. Dots are medians with their 95% intervals."
    best, least = sure[0], sure[-1]
    return (
        f"Of roles with thirty or more that state it, {best.label} is paid best ({unit.text(best.figures.median)}, "
        f"{ends(best.figures, unit)}) and {least.label} least ({unit.text(least.figures.median)}, "
        f"{ends(least.figures, unit)})."
    )
