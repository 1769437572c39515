"""Shares of the same ads before and after an edit: exact counts, and intervals of paired changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.measures import Edited, Overlap, Pairs, compared_pairs, recounted, wilson_interval
from analytics.measures import impact as module


def make_overlap(*, n, before, after, both):
    """One share of n ads that all stay: so many name the skill before, after, and both times."""
    return Overlap(*(np.array([value]) for value in (n, before, n, after, n, before, after, both)))


def ends(overlap):
    low, high = overlap.interval()
    return float(low[0]), float(high[0])


def test_the_interval_of_a_paired_change_is_newcombes():
    # 21 patients before and after (Bentur et al. 2009, in Fagerland, Lydersen, Laake 2014): 2 and 8, one both times.
    assert ends(make_overlap(n=21, before=2, after=8, both=1)) == pytest.approx((0.026, 0.507), abs=5e-4)


def test_shares_that_go_together_have_a_narrower_interval():
    # Step by step as in the paper: 20 and 14 of 41 ads, of which 13 both times and 20 at none.
    low, high = ends(make_overlap(n=41, before=20, after=14, both=13))
    apart = ends(make_overlap(n=41, before=20, after=14, both=7))
    p1, p2 = 20 / 41, 14 / 41
    (low1, high1), (low2, high2) = (tuple(map(float, wilson_interval(count, 41))) for count in (20, 14))
    phi = (13 * 20 - 7 * 1 - 20.5) / np.sqrt(20 * 21 * 14 * 27)
    reach = [
        np.sqrt(one**2 - 2 * phi * one * other + other**2)
        for one, other in ((p2 - low2, high1 - p1), (high2 - p2, p1 - low1))
    ]
    assert (low, high) == pytest.approx((p2 - p1 - reach[0], p2 - p1 + reach[1]))
    assert high - low < apart[1] - apart[0]


def test_where_an_edit_only_adds_the_change_is_a_share():
    low, high = wilson_interval(10, 100)

    assert ends(make_overlap(n=100, before=30, after=40, both=30)) == pytest.approx((float(low), float(high)))


def test_where_an_edit_only_takes_the_change_is_a_share_below_zero():
    low, high = wilson_interval(40, 100)

    assert ends(make_overlap(n=100, before=40, after=0, both=0)) == pytest.approx((-float(high), -float(low)))


def test_a_share_of_no_ads_has_no_change():
    overlap = Overlap(*(np.array([value]) for value in (0, 0, 20, 5, 0, 0, 0, 0)))

    assert np.isnan(overlap.change[0])


def test_the_interval_holds_the_true_change_as_often_as_it_says():
    rng = np.random.default_rng(7)
    n, p_both, p_lost, p_gained = 120, 0.2, 0.04, 0.12
    drawn = rng.multinomial(n, [p_both, p_lost, p_gained, 1 - p_both - p_lost - p_gained], size=4000)
    both, lost, gained, _ = drawn.T
    whole = np.full(len(both), n)
    low, high = Overlap(whole, both + lost, whole, both + gained, whole, both + lost, both + gained, both).interval()

    held = float(np.mean((low <= p_gained - p_lost) & (p_gained - p_lost <= high)))
    assert 0.94 < held < 0.98


@st.composite
def edits(draw):
    """Postings with roles and skills (bits) before and after; the last skill is not edited."""
    n = draw(st.integers(1, 25))
    before, after = (draw(arrays(np.bool_, (n, 4))) for _ in range(2))
    after[:, 3] = before[:, 3]
    role, moved = (draw(arrays(np.int64, n, elements=st.integers(0, 2))) for _ in range(2))
    is_ad = draw(arrays(np.bool_, n))
    return before, after, role, moved, is_ad


def pairs_of(marks):
    return Pairs(*np.nonzero(marks))


def of_ads(pairs, is_ad):
    keep = is_ad[pairs.row]
    return Pairs(pairs.row[keep], pairs.column[keep])


@pytest.mark.slow
@given(edits())
def test_counts_before_and_after_are_those_of_counting_each_alone(drawn):
    before, after, role, role_after, is_ad = drawn
    columns, ads = np.arange(3), is_ad[:, None]
    table = np.array([(before & ads)[role == code].sum(axis=0) for code in range(3)])
    sizes = np.array([is_ad[role == code].sum() for code in range(3)])
    compared = compared_pairs(pairs_of(before[:, :3]), pairs_of(after[:, :3]), columns=columns, n=len(role))
    movers = np.flatnonzero((role != role_after) & is_ad)
    moves = np.isin(np.arange(len(role)), movers)[:, None]
    mine = [
        Pairs(one.row[is_ad[one.row]], one.column[is_ad[one.row]])
        for one in vars(compared).values()
        if one is not compared.touched
    ]
    others = pairs_of(before & moves & (np.arange(4) == 3))
    by_role, over_all = recounted(sizes, table, Edited(columns, *mine, role, role_after, movers, others))

    assert (compared.touched == (before != after).any(axis=1)).all()
    for code in range(3):
        was, now = is_ad & (role == code), is_ad & (role_after == code)
        stayed = was & now
        assert (by_role.n[code] == was.sum()).all()
        assert (by_role.n_after[code] == now.sum()).all()
        assert (by_role.n_both[code] == stayed.sum()).all()
        assert (by_role.named[code] == before[was].sum(axis=0)).all()
        assert (by_role.named_after[code] == after[now].sum(axis=0)).all()
        assert (by_role.both_before[code] == before[stayed].sum(axis=0)).all()
        assert (by_role.both_after[code] == after[stayed].sum(axis=0)).all()
        assert (by_role.both[code] == (before & after)[stayed].sum(axis=0)).all()
    assert (over_all.named_after[0] == after[is_ad].sum(axis=0)).all()
    assert (over_all.both[0] == (before & after)[is_ad].sum(axis=0)).all()


def test_pairs_are_compared_alike_however_many_skills_are_looked_at_at_once(monkeypatch):
    rng = np.random.default_rng(3)
    before, after = rng.random((2, 40, 7)) < 0.3
    whole = compared_pairs(pairs_of(before), pairs_of(after), columns=np.arange(7), n=40)
    monkeypatch.setattr(module, "CELLS", 80)
    parts = compared_pairs(pairs_of(before), pairs_of(after), columns=np.arange(7), n=40)

    assert (whole.touched == parts.touched).all()
    for name in ("had", "has", "lost"):
        one, other = getattr(whole, name), getattr(parts, name)
        assert sorted(zip(one.row, one.column, strict=True)) == sorted(zip(other.row, other.column, strict=True))
