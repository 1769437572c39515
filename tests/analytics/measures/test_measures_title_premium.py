import numpy as np
import pytest
import statsmodels.api as sm
from scipy.sparse import csr_matrix

from analytics.measures import PaidAds, TooFew, title_premium

SKILLS = np.array([0.3, 0.0, 0.1])
TITLES = np.array([0.0, 0.1, 0.0, 0.25])


def make_titled(seed=0, *, n=1200, companies=60, titles=TITLES, lean=0.2):
    """Return ads and their titles; ln pay is title + skills + month + company + chance, later titles ask for more."""
    rng = np.random.default_rng(seed)
    company, title, month = rng.integers(0, companies, n), rng.integers(0, len(titles), n), rng.integers(0, 6, n)
    held = rng.random((n, 3)) < 0.2 + lean * title[:, None]
    noise = 0.1 * rng.normal(size=companies)[company] + rng.normal(0, 0.2, n)
    pay = np.exp(11 + titles[title] + held @ SKILLS + 0.02 * month + noise)
    return PaidAds(csr_matrix(held.astype(float)), pay, np.zeros(n, int), (month,), company), title


def dense(ads, title, *, skills):
    dummies = np.eye(len(TITLES))[title][:, 1:]
    months = np.eye(6)[ads.controls[0]][:, 1:]
    return np.hstack([dummies, *([ads.matrix.toarray()] if skills else []), np.ones((len(title), 1)), months])


def test_both_regressions_are_those_of_statsmodels():
    ads, title = make_titled()

    found = title_premium(ads, title, base=0)

    for effect, skills in ((found.gross, False), (found.net, True)):
        fit = sm.OLS(np.log(ads.pay), dense(ads, title, skills=skills)).fit(
            cov_type="cluster", cov_kwds={"groups": ads.company}, use_t=True
        )
        assert effect.coefficient == pytest.approx(fit.params[:3], rel=1e-8)
        assert effect.se == pytest.approx(fit.bse[:3], rel=1e-8)
        low, high = fit.conf_int()[:3].T
        assert (effect.low, effect.high) == (pytest.approx(np.expm1(low)), pytest.approx(np.expm1(high)))
    assert (found.stated, found.companies, len(found.skills)) == (1200, 60, 3)
    assert found.ads.tolist() == np.bincount(title)[1:].tolist()
    assert found.base_ads == np.bincount(title)[0]


def test_word_and_skills_multiply_to_the_whole():
    found = title_premium(*make_titled(), base=2)

    assert 1 + found.gross.premium == pytest.approx((1 + found.net.premium) * (1 + found.by_skills.premium))
    assert found.titles.tolist() == [0, 1, 3]


def test_a_title_that_only_asks_for_better_paid_skills_is_worth_nothing_as_a_word():
    ads, title = make_titled(n=6000, companies=400, titles=np.zeros(4))

    found = title_premium(ads, title, base=0)

    assert (found.gross.low > 0).all()
    assert np.abs(found.net.premium).max() < 0.03
    assert found.by_skills.premium == pytest.approx(found.gross.premium, abs=0.05)


def test_a_word_without_skills_of_its_own_keeps_its_whole_premium():
    found = title_premium(*make_titled(n=6000, companies=400, lean=0.0), base=0)

    assert found.net.premium[2] == pytest.approx(np.expm1(0.25), abs=0.04)
    assert (found.by_skills.low <= 0).all()
    assert (found.by_skills.high >= 0).all()


@pytest.mark.slow
def test_the_interval_of_the_part_by_skills_holds_the_truth_nineteen_times_in_twenty():
    inside = []
    truth = np.expm1(SKILLS.sum() * 0.2 * np.arange(1, 4))  # a title asks for each skill 0.2 more often than the last
    for seed in range(60):
        effect = title_premium(*make_titled(seed, n=800), base=0).by_skills
        inside.extend((effect.low <= truth) & (truth <= effect.high))
    assert 0.9 <= np.mean(inside) <= 0.99


@pytest.mark.slow
def test_the_error_of_the_part_by_skills_is_that_of_whole_companies_drawn_again():
    ads, title = make_titled(n=600)
    rng, drawn = np.random.default_rng(1), []
    rows_of = [np.flatnonzero(ads.company == one) for one in range(60)]
    for _ in range(200):
        picked = rng.integers(0, 60, 60)
        rows = np.concatenate([rows_of[one] for one in picked])
        again = PaidAds(
            ads.matrix[rows],
            ads.pay[rows],
            ads.currency[rows],
            (ads.controls[0][rows],),
            np.repeat(np.arange(60), [len(rows_of[one]) for one in picked]),
        )
        drawn.append(title_premium(again, title[rows], base=0).by_skills.coefficient)

    assert title_premium(ads, title, base=0).by_skills.se == pytest.approx(np.std(drawn, axis=0), rel=0.25)


def test_titles_of_few_ads_or_companies_are_left_out():
    ads, title = make_titled()
    few = np.where((title == 3) & (np.cumsum(title == 3) > 29), 1, title)
    two = np.where(title == 2, np.arange(1200) % 2, ads.company)

    found = title_premium(PaidAds(ads.matrix, ads.pay, ads.currency, ads.controls, two), few, base=0)

    assert found.titles.tolist() == [1]
    assert found.stated == int(np.isin(few, [0, 1]).sum())


def test_what_cannot_be_compared_is_refused_in_words():
    ads, title = make_titled(n=300)
    with pytest.raises(TooFew, match="The title to compare with"):
        title_premium(ads, title, base=9)
    with pytest.raises(TooFew, match="No other title"):
        title_premium(ads, np.zeros(300, int), base=0)
    with pytest.raises(TooFew, match="80 ads"):
        title_premium(ads, np.where(np.arange(300) < 80, np.arange(300) % 2, np.arange(300)), base=0)
    with pytest.raises(ValueError, match="one currency"):
        title_premium(PaidAds(ads.matrix, ads.pay, np.arange(300) % 2, ads.controls, ads.company), title, base=0)
