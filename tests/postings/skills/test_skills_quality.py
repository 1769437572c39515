"""The shipped lexicon on the marked postings that ship with it: no figure falls below its floor.

The floors lie a little under what was measured on 21 November 2026, and only rise: who improves a figure raises its
floor.
"""

import pytest

from postings.skills import load_shipped
from postings.skills.comparing import Meaning
from postings.skills.marked import load_marked
from postings.skills.quality import measure
from tests.postings.skills.shipped_extractor import shipped_extractor

FLOORS = {
    "precision": 0.925,
    "recall": 0.795,
    "f1": 0.855,
    "language precision": 0.96,
    "language recall": 0.95,
    "tool precision": 0.965,
    "tool recall": 0.9,
    "method precision": 0.89,
    "method recall": 0.7,
    "soft precision": 0.97,
    "soft recall": 0.745,
    "domain precision": 0.755,
    "domain recall": 0.56,
    "cert precision": 0.98,
    "cert recall": 0.81,
    "spoken precision": 0.97,
    "spoken recall": 0.97,
    "level": 0.875,
    "required precision": 0.965,
    "required recall": 0.82,
    "preferred precision": 0.98,
    "preferred recall": 0.885,
    "mentioned precision": 0.68,
    "mentioned recall": 0.985,
    "years": 0.9,
    "degree": 0.9,
}


@pytest.fixture(scope="module")
def figures():
    taxonomy = load_shipped()
    shown = {skill.name: Meaning(skill.name, skill.kind) for skill in taxonomy.skills if not skill.is_hidden}
    meanings = {alias_id: shown[name] for alias_id, name in taxonomy.lexicon()[1].items() if name in shown}
    quality = measure(load_marked().postings, shipped_extractor(), meanings)
    figures = {"level": quality.level_accuracy, "years": quality.years, "degree": quality.degree}
    for prefix, row in [("", quality.overall), *((f"{row.kind} ", row) for row in quality.kinds)]:
        figures |= {f"{prefix}precision": row.precision, f"{prefix}recall": row.recall, f"{prefix}f1": row.f1}
    for row in quality.levels:
        figures |= {f"{row.level} precision": row.precision, f"{row.level} recall": row.recall}
    return {name: estimate.value for name, estimate in figures.items()}


@pytest.mark.parametrize("figure", FLOORS)
def test_a_figure_stays_above_its_floor(figures, figure):
    assert figures[figure] >= FLOORS[figure]
