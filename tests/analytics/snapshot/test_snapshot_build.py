import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_facts import SKILLS, Ad, make_facts, make_many

from analytics.snapshot import Column, Facts, Filter, SkillLabel, Words, build
from analytics.snapshot.facts import LEVELS, PREFERRED, REQUIRED
from tests.properties import examples

ADS = make_many(60, seed=1)


@pytest.mark.slow
@settings(max_examples=examples(15))
@given(order=st.permutations(range(60)), skills=st.permutations(["python", "sql", "excel", "pytorch", "docker"]))
def test_the_hash_does_not_depend_on_the_order_of_postings_pairs_and_skills(tmp_path_factory, order, skills):
    place = tmp_path_factory.mktemp("order")
    first = build(make_facts(ADS), place)
    shuffled = make_facts([ADS[i] for i in order], ids=order, skills=tuple(skills))
    assert build(shuffled, place).path == first.path


def test_the_hash_depends_on_neither_database_ids_nor_spellings_of_companies(tmp_path):
    first = build(make_facts(ADS), tmp_path)
    second = build(make_facts(ADS, ids=range(500, 560), labels=["ACME"] * 60), tmp_path)
    assert second.hash == first.hash
    assert second.path != first.path
    assert sorted(second.posting_id) == list(range(500, 560))


def test_the_hash_does_not_depend_on_how_an_ad_is_named(tmp_path):
    facts = make_facts(ADS)
    renamed = replace(facts, ad=59 - facts.ad)
    assert build(renamed, tmp_path).hash == build(facts, tmp_path).hash


@pytest.mark.parametrize(
    "change",
    [
        {"key": "another"},
        {"role": "analyst"},
        {"title": "Quant"},
        {"day": None},
        {"pay": 1.0},
        {"currency": "CHF"},
        {"company": "zeta"},
        {"place": "Rome"},
        {"remote": "hybrid"},
        {"skills": {"excel": 1}},
        {"skills": {"sql": 0}},
        {"is_copy": True},
        {"ad": "b"},
        {"content": 7},
    ],
    ids=str,
)
def test_the_hash_depends_on_everything_else(tmp_path, change):
    plain = [Ad("a", skills={"sql": 1}), Ad("b")]
    changed = [replace(plain[0], **change), plain[1]]
    assert build(make_facts(changed), tmp_path).hash != build(make_facts(plain), tmp_path).hash


def test_the_hash_depends_on_what_made_the_facts(tmp_path):
    assert (
        build(make_facts(ADS, stamps={"lexicon": "1"}), tmp_path).hash
        != build(make_facts(ADS, stamps={"lexicon": "2"}), tmp_path).hash
    )


def test_the_hash_depends_on_the_words_that_name_a_skill(tmp_path):
    facts = make_facts(ADS)
    renamed = tuple(replace(skill, words="another phrase") for skill in facts.skills)
    assert build(replace(facts, skills=renamed), tmp_path).hash != build(facts, tmp_path).hash


def test_the_hash_depends_on_the_groups_of_skills_but_not_on_their_order(tmp_path):
    def hash_with(*groups):
        return build(make_facts(ADS, groups=groups), tmp_path).hash

    assert hash_with("cloud", "data") == hash_with("data", "cloud")
    assert hash_with("cloud") != hash_with("data")


@pytest.mark.slow
def test_the_same_bytes_come_out_of_one_thread_and_of_many(tmp_path):
    script = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "from pathlib import Path\n"
        "from make_facts import make_facts, make_many\n"
        "from analytics.snapshot import build\n"
        "s = build(make_facts(make_many(60, seed=1)), Path(sys.argv[3])); s.verify(); print(s.path.name)\n"
    )
    here = Path(__file__).resolve()
    names = set()
    for threads in ("1", "4"):
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads)
        arguments = [str(here.parents[3]), str(here.parent), str(tmp_path / threads)]
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            env={**os.environ, **limits, "PYTHONHASHSEED": threads},
            capture_output=True,
            text=True,
            check=True,
        )
        names.add(done.stdout.strip())
    assert len(names) == 1


def test_postings_are_sorted_by_role_then_day_then_the_hash_of_their_key(tmp_path):
    ads = [*ADS, Ad("a second"), Ad("a first"), Ad("a third")]
    facts = make_facts(ads)
    snapshot = build(facts, tmp_path)
    expected = sorted(range(len(ads)), key=lambda i: (ads[i].role, ads[i].day or date.min, facts.key_hash[i]))
    assert snapshot.posting_id.tolist() == expected


def test_a_repeated_pair_keeps_the_strongest_level(tmp_path):
    facts = make_facts([Ad("a"), Ad("b")])
    facts = replace(facts, words=Words.of([0, 1, 0, 0, 1], [1, 1, 1, 1, 1], [1, 0, 2, 0, 1], n=2, k=5))
    snapshot = build(facts, tmp_path)
    counts = snapshot.skill_counts(snapshot.everything)
    assert (counts.any.sum(), counts.required.sum(), counts.preferred.sum()) == (2, 1, 1)


def test_words_name_their_skills_or_none(tmp_path):
    facts = make_facts([Ad("a"), Ad("b")])
    words = Words.of([0, 0, 1, 1], [0, 1, 1, 2], [1, 2, 0, 2], n=2, k=3)
    facts = replace(facts, words=replace(words, skill_of=np.array([4, 4, -1], np.int32)))
    counts = build(facts, tmp_path).skill_counts(build(facts, tmp_path).everything)
    docker = sorted(SKILLS).index("docker")
    assert counts.any.tolist() == [2 * (code == docker) for code in range(5)]
    assert (counts.required[docker], counts.preferred[docker]) == (1, 0)


def test_days_before_1970_and_endless_pay_are_unknown(tmp_path):
    facts = replace(make_facts([Ad("a", currency="USD")]), day=np.array([-5]), pay=np.array([np.inf]))
    snapshot = build(facts, tmp_path)
    assert (snapshot.day.tolist(), snapshot.month.tolist()) == ([-1], [-1])
    assert snapshot.select(Filter(until=date(2030, 1, 1))).n == 0
    assert snapshot.pay_by_currency(snapshot.everything) == ()


def test_a_company_is_spelled_as_it_is_spelled_most_often(tmp_path):
    facts = make_facts([Ad("a"), Ad("b"), Ad("c"), Ad("d", company="")], labels=["ACME", "Acme", "Acme", ""])
    snapshot = build(facts, tmp_path)
    assert dict(zip(snapshot.companies, snapshot.company_labels, strict=True)) == {"": "", "acme": "Acme"}


def test_no_postings_and_no_skills_make_a_snapshot_that_answers_zero(tmp_path):
    empty = build(make_facts([], skills=()), tmp_path)
    assert (empty.n, empty.everything.n, empty.company_count(empty.everything)) == (0, 0, 0)
    assert empty.skill_counts(empty.everything).any.tolist() == []
    assert empty.posting_ids(empty.everything).tolist() == []
    assert empty.select(Filter(countries=("DE",))).n == 0
    assert empty.months(empty.everything).tolist() == [0]
    assert empty.openings(empty.everything) == 0
    empty.verify()


def test_skills_that_nobody_asks_for_keep_their_place(tmp_path):
    snapshot = build(make_facts([Ad("a", skills={"sql": 2})]), tmp_path)
    assert snapshot.skills == ("docker", "excel", "python", "pytorch", "sql")
    assert snapshot.skill_counts(snapshot.everything).any.tolist() == [0, 0, 0, 0, 1]


def test_names_with_any_character_survive(tmp_path):
    odd = 'Zürich "AG" \u2028 \ud800 \x1f'
    snapshot = build(make_facts([Ad(odd, company=odd, title=odd)]), tmp_path)
    assert (snapshot.companies, snapshot.titles) == ((odd,), (odd,))
    assert snapshot.select(Filter(companies=(odd,))).n == 1


def test_skill_labels_carry_kind_and_groups(tmp_path):
    facts = replace(
        make_facts([Ad("a")], skills=("sql",)), skills=(SkillLabel("sql", "language", ("data", "core"), "w1"),)
    )
    snapshot = build(facts, tmp_path)
    assert snapshot.skill_labels == (SkillLabel("sql", "language", ("core", "data"), "w1"),)
    assert {slug: codes.tolist() for slug, codes in snapshot.group_skills.items()} == {
        "core": [0],
        "data": [0],
    }


def test_what_made_the_facts_is_kept(tmp_path):
    snapshot = build(make_facts(ADS, stamps={"taxonomy": "3", "lexicon": "f00"}), tmp_path)
    assert snapshot.stamps == {"lexicon": "f00", "taxonomy": "3"}
    assert json.loads((snapshot.path / "meta.json").read_text())["hash"] == snapshot.hash


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"key_hash": np.array([7, 7], np.uint64)}, "share one key_hash"),
        ({"title": Column.of(["x"])}, "another length: title"),
        ({"title": Column(np.array([0, 1], np.int32), ("x",))}, "title holds a code outside 0..0"),
        ({"spell": np.zeros(3, np.int16)}, "another length: spell"),
        ({"ad": np.array([0, 2], np.int32)}, "ad holds a code outside 0..1"),
        ({"company_label": ()}, "does not spell each"),
        ({"words": Words.of([0], [1], [3], n=2, k=5)}, "a level outside 0..2"),
        ({"words": Words.of([0], [1], [2], n=3, k=5)}, "does not cut the words into 2 postings"),
        ({"words": Words.of([0], [5], [2], n=2, k=5)}, "coded holds a code outside 0..19"),
        ({"words": Words.of([0], [5], [2], n=2, k=6)}, "skill_of holds a code outside -1..4"),
        ({"skills": (SkillLabel("sql", "tool"),) * 5}, "share one name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_facts_that_do_not_fit_together_are_refused_with_a_sentence(tmp_path, change, sentence):
    facts: Facts = replace(make_facts([Ad("a", skills={"sql": 1}), Ad("b")]), **change)
    with pytest.raises(ValueError, match=sentence):
        build(facts, tmp_path / "snapshots")
    assert not (tmp_path / "snapshots").exists()


def test_levels_are_those_of_the_extractor():
    types = pytest.importorskip("postings.skills.types")
    assert (len(types.Level), types.Level.PREFERRED, types.Level.REQUIRED) == (LEVELS, PREFERRED, REQUIRED)
