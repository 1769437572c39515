"""What goes with a skill in pay when title, seniority, place and time are alike: all common skills, and one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart
from analytics.charts_dots import difference_bars
from analytics.figures import Reliability, number
from analytics.measures import THIN_BELOW, Premium, TooFew
from analytics.measures.cells import COMPANIES_FROM
from analytics.measures.trends import ALPHA
from analytics.questions import Question
from analytics.selectors.key_figures import KeyFigure, share_key_figure
from analytics.selectors.links import path_of
from analytics.selectors.paid_ads import Asked, Paid, paid_ads, premiums
from analytics.selectors.pay_sheets import PayRow, pay_table
from analytics.selectors.pay_stated import StatedPay
from analytics.selectors.published import Published
from analytics.selectors.selected import with_skill
from analytics.selectors.shares import p_cell, p_text, postings_text
from analytics.selectors.skill_links import skill_urls
from analytics.snapshot import Selection
from analytics.snapshot.select import pick
from analytics.tables import Column, Estimate, Row, Sheet, Table, Unit, interval_cell, number_cell, text_cell

MOST_IN_CHART = 24
DIFFERENCE = Unit("difference in pay, other things equal", scale=100, suffix="%")
NO_CAUSE = "No cause: better paid jobs ask for other skills, and postings do not say everything that pay hangs on."


@dataclass(frozen=True)
class SkillPremiums:
    """`basis` says what they rest on; `refusal` why there are none."""

    basis: str
    chart: Chart | None = None
    sheet: Sheet | None = None
    refusal: str = ""


@dataclass(frozen=True)
class PremiumCard:
    """Pay and one skill. `value` is its premium, "" where `refusal` says why there is none; `all_url` has all."""

    figures: tuple[KeyFigure, ...]
    medians: Sheet
    basis: str
    value: str
    p: str
    refusal: str
    all_url: str


def skill_premiums(stated: StatedPay) -> SkillPremiums:
    """Return the premiums of the commonest skills within the filters, the highest first."""
    rests_on = paid_ads(stated.snapshot, stated.question.filter, stated.currency)
    found = premiums(stated.snapshot, Asked(stated.question.filter, stated.currency))
    if isinstance(found, TooFew):
        return SkillPremiums(basis_of(rests_on, stated), refusal=str(found))
    known = np.flatnonzero(~np.isnan(found.premium))
    if not len(known):
        few = f"No skill is named by {THIN_BELOW} of them, of {COMPANIES_FROM} companies, and lacking in as many."
        return SkillPremiums(basis_of(rests_on, stated), refusal=few)
    lines = _Lines(stated, found, rests_on.named)
    basis = f"{basis_of(rests_on, stated)} {number(found.skills)} skills are held alike, the commonest of them."
    return SkillPremiums(basis, lines.chart(known), lines.sheet(known[np.argsort(-found.premium[known])]))


def premium_card(skill: str, question: Question, shown: Published, currency: str = "") -> PremiumCard:
    """Return what pay says about one skill of the run: the medians with it and in all, and its premium."""
    stated = StatedPay.within(question, shown, currency)
    code = shown.snapshot.codes_of("skill", [skill])[0]
    rests_on = paid_ads(shown.snapshot, question.filter, stated.currency)
    found = _with(stated, code)
    known = not isinstance(found, TooFew) and not np.isnan(found.premium[code])
    value = interval = p = ""
    if isinstance(found, Premium) and known:
        value, p = _signed(float(found.premium[code])), p_text(float(found.adjusted_p[code]))
        interval = DIFFERENCE.interval(float(found.low[code]), float(found.high[code]))
    naming = pick(stated.rows[np.isin(stated.rows, shown.snapshot.skill_rows(code), assume_unique=True)])
    return PremiumCard(
        figures=_card_figures(stated, naming.n, skill, value=value, interval=interval, p=p),
        medians=_medians(stated, skill, naming),
        basis=basis_of(rests_on, stated),
        value=value,
        p=p,
        refusal="" if known else _refusal(found, code),
        all_url=path_of("pay") + question.query_with(tab="skills", currency=currency),
    )


def basis_of(found: Paid, stated: StatedPay) -> str:
    """Say which postings a regression rests on."""
    outside = found.stated.n - found.named.n
    said = f"Of {postings_text(stated.selection.n)}, {number(found.stated.n)} state pay {stated.in_words}"
    if outside:
        said += f"; {number(outside)} of these have a title that is no role of the catalogue and are left out"
    if found.is_drawn:
        drawn = postings_text(len(found.rows))
        said += f"; of the {number(found.named.n)} left, whole companies with {drawn} are drawn"
    return f"{said}."


@dataclass(frozen=True)
class _Lines:
    stated: StatedPay
    found: Premium
    named: Selection

    def chart(self, known: NDArray[np.intp]) -> Chart:
        """Draw the skills that are the furthest from zero for their error, since most lie near it."""
        found = self.found
        far = np.abs(found.coefficient[known] / found.se[known])
        drawn = known[np.argsort(-far, kind="stable")[:MOST_IN_CHART]]
        rows = [self._estimate(int(code)) for code in drawn[np.argsort(-found.premium[drawn], kind="stable")]]
        caption = Caption(
            key="premium",
            title=_finding(found),
            summary=f"{_furthest(found, self.stated)} {NO_CAUSE}",
            unit=DIFFERENCE,
            n=found.stated,
            method="premium",
        )
        return difference_bars(rows, caption)

    def sheet(self, codes: NDArray[np.intp]) -> Sheet:
        counts = self.stated.snapshot.skill_counts(self.named).any
        columns = (
            Column("Skill", is_number=False),
            Column("Premium", unit=DIFFERENCE),
            Column("95% interval", unit=DIFFERENCE),
            Column("Adjusted p"),
            Column("Postings"),
            Column("Companies"),
        )
        rows = tuple(self._row(int(code), int(counts[code])) for code in codes)
        return Sheet("premiums", "Premiums of skills", Table(columns, rows), method="premium", noun="skills")

    def _row(self, code: int, count: int) -> Row:
        found, name = self.found, self.stated.snapshot.skills[code]
        urls = skill_urls(self.stated.shown.run.pk)
        url = urls[name] + self.stated.question.query_with(tab="pay") if name in urls else ""
        p = float(found.adjusted_p[code])
        return (
            text_cell(name, url, state="ok" if p < ALPHA else "thin"),
            number_cell(float(found.premium[code]), DIFFERENCE),
            interval_cell(float(found.low[code]), float(found.high[code]), DIFFERENCE),
            p_cell(p),
            number_cell(count, url=self._postings(name)),
            number_cell(int(found.holders[code])),
        )

    def _estimate(self, code: int) -> Estimate:
        found, name = self.found, self.stated.snapshot.skills[code]
        values = (float(found.premium[code]), float(found.low[code]), float(found.high[code]))
        # Pale: with so many skills it may be chance.
        state: Reliability = "ok" if found.adjusted_p[code] < ALPHA else "thin"
        return Estimate(name, *values, n=int(found.held[code]), url=self._postings(name), state=state)

    def _postings(self, name: str) -> str:
        return self.stated.postings_url(skill=name, catalogued="1")


def _finding(found: Premium) -> str:
    sure = found.adjusted_p < ALPHA
    if not sure.any():
        return f"None of {number(found.skills)} skills surely goes with more pay or less"
    more, less = (int((sure & side).sum()) for side in (found.coefficient > 0, found.coefficient < 0))
    return f"Of {number(found.skills)} skills, {number(more)} surely go with more pay and {number(less)} with less"


def _furthest(found: Premium, stated: StatedPay) -> str:
    known = np.flatnonzero(~np.isnan(found.coefficient))
    far = int(known[np.argmax(np.abs(found.coefficient[known] / found.se[known]))])
    return (
        f"Furthest from zero for its error is {stated.snapshot.skills[far]}: {_signed(float(found.premium[far]))} "
        f"({DIFFERENCE.interval(float(found.low[far]), float(found.high[far]))}), adjusted p "
        f"{p_text(float(found.adjusted_p[far]))}. Pale bars may be chance."
    )


def _with(stated: StatedPay, code: int) -> Premium | TooFew:
    """Return the regression on the commonest skills, or that which holds this one beside them."""
    asked = Asked(stated.question.filter, stated.currency)
    found = premiums(stated.snapshot, asked)
    if isinstance(found, TooFew) or not np.isnan(found.premium[code]):
        return found
    return premiums(stated.snapshot, Asked(asked.filter, asked.currency, code))


def _refusal(found: Premium | TooFew, code: int) -> str:
    if isinstance(found, TooFew):
        return str(found)
    held, companies = int(found.held[code]), int(found.holders[code])
    if held < THIN_BELOW or companies < COMPANIES_FROM:
        of = f"{number(companies)} {'company' if companies == 1 else 'companies'}"
        name = "names" if held == 1 else "name"
        return f"{postings_text(held)} with pay of {of} {name} it; it takes {THIN_BELOW} of {COMPANIES_FROM} companies."
    if found.stated - held < THIN_BELOW:
        return f"All postings with pay but {number(found.stated - held)} name it: there is nothing to set it against."
    return "Title, seniority, place, time and the other skills give it away: it has no premium of its own."


def _card_figures(stated: StatedPay, naming: int, skill: str, **premium: str) -> tuple[KeyFigure, ...]:
    note = f"{premium['interval']} (95%), adjusted p {premium['p']}" if premium["value"] else "see below"
    return (
        KeyFigure("Premium, other things equal", premium["value"] or "withheld", note=note),
        KeyFigure(
            "State pay and name it",
            number(naming),
            note=stated.in_words,
            url=stated.postings_url(skill=skill) if naming else "",
        ),
        share_key_figure(f"Pay stated {stated.in_words}", stated.figures.stated, stated.selection.n),
    )


def _medians(stated: StatedPay, skill: str, naming: Selection) -> Sheet:
    snapshot = stated.snapshot
    code = snapshot.codes_of("skill", [skill])[0]
    sizes = (with_skill(snapshot, stated.selection, code).n, stated.selection.n)
    rows = [
        PayRow(f"name {skill}", stated.figures_of(naming.rows, sizes[0]), stated.postings_url(skill=skill)),
        PayRow("all postings", stated.figures, stated.postings_url()),
    ]
    return Sheet("skill-pay", f"Pay of postings that name {skill}", pay_table(rows, "Postings", stated), method="pay")


def _signed(share: float) -> str:
    text = DIFFERENCE.text(share)
    return f"+{text}" if share > 0 else text
