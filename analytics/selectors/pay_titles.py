"""How much pay goes with a title, and how much of that with the skills that are asked for under it."""

from dataclasses import dataclass

import numpy as np

from analytics.charts import Caption, Chart, paired_bars
from analytics.figures import number
from analytics.measures import THIN_BELOW, Effect, TitlePremium, TooFew
from analytics.selectors.filterbar import Option, label_of
from analytics.selectors.links import role_url
from analytics.selectors.paid_ads import Asked, paid_ads, title_premiums
from analytics.selectors.pay_stated import StatedPay
from analytics.selectors.premium import basis_of
from analytics.selectors.shares import postings_text
from analytics.tables import (
    Cell,
    Column,
    Comparison,
    Estimate,
    Row,
    Sheet,
    Table,
    Unit,
    interval_cell,
    number_cell,
    text_cell,
)

MOST_IN_CHART = 12
AGAINST = Unit("difference in pay", scale=100, suffix="%")
NAMES = ("in all", "with the skills alike")


@dataclass(frozen=True)
class TitlePremiums:
    """`bases` are the roles that the others can be set against; `refusal` says why nothing is."""

    base: str
    bases: tuple[Option, ...]
    basis: str
    chart: Chart | None = None
    sheet: Sheet | None = None
    refusal: str = ""


def title_premiums_part(stated: StatedPay, asked: str) -> TitlePremiums:
    """Return the premiums of the roles against the one that is asked for, else the one that states pay most."""
    snapshot = stated.snapshot
    rests_on = paid_ads(snapshot, stated.question.filter, stated.currency)
    counts = snapshot.tally(rests_on.named, "role")
    order = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code] >= THIN_BELOW]
    basis = basis_of(rests_on, stated)
    if not order:
        return TitlePremiums("", (), basis, refusal=f"No role has {THIN_BELOW} postings that state pay.")
    wanted = snapshot.code("role", asked)
    base = wanted if wanted in order else order[0]
    bases = tuple(
        Option(snapshot.roles[code], _label(stated, code), number(int(counts[code])), code == base) for code in order
    )
    found = title_premiums(snapshot, Asked(stated.question.filter, stated.currency), base)
    if isinstance(found, TooFew):
        return TitlePremiums(_label(stated, base), bases, basis, refusal=str(found))
    lines = _Lines(stated, found, counts)
    basis = (
        f"{basis} {postings_text(found.stated)} of {number(found.companies)} companies have a title that can be "
        f"compared; {number(len(found.skills))} skills are held alike, the commonest of them."
    )
    return TitlePremiums(_label(stated, base), bases, basis, lines.chart(), lines.sheet())


@dataclass(frozen=True)
class _Lines:
    stated: StatedPay
    found: TitlePremium
    counts: np.ndarray

    def chart(self) -> Chart:
        """Draw the titles that state pay most, the best paid first."""
        most = sorted(range(len(self.found.titles)), key=lambda place: -int(self.found.ads[place]))[:MOST_IN_CHART]
        rows = [self._comparison(place) for place in self._by_gross() if place in most]
        caption = Caption(
            key="titles",
            title=f"Pay beyond that of {_label(self.stated, self.found.base)}: the word and its skills",
            summary=self._finding(),
            unit=AGAINST,
            n=self.found.stated,
            rows="role",
            method="title_premium",
        )
        return paired_bars(rows, caption, names=NAMES)

    def sheet(self) -> Sheet:
        heads = ("In all", "Skills alike", "By skills")
        columns = [Column("Role", is_number=False)]
        for head in heads:
            columns += [Column(head, unit=AGAINST), Column("95% interval", unit=AGAINST)]
        table = Table((*columns, Column("Postings")), tuple(self._row(place) for place in self._by_gross()))
        return Sheet("titles-net", "Premiums of titles, net of skills", table, method="title_premium", noun="roles")

    def _by_gross(self) -> list[int]:
        return [int(place) for place in np.argsort(-self.found.gross.coefficient, kind="stable")]

    def _row(self, place: int) -> Row:
        found, code = self.found, int(self.found.titles[place])
        name = self.stated.snapshot.roles[code]
        figures = [cell for effect in (found.gross, found.net, found.by_skills) for cell in _cells(effect, place)]
        head = text_cell(_label(self.stated, code), role_url(name, self.stated.question, tab="pay"))
        return head, *figures, number_cell(int(self.counts[code]), url=self._postings(name))

    def _comparison(self, place: int) -> Comparison:
        name = self.stated.snapshot.roles[int(self.found.titles[place])]
        url = self._postings(name)
        sides = tuple(
            Estimate("", *_values(effect, place), n=int(self.found.ads[place]), url=url)
            for effect in (self.found.gross, self.found.net)
        )
        return Comparison(_label(self.stated, int(self.found.titles[place])), sides, url)

    def _postings(self, name: str) -> str:
        return self.stated.postings_url(self.stated.question.narrowed(role=name))

    def _finding(self) -> str:
        """Say it of the title that is paid most beyond the base for sure."""
        found = self.found
        sure = [place for place in self._by_gross() if found.gross.low[place] > 0]
        if not sure:
            return "No title is surely paid more at the same seniority, place and time."
        best = sure[0]
        gross, net, skills = (_in_words(effect, best) for effect in (found.gross, found.net, found.by_skills))
        name = _label(self.stated, int(found.titles[best]))
        return (
            f"{name} is paid {gross} more at the same seniority, place and time. "
            f"With the skills alike it is {net}; {skills} goes with the skills."
        )


def _in_words(effect: Effect, place: int) -> str:
    value, low, high = _values(effect, place)
    return f"{AGAINST.text(value)} ({AGAINST.interval(low, high)})"


def _cells(effect: Effect, place: int) -> tuple[Cell, Cell]:
    value, low, high = _values(effect, place)
    return number_cell(value, AGAINST), interval_cell(low, high, AGAINST)


def _values(effect: Effect, place: int) -> tuple[float, float, float]:
    return float(effect.premium[place]), float(effect.low[place]), float(effect.high[place])


def _label(stated: StatedPay, code: int) -> str:
    return label_of("role", stated.snapshot.roles[code], stated.snapshot)
