"""What screens count in their own, quicker ways is what the snapshot counts row by row."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from analytics.selectors import counted, counted_skills, selected
from analytics.snapshot import Filter, build
from tests.analytics.snapshot.make_facts import SKILLS, Ad, make_facts

FIRST = date(2024, 1, 1)
FILTERS = (
    Filter(),
    Filter(copies=True),
    Filter(roles=("data engineer", "data scientist")),
    Filter(roles=("data engineer",), since=date(2024, 3, 1), until=date(2024, 5, 31)),
    Filter(since=date(2024, 3, 12)),
    Filter(countries=("DE", "")),
    Filter(countries=("DE",), copies=True),
    Filter(countries=("FR",), reposts=True),
    Filter(sources=("small board",)),
    Filter(sources=("small board",), since=date(2024, 2, 10)),
    Filter(companies=("nobody",)),
    Filter(roles=("nothing",)),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return build(make_facts(made_up_ads(400)), tmp_path_factory.mktemp("snapshots"))


@pytest.fixture(params=FILTERS, ids=str)
def asked(request):
    return request.param


def made_up_ads(n):
    chance = Random(5)
    for number in range(n):
        dated = chance.random() < 0.9
        yield Ad(
            key=f"{number:04d}",
            role=chance.choice(("data scientist", "data engineer", "data analyst", "")),
            day=FIRST + timedelta(chance.randrange(200)) if dated else None,
            skills={name: chance.randrange(3) for name in SKILLS if chance.random() < 0.4},
            company=chance.choice(("acme", "bolt", "", *(f"firm {i}" for i in range(60)))),
            country=chance.choice(("DE", "FR", "")),
            source="small board" if chance.random() < 0.04 else "board",
            pay=chance.choice((None, None, 50_000.0, 70_000.0)),
            currency=chance.choice(("EUR", "USD")),
            is_copy=chance.random() < 0.2,
        )


def test_a_selection_is_the_same_however_it_was_cut_out(snapshot, asked):
    found = selected.selected(snapshot, asked)

    assert found.rows.tolist() == snapshot.select(asked).rows.tolist()
    assert found.n == len(found.rows)
    assert np.flatnonzero(selected.inside(snapshot, found)).tolist() == found.rows.tolist()


def test_tables_by_role_and_month_are_those_of_every_row(snapshot, asked):
    selection = selected.selected(snapshot, asked)

    assert np.array_equal(counted.role_months(snapshot, selection), snapshot.crosstab(selection, "role", "month"))
    for column in ("role", "month", "company"):
        assert np.array_equal(counted.tally(snapshot, selection, column), snapshot.tally(selection, column))
    assert counted.company_count(snapshot, selection) == snapshot.company_count(selection)
    by_role = counted.companies_by_role(snapshot, selection)
    for code in range(len(snapshot.roles)):
        rows = selection.rows[snapshot.role[selection.rows] == code]
        assert by_role[code] == snapshot.company_count(snapshot.pick(rows))


def test_skills_by_role_and_by_month_are_those_of_every_row(snapshot, asked):
    selection = selected.selected(snapshot, asked)
    counts, table = snapshot.skill_counts(selection), counted_skills.role_skills(snapshot, selection)

    assert np.array_equal(table.sum(axis=2), snapshot.skill_crosstab(selection, "role"))
    total = counted_skills.skill_counts_of(table.sum(axis=0), selection.n)
    for name in ("any", "required", "preferred", "mentioned"):
        assert np.array_equal(getattr(total, name), getattr(counts, name))
    months = [snapshot.skill_tally(selection, code, "month") for code in (3, 0, 1)]
    assert np.array_equal(counted_skills.skill_months(snapshot, selection, [3, 0, 1]), months)
    assert counted_skills.mentions(snapshot, selection) == counts.any.sum()


def test_days_and_the_cut_between_them_are_those_of_every_row(snapshot, asked):
    selection = selected.selected(snapshot, asked)
    days, cut = snapshot.day[selection.rows], (date(2024, 4, 15) - date(1970, 1, 1)).days
    known = days[days >= 0]

    assert counted.dated_span(snapshot, selection) == ((known.min(), known.max()) if len(known) else None)
    before, after = selected.cut_at(snapshot, selection, cut)
    assert before.rows.tolist() == selection.rows[(days >= 0) & (days < cut)].tolist()
    assert after.rows.tolist() == selection.rows[days >= cut].tolist()


def test_a_page_of_the_newest_is_a_slice_of_all_of_them(snapshot, asked):
    selection = selected.selected(snapshot, asked)
    ids = snapshot.posting_ids(selection).tolist()
    newest = selected.NewestFirst(snapshot, selection)

    assert len(newest) == len(ids)
    for part in (slice(0, 10), slice(10, 20), slice(90, 200)):
        assert [snapshot.posting_id[row] for row in newest[part]] == ids[part]


def test_pay_skills_and_ids_lead_to_the_same_postings(snapshot, asked):
    selection = selected.selected(snapshot, asked)
    stated = selected.paid(snapshot, selection)

    assert stated.rows.tolist() == [row for row in selection.rows if not np.isnan(snapshot.pay[row])]
    assert selected.paid_count(snapshot, selection) == stated.n
    for level in (None, 2):
        found = selected.with_skill(snapshot, selection, 1, level=level)
        assert found.rows.tolist() == snapshot.with_skill(selection, 1, level=level).rows.tolist()
    ids = snapshot.posting_id[selection.rows]
    assert selected.rows_of(snapshot, [*ids, 10_000]).tolist() == selection.rows.tolist()


def test_the_commonest_are_the_first_of_all_in_order():
    counts = np.array([3, 0, 7, 3, 1, 7, 0, 2, *[1] * 40])
    everything = [code for code in np.argsort(-counts, kind="stable") if counts[code]]

    for most in (1, 2, 3, 5, 100):
        assert counted.commonest(counts, most) == everything[:most]


def test_what_is_kept_with_a_selection_cannot_be_changed_by_a_reader(snapshot):
    counts = counted.tally(snapshot, selected.selected(snapshot, Filter(countries=("DE",))), "company")

    with pytest.raises(ValueError, match="read-only"):
        counts[0] = 1
