"""How much a role means different things at different companies, in words."""

from dataclasses import dataclass

from analytics.figures import number
from analytics.frozen import RoleAmbiguity, figures_of
from analytics.selectors.published import Published

WAITS = "not worked out yet"
TOO_FEW = "too few ads of a company"
DIFFERENT = "means different things"
UNSURE = "may mean different things"
ALIKE = "about as alike as by chance"


@dataclass(frozen=True)
class AmbiguityFigure:
    """`text` is the figure or ""; `chance` its band under shuffling; `note` what it says, or why there is none.

    It is of the whole run, whatever filters are set.
    """

    text: str
    interval: str
    chance: str
    note: str
    companies: tuple[str, ...] = ()
    """Those that pull it up most."""
    verdict: str = ""
    reach: str = ""
    value: float | None = None
    ends: tuple[float | None, float | None] = (None, None)
    band: tuple[float | None, float | None] = (None, None)


def ambiguity_figures(shown: Published) -> dict[str, AmbiguityFigure]:
    """Return the figure of every role that has one, or a sentence why it has none."""
    figures = figures_of(shown.run.input_key or "")
    return {} if figures is None else {role: _figure(one, shown) for role, one in figures.ambiguity.items()}


def ambiguity_of(role: str, shown: Published) -> AmbiguityFigure:
    figures = figures_of(shown.run.input_key or "")
    if figures is None:
        return AmbiguityFigure("", "", "", WAITS)
    one = figures.ambiguity.get(role)
    return _figure(one, shown) if one else AmbiguityFigure("", "", "", "fewer than 30 ads of known employers")


def _figure(one: RoleAmbiguity, shown: Published) -> AmbiguityFigure:
    if one.value is None:
        return AmbiguityFigure("", "", "", TOO_FEW)
    said = _verdict(one)
    return AmbiguityFigure(
        text=_two(one.value),
        interval=f"{_two(one.low)} to {_two(one.high)}",
        chance=f"{_two(one.chance_low)} to {_two(one.chance_high)}",
        note=f"{said} ({number(one.companies)} companies, no filters)",
        verdict=said,
        reach=f"{number(one.companies)} companies, no filters",
        value=one.value,
        ends=(one.low, one.high),
        band=(one.chance_low, one.chance_high),
        companies=tuple(_label(pull.company, shown) for pull in one.pulls),
    )


def _verdict(one: RoleAmbiguity) -> str:
    """Speak plainly only where the whole interval lies beyond chance."""
    if not one.is_beyond_chance or one.low is None or one.chance_high is None:
        return ALIKE
    return DIFFERENT if one.low > one.chance_high else UNSURE


def _label(key: str, shown: Published) -> str:
    code = shown.snapshot.code("company", key)
    return key if code is None else shown.snapshot.company_labels[code]


def _two(value: float | None) -> str:
    return "" if value is None else number(value, decimals=2)
