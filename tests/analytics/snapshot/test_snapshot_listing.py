from datetime import date

import numpy as np
import pytest
from make_facts import Ad, make_facts, make_many

from analytics.snapshot import Filter, build


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    ads = make_many(200, seed=5)
    ids = np.random.default_rng(0).permutation(200) + 1000
    return build(make_facts(ads, ids=ids), tmp_path_factory.mktemp("snapshots"))


@pytest.mark.parametrize(
    "filter", [Filter(), Filter(countries=("DE",)), Filter(companies=("acme",), roles=("unknown",))]
)
@pytest.mark.parametrize("level", [None, 0, 1, 2])
def test_the_list_behind_a_figure_is_as_long_as_the_figure(snapshot, filter, level):
    selection = snapshot.select(filter)
    counts = snapshot.skill_counts(selection)
    figures = {None: counts.any, 0: counts.mentioned, 1: counts.preferred, 2: counts.required}[level]
    for skill in range(len(snapshot.skills)):
        ids = snapshot.posting_ids(selection, skill=skill, level=level)
        assert len(ids) == len(set(ids.tolist())) == figures[skill]


def test_postings_are_listed_newest_first_and_undated_last(tmp_path):
    ads = [
        Ad("a", day=date(2024, 1, 5)),
        Ad("b", day=None),
        Ad("c", day=date(2024, 3, 1)),
        Ad("d", role="analyst"),
    ]
    snapshot = build(make_facts(ads, ids=[11, 12, 13, 14]), tmp_path)
    assert snapshot.posting_ids(snapshot.everything).tolist() == [14, 13, 11, 12]


def test_a_short_list_and_a_long_one_are_in_the_same_order(snapshot):
    everything = snapshot.posting_ids(snapshot.everything).tolist()
    few = snapshot.pick(snapshot.everything.rows[::17])
    kept = set(snapshot.posting_ids(few).tolist())
    assert snapshot.posting_ids(few).tolist() == [i for i in everything if i in kept]


def test_picked_rows_may_come_in_any_order_and_more_than_once(snapshot):
    picked = snapshot.pick(np.array([40, 3, 17, 3]))
    assert (picked.n, picked.rows.tolist()) == (3, [3, 17, 40])


def test_a_level_without_a_skill_is_refused(snapshot):
    with pytest.raises(ValueError, match="name the skill"):
        snapshot.posting_ids(snapshot.everything, level=2)


def test_an_unknown_skill_code_is_refused(snapshot):
    with pytest.raises(IndexError, match="99"):
        snapshot.skill_rows(99)


def test_the_matrix_holds_a_one_for_each_pair_in_the_order_of_the_rows(snapshot):
    whole = snapshot.matrix()
    assert whole.shape == (snapshot.n, len(snapshot.skills))
    counts = snapshot.skill_counts(snapshot.select(Filter(copies=True)))
    assert np.asarray(whole.sum(axis=0)).ravel().tolist() == counts.any.tolist()
    rows = np.array([17, 3, 120])
    assert (snapshot.matrix(rows).toarray() == whole.toarray()[rows]).all()
    assert set(whole.data) == {1.0}


def test_rows_of_a_skill_are_those_of_its_matrix_column(snapshot):
    column = snapshot.matrix().toarray()[:, 2]
    assert snapshot.skill_rows(2).tolist() == np.flatnonzero(column).tolist()
