"""PostgreSQL as the peer: flat tables with the indexes that a careful person would add, and each screen's questions.

A question is put without a filter, copies left out, as a screen puts it at first. Its answer is compared with the
snapshot's own before its time counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import psycopg

from analytics.selectors.membership import leading_profile
from analytics.selectors.published import Published
from analytics.snapshot import Selection
from benchmarks.million_data import (
    COUNTRIES,
    CURRENCIES,
    GROUP_SETS,
    LANGUAGES,
    LEVELS,
    PAY_SPREAD,
    REMOTES,
    SOURCES,
    Market,
)
from benchmarks.million_store import into_postgres, phrase_of

LIMIT_SECONDS = 120
ROUNDS = 3
TABLES = """
CREATE TABLE flat (id int PRIMARY KEY, role text, title int, company int, country text, seniority text, source text,
    language text, remote text, month int, day int, pay real, currency text, is_copy bool NOT NULL,
    profile int NOT NULL);
CREATE TABLE pair (posting int NOT NULL, skill int NOT NULL, level smallint NOT NULL);
CREATE TABLE member (skill int NOT NULL, grouped int NOT NULL);
"""
INDEXES = """
ALTER TABLE pair ADD PRIMARY KEY (posting, skill);
CREATE INDEX ON pair (skill, posting) INCLUDE (level);
CREATE INDEX ON flat (role, day) WHERE NOT is_copy;
CREATE INDEX ON flat (day DESC NULLS LAST, id) WHERE NOT is_copy;
CREATE INDEX ON flat (profile) WHERE NOT is_copy;
CREATE INDEX ON flat (company) WHERE NOT is_copy;
CREATE INDEX ON flat (title) WHERE NOT is_copy;
CREATE INDEX ON flat (country) WHERE NOT is_copy;
VACUUM ANALYZE flat;
VACUUM ANALYZE pair;
"""
NAMES = ("id", "role", "title", "company", "country", "seniority", "source", "language", "remote", "month", "day",
         "pay", "currency", "is_copy", "profile")  # fmt: skip


@dataclass(frozen=True)
class About:
    """What the questions are about: codes of the snapshot, and the same as the tables name it."""

    shown: Published
    role: int
    other: int
    skill: int
    profile: int
    cut: int

    @property
    def parameters(self) -> dict[str, object]:
        roles, skills = self.shown.snapshot.roles, self.shown.snapshot.skills
        number = {phrase_of(2 * i): i + 1 for i in range(len(skills))}
        return {
            "role": roles[self.role],
            "other": roles[self.other],
            "skill": number[skills[self.skill]],
            "profile": self.profile,
            "cut": self.cut,
            "top": [number[skills[code]] for code in self.top_skills],
        }

    @property
    def everything(self) -> Selection:
        return self.shown.snapshot.everything

    @property
    def of_role(self) -> Selection:
        return self.rows_of_role(self.role)

    def rows_of_role(self, role: int) -> Selection:
        rows = self.everything.rows
        return self.shown.snapshot.pick(rows[self.shown.snapshot.role[rows] == role])

    @property
    def of_profile(self) -> Selection:
        return self._among(np.flatnonzero(leading_profile(self.shown) == self.profile))

    @property
    def top_skills(self) -> list[int]:
        return np.argsort(-self.shown.snapshot.skill_counts(self.of_role).any, kind="stable")[:6].tolist()

    def _among(self, rows: np.ndarray) -> Selection:
        return self.shown.snapshot.pick(rows[~self.shown.snapshot.is_copy[rows]])

    def numbers(self, codes: Sequence[int]) -> list[int]:
        """Return what the tables call these skills."""
        number = {phrase_of(2 * i): i + 1 for i in range(len(self.shown.snapshot.skills))}
        return [number[self.shown.snapshot.skills[code]] for code in codes]


@dataclass(frozen=True)
class Question:
    """`ours` gives from the snapshot what the statement has to answer, in any order."""

    sql: str
    ours: Callable[[About], list[tuple]]


def fill_peer(connection: psycopg.Connection, market: Market, shown: Published) -> None:
    """Make the flat tables of all but the added postings, with the profile that each posting leans to."""
    n = market.shape.postings
    connection.execute(TABLES)
    insert = into_postgres(connection)
    snapshot = shown.snapshot
    profile = np.empty(n, np.int64)
    profile[snapshot.posting_id - 1] = leading_profile(shown)
    insert("flat", list(NAMES), _flat_rows(market, profile))
    insert("pair", ["posting", "skill", "level"], _pair_rows(market))
    groups = sum(GROUP_SETS.values())
    members = ((i + 1, g) for i in range(market.shape.skills) for g in sorted({1 + i % 7, 1 + i * 31 % groups}))
    insert("member", ["skill", "grouped"], members)
    connection.commit()
    for statement in INDEXES.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _flat_rows(market: Market, profile: np.ndarray) -> Iterator[tuple]:
    n = market.shape.postings
    months = market.day[:n].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    codes = (market.role, market.title, market.company, market.country, market.level, market.source, market.language,
             market.remote, market.day, market.pay_low, market.currency, market.is_copy, months, profile)  # fmt: skip
    for i, values in enumerate(zip(*(c[:n].tolist() for c in codes), strict=True)):
        role, title, company, country, level, source, language, remote, day, low, currency, copy, month, best = values
        yield (
            i + 1, market.roles[role], title, None if company < 0 else company, COUNTRIES[country],
            LEVELS[level].strip().lower(), SOURCES[source], LANGUAGES[language], REMOTES[remote],
            None if day < 0 else month, None if day < 0 else day, None if low < 0 else low + PAY_SPREAD / 2,
            None if low < 0 else CURRENCIES[currency], copy, best,
        )  # fmt: skip


def _pair_rows(market: Market):
    posting, skill, level = market.pairs()
    return zip((posting + 1).tolist(), (skill + 1).tolist(), level.tolist(), strict=True)


def answer(connection: psycopg.Connection, question: Question, about: About) -> tuple[float, bool]:
    """Return the median seconds of the statement after a warm-up, and whether it says what the snapshot says."""
    connection.execute(f"SET statement_timeout = '{LIMIT_SECONDS}s'")
    times = []
    for _ in range(1 + ROUNDS):
        began = time.perf_counter()
        try:
            rows = connection.execute(question.sql, about.parameters).fetchall()
        except psycopg.errors.QueryCanceled:
            return float(LIMIT_SECONDS), True
        times.append(time.perf_counter() - began)
        if times[-1] > LIMIT_SECONDS / 4:
            break
    return float(np.median(times[1:] or times)), _alike(rows, question.ours(about))


def _alike(theirs: Sequence[tuple], ours: Sequence[tuple]) -> bool:
    """Compare rows in any order; real numbers to a hundredth, since pay is kept in single precision there."""
    one, other = (sorted(tuple(_plain(value) for value in row) for row in rows) for rows in (theirs, ours))
    return one == other


def _plain(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, str) else round(float(value), 2)


def about_commonest(shown: Published) -> About:
    """Return what the first question of every screen is about: the commonest roles and skill, and the first profile."""
    snapshot = shown.snapshot
    roles = np.argsort(-np.bincount(snapshot.role), kind="stable")
    skill = int(np.argsort(-snapshot.skill_counts(snapshot.everything).any, kind="stable")[0])
    cut = int(np.quantile(snapshot.day[snapshot.day >= 0], 0.85))
    return About(shown, int(roles[0]), int(roles[1]), skill, 0, cut)
