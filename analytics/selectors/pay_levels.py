"""Median pay by role and level of seniority: a table in which a darker cell is better paid."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.figures import number
from analytics.measures import PayQuartiles
from analytics.selectors.filterbar import label_of
from analytics.selectors.links import role_url
from analytics.selectors.pay_stated import StatedPay
from analytics.selectors.role_names import NOT_IN_CATALOGUE
from analytics.selectors.shares import state_of
from analytics.tables import Cell, Column, Row, Sheet, Table, heat_step, number_cell, text_cell
from analytics.titles.seniority import LEVELS


def seniority_sheet(stated: StatedPay) -> Sheet:
    """Return the median of each role and level, n alone under ten; roles of which no level has ten are left out."""
    levels = _Levels(stated)
    columns = (Column(level_label(stated.snapshot.seniorities[code]), unit=stated.unit) for code in levels.columns)
    rows = tuple(levels.row(role) for role in levels.shown)
    table = Table((Column("Role", is_number=False), *columns), rows, is_heat=True)
    return Sheet("seniority", "Median pay by role and seniority", table, method="pay", noun="roles")


def rank_of(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def level_label(level: str) -> str:
    return level or "not said"


@dataclass(frozen=True)
class _Levels:
    stated: StatedPay

    @cached_property
    def shown(self) -> dict[int, dict[int, PayQuartiles]]:
        """Quartiles by role and level, the roles that state pay most first."""
        found = {role: dict(self._levels_of(role)) for role in range(len(self.stated.snapshot.roles))}
        shown = [role for role, cells in found.items() if any(one.reliability.is_shown for one in cells.values())]
        shown.sort(key=lambda role: (-sum(one.stated for one in found[role].values()), role))
        return {role: found[role] for role in shown}

    @cached_property
    def columns(self) -> list[int]:
        codes = {code for cells in self.shown.values() for code in cells}
        return sorted(codes, key=lambda code: rank_of(self.stated.snapshot.seniorities[code]))

    @cached_property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest median that thirty postings or more state."""
        sure = [one.median for cells in self.shown.values() for one in cells.values() if state_of(one.stated) == "ok"]
        return min(sure, default=0.0), max(sure, default=0.0)

    def row(self, role: int) -> Row:
        stated, name = self.stated, self.stated.snapshot.roles[role]
        head = text_cell(label_of("role", name, stated.snapshot), role_url(name, stated.question, tab="pay"))
        return head, *(self._cell(role, level) for level in self.columns)

    def _cell(self, role: int, level: int) -> Cell:
        found, stated, snapshot = self.shown[role].get(level), self.stated, self.stated.snapshot
        if found is None:
            return Cell()
        narrowed = stated.question.narrowed(role=snapshot.roles[role], seniority=snapshot.seniorities[level])
        url = stated.postings_url(narrowed)
        note = f"n = {number(found.stated)}"
        if not found.reliability.is_shown:
            return Cell(note, url=url)
        low, high = self.span
        is_sure = state_of(found.stated) == "ok" and high > low
        heat = str(heat_step(found.median - low, high - low)) if is_sure else ""
        return replace(number_cell(found.median, stated.unit, url), note=note, heat=heat)

    def _levels_of(self, role: int) -> Iterator[tuple[int, PayQuartiles]]:
        snapshot, rows = self.stated.snapshot, self._rows[role]
        if len(rows) and snapshot.roles[role] not in NOT_IN_CATALOGUE:
            for level, own in enumerate(self.stated.parts("seniority", len(snapshot.seniorities), rows)):
                if len(own):
                    yield level, self.stated.figures_of(own, len(own))

    @cached_property
    def _rows(self) -> list[NDArray[np.int32]]:
        return self.stated.parts("role", len(self.stated.snapshot.roles))
