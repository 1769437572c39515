"""The lines of the table of companies: as many as a page shows, or all of them for an export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.figures import ShareFigure
from analytics.measures import pay_quartiles
from analytics.questions import Question
from analytics.selectors.catalogued import is_catalogued
from analytics.selectors.company_counts import commonest_currency
from analytics.selectors.links import path_of, postings_url, role_url
from analytics.selectors.membership import leading_profile
from analytics.selectors.mix import mixed_figure
from analytics.selectors.pay_text import PayFigure, pay_figure
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.role_names import role_label
from analytics.selectors.selected import paid
from analytics.selectors.shares import shares_each, state_of
from analytics.snapshot import PayByCurrency, Selection, Snapshot
from analytics.tables import Cell, Row, number_cell, share_cell, text_cell
from postings.ingest.agencies import is_staffing_agency

Counts = NDArray[np.int64]
AGENCY = "staffing agency"


@dataclass(frozen=True)
class _Counted:
    """The companies of some lines: `sizes` and `titles` [m], `roles` [m, roles], `leaning` [m, profiles + 1]."""

    sizes: Counts
    titles: Counts
    roles: Counts
    leaning: Counts
    pays: Sequence[PayFigure]


@dataclass(frozen=True)
class CompanyRows:
    """`around` is the question of the page without companies."""

    around: Question
    question: Question
    shown: Published
    selection: Selection

    @property
    def snapshot(self) -> Snapshot:
        return self.shown.snapshot

    @cached_property
    def currency(self) -> str:
        """The one in which pay is shown."""
        return commonest_currency(self.snapshot, self.selection)

    def of(self, codes: Sequence[int], urls: Mapping[str, str]) -> tuple[Row, ...]:
        """Return a line for each company; `urls` are their pages by key."""
        counted = self._counted(np.asarray(codes, np.int64))
        of_roles = np.where(is_catalogued(self.snapshot), counted.roles, 0)
        role = of_roles.argmax(axis=1) if len(codes) else np.empty(0, np.int64)
        leading = counted.leaning[:, :-1].argmax(axis=1) if self.shown.profiles and len(codes) else None
        places = np.arange(len(codes))
        in_role = shares_each(of_roles[places, role], counted.sizes)
        in_profile = [] if leading is None else shares_each(counted.leaning[places, leading], counted.sizes)
        rows = []
        for place, code in enumerate(codes):
            key = self.snapshot.companies[code]
            here = self.around.narrowed(company=key)
            cells = [
                *self._head(code, int(counted.sizes[place]), urls.get(key, ""), here),
                number_cell(int(counted.titles[place])),
                _number_of_roles(of_roles[place]),
                *self._role(self.snapshot.roles[role[place]], in_role[place], here),
            ]
            if leading is not None:
                cells += self._profile(self.shown.profiles[leading[place]], in_profile[place], here)
            rows.append((*cells, *_pay(counted.pays[place])))
        return tuple(rows)

    def _head(self, code: int, n: int, url: str, here: Question) -> tuple[Cell, Cell]:
        label = self.snapshot.company_labels[code]
        note = AGENCY if is_staffing_agency(label) else ""
        head = text_cell(label, url, note=note, state="ok" if state_of(n) == "ok" else "thin")
        return head, number_cell(n, url=postings_url(here))

    def _role(self, name: str, share: ShareFigure, here: Question) -> tuple[Cell, Cell]:
        if not share.postings:
            return Cell(), Cell()
        return text_cell(role_label(name), role_url(name, here)), share_cell(
            share, postings_url(here.narrowed(role=name))
        )

    def _profile(self, profile: ProfileName, share: ShareFigure, here: Question) -> tuple[Cell, Cell]:
        if not share.postings:
            return Cell(), Cell()
        url = path_of("profile", profile.known) + here.query
        return text_cell(profile.name, url), share_cell(share, postings_url(here, profile=profile.known))

    def _counted(self, codes: Counts) -> _Counted:
        snapshot, rows = self.snapshot, self.selection.rows
        place = np.full(len(snapshot.companies), -1, np.int64)
        place[codes] = np.arange(len(codes))
        own = place[snapshot.company[rows]]
        rows, own = rows[own >= 0], own[own >= 0]
        titles = np.unique(own * len(snapshot.titles) + snapshot.title[rows]) // len(snapshot.titles)
        profiles = len(self.shown.profiles)
        leading = leading_profile(self.shown)[rows] if profiles else np.zeros(len(rows), np.int64)
        return _Counted(
            sizes=np.bincount(own, minlength=len(codes)),
            titles=np.bincount(titles, minlength=len(codes)),
            roles=_crossed(own, snapshot.role[rows], (len(codes), len(snapshot.roles))),
            leaning=_crossed(own, np.where(leading < 0, profiles, leading), (len(codes), profiles + 1)),
            pays=self._pays(place, np.bincount(own, minlength=len(codes))),
        )

    def _pays(self, place: Counts, sizes: Counts) -> list[PayFigure]:
        """Return the pay of each company in the currency of the page."""
        snapshot, rows = self.snapshot, paid(self.snapshot, self.selection).rows
        rows = rows[snapshot.pay_currency[rows] == snapshot.code("pay_currency", self.currency)]
        own = place[snapshot.company[rows]]
        rows, own = rows[own >= 0], own[own >= 0]
        order = np.argsort(own, kind="stable")
        ends = np.searchsorted(own[order], np.arange(len(sizes) + 1))
        pays = snapshot.pay[rows][order]
        return [
            pay_figure(PayByCurrency(self.currency, pay_quartiles(pays[first:last], n=int(n))), int(n))
            for first, last, n in zip(ends[:-1], ends[1:], sizes, strict=True)
        ]


def _crossed(rows: NDArray[np.integer], columns: NDArray[np.integer], shape: tuple[int, int]) -> Counts:
    return np.bincount(rows.astype(np.int64) * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)


def _number_of_roles(counts: Counts) -> Cell:
    mixed = mixed_figure(counts)
    if not mixed.text:
        return Cell("withheld", note=f"n = {mixed.n}")
    return Cell(mixed.text, value=float(mixed.text.replace(",", "")))


def _pay(pay: PayFigure) -> tuple[Cell, Cell]:
    if not pay.amount:
        return Cell("withheld" if pay.coverage.postings else "–"), share_cell(pay.coverage)
    return Cell(pay.amount, value=float(pay.sort), note=pay.interval), share_cell(pay.coverage)
