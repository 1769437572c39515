"""Each changed figure is split into parts that add up; every step is checked against counting the slow way."""

from dataclasses import replace
from fractions import Fraction
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_facts import SKILLS, Ad, make_facts, make_many

from analytics.snapshot import SkillLabel, build
from analytics.snapshot.attribution import Comparison, Kind, Profiles, attribute
from analytics.snapshot.union import PARTS
from tests.properties import examples

STAMPS = {"lexicon": "l", "taxonomy": "t", "titles": "i", "code": "c"}
NOBODY = Profiles((), np.zeros((0, 0), np.float32), "")


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def make_snapshot(ads, folder, *, other=(), words=()):
    """`other`: stamps that differ from the usual ones; `words`: skills named by other phrases than usual."""
    facts = make_facts(ads, stamps=STAMPS | dict.fromkeys(other, "x"))
    labels = tuple(SkillLabel(name, "tool", (), "new" if name in words else "old") for name in SKILLS)
    return build(replace(facts, skills=labels), folder)


def compared(before, after, folder, *, other=(), words=(), profiles=None):
    first, second = make_snapshot(before, folder), make_snapshot(after, folder, other=other, words=words)
    return attribute(first, second, profiles or Comparison(NOBODY, NOBODY, None, same_parameters=True))


def figure(found, kind, **which):
    (one,) = [f for f in found.figures if f.kind == kind and all(getattr(f, k) == v for k, v in which.items())]
    return one


def parts(one):
    return {part: value for part, value in one.parts.items() if value}


def team(n, **values):
    return [Ad(key=f"k{i:03d}", **({"skills": {"python": 2}} | values)) for i in range(n)]


def test_equal_snapshots_have_no_changed_figure(folder):
    found = compared(team(20), team(20), folder)

    assert (found.figures, found.compared) == ((), 6)  # postings, ads and the share of Python, in all and in the role
    assert not any(found.changes.values())


def test_new_postings_are_a_change_of_postings(folder):
    new = [Ad(key=f"n{i}", skills={"sql": 1}) for i in range(10)]

    found = compared(team(10), team(10) + new, folder)

    assert parts(figure(found, Kind.ADS, role=None)) == {"postings": 10}
    assert parts(figure(found, Kind.SHARE, role=None, skill="python")) == {"postings": Fraction(-1, 2)}
    assert found.changes == {"new": 10, "removed": 0, "changed": 0, "copies": 0, "roles": 0, "skills": 0}


def test_a_posting_with_another_text_brings_all_that_is_new_about_it_as_postings(folder):
    before = team(10)
    after = [replace(before[0], content=7, role="ml engineer", skills={"sql": 1}, is_copy=True), *before[1:]]

    found = compared(before, after, folder, other=("titles", "taxonomy", "code"))

    assert found.changes["changed"] == 1
    assert {f.main_part for f in found.figures} == {"postings"}
    assert parts(figure(found, Kind.POSTINGS, role="ml engineer")) == {"postings": 1}


def test_an_unchanged_posting_that_became_a_copy_is_a_change_of_copies(folder):
    before = team(11)

    found = compared(before, [replace(before[0], is_copy=True), *before[1:]], folder)

    assert parts(figure(found, Kind.ADS, role=None)) == {"copies": -1}
    assert not [f for f in found.figures if f.kind == Kind.POSTINGS]


@pytest.mark.parametrize(
    ("other", "part"), [(("titles",), "titles"), (("titles", "code"), "titles"), (("code",), "code")]
)
def test_another_role_is_of_the_titles_when_their_stamp_changed_else_of_the_code(folder, other, part):
    before = team(11)

    found = compared(before, [replace(ad, role="ml engineer") for ad in before], folder, other=other)

    assert parts(figure(found, Kind.ADS, role="ml engineer")) == {part: 11}


@pytest.mark.parametrize(
    ("other", "words", "causes"),
    [
        (("taxonomy",), (), {"python": "taxonomy", "sql": "taxonomy"}),
        (("code",), (), {"python": "code", "sql": "code"}),
        (("taxonomy", "code"), ("sql",), {"python": "code", "sql": "taxonomy"}),
        (("lexicon", "code"), ("python",), {"python": "taxonomy", "sql": "code"}),
    ],
)
def test_other_skills_of_the_same_text_are_of_the_taxonomy_or_of_the_code(folder, other, words, causes):
    before = team(12)
    after = [replace(ad, skills={"sql": 2}) for ad in before]

    found = compared(before, after, folder, other=other, words=words)

    for skill, part in causes.items():
        assert set(parts(figure(found, Kind.SHARE, role=None, skill=skill))) == {part}
    assert found.changes["skills"] == 12


def test_a_median_is_that_of_the_main_currency(folder):
    euros = team(10, pay=50_000.0, currency="EUR")
    dollars = [Ad(key=f"d{i}", pay=90_000.0, currency="USD") for i in range(4)]
    more = [Ad(key=f"e{i}", pay=70_000.0, currency="EUR") for i in range(12)]

    found = compared(euros + dollars, euros + dollars + more, folder)

    pay = figure(found, Kind.PAY)
    assert (pay.currency, pay.old, pay.new, pay.n) == ("EUR", 50_000, 70_000, (10, 22))
    assert parts(pay) == {"postings": 20_000}


def test_figures_that_would_be_withheld_are_left_out(folder):
    assert {f.kind for f in compared(team(9), team(30), folder).figures} == {Kind.POSTINGS, Kind.ADS}


def profiles(rows, *, fit, known=(7, 8)):
    return Profiles(known, np.asarray(rows, np.float32), fit)


def test_profiles_learned_anew_are_a_part_of_their_own(folder):
    old, new = profiles([[1, 0]] * 20, fit="a"), profiles([[0.5, 0.5]] * 20, fit="b")
    carried = old.values

    anew = compared(team(20), team(20), folder, profiles=Comparison(old, new, carried, same_parameters=True))
    asked = compared(team(20), team(20), folder, profiles=Comparison(old, new, carried, same_parameters=False))

    assert parts(figure(anew, Kind.PROFILE, profile=7)) == {"refit": -10}
    assert parts(figure(asked, Kind.PROFILE, profile=8)) == {"parameters": 10}


def test_new_postings_are_counted_with_the_old_model_until_the_profiles_are_learned_anew(folder):
    old, new = profiles([[1, 0]] * 10, fit="a"), profiles([[0, 1]] * 15, fit="b", known=(7, 9))
    more = [Ad(key=f"n{i}") for i in range(5)]
    carried = np.array([[1, 0]] * 15, np.float32)

    found = compared(team(10), team(10) + more, folder, profiles=Comparison(old, new, carried, same_parameters=True))

    steps = {known: figure(found, Kind.PROFILE, profile=known).parts for known in (7, 9)}
    assert (steps[7]["postings"], steps[7]["refit"]) == (5, -15)
    assert (steps[9]["postings"], steps[9]["refit"]) == (0, 15)


def test_one_model_for_both_runs_says_what_other_skills_change(folder):
    same = Comparison(
        profiles([[1, 0]] * 12, fit="a"), profiles([[0.25, 0.75]] * 12, fit="a"), None, same_parameters=True
    )
    before = team(12)

    found = compared(
        before, [replace(ad, skills={"sql": 2}) for ad in before], folder, other=("taxonomy",), profiles=same
    )

    assert parts(figure(found, Kind.PROFILE, profile=7)) == {"taxonomy": -9}


# -- counted the slow way ---------------------------------------------------------------------------------


def mixed(before, after, done, *, other, words):
    """The ads when the first `done` parts have gone over, one by one."""
    over = set(PARTS[:done])
    role_part = "titles" if "titles" in other else "code"
    old, new = {ad.key: ad for ad in before}, {ad.key: ad for ad in after}
    ads = []
    for key in old.keys() | new.keys():
        a, b = old.get(key), new.get(key)
        if a is None or b is None or a.content != b.content:
            ads.append(b if "postings" in over else a)
            continue
        held = {}
        for skill in SKILLS:
            by_code = "code" in other and (skill not in words or not {"taxonomy", "lexicon"} & set(other))
            source = b if ("code" if by_code else "taxonomy") in over else a
            held |= {skill: 0} if skill in source.skills else {}
        paid = b if ("code" if "code" in other else "postings") in over else a
        ads.append(
            replace(
                a,
                role=(b if role_part in over else a).role,
                is_copy=(b if "copies" in over else a).is_copy,
                skills=held,
                pay=paid.pay,
                currency=paid.currency,
            )
        )
    return [ad for ad in ads if ad]


def value_of(one, ads):
    inside = [ad for ad in ads if one.role in (None, ad.role)]
    originals = [ad for ad in inside if not ad.is_copy]
    if one.kind == Kind.POSTINGS:
        return len(inside)
    if one.kind == Kind.ADS:
        return len(originals)
    if one.kind == Kind.SHARE:
        return Fraction(sum(one.skill in ad.skills for ad in originals), max(len(originals), 1))
    pays = [ad.pay for ad in originals if ad.pay is not None and ad.currency == one.currency]
    return median(pays) if pays else 0


def changed_at_random(ads, seed):
    """Some ads gone, some new, the others with another text, copy flag, role, skills or pay now and then."""
    rng = np.random.default_rng(seed)
    others = make_many(len(ads) + 40, seed=seed + 1)
    after = []
    for ad, another in zip(ads, others, strict=False):
        changes = {"content": 1} if rng.random() < 0.2 else {}
        for name in ("role", "skills", "is_copy", "pay", "currency"):
            if rng.random() < 0.3:
                changes[name] = getattr(another, name)
        if rng.random() < 0.85:
            after.append(replace(ad, **changes))
    return after + [replace(ad, key=f"new {ad.key}") for ad in others[len(ads) :]]


@pytest.mark.slow
@settings(max_examples=examples(10))
@given(
    seed=st.integers(0, 10_000),
    other=st.sets(st.sampled_from(list(STAMPS))),
    words=st.sets(st.sampled_from(SKILLS)),
)
def test_every_step_of_every_figure_is_what_counting_one_by_one_gives(tmp_path_factory, seed, other, words):
    before = make_many(250, seed=seed)
    after = changed_at_random(before, seed)

    found = compared(before, after, tmp_path_factory.mktemp("two"), other=other, words=words)

    assert len(found.figures) > 20
    for done in range(len(PARTS) + 1):
        ads = mixed(before, after, done, other=other, words=words)
        assert all(one.steps[done] == value_of(one, ads) for one in found.figures)
    assert all(sum(one.parts.values()) == one.new - one.old != 0 for one in found.figures)
