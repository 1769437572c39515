"""The filter bar and the strip that every screen of figures carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from django.http import QueryDict
from django.utils.formats import date_format

from analytics.figures import number
from analytics.questions import FIELDS, UNKNOWN, Question
from analytics.selectors.counted import commonest, tally
from analytics.selectors.countries import country_name
from analytics.selectors.links import path_of
from analytics.selectors.published import Published, synthetic_sources
from analytics.selectors.role_names import role_label
from analytics.selectors.selected import selected
from analytics.snapshot import Snapshot
from postings.ingest.contacts import mask_contacts

LABELS = {
    "country": "Country",
    "role": "Role",
    "seniority": "Seniority",
    "company": "Company",
    "source": "Source",
    "remote": "Remote",
    "language": "Language",
    "title": "Title",
}
BAR = ("country", "role", "seniority", "company", "source", "remote", "language")
MOST_OPTIONS = 60


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    n: str
    selected: bool


@dataclass(frozen=True)
class BarField:
    name: str
    label: str
    chosen: int
    options: tuple[Option, ...]
    more: str


@dataclass(frozen=True)
class Chip:
    label: str
    text: str
    remove_url: str


@dataclass(frozen=True)
class FilterBar:
    action: str
    keep: tuple[tuple[str, str], ...]
    since: str
    until: str
    dates_text: str
    fields: tuple[BarField, ...]
    copies: bool
    reposts: bool
    chips: tuple[Chip, ...]
    reset_url: str
    query: str
    hidden: tuple[tuple[str, str], ...]
    """The filters as hidden fields, for another form on the page."""


@dataclass(frozen=True)
class Warning_:  # noqa: N801  (Warning is Python's)
    text: str
    url: str = ""


@dataclass(frozen=True)
class Strip:
    run: str
    run_url: str
    postings: str
    copies: str
    copies_counted: bool
    months: str
    taxonomy: str
    sure_url: str
    link_url: str
    """The same page of the same run, whatever is published later."""
    report_url: str
    warnings: tuple[Warning_, ...]


def filter_bar(
    question: Question,
    shown: Published,
    *,
    action: str,
    keep: tuple[tuple[str, str], ...] = (),
    fixed: tuple[str, ...] = (),
) -> FilterBar:
    """Return the bar for a screen at `action`. `keep` survives a change of filter; `fixed` columns are not offered."""
    chosen = question.filter
    return FilterBar(
        action=action,
        keep=(*keep, *question.carried),
        since=chosen.since.isoformat() if chosen.since else "",
        until=chosen.until.isoformat() if chosen.until else "",
        dates_text=_dates_text(chosen.since, chosen.until),
        fields=tuple(_field(name, question, shown.snapshot) for name in BAR if name not in fixed),
        copies=chosen.copies,
        reposts=chosen.reposts,
        chips=_chips(question, shown, action=action, keep=keep, fixed=fixed),
        reset_url=action + question.cleared().query_and(keep),
        query=question.query,
        hidden=tuple(question.pairs()),
    )


def strip(question: Question, shown: Published, *, address: QueryDict | None = None) -> Strip:
    """Return what the figures of a page rest on; `address` is the query of the page."""
    run, snapshot = shown.run, shown.snapshot
    selection = selected(snapshot, question.filter)
    copies = (
        selected(snapshot, question.changed({"copies": True}).filter).n
        - selected(snapshot, question.changed({"copies": False}).filter).n
    )
    counts = tally(snapshot, selection, "month")
    months = [name for name, n in zip(snapshot.vocabulary("month"), counts, strict=True) if name and n]
    day = run.finished_at or run.queued_at
    return Strip(
        run=f"Run {run.pk}, {date_format(day, 'j M Y')}",
        run_url=path_of("run", run.pk),
        postings=number(selection.n),
        copies=number(copies) if copies else "",
        copies_counted=question.filter.copies,
        months=_span(months),
        taxonomy=run.taxonomy[:8],
        sure_url=path_of("limits") + question.query,
        link_url=_with(address, run=str(run.pk)),
        report_url=_with(address, report="1"),
        warnings=_warnings(question, shown),
    )


def _span(months: Sequence[str]) -> str:
    """Return "Jan 2023 – Aug 2026", one month by itself; `months` ascending."""
    if not months:
        return "no dates"
    first, last = _month_text(months[0]), _month_text(months[-1])
    return first if first == last else f"{first} – {last}"


def label_of(column: str, value: str, snapshot: Snapshot) -> str:
    """Return how a value of a column is spelled on screens."""
    if value == "":
        return "not known"
    if column == "country":
        return country_name(value)
    if column == "company":
        code = snapshot.code("company", value)
        return snapshot.company_labels[code] if code is not None else value
    if column == "title":
        return mask_contacts(value)
    return role_label(value) if column == "role" else value


def _field(name: str, question: Question, snapshot: Snapshot) -> BarField:
    chosen = set(getattr(question.filter, FIELDS[name]))
    common, left_out = _commonest(snapshot, name)
    offered = dict(common)
    for value in sorted(chosen - offered.keys()):
        offered[value] = 0
    options = tuple(
        Option(value or UNKNOWN, label_of(name, value, snapshot), number(n) if n else "", value in chosen)
        for value, n in offered.items()
    )
    more = f"{number(left_out)} rarer ones are found by search." if left_out else ""
    return BarField(name, LABELS[name], len(chosen), options, more)


@lru_cache(maxsize=64)
def _commonest(snapshot: Snapshot, column: str) -> tuple[tuple[tuple[str, int], ...], int]:
    """Return the commonest values with their postings, and how many values are left out."""
    counts = snapshot.tally(snapshot.everything, column)
    names = snapshot.vocabulary(column)
    order = commonest(counts, MOST_OPTIONS)
    return tuple((names[code], int(counts[code])) for code in order), int(np.count_nonzero(counts)) - len(order)


def _chips(
    question: Question, shown: Published, *, action: str, keep: tuple[tuple[str, str], ...], fixed: tuple[str, ...]
) -> tuple[Chip, ...]:
    def without(name: str, value: str | None = None) -> str:
        return action + question.without(name, value).query_and(keep)

    chosen = question.filter
    chips = [
        Chip(label, _day_text(day), without(name))
        for name, label, day in (("since", "From", chosen.since), ("until", "To", chosen.until))
        if day
    ]
    for name, target in FIELDS.items():
        if name not in fixed:
            chips += [
                Chip(LABELS[name], label_of(name, value, shown.snapshot), without(name, value))
                for value in getattr(chosen, target)
            ]
    if chosen.copies:
        chips.append(Chip("Copies", "counted", without("copies")))
    if chosen.reposts:
        chips.append(Chip("Reposts", "counted", without("reposts")))
    return tuple(chips)


def _with(address: QueryDict | None, **parts: str) -> str:
    """Return the query of the page with other parts."""
    query = address.copy() if address is not None else QueryDict(mutable=True)
    for name, value in parts.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _warnings(question: Question, shown: Published) -> tuple[Warning_, ...]:
    snapshot = shown.snapshot
    counts = tally(snapshot, snapshot.everything, "source")
    synthetic = synthetic_sources(shown.run.pk)
    made_up = sum(int(n) for name, n in zip(snapshot.sources, counts, strict=True) if name in synthetic)
    found = []
    if not shown.is_published:
        found.append(Warning_("Not the published run: show that", question.carrying(run="").query or "?"))
    if made_up and made_up == counts.sum():
        found.append(Warning_("Synthetic sample: invented postings, not the labour market", path_of("upload_list")))
    elif made_up:
        found.append(Warning_(f"{number(made_up)} of these postings are a synthetic sample", path_of("upload_list")))
    real = [(int(n), name) for name, n in zip(snapshot.sources, counts, strict=True) if name not in synthetic]
    if len(real) > 1 and max(real)[0] > 0.5 * sum(n for n, _ in real):
        n, name = max(real)
        whole = " of the whole run" if question.is_filtered else ""
        found.append(Warning_(f"{n / sum(n for n, _ in real):.0%}{whole} come from one source, {name}"))
    return tuple(found)


def _dates_text(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{_day_text(since)} – {_day_text(until)}"
    if since:
        return f"from {_day_text(since)}"
    return f"to {_day_text(until)}" if until else ""


def _day_text(day: date) -> str:
    return date_format(day, "j M Y")


def _month_text(name: str) -> str:
    return date_format(date.fromisoformat(f"{name}-01"), "M Y")
