import numpy as np
import pytest

from analytics.measures import clustered_change
from analytics.selectors import company_cells
from analytics.selectors.company_cells import moved_between
from analytics.snapshot import Filter, Snapshot, build
from tests.make_run import REQUIRED, Ad, make_facts

SKILLS = [f"skill {number:02d}" for number in range(20)]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """Four hundred postings of forty companies, an eighth of them of none that is known; some skills rise."""
    rng = np.random.default_rng(5)
    leaning = rng.beta(1, 2, (40, len(SKILLS)))
    ads = []
    for number in range(400):
        company, is_late = int(rng.integers(0, 40)), number >= 250
        rates = leaning[company] + (0.3 if is_late else 0) * (np.arange(len(SKILLS)) % 4 == 0)
        named = {skill: REQUIRED for skill, rate in zip(SKILLS, rates, strict=True) if rng.random() < rate}
        ads.append(
            Ad(
                company="" if number % 8 == 0 else f"company {company}",
                country="DE" if is_late else "GB",
                skills=named,
                is_copy=number % 11 == 0,
            )
        )
    return build(make_facts(ads, SKILLS, {}), tmp_path_factory.mktemp("snapshots"))


def by_postings(snapshot: Snapshot, before, after):
    rows = np.concatenate([before.rows, after.rows])
    unknown = snapshot.company[rows] == snapshot.code("company", "")
    company = np.where(unknown, 1000 + np.arange(len(rows)), snapshot.company[rows])
    return clustered_change(snapshot.matrix(rows), np.arange(len(rows)) >= before.n, company)


@pytest.mark.parametrize("packed", [1 << 16, 2])
def test_counting_by_cells_gives_what_counting_by_postings_gives(snapshot, monkeypatch, packed):
    monkeypatch.setattr(company_cells, "PACKED", packed)
    before, after = (snapshot.select(Filter(countries=(country,))) for country in ("GB", "DE"))

    found = moved_between(snapshot, before, after, also=tuple(range(len(SKILLS)))).change
    whole = by_postings(snapshot, before, after)

    for name in ("difference", "low", "high", "p", "adjusted_p"):
        assert getattr(found, name) == pytest.approx(getattr(whole, name), nan_ok=True)


def test_what_rises_is_the_same_when_only_what_may_move_is_looked_at(snapshot):
    before, after = (snapshot.select(Filter(countries=(country,))) for country in ("GB", "DE"))

    found = moved_between(snapshot, before, after)
    whole = by_postings(snapshot, before, after)

    assert found.change.rising().tolist() == whole.rising().tolist() != []
    assert found.before.n + found.after.n == snapshot.everything.n


def test_an_empty_time_moves_nothing(snapshot):
    found = moved_between(snapshot, *(snapshot.select(Filter(countries=(country,))) for country in ("GB", "FR")))

    assert found.change.rising().tolist() == []
    assert np.isnan(found.change.difference).all()
