from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_facts import SKILLS, Ad, make_facts, make_many, matches, recount

from analytics.snapshot import Filter, build
from analytics.snapshot.counts import by_gather, by_slice, from_cube, from_rows
from analytics.snapshot.listing import masked_sum, pairs_in_order, pairs_of
from tests.properties import examples

ADS = make_many(300, seed=3)
MONTH_EDGES = [
    date(1960, 1, 1),
    date(2023, 3, 1),
    date(2024, 1, 1),
    date(2023, 3, 31),
    date(2023, 12, 31),
    date(2024, 2, 29),
    date(2030, 1, 5),
]
days = st.none() | st.sampled_from(MONTH_EDGES) | st.dates(date(2022, 12, 20), date(2024, 8, 1))


def some(*names):
    return st.lists(st.sampled_from((*names, "no such name")), max_size=2).map(tuple) | st.just(())


filters = st.builds(
    Filter,
    since=days,
    until=days,
    roles=some("data scientist", "ml engineer", "unknown"),
    countries=st.just(()) | some("", "DE"),
    seniorities=st.just(()) | some("senior"),
    sources=st.just(()) | some("board"),
    companies=st.just(()) | some("", "acme"),
    languages=st.just(()) | some("en"),
    remotes=st.just(()) | some("", "remote"),
    titles=st.just(()) | some("Engineer"),
    copies=st.booleans(),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return build(make_facts(ADS), tmp_path_factory.mktemp("snapshots"))


@pytest.fixture(scope="module")
def no_role_cube(tmp_path_factory):
    """The same postings beside so many skills that the cube keeps no slot for each role."""
    skills = (*SKILLS, *(f"skill {i:05d}" for i in range(12_000)))
    return build(make_facts(ADS, skills=skills), tmp_path_factory.mktemp("wide"))


@pytest.mark.slow
@settings(max_examples=examples(150))
@given(filter=filters)
def test_every_figure_equals_a_recount_of_the_facts(snapshot, no_role_cube, filter):
    chosen = [ad for ad in ADS if matches(ad, filter)]
    for opened in (snapshot, no_role_cube):
        selection = opened.select(filter)
        counts = opened.skill_counts(selection)
        codes = [opened.code("skill", skill) for skill in SKILLS]
        assert len(selection) == selection.n == counts.n == len(selection.rows) == len(chosen)
        assert counts.any[codes].tolist() == [recount(chosen, s) for s in SKILLS]
        assert counts.required[codes].tolist() == [recount(chosen, s, 2) for s in SKILLS]
        assert counts.preferred[codes].tolist() == [recount(chosen, s, 1) for s in SKILLS]
        assert counts.mentioned[codes].tolist() == [recount(chosen, s, 0) for s in SKILLS]


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(filter=filters)
def test_tables_equal_a_recount_of_the_facts(snapshot, filter):
    chosen = [ad for ad in ADS if matches(ad, filter)]
    selection = snapshot.select(filter)
    for column in ("country", "role"):
        tally = as_counts(snapshot, column, snapshot.tally(selection, column))
        assert tally == Counter(getattr(ad, column) for ad in chosen)
    by_month = Counter(ad.day.strftime("%Y-%m") if ad.day else "" for ad in chosen)
    assert as_counts(snapshot, "month", snapshot.months(selection)) == by_month
    table = snapshot.crosstab(selection, "role", "quarter")
    for role, line in zip(snapshot.roles, table, strict=True):
        of_role = Counter(quarter(ad.day) for ad in chosen if ad.role == role)
        assert as_counts(snapshot, "quarter", line) == of_role
    for level in (None, 0, 1, 2):
        by_role = snapshot.skill_crosstab(selection, "role", level=level)
        for code, skill in enumerate(snapshot.skills):
            of_skill = [recount([a for a in chosen if a.role == r], skill, level) for r in snapshot.roles]
            assert by_role[:, code].tolist() == of_skill
            assert snapshot.skill_tally(selection, code, "role", level=level).tolist() == of_skill


@settings(max_examples=examples(50))
@given(filter=filters)
def test_companies_openings_and_pay_equal_a_recount_of_the_facts(snapshot, filter):
    chosen = [ad for ad in ADS if matches(ad, filter)]
    selection = snapshot.select(filter)
    assert snapshot.company_count(selection) == len({ad.company for ad in chosen} - {""})
    with_copies = [ad for ad in ADS if matches(ad, Filter(**{**vars(filter), "copies": True}))]
    assert snapshot.openings(selection) == len({(ad.ad, ad.place) for ad in with_copies})
    stated = Counter(ad.currency for ad in chosen if ad.pay is not None)
    found = snapshot.pay_by_currency(selection)
    assert {one.currency: one.figures.stated for one in found} == stated
    for one in found:
        values = [ad.pay for ad in chosen if ad.pay is not None and ad.currency == one.currency]
        assert one.figures.median == pytest.approx(np.median(values))
        assert one.figures.coverage == pytest.approx(len(values) / len(chosen))


@pytest.mark.slow
@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.filter_too_much])
@given(filter=filters.filter(lambda f: not f.columns.keys() - {"role"}))
def test_all_paths_give_the_same_counts(snapshot, filter):
    selection = snapshot.select(filter)
    by_rows = from_rows(snapshot, selection.rows)
    if selection.block is not None:
        by_cube = from_cube(snapshot, selection.block)
        assert (by_cube is None) == (filter.copies and any(selection.block.slots))
        assert by_cube is None or by_cube.tolist() == by_rows.tolist()
    if len(selection.rows):
        assert by_gather(snapshot, selection.rows).tolist() == by_rows.tolist()
        assert masked_sum(snapshot, selection.rows).tolist() == by_rows.tolist()


def test_a_slice_of_one_role_equals_its_rows_gathered(snapshot):
    rows = snapshot.select(Filter(roles=("ml engineer",), copies=True)).rows
    assert len(rows) == rows[-1] - rows[0] + 1
    assert by_slice(snapshot, rows).tolist() == masked_sum(snapshot, rows).tolist()


def test_rows_drawn_in_any_order_keep_their_own_skills(snapshot):
    """The ends of these look like those of neighbours."""
    rows = np.array([10, 200, 90, 200, 14], np.int32)

    lengths, codes = pairs_in_order(snapshot, rows)

    each = [pairs_of(snapshot, rows[place : place + 1])[1].tolist() for place in range(len(rows))]
    assert rows[-1] - rows[0] + 1 == len(rows)
    assert lengths.tolist() == [len(one) for one in each]
    assert codes.tolist() == [code for one in each for code in one]


def test_roles_and_whole_months_are_answered_by_the_cube_and_cut_months_are_not(snapshot):
    whole = Filter(since=date(2023, 3, 1), until=date(2023, 4, 30), roles=("ml engineer",))
    assert snapshot.select(whole).block is not None
    assert snapshot.select(Filter(since=date(2023, 3, 2))).block is None
    assert snapshot.select(Filter(until=date(2023, 4, 29))).block is None
    assert snapshot.select(Filter(since=date(1999, 5, 5), until=date(2099, 1, 2))).block is not None


def test_a_cube_far_larger_than_the_pairs_keeps_no_slot_for_each_role(no_role_cube):
    assert len(no_role_cube.cube) == 1


def test_postings_without_a_date_are_counted_until_a_date_is_asked_for(tmp_path):
    ads = [Ad("a", day=None, skills={"sql": 2}), Ad("b", skills={"sql": 1})]
    snapshot = build(make_facts(ads), tmp_path)
    sql = snapshot.code("skill", "sql")
    everything, dated = snapshot.everything, snapshot.select(Filter(until=date(2099, 1, 1)))
    assert (snapshot.skill_counts(everything).any[sql], everything.n) == (2, 2)
    assert (snapshot.skill_counts(dated).any[sql], dated.n) == (1, 1)
    assert snapshot.vocabulary("month") == ("", "2024-05")
    assert snapshot.months(everything).tolist() == [1, 1]


def test_copies_are_left_out_unless_asked_for(tmp_path):
    ads = [Ad("a", skills={"sql": 2}), Ad("b", skills={"sql": 2}, is_copy=True)]
    snapshot = build(make_facts(ads), tmp_path)
    assert snapshot.everything.n == 1
    assert snapshot.select(Filter(copies=True)).n == 2


def test_an_ad_that_came_again_long_after_counts_once_for_each_spell_when_reposts_are_counted(tmp_path):
    ads = [
        Ad("a", ad="one", day=date(2024, 1, 10), is_copy=True),
        Ad("b", ad="one", day=date(2024, 1, 20)),
        Ad("c", ad="one", day=date(2024, 6, 1), spell=1, is_copy=True),
        Ad("d", ad="one", day=None, is_copy=True),
        Ad("e", ad="two", day=date(2024, 6, 3)),
    ]
    snapshot = build(make_facts(ads), tmp_path)
    spells = snapshot.select(Filter(reposts=True))
    months = dict(zip(snapshot.vocabulary("month"), snapshot.months(spells).tolist(), strict=True))
    assert (snapshot.everything.n, spells.n) == (2, 3)
    assert {month: n for month, n in months.items() if n} == {"2024-01": 1, "2024-06": 2}
    assert snapshot.select(Filter(reposts=True, copies=True)).n == 5


def test_an_ad_carried_to_two_towns_is_one_posting_with_two_openings(tmp_path):
    ads = [
        Ad("a", place="Berlin", ad="one"),
        Ad("b", place="Bonn", ad="one", is_copy=True),
        Ad("c", place="Bonn", ad="one", is_copy=True),
    ]
    snapshot = build(make_facts(ads), tmp_path)
    assert (snapshot.everything.n, snapshot.openings(snapshot.everything)) == (1, 2)


def test_a_skill_group_counts_postings_that_hold_enough_of_its_skills(snapshot):
    pair = [snapshot.code("skill", "sql"), snapshot.code("skill", "docker")]
    originals = [ad for ad in ADS if not ad.is_copy]
    held = [len({"sql", "docker"} & ad.skills.keys()) for ad in originals]
    assert snapshot.with_skills(snapshot.everything, pair).n == sum(h >= 1 for h in held)
    assert snapshot.with_skills(snapshot.everything, pair, least=2).n == sum(h == 2 for h in held)
    assert snapshot.with_skills(snapshot.everything, pair[:1] * 2, least=2).n == 0


def test_a_selection_with_a_skill_can_be_asked_like_any_other(snapshot):
    sql, docker = snapshot.code("skill", "sql"), snapshot.code("skill", "docker")
    with_sql = snapshot.with_skill(snapshot.everything, sql, level=2)
    both = [ad for ad in ADS if not ad.is_copy and ad.skills.get("sql") == 2 and "docker" in ad.skills]
    assert snapshot.skill_counts(with_sql).any[docker] == len(both)


def test_a_table_too_large_to_read_is_refused(snapshot, monkeypatch):
    monkeypatch.setattr("analytics.snapshot.counts.CROSSTAB_CELLS", 10)
    with pytest.raises(ValueError, match="filter first"):
        snapshot.crosstab(snapshot.everything, "role", "month")


def test_an_unknown_column_is_refused_by_name(snapshot):
    with pytest.raises(KeyError, match="colour"):
        snapshot.tally(snapshot.everything, "colour")


def test_threads_share_a_snapshot_and_count_the_same(snapshot):
    asked = [Filter(), Filter(countries=("DE",)), Filter(since=date(2023, 3, 9))] * 8
    alone = [snapshot.skill_counts(snapshot.select(f)).any.tolist() for f in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda f: snapshot.skill_counts(snapshot.select(f)).any.tolist(), asked))
    assert together == alone


def as_counts(snapshot, column, numbers):
    named = dict(zip(snapshot.vocabulary(column), numbers.tolist(), strict=True))
    return Counter({name: count for name, count in named.items() if count})


def quarter(day):
    return f"{day.year}-Q{(day.month + 2) // 3}" if day else ""
