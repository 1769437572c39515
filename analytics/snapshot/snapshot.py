"""An opened snapshot: read-only columns, the names behind their codes, and the questions it answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot import counts, listing
from analytics.snapshot.facts import LEVELS, SkillLabel
from analytics.snapshot.periods import codes_from_first, month_names, quarter_names
from analytics.snapshot.select import Block, Filter, Selection, pick, select
from analytics.snapshot.store import OpenedFiles, damaged, open_files, verify_files

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Codes = NDArray[np.int32]
Counts = NDArray[np.int64]
Array = NDArray[Any]


def open_snapshot(path: Path) -> Snapshot:
    """Map the snapshot at `path`; raises DamagedSnapshot when a file is missing, cut short or unreadable."""
    opened = open_files(Path(path))
    try:
        return Snapshot(opened)
    except KeyError as missing:
        raise damaged(opened.path, f"its description does not list {missing}") from missing


class Snapshot:
    """Frozen postings x skills. Columns are read-only arrays of length n, in the order (role, day, key_hash).

    Every count is a whole number from integer arithmetic, so it is the same on any machine and with any
    number of threads. Instances may be shared between threads.
    """

    def __init__(self, opened: OpenedFiles) -> None:
        arrays = opened.arrays
        self._opened = opened
        self.path = opened.path
        self.hash: str = opened.meta["hash"]
        self.local_hash: str = opened.meta["local"]
        self.stamps: dict[str, str] = dict(opened.meta["stamps"])
        self.role: Codes = arrays["role"]
        self.title: Codes = arrays["title"]
        self.company: Codes = arrays["company"]
        self.country: Codes = arrays["country"]
        self.place: Codes = arrays["place"]
        self.seniority: Codes = arrays["seniority"]
        self.source: Codes = arrays["source"]
        self.language: Codes = arrays["language"]
        self.remote: Codes = arrays["remote"]
        self.pay_currency: Codes = arrays["pay_currency"]
        self.month: Codes = arrays["month"]  # since 1970-01, -1 unknown
        self.day: Codes = arrays["day"]  # since 1970-01-01, -1 unknown
        self.pay: NDArray[np.float64] = arrays["pay"]  # per year, nan unknown
        self.is_copy: NDArray[np.bool_] = arrays["is_copy"]
        self.spell_start: NDArray[np.bool_] = arrays["spell_start"]  # first row of a spell of its ad
        self.ad: Codes = arrays["ad"]  # first row with the same ad
        self.key_hash: NDArray[np.uint64] = arrays["key_hash"]
        self.content_key: NDArray[np.uint64] = arrays["content_key"]  # another one: the posting itself changed
        self.posting_id: Counts = arrays["posting_id"]
        self.indptr: Array = arrays["indptr"]
        self.pair_code: Codes = arrays["pair_code"]  # 3 * skill + level
        self.inv_indptr: Array = arrays["inv_indptr"]
        self.inv_row: Codes = arrays["inv_row"]
        self.inv_level: NDArray[np.int8] = arrays["inv_level"]
        self.newest: Codes = arrays["newest"]
        self.opening: Codes = arrays["opening"]  # first row with the same ad and place
        self.role_start: Counts = arrays["role_start"]
        self.cube: Codes = arrays["cube"]
        self.cube_copies: Codes = arrays["cube_copies"]
        self.cube_n: Codes = arrays["cube_n"]
        self.cube_month: Codes = arrays["cube_month"]
        self._vocabularies: dict[str, tuple[str, ...]] = {}
        self._code_of: dict[str, dict[str, int]] = {}

    def __repr__(self) -> str:
        return f"Snapshot({self.path.name}, {self.n} postings, {len(self.skill_labels)} skills)"

    # -- names ------------------------------------------------------------------------------------------

    @property
    def n(self) -> int:
        """Number of postings, copies counted."""
        return len(self.day)

    @property
    def roles(self) -> tuple[str, ...]:
        return self.vocabulary("role")

    @property
    def titles(self) -> tuple[str, ...]:
        return self.vocabulary("title")

    @property
    def companies(self) -> tuple[str, ...]:
        """The keys of the companies, as a Filter takes them; `company_labels` is how screens spell them."""
        return self.vocabulary("company")

    @cached_property
    def company_labels(self) -> tuple[str, ...]:
        return tuple(self._opened.names("company_label"))

    @property
    def countries(self) -> tuple[str, ...]:
        return self.vocabulary("country")

    @property
    def seniorities(self) -> tuple[str, ...]:
        return self.vocabulary("seniority")

    @property
    def sources(self) -> tuple[str, ...]:
        return self.vocabulary("source")

    @property
    def languages(self) -> tuple[str, ...]:
        return self.vocabulary("language")

    @property
    def remotes(self) -> tuple[str, ...]:
        return self.vocabulary("remote")

    @property
    def skills(self) -> tuple[str, ...]:
        """The names of the skills, sorted; a skill's code is its place here."""
        return self.vocabulary("skill")

    @cached_property
    def skill_labels(self) -> tuple[SkillLabel, ...]:
        labels = self._opened.names("skill")
        return tuple(SkillLabel(name, kind, tuple(groups), words) for name, kind, groups, words in labels)

    @cached_property
    def group_skills(self) -> dict[str, NDArray[np.int64]]:
        """Skill group slug -> codes of its skills, ascending."""
        codes: dict[str, list[int]] = {}
        for code, label in enumerate(self.skill_labels):
            for group in label.groups:
                codes.setdefault(group, []).append(code)
        return {group: np.asarray(codes[group], np.int64) for group in sorted(codes)}

    @property
    def width(self) -> int:
        """Number of pair codes: three levels for each skill."""
        return int(self.cube.shape[-1])

    @cached_property
    def pair_skill(self) -> Codes:
        """The skill of each pair, in the order of `indptr`; worked out when first asked for."""
        return self.pair_code // np.int32(LEVELS)

    @cached_property
    def pair_level(self) -> NDArray[np.int8]:
        """The level of each pair, in the order of `indptr`; worked out when first asked for."""
        return (self.pair_code - self.pair_skill * np.int32(LEVELS)).astype(np.int8)

    @cached_property
    def ones(self) -> NDArray[np.int32]:
        """A one for each pair, the data of mask @ CSR; kept, since making it costs as much as the product."""
        return np.ones(len(self.pair_code), np.int32)

    @cached_property
    def pair_role_code(self) -> Codes:
        """The place of each pair's role, skill and level in a flat table; four bytes a pair are kept."""
        return np.repeat(self.role * np.int32(self.width), self.skills_each) + self.pair_code

    @cached_property
    def skills_each(self) -> Codes:
        """How many skills each posting names."""
        return np.diff(self.indptr).astype(np.int32)

    @cached_property
    def role_company(self) -> Counts:
        """The place of each posting's role and company in a flat table."""
        return self.role.astype(np.int64) * len(self.companies) + self.company

    @cached_property
    def states_pay(self) -> NDArray[np.bool_]:
        """Which postings state yearly pay."""
        return ~np.isnan(self.pay)

    @cached_property
    def month_starts(self) -> Counts:
        """The first row of each role and month, in that order, and the number of rows."""
        months = len(self.vocabulary("month"))
        cell = self.role.astype(np.int64) * months + self.column("month")
        return np.searchsorted(cell, np.arange(len(self.roles) * months + 1))

    @cached_property
    def month_places(self) -> Counts:
        """Where the months of the prefix cube stand among the names of months."""
        months = self.cube_month.astype(np.int64)
        known = months[months >= 0]
        return np.where(months >= 0, months - (known[0] if len(known) else 0) + 1, 0)

    @cached_property
    def day_span(self) -> tuple[int, int]:
        """First and last known day since 1970-01-01; (0, -1) when no posting has a date."""
        known = self.day[self.day >= 0]
        return (int(known.min()), int(known.max())) if len(known) else (0, -1)

    def vocabulary(self, column: str) -> tuple[str, ...]:
        """Return the names behind the codes of `column`, "" for unknown; also of "skill", "month", "quarter".

        Months ("2024-05") and quarters ("2024-Q2") begin with "" for no date and then run without gaps
        from the first to the last that occurs. Raises KeyError for another column.
        """
        if column not in self._vocabularies:
            self._vocabularies[column] = self._read_vocabulary(column)
        return self._vocabularies[column]

    def code(self, column: str, name: str) -> int | None:
        """Return the code of `name` in `column`, None when this snapshot does not know it."""
        if column not in self._code_of:
            self._code_of[column] = {known: code for code, known in enumerate(self.vocabulary(column))}
        return self._code_of[column].get(name)

    def codes_of(self, column: str, names: Iterable[str]) -> list[int]:
        """Return the codes of those names that the snapshot knows, ascending, each once."""
        return sorted({code for name in names if (code := self.code(column, name)) is not None})

    def column(self, column: str) -> Codes:
        """Return the codes of `column`, one per posting, that index `vocabulary(column)`.

        Raises KeyError for a column without names (day, pay, ...).
        """
        if column == "month":
            return self._month_code
        if column == "quarter":
            return self._quarter_code
        if column not in counts.CODED:
            raise KeyError(f"{column} is not a column with names; those are {', '.join(counts.CODED)}.")
        codes: Codes = self._opened.arrays[column]
        return codes

    # -- questions --------------------------------------------------------------------------------------

    @cached_property
    def everything(self) -> Selection:
        """The default view: every posting, copies left out."""
        return self.select(Filter())

    def select(self, filter: Filter) -> Selection:
        return select(self, filter)

    def pick(self, rows: Array) -> Selection:
        """Return the selection of these row numbers, in any order, repeats taken once."""
        return pick(np.unique(rows))

    def with_skill(self, selection: Selection, skill: int, *, level: int | None = None) -> Selection:
        """Return the postings of `selection` that ask for `skill` (at `level`, if given)."""
        return pick(listing.rows_with_skill(self, selection, skill, level))

    def with_skills(self, selection: Selection, skills: Iterable[int], *, least: int = 1) -> Selection:
        """Return the postings of `selection` that ask for at least `least` of `skills` (a skill group)."""
        return pick(listing.rows_with_skills(self, selection, skills, least))

    def skill_counts(self, selection: Selection) -> counts.SkillCounts:
        """Count for each skill the postings that hold it, by level; by the fastest path."""
        return counts.skill_counts(self, selection)

    def tally(self, selection: Selection, column: str) -> Counts:
        """Count postings by `column`: i64[len(vocabulary(column))], adding up to `selection.n`."""
        return counts.tally(self, selection, column)

    def months(self, selection: Selection) -> Counts:
        """Count postings by month: `tally(selection, "month")`; entry 0 is those without a date."""
        return counts.tally(self, selection, "month")

    def crosstab(self, selection: Selection, rows: str, columns: str) -> Counts:
        """Count postings by two columns: i64[len(vocabulary(rows)), len(vocabulary(columns))]."""
        return counts.crosstab(self, selection, rows, columns)

    def skill_tally(self, selection: Selection, skill: int, column: str, *, level: int | None = None) -> Counts:
        """Count the postings that hold `skill` by `column`: i64[len(vocabulary(column))]."""
        return counts.skill_tally(self, selection, skill, column, level)

    def skill_crosstab(self, selection: Selection, column: str, *, level: int | None = None) -> Counts:
        """Count postings by `column` and skill: i64[len(vocabulary(column)), k]."""
        return counts.skill_crosstab(self, selection, column, level)

    def company_count(self, selection: Selection) -> int:
        """Number of distinct known companies."""
        return counts.company_count(self, self.tally(selection, "company"))

    def openings(self, selection: Selection) -> int:
        """Number of distinct (ad, place) among all that the selection's filter matches, copies counted.

        Of picked rows (`pick`, `with_skill`) only those rows count; an unknown place is a place.
        """
        return counts.openings(self, selection)

    def pay_by_currency(self, selection: Selection) -> tuple[counts.PayByCurrency, ...]:
        """Quartiles of yearly pay with coverage, one per currency, commonest first."""
        return counts.pay_by_currency(self, selection)

    def posting_ids(self, selection: Selection, *, skill: int | None = None, level: int | None = None) -> Counts:
        """Return database ids, newest first, undated last; as many as the figure that was shown."""
        return listing.posting_ids(self, selection, skill, level)

    def skill_rows(self, skill: int, *, level: int | None = None) -> Codes:
        """Return the rows that hold `skill` (at exactly `level`, if given), ascending, copies counted."""
        return listing.skill_rows(self, skill, level)

    def matrix(self, rows: Array | None = None) -> csr_matrix:
        """Return postings x skills as 0/1 scipy CSR, float64, one line per entry of `rows` (all without)."""
        return listing.matrix(self, rows)

    def verify(self) -> None:
        """Read every byte again and compare checksums; raises DamagedSnapshot with a sentence."""
        verify_files(self._opened)

    def cube_of(self, block: Block) -> Codes | None:
        """Return the prefix cube that answers `block`, None when none is kept that does."""
        cube = self.cube_copies[None] if block.copies else self.cube
        return cube if max(block.slots, default=0) < len(cube) else None

    # -- inside -----------------------------------------------------------------------------------------

    def _read_vocabulary(self, column: str) -> tuple[str, ...]:
        if column == "skill":
            return tuple(label.name for label in self.skill_labels)
        if column == "month":
            return month_names(self.month)
        if column == "quarter":
            return quarter_names(self.month)
        if column not in counts.CODED:
            raise KeyError(f"{column} is not a column with names; those are {', '.join(counts.CODED)}.")
        return tuple(self._opened.names(column))

    @cached_property
    def _month_code(self) -> Codes:
        return codes_from_first(self.month, step=1)

    @cached_property
    def _quarter_code(self) -> Codes:
        return codes_from_first(self.month, step=3)
