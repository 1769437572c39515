import numpy as np
import pytest
from scipy.sparse import csr_matrix

from analytics.measures import change_between, clustered_change
from analytics.measures.company_change import CompanyParts, change_of_parts, may_move, parts_of_singles


def make_windows(seed, companies=60, skills=30, n=500):
    """Postings in two windows, whose companies are alike inside; a third of the skills rise."""
    rng = np.random.default_rng(seed)
    company, is_after = rng.integers(0, companies, n), rng.random(n) < 0.4
    own = rng.beta(1, 3, (companies, skills))
    rates = own[company] + np.where(is_after[:, None] & (np.arange(skills) % 3 == 0), 0.25, 0.0)
    return (rng.random((n, skills)) < rates).astype(float), is_after, company


def parts_by_hand(held, is_after, company):
    n1, n2 = np.count_nonzero(~is_after), np.count_nonzero(is_after)
    m1, m2, own = [], [], []
    for one in np.unique(company):
        mine = company == one
        m1.append(np.count_nonzero(mine & ~is_after) / n1)
        m2.append(np.count_nonzero(mine & is_after) / n2)
        own.append(held[mine & is_after].sum(axis=0) / n2 - held[mine & ~is_after].sum(axis=0) / n1)
    m1, m2, own = (np.array(values) for values in (m1, m2, own))
    holders = sum(held[company == one].any(axis=0).astype(int) for one in np.unique(company))
    sizes = (float(m1 @ m1), float(m1 @ m2), float(m2 @ m2))
    return CompanyParts((own**2).sum(axis=0), m1 @ own, m2 @ own, holders, len(m1), sizes)


def counts_of(held, side):
    return held[side].sum(axis=0), int(np.count_nonzero(side))


@pytest.mark.parametrize("seed", range(5))
def test_a_change_from_parts_is_the_change_of_the_postings(seed):
    held, is_after, company = make_windows(seed)
    found = clustered_change(csr_matrix(held), is_after, company)
    parts = change_of_parts(
        counts_of(held, ~is_after), counts_of(held, is_after), parts_by_hand(held, is_after, company)
    )
    for name in ("difference", "low", "high", "p", "adjusted_p"):
        assert getattr(parts, name) == pytest.approx(getattr(found, name), nan_ok=True)


@pytest.mark.parametrize("seed", range(5))
def test_postings_without_a_company_are_each_a_company_of_their_own(seed):
    held, is_after, company = make_windows(seed)
    unknown = company < 20
    coded = np.where(unknown, 1000 + np.arange(len(company)), company)
    whole = np.count_nonzero(~is_after), np.count_nonzero(is_after)
    known = clustered_change(csr_matrix(held), is_after, coded)
    singles = parts_of_singles(counts_of(held, ~is_after & unknown), counts_of(held, is_after & unknown), whole)
    rest = parts_by_hand(held * ~unknown[:, None], is_after, np.where(unknown, -1, company))
    # what the unknown bring is taken out of the parts by hand, which saw them as one company without skills
    lost = [np.count_nonzero(side & unknown) / n for side, n in zip((~is_after, is_after), whole, strict=True)]
    sizes = tuple(
        size - part for size, part in zip(rest.sizes, (lost[0] ** 2, lost[0] * lost[1], lost[1] ** 2), strict=True)
    )
    rest = CompanyParts(rest.squares, rest.with_before, rest.with_after, rest.holders, rest.companies - 1, sizes)
    found = change_of_parts(counts_of(held, ~is_after), counts_of(held, is_after), rest + singles)
    assert found.low == pytest.approx(known.low)
    assert found.p == pytest.approx(known.p, nan_ok=True)


@pytest.mark.parametrize("seed", range(5))
def test_looking_at_what_may_move_alone_finds_the_same_movers(seed):
    held, is_after, company = make_windows(seed)
    sides = counts_of(held, ~is_after), counts_of(held, is_after)
    whole = clustered_change(csr_matrix(held), is_after, company)
    codes = may_move(*sides)
    found = change_of_parts(*sides, parts_by_hand(held[:, codes], is_after, company), codes)
    assert len(codes) < held.shape[1]
    assert found.rising().tolist() == whole.rising().tolist() != []
    assert found.falling().tolist() == whole.falling().tolist()
    assert found.adjusted_p[found.rising()] == pytest.approx(whole.adjusted_p[whole.rising()])
    assert np.isnan(found.low[np.setdiff1d(np.arange(held.shape[1]), codes)]).all()


def test_a_skill_that_the_plain_test_does_not_call_moving_cannot_move():
    sides = ([50, 100, 4], 200), ([100, 104, 5], 200)
    assert may_move(*sides).tolist() == [0]
    assert change_between(*sides[0], *sides[1]).p[1] > 0.05


def test_what_none_held_before_and_all_hold_after_rises():
    company, is_after = np.arange(80) % 20, np.arange(80) >= 40
    found = clustered_change(csr_matrix(is_after[:, None].astype(float)), is_after, company)
    assert found.rising().tolist() == [0]
    assert 0.8 < found.low[0] < found.high[0] == 1
