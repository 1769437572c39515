"""The questions of each screen in SQL, with the answer that the snapshot gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.selectors.key_figures import totals
from analytics.selectors.mix import leaning
from analytics.snapshot import Filter, Selection, SkillCounts
from benchmarks.million_sql import About, Question

MOST = 50


def _by(about: About, selection: Selection, column: str) -> list[tuple]:
    """Count by a column, what is not known left out."""
    names = about.shown.snapshot.vocabulary(column)
    counts = about.shown.snapshot.tally(selection, column)
    return [(names[code], int(counts[code])) for code in np.flatnonzero(counts) if names[code]]


def _table(counts: NDArray, rows: Sequence, columns: Sequence) -> list[tuple]:
    return [(rows[i], columns[j], int(counts[i, j])) for i, j in zip(*np.nonzero(counts), strict=True)]


def _skills(about: About, *counts: NDArray, where: NDArray) -> list[tuple]:
    codes = np.flatnonzero(where).tolist()
    return list(zip(about.numbers(codes), *(count[codes].tolist() for count in counts), strict=True))


def _levels(about: About, counts: SkillCounts) -> list[tuple]:
    return _skills(about, counts.any, counts.required, counts.preferred, where=counts.any)


def _sides(about: About, here: Selection, there: Selection) -> list[tuple]:
    first, second = (about.shown.snapshot.skill_counts(one).any for one in (here, there))
    return _skills(about, first, second, where=first + second)


def _months(about: About) -> list[int]:
    known = about.shown.snapshot.month[about.shown.snapshot.month >= 0]
    return [-1, *range(int(known.min()), int(known.max()) + 1)]


def _dated(rows: Iterable[tuple]) -> list[tuple]:
    """Leave out what has no month, which is the column before the count."""
    return [row for row in rows if row[-2] != -1]


def _totals(about: About) -> list[tuple]:
    found = totals(about.shown.snapshot, Filter())
    mentions = int(about.shown.snapshot.skill_counts(about.everything).any.sum())
    return [(found.postings, found.companies, found.roles, found.sources, found.paid, mentions)]


def _role_companies(about: About) -> list[tuple]:
    snapshot = about.shown.snapshot
    return [(name, snapshot.company_count(snapshot.select(Filter(roles=(name,))))) for name in snapshot.roles]


def _pay(about: About, selections: Iterable[tuple[str, Selection]]) -> list[tuple]:
    """Return how many state pay in dollars, and its median."""
    pays = ((name, pay) for name, one in selections for pay in about.shown.snapshot.pay_by_currency(one))
    return [(name, "USD", pay.figures.stated, pay.figures.median) for name, pay in pays if pay.currency == "USD"]


def _by_profile(about: About, column: str) -> list[tuple]:
    shown = about.shown
    counts = shown.snapshot.crosstab(about.of_profile, column, "seniority").sum(axis=1)
    names = shown.snapshot.vocabulary(column)
    return [(names[code], int(counts[code])) for code in np.flatnonzero(counts) if names[code]]


def _profile_months(about: About) -> list[tuple]:
    shown, months = about.shown, _months(about)
    tallies = [shown.snapshot.months(_of_profile(about, number)) for number in range(len(shown.profiles))]
    return _dated(_table(np.array(tallies), range(len(shown.profiles)), months))


def _of_profile(about: About, number: int) -> Selection:
    return About(about.shown, about.role, about.other, about.skill, number, about.cut).of_profile


def _others(about: About) -> Selection:
    snapshot = about.shown.snapshot
    apart = [_of_profile(about, number).rows for number in range(len(about.shown.profiles)) if number != about.profile]
    return snapshot.pick(np.concatenate(apart))


def _naming(about: About) -> Selection:
    return about.shown.snapshot.with_skill(about.everything, about.skill)


def _without(about: About) -> Selection:
    rows = np.setdiff1d(about.everything.rows, _naming(about).rows, assume_unique=True)
    return about.shown.snapshot.pick(rows)


def _groups(about: About) -> list[tuple]:
    snapshot = about.shown.snapshot
    slugs = sorted(snapshot.group_skills)
    return [(slug, snapshot.with_skills(about.of_role, snapshot.group_skills[slug]).n) for slug in slugs]


def _moved(about: About) -> list[tuple]:
    snapshot, rows = about.shown.snapshot, about.everything.rows
    day = snapshot.day[rows]
    before, after = rows[(day >= 0) & (day < about.cut)], rows[day >= about.cut]
    return _sides(about, snapshot.pick(before), snapshot.pick(after))


def _skill_months(about: About) -> list[tuple]:
    snapshot, months = about.shown.snapshot, _months(about)
    tallies = np.array([snapshot.skill_tally(about.of_role, code, "month") for code in about.top_skills])
    return _dated(_table(tallies, about.numbers(about.top_skills), months))


def _sizes(counts: NDArray) -> list[tuple]:
    """Return how many names have 1, 2, ... postings: titles and companies have other numbers there than here."""
    return [(int(n), int(count)) for n, count in zip(*np.unique(counts[counts > 0], return_counts=True), strict=True)]


def _skill_roles(about: About) -> list[tuple]:
    snapshot = about.shown.snapshot
    tallies = [
        snapshot.skill_tally(about.everything, about.skill, "role", level=level).tolist() for level in (None, 2, 1)
    ]
    return list(zip(snapshot.roles, *tallies, strict=True))


def _skills_by_month(about: About) -> list[tuple]:
    snapshot = about.shown.snapshot
    everyone = snapshot.skill_counts(snapshot.select(Filter(copies=True))).any
    numbers = about.numbers(range(len(everyone)))
    codes = np.lexsort((numbers, -everyone))[:MOST].tolist()
    tallies = np.array([snapshot.skill_tally(about.everything, code, "month") for code in codes])
    return _dated(_table(tallies, about.numbers(codes), _months(about)))


def _newest(about: About, selection: Selection) -> list[tuple]:
    days = np.sort(about.shown.snapshot.day[selection.rows])[::-1][:MOST]
    return list(zip(*(part.tolist() for part in np.unique(days, return_counts=True)), strict=True))


FROM = "FROM flat WHERE NOT is_copy"
PAIRS = "FROM pair JOIN flat ON flat.id = posting WHERE NOT is_copy"
LEVELS = "count(*), count(*) FILTER (WHERE level = 2), count(*) FILTER (WHERE level = 1)"

QUESTIONS: dict[str, Question] = {
    "totals": Question(
        "SELECT count(*), count(DISTINCT company), count(DISTINCT role), count(DISTINCT source), count(pay), "
        f"(SELECT count(*) {PAIRS}) {FROM}",
        _totals,
    ),
    "role sizes": Question(f"SELECT role, count(*) {FROM} GROUP BY 1", lambda a: _by(a, a.everything, "role")),
    "profiles by role": Question(
        f"SELECT role, profile, count(*) {FROM} GROUP BY 1, 2",
        lambda a: _table(leaning(a.everything, a.shown), a.shown.snapshot.roles, [*range(len(a.shown.profiles)), -1]),
    ),
    "months by role": Question(
        f"SELECT role, month, count(*) {FROM} AND month >= 0 GROUP BY 1, 2",
        lambda a: _dated(
            _table(a.shown.snapshot.crosstab(a.everything, "role", "month"), a.shown.snapshot.roles, _months(a))
        ),
    ),
    "movement": Question(
        f"SELECT skill, count(*) FILTER (WHERE day < %(cut)s), count(*) FILTER (WHERE day >= %(cut)s) {PAIRS} "
        "AND day >= 0 GROUP BY 1",
        _moved,
    ),
    "companies by role": Question(f"SELECT role, count(DISTINCT company) {FROM} GROUP BY 1", _role_companies),
    "pay by role": Question(
        f"SELECT role, currency, count(pay), percentile_cont(0.5) WITHIN GROUP (ORDER BY pay) {FROM} "
        "AND currency = 'USD' AND pay IS NOT NULL GROUP BY 1, 2",
        lambda a: _pay(a, ((name, a.rows_of_role(code)) for code, name in enumerate(a.shown.snapshot.roles))),
    ),
    "skills": Question(
        f"SELECT skill, {LEVELS} {PAIRS} GROUP BY 1",
        lambda a: _levels(a, a.shown.snapshot.skill_counts(a.everything)),
    ),
    "skills of a role": Question(
        f"SELECT skill, {LEVELS} {PAIRS} AND role = %(role)s GROUP BY 1",
        lambda a: _levels(a, a.shown.snapshot.skill_counts(a.of_role)),
    ),
    "skills of another role": Question(
        f"SELECT skill, {LEVELS} {PAIRS} AND role = %(other)s GROUP BY 1",
        lambda a: _levels(a, a.shown.snapshot.skill_counts(a.rows_of_role(a.other))),
    ),
    "skills of every role": Question(
        f"SELECT role, skill, count(*) {PAIRS} GROUP BY 1, 2",
        lambda a: _table(
            a.shown.snapshot.skill_crosstab(a.everything, "role"),
            a.shown.snapshot.roles,
            a.numbers(range(len(a.shown.snapshot.skills))),
        ),
    ),
    "titles of a role": Question(
        f"SELECT n, count(*) FROM (SELECT count(*) AS n {FROM} AND role = %(role)s GROUP BY title) counted GROUP BY 1",
        lambda a: _sizes(a.shown.snapshot.tally(a.of_role, "title")),
    ),
    "months of a role": Question(
        f"SELECT month, count(*) {FROM} AND role = %(role)s AND month >= 0 GROUP BY 1",
        lambda a: [
            row for row in _dated(zip(_months(a), a.shown.snapshot.months(a.of_role).tolist(), strict=True)) if row[1]
        ],
    ),
    "companies of a role": Question(
        f"SELECT count(DISTINCT company), count(DISTINCT source) {FROM} AND role = %(role)s",
        lambda a: [(a.shown.snapshot.company_count(a.of_role), len(_by(a, a.of_role, "source")))],
    ),
    "pay of a role": Question(
        f"SELECT role, currency, count(pay), percentile_cont(0.5) WITHIN GROUP (ORDER BY pay) {FROM} "
        "AND role = %(role)s AND currency = 'USD' AND pay IS NOT NULL GROUP BY 1, 2",
        lambda a: _pay(a, [(a.shown.snapshot.roles[a.role], a.of_role)]),
    ),
    "groups of a role": Question(
        "SELECT slug, count(*) FROM (SELECT DISTINCT slug, posting FROM pair JOIN flat ON flat.id = posting "
        "JOIN member ON member.skill = pair.skill JOIN postings_skillgroup ON postings_skillgroup.id = grouped "
        "WHERE NOT is_copy AND role = %(role)s) covered GROUP BY 1",
        _groups,
    ),
    "skills of a role by month": Question(
        f"SELECT skill, month, count(*) {PAIRS} AND role = %(role)s AND skill = ANY(%(top)s) AND month >= 0 "
        "GROUP BY 1, 2",
        _skill_months,
    ),
    "profile sizes": Question(
        f"SELECT profile, count(*) {FROM} GROUP BY 1",
        lambda a: list(
            zip([*range(len(a.shown.profiles)), -1], leaning(a.everything, a.shown).sum(axis=0), strict=True)
        ),
    ),
    "months by profile": Question(
        f"SELECT profile, month, count(*) {FROM} AND month >= 0 AND profile >= 0 GROUP BY 1, 2", _profile_months
    ),
    "skills of a profile": Question(
        "SELECT skill, count(*) FILTER (WHERE profile = %(profile)s), count(*) FILTER (WHERE profile <> %(profile)s) "
        f"{PAIRS} AND profile >= 0 GROUP BY 1",
        lambda a: _sides(a, a.of_profile, _others(a)),
    ),
    "roles of a profile": Question(
        f"SELECT role, count(*) {FROM} AND profile = %(profile)s GROUP BY 1", lambda a: _by(a, a.of_profile, "role")
    ),
    "titles of a profile": Question(
        f"SELECT n, count(*) FROM (SELECT count(*) AS n {FROM} AND profile = %(profile)s GROUP BY title) counted "
        "GROUP BY 1",
        lambda a: _sizes(a.shown.snapshot.tally(a.of_profile, "title")),
    ),
    "companies of a profile": Question(
        f"SELECT n, count(*) FROM (SELECT count(*) AS n {FROM} AND profile = %(profile)s AND company IS NOT NULL "
        "GROUP BY company) counted GROUP BY 1",
        lambda a: _sizes(np.array([n for _, n in _by(a, a.of_profile, "company")])),
    ),
    "months of a profile": Question(
        f"SELECT month, count(*) {FROM} AND profile = %(profile)s AND month >= 0 GROUP BY 1",
        lambda a: _dated(zip(_months(a), a.shown.snapshot.months(a.of_profile).tolist(), strict=True)),
    ),
    "a skill by role": Question(
        f"SELECT role, {LEVELS} {PAIRS} AND skill = %(skill)s GROUP BY 1",
        _skill_roles,
    ),
    "a skill by role and month": Question(
        f"SELECT role, month, count(*) {PAIRS} AND skill = %(skill)s AND month >= 0 GROUP BY 1, 2",
        lambda a: _dated(
            _table(a.shown.snapshot.crosstab(_naming(a), "role", "month"), a.shown.snapshot.roles, _months(a))
        ),
    ),
    "what a skill comes with": Question(
        "SELECT pair.skill, count(of_it.skill), count(*) - count(of_it.skill) FROM pair "
        "JOIN flat ON flat.id = pair.posting "
        "LEFT JOIN pair of_it ON of_it.posting = flat.id AND of_it.skill = %(skill)s WHERE NOT is_copy GROUP BY 1",
        lambda a: _sides(a, _naming(a), _without(a)),
    ),
    "skills by month": Question(
        f"SELECT skill, month, count(*) {PAIRS} AND month >= 0 AND skill IN (SELECT skill FROM pair GROUP BY 1 "
        f"ORDER BY count(*) DESC, skill LIMIT {MOST}) GROUP BY 1, 2",
        _skills_by_month,
    ),
    "newest postings": Question(
        f"SELECT day, count(*) FROM (SELECT day {FROM} ORDER BY day DESC NULLS LAST LIMIT {MOST}) newest GROUP BY 1",
        lambda a: _newest(a, a.everything),
    ),
    "newest of a skill": Question(
        f"SELECT day, count(*) FROM (SELECT day {PAIRS} AND skill = %(skill)s AND profile = %(profile)s "
        f"ORDER BY day DESC NULLS LAST LIMIT {MOST}) newest GROUP BY 1",
        lambda a: _newest(a, a.shown.snapshot.with_skill(a.of_profile, a.skill)),
    ),
    "how many": Question(f"SELECT count(*) {FROM}", lambda a: [(a.everything.n,)]),
}


ABOUT_ROLE = ("skills of a role", "skills", "skills of every role", "profiles by role", "titles of a role",
              "months of a role", "companies of a role", "pay of a role")  # fmt: skip
ABOUT_PROFILE = ("profile sizes", "skills of a profile")
ABOUT_SKILL = ("how many", "a skill by role", "skills")
ASKED_BY: dict[str, tuple[str, ...]] = {
    "overview": ("totals", "profiles by role", "months by role", "movement"),
    "roles": ("role sizes", "profiles by role", "months by role", "companies by role", "pay by role"),
    "role: asked": ABOUT_ROLE,
    "role: apart": ABOUT_ROLE,
    "role: levels": ABOUT_ROLE,
    "role: groups": (*ABOUT_ROLE, "groups of a role"),
    "role: time": (*ABOUT_ROLE, "skills of a role by month"),
    "compare: nothing chosen": ("role sizes", "skills of every role"),
    "profiles": ("profile sizes", "profiles by role", "months by profile"),
    "profile: asked": ABOUT_PROFILE,
    "profile: apart": ABOUT_PROFILE,
    "profile: titles": ("profile sizes", "roles of a profile", "titles of a profile"),
    "profile: time": ("profile sizes", "months of a profile"),
    "profile: companies": ("profile sizes", "companies of a profile"),
    "skills": ("how many", "skills", "skills by month"),
    "skill: roles": (*ABOUT_SKILL, "role sizes"),
    "skill: time": (*ABOUT_SKILL, "a skill by role and month", "months by role"),
    "skill: with": (*ABOUT_SKILL, "what a skill comes with"),
    "postings": ("how many", "newest postings"),
    "postings of a skill": ("newest of a skill",),
}
"""Screen -> what it asks. The others ask what SQL has no statement for (shuffled labels) or read a few rows by key."""
