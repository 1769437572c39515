"""Figures as words and as lengths: what the fragments _share.html, _levels.html and _spark.html place.

Pure. Templates only place things, so numbers arrive there as text: English digit groups, and SVG lengths with
a point whatever the locale of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reliability = Literal["ok", "thin", "withheld"]
LevelName = Literal["required", "preferred", "mentioned"]
_MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_MARGIN = 96.0, 20.0, 2.0


@dataclass(frozen=True)
class ShareFigure:
    """A share of postings: percent "83%", interval "81–85", count and n; width, low and high are SVG lengths.

    state says how far it carries: "thin" is greyed, "withheld" has no figure, only its n. `postings` of `of` with the
    interval `ends` (0..1) are the same as plain numbers, for exports.
    """

    percent: str
    interval: str
    count: str
    n: str
    width: str
    low: str
    high: str
    state: Reliability
    postings: int | None
    of: int
    ends: tuple[float, float] | None


@dataclass(frozen=True)
class LevelSegment:
    level: LevelName
    x: str
    width: str
    percent: str


@dataclass(frozen=True)
class LevelBar:
    """Shares of required, preferred and mentioned (`counts`) that add up to one bar; text says the same."""

    segments: tuple[LevelSegment, ...]
    text: str
    counts: tuple[int, int, int]


@dataclass(frozen=True)
class Spark:
    """A trend line of 96 x 20 units; points is "" when fewer than two values are known."""

    points: str
    last_x: str
    last_y: str
    text: str


def number(value: float, *, decimals: int = 0) -> str:
    """Return 1234.5 as "1,234" (half to even) or with decimals; a real minus sign, and none before what rounds to 0."""
    return f"{value:z,.{decimals}f}".replace("-", _MINUS)


def percent(share: float) -> str:
    """Return a share (-1..1) as "83%"; one decimal under 10%, and never "0%" or "100%" for what is not."""
    if share < 0:
        return f"{_MINUS}{percent(-share)}"
    if 0 < share < 0.0005:
        return "<0.1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{share:.1%}" if 0 < share < 0.0995 else f"{share:.0%}"


def whole_percent(share: float) -> str:
    """Return a share as "83%", and what would round to nothing as "<1%"."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def interval_text(low: float, high: float) -> str:
    """Return the ends of an interval of a share (0..1) as "81–85", in percent, alike in decimals."""
    decimals = 1 if low < 0.0995 else 0
    return f"{low * 100:.{decimals}f}{_DASH}{high * 100:.{decimals}f}"


def month_name(month: int) -> str:
    """Return months since January 1970 as "Aug 2026"."""
    year, index = divmod(month, 12)
    return f"{_MONTHS[index]} {1970 + year}"


def quarter_name(month: int) -> str:
    """Return the quarter of a month since January 1970 as "Q3 2026"."""
    year, index = divmod(month, 12)
    return f"Q{index // 3 + 1} {1970 + year}"


def share_figure(count: int, n: int, *, interval: tuple[float, float], state: Reliability) -> ShareFigure:
    """Return count of n with its interval (two shares, 0..1); a withheld share keeps nothing but its n."""
    if state == "withheld" or n == 0:
        return ShareFigure("", "", "", number(n), "0%", "0%", "0%", "withheld", postings=None, of=n, ends=None)
    low, high = interval
    share = count / n
    lengths = (_length(share), _length(low), _length(high))
    texts = (percent(share), interval_text(low, high), number(count), number(n))
    return ShareFigure(*texts, *lengths, state, postings=count, of=n, ends=interval)


def level_bar(required: int, preferred: int, mentioned: int) -> LevelBar:
    """Return the three counts as parts of one bar; no segments when all are zero."""
    counts: dict[LevelName, int] = {"required": required, "preferred": preferred, "mentioned": mentioned}
    total = sum(counts.values())
    if total == 0:
        return LevelBar((), "no mentions", (0, 0, 0))
    segments = []
    start = 0
    for level, count in counts.items():
        if count:
            share = count / total
            segments.append(LevelSegment(level, _length(start / total), _length(share), percent(share)))
        start += count
    text = ", ".join(f"{part.level} {part.percent}" for part in segments)
    return LevelBar(tuple(segments), text, (required, preferred, mentioned))


def spark_line(values: Sequence[float | None], *, text: str) -> Spark:
    """Return values in time order as a line that starts at zero; None is a gap that the line bridges."""
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return Spark("", "", "", text)
    top = max(value for _, value in known) or 1.0
    step = (_SPARK_WIDTH - 2 * _SPARK_MARGIN) / (len(values) - 1)
    tall = _SPARK_HEIGHT - 2 * _SPARK_MARGIN
    points = [
        (f"{_SPARK_MARGIN + index * step:.1f}", f"{_SPARK_HEIGHT - _SPARK_MARGIN - value / top * tall:.1f}")
        for index, value in known
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in points), *points[-1], text)


def _length(share: float) -> str:
    """Return a share as an SVG length, kept inside the bar."""
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"
