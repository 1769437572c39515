"""Which groups of skills postings cover, from bits."""

from dataclasses import replace

import numpy as np

from analytics.measures import group_coverage
from analytics.selectors.coverage import coverage_of
from analytics.snapshot import SkillLabel, build
from tests.analytics.snapshot.make_facts import Ad, make_facts

SKILLS = tuple(f"skill {number:02d}" for number in range(80))


def grouped(tmp_path, ads):
    """A run in which skill i is in group i, and all are in the group of everything."""
    labels = tuple(SkillLabel(name, "tool", (f"group-{i:02d}", "everything")) for i, name in enumerate(SKILLS))
    return build(replace(make_facts(ads, skills=SKILLS), skills=labels), tmp_path)


def test_more_groups_than_bits_in_a_word_are_covered_as_the_measure_says(tmp_path):
    chance = np.random.default_rng(3)
    ads = [
        Ad(f"{i:02d}", skills={SKILLS[code]: 0 for code in chance.choice(80, i % 7, replace=False)}) for i in range(40)
    ]
    snapshot = grouped(tmp_path, ads)
    rows = np.arange(5, 38, dtype=np.int32)

    found = coverage_of(snapshot, rows)

    for names in (list(snapshot.group_skills), ["everything"], ["group-03", "group-70", "group-64"]):
        expected = group_coverage(snapshot.matrix(rows), {name: snapshot.group_skills[name] for name in names})
        coverage = found.of(names)
        assert coverage.groups == expected.groups
        assert coverage.n == expected.n
        assert coverage.by_group.tolist() == expected.by_group.tolist()
        assert coverage.by_number.tolist() == expected.by_number.tolist()


def test_postings_without_skills_cover_nothing(tmp_path):
    snapshot = grouped(tmp_path, [Ad("1"), Ad("2", skills={SKILLS[5]: 2}), Ad("3")])

    coverage = coverage_of(snapshot, np.arange(3, dtype=np.int32)).of(["group-05", "group-06"])

    assert coverage.by_group.tolist() == [1, 0]
    assert coverage.by_number.tolist() == [2, 1, 0]
    assert coverage_of(snapshot, np.empty(0, np.int32)).of(["group-05"]).n == 0
