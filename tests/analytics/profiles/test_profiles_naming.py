from types import SimpleNamespace

import numpy as np
import pytest

from analytics.profiles import distinctive_skills, propose_names, shared_by_parts


def make_fit(rates, sizes, technical=None):
    """Return what naming reads of a fit."""
    rates, sizes = np.array(rates, float), np.array(sizes, float)
    technical = np.ones(rates.shape[1], bool) if technical is None else np.array(technical)
    return SimpleNamespace(counts=rates * sizes[:, None], sizes=sizes, technical=technical)


def names_of(fit, skills, roles=None):
    return [proposed.name for proposed in propose_names(fit, skills, roles or [["analyst"]] * len(fit.sizes))]


def test_distinctive_is_what_is_common_here_and_rare_elsewhere():
    fit = make_fit([[0.9, 0.6, 0.02], [0.9, 0.1, 0.0]], [500, 500])
    first = distinctive_skills(fit.counts, fit.sizes)[0]
    assert [mark.skill for mark in first] == [1, 2]
    assert first[0].share == pytest.approx(0.6, abs=0.01)
    assert first[0].elsewhere == pytest.approx(0.1, abs=0.01)


def test_at_most_twelve_are_listed_and_only_such_as_may():
    rates = np.vstack([np.linspace(0.2, 0.8, 20), np.full(20, 0.1)])
    fit = make_fit(rates, [300, 300])
    among = np.arange(20) != 19
    listed = [mark.skill for mark in distinctive_skills(fit.counts, fit.sizes, among=among)[0]]
    assert listed == list(range(18, 6, -1))


def test_a_handful_of_postings_marks_nothing():
    fit = make_fit([[0.5, 1.0], [0.5, 0.02]], [2, 1000])
    strong = make_fit([[0.5, 1.0], [0.5, 0.02]], [200, 1000])
    few, many = (distinctive_skills(f.counts, f.sizes)[0][0].share for f in (fit, strong))
    assert few < 0.25
    assert many > 0.9


def test_a_name_is_the_two_strongest_skills_the_commoner_first():
    fit = make_fit([[0.5, 0.7, 0.3], [0.02, 0.3, 0.3]], [400, 600])
    assert names_of(fit, ["PyTorch", "machine learning", "SQL"])[0] == "Machine learning and PyTorch"


def test_a_name_does_not_repeat_a_word():
    fit = make_fit([[0.7, 0.68, 0.4], [0.1, 0.1, 0.1]], [400, 600])
    assert names_of(fit, ["data pipelines", "data modeling", "Spark"])[0] == "Data pipelines and Spark"


def test_a_name_has_at_most_four_words_beside_and():
    fit = make_fit([[0.7, 0.68, 0.4], [0.1, 0.1, 0.1]], [400, 600])
    assert (
        names_of(fit, ["technical writing", "standard operating procedures", "LIMS"])[0] == "Technical writing and LIMS"
    )


def test_names_are_unique_even_where_profiles_are_alike():
    fit = make_fit([[0.8, 0.6, 0.5], [0.8, 0.6, 0.5], [0.1, 0.1, 0.1]], [300, 200, 900])
    names = names_of(fit, ["Power BI", "Excel", "SQL"])
    assert len(set(names)) == 3


def test_where_no_skill_sets_a_profile_apart_its_role_names_it():
    fit = make_fit([[0.5], [0.5]], [300, 300])
    assert names_of(fit, ["SQL"], [["data analyst"], ["data analyst"]]) == ["Data analyst", "Profile 2"]


def test_soft_skills_name_nothing():
    fit = make_fit([[0.9, 0.5, 0.4], [0.1, 0.3, 0.3]], [300, 600], technical=[False, True, True])
    assert "teamwork" not in names_of(fit, ["teamwork", "SQL", "Excel"])[0].lower()


def test_makers_are_left_out_and_own_spellings_kept():
    fit = make_fit([[0.9, 0.5, 0, 0], [0, 0, 0.9, 0.5]], [300, 300])
    names = names_of(fit, ["Microsoft Excel", "Power BI", "dbt", "Amazon Web Services"])
    assert names == ["Excel and Power BI", "dbt and AWS"]


def test_postings_that_name_rather_little_are_a_residue_unless_the_catalogue_has_their_role():
    fit = make_fit([[0.9, 0.9, 0.9, 0.1, 0.9], [0.2, 0.2, 0.2, 0.9, 0.6]], [800, 100])
    with_role, without = (
        propose_names(fit, list("abcde"), [["x"], [leading, "y"]])[1] for leading in ("data analyst", "other")
    )
    assert (with_role.is_residue, without.is_residue) == (False, True)


def test_a_profile_of_postings_that_name_little_is_called_a_residue():
    fit = make_fit([[0.9, 0.9, 0.9, 0.1, 0.9], [0.1, 0.1, 0.1, 0.5, 0.1]], [800, 100])
    proposed = propose_names(fit, ["a", "b", "c", "paperwork", "e"], [["x"], ["y"]])
    assert [p.is_residue for p in proposed] == [False, True]
    assert proposed[1].name == "Residue: paperwork"


def test_a_coarse_profile_is_named_by_what_all_its_parts_share():
    # Parts 0 and 1 make up the first coarse profile: "a" is loud in one of them, "c" and "d" stand in both.
    fine = make_fit([[0.9, 0.0, 0.3, 0.3, 0.1], [0.0, 0.9, 0.4, 0.3, 0.1], [0.0, 0.0, 0.1, 0.1, 0.6]], [500, 300, 800])
    parents = np.array([0, 0, 1])
    coarse = make_fit([[0.5625, 0.3375, 0.3375, 0.3, 0.1], [0.0, 0.0, 0.1, 0.1, 0.6]], [800, 800])

    shared = shared_by_parts(fine.counts, fine.sizes, parents)

    assert shared[0].argmax() in (2, 3)
    assert (shared[0][[0, 1, 4]] == 0).all()
    named = propose_names(coarse, list("abcde"), [["x"], ["y"]], shared=shared)[0].name
    assert sorted(named.lower().split(" and ")) == ["c", "d"]


def test_a_coarse_profile_whose_parts_share_nothing_is_named_by_what_sets_it_apart():
    fine = make_fit([[0.9, 0.0, 0.1], [0.0, 0.9, 0.1], [0.0, 0.0, 0.6]], [500, 300, 800])
    coarse = make_fit([[0.5625, 0.3375, 0.1], [0.0, 0.0, 0.6]], [800, 800])

    shared = shared_by_parts(fine.counts, fine.sizes, np.array([0, 0, 1]))

    assert not shared[0].any()
    assert propose_names(coarse, list("abc"), [["x"], ["y"]], shared=shared)[0].name == "A and b"


def test_a_part_does_not_bear_the_name_of_its_whole():
    fine = make_fit([[0.5625, 0.3375, 0.1], [0.0, 0.0, 0.6]], [800, 800])

    def names(*wholes):
        return [one.name for one in propose_names(fine, list("abc"), [["x"], ["y"]], wholes=wholes)]

    assert names() == names("", "") == names("C", "A and b") == ["A and b", "C"]
    assert names("A and b", "")[0] != "A and b"
