"""What one role is paid: a tab of its screen."""

from dataclasses import dataclass, replace

from analytics.charts import Caption, Chart
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.links import path_of
from analytics.selectors.one_role import OneRole
from analytics.selectors.pay import pay_figures, pay_refusal
from analytics.selectors.pay_quarters import quarter_chart
from analytics.selectors.pay_ranges import by_column, seniority_rows
from analytics.selectors.pay_sheets import pay_table, range_chart
from analytics.selectors.pay_stated import StatedPay
from analytics.selectors.premium import SkillPremiums, skill_premiums
from analytics.tables import Sheet


@dataclass(frozen=True)
class RolePayTab:
    """`refusal` says why there is nothing but the share that states pay; the parts are then None."""

    figures: tuple[KeyFigure, ...]
    all_url: str
    postings_url: str
    refusal: str = ""
    levels: Chart | None = None
    level_sheet: Sheet | None = None
    countries: Sheet | None = None
    time: Chart | None = None
    skills: SkillPremiums | None = None


def role_pay_tab(role: OneRole, currency: str = "") -> RolePayTab:
    """Return quartiles, by level, by country, by quarter and the premiums of skills within the role."""
    stated = StatedPay.within(role.question, role.shown, currency)
    all_url = path_of("pay") + role.question.query_with(currency=currency)
    tab = RolePayTab(pay_figures(stated), all_url, stated.postings_url())
    if not stated.figures.reliability.is_shown:
        return replace(tab, refusal=pay_refusal(stated))
    rows = seniority_rows(stated)
    caption = Caption(
        key="pay-levels",
        title="Pay by seniority, as titles say it",
        summary="Medians with their 95% intervals on the middle half. Levels that fewer than ten state are left out.",
        unit=stated.unit,
        n=None,
        rows="seniority",
        method="pay",
    )
    return replace(
        tab,
        levels=range_chart(rows, caption),
        level_sheet=Sheet("pay-seniority", "Pay by seniority", pay_table(rows, "Seniority", stated), method="pay"),
        countries=by_column(stated, "country", "Pay by country", least=1),
        time=quarter_chart(stated),
        skills=skill_premiums(stated),
    )
