"""The invented job boards of the sample: each shows an ad and its date in its own way."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from postings.sample.prose import Part


@dataclass(frozen=True)
class Board:
    """`show` turns the parts of an ad into a description, `dated` a day into what stands in the column."""

    name: str
    prefix: str
    show: Callable[[Sequence[Part]], str]
    dated: Callable[[date], str]


def _with_dashes(parts: Sequence[Part]) -> str:
    return _lines(parts, heading="{}", item="- {}")


def _with_dots(parts: Sequence[Part]) -> str:
    return _lines(parts, heading="{}:", item="• {}")


def _as_prose(parts: Sequence[Part]) -> str:
    """Return an ad without lists: every item becomes a sentence."""
    blocks = []
    for part in parts:
        body = " ".join([*part.sentences, *(f"{item.rstrip('.')}." for item in part.items)])
        blocks.append(f"{part.heading}\n{body}" if part.heading else body)
    return "\n\n".join(blocks)


def _as_html(parts: Sequence[Part]) -> str:
    return "".join(_html_part(part) for part in parts)


def _html_part(part: Part) -> str:
    heading = f"<h3>{html.escape(part.heading)}</h3>" if part.heading else ""
    running = f"<p>{html.escape(' '.join(part.sentences), quote=False)}</p>" if part.sentences else ""
    items = "".join(f"<li>{html.escape(item, quote=False)}</li>" for item in part.items)
    return heading + running + (f"<ul>{items}</ul>" if items else "")


def _lines(parts: Sequence[Part], *, heading: str, item: str) -> str:
    blocks = []
    for part in parts:
        lines = [heading.format(part.heading)] if part.heading else []
        lines += [" ".join(part.sentences)] if part.sentences else []
        blocks.append("\n".join([*lines, *(item.format(line) for line in part.items)]))
    return "\n\n".join(blocks)


def _iso(day: date) -> str:
    return day.isoformat()


def _spelled(day: date) -> str:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{months[day.month - 1]} {day.day}, {day.year}"


BOARDS = (
    Board("harbourboard", "HB", _with_dashes, _iso),
    Board("meadowjobs", "MJ", _as_html, _iso),
    Board("lanternwork", "LW", _with_dots, _spelled),
    Board("companypage", "CP", _as_prose, _iso),
)
