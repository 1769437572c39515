"""Profiles of real postings: do they come back, and do titles differ in them as people in the field know they do?"""

from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from analytics.profiles import FitSettings, Postings, fit_profiles, propose_names
from analytics.titles import TitleReader, load_catalogue
from postings.ingest import (
    PostingRow,
    RawRow,
    clean_row,
    header_of,
    read_rows,
    sample_of,
    sniff_format,
    suggest_columns,
)
from postings.skills import Extractor, load_shipped

SOURCES = Path(__file__).parents[3] / "shared" / "data" / "postings"
FILES = ("multi-us-2020/*", "linkedin-world-2023-2026/*_2025*", "linkedin-aiml-2024/*")

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not SOURCES.exists(), reason="real postings: ../shared/data is not here"),
]


def real_postings():
    """Yield English postings, each text once."""
    seen = set()
    for path in sorted(path for pattern in FILES for path in SOURCES.glob(pattern)):
        form = sniff_format(path, name=path.name)
        columns = suggest_columns(header_of(path, form), sample_of(path, form))
        for raw in read_rows(path, form):
            row = clean_row(raw, columns, seen_on=date(2026, 9, 1)) if isinstance(raw, RawRow) else raw
            if isinstance(row, PostingRow) and row.language == "en" and row.text not in seen:
                seen.add(row.text)
                yield row


@pytest.fixture(scope="module")
def real():
    rows = list(islice(real_postings(), 9000))
    taxonomy = load_shipped()
    lexicon, skill_of = taxonomy.lexicon()
    place = {skill.name: number for number, skill in enumerate(taxonomy.skills)}
    readings = Extractor(lexicon).read_many(row.text for row in rows)
    named = [sorted({place[skill_of[m.alias_id]] for m in reading.mentions}) for reading in readings]
    indptr = np.cumsum([0, *map(len, named)])
    indices = np.concatenate([np.array(skills, dtype=np.int64) for skills in named])
    X = sparse.csr_array((np.ones(len(indices)), indices, indptr), shape=(len(rows), len(place)))
    employers = {name: number for number, name in enumerate(sorted({row.company for row in rows}))}
    postings = Postings(
        X,
        skills=[skill.name for skill in taxonomy.skills],
        kinds=[str(skill.kind) for skill in taxonomy.skills],
        eligible=np.ones(len(rows), bool),
        companies=np.array([employers[row.company] if row.company else -1 for row in rows]),
    )
    fit = fit_profiles(postings, settings=FitSettings(bootstraps=5, splits=3))
    reader = TitleReader(load_catalogue())
    roles = np.array([reader.read(row.title).role for row in rows])
    return fit, roles, [skill.name for skill in taxonomy.skills]


def test_most_postings_sit_in_profiles_that_come_back(real):
    fit, _, _ = real
    coarse, middle, fine = (fit.levels[level] for level in ("coarse", "middle", "fine"))
    assert not coarse.stability.unstable.any()
    assert fine.weights[~fine.stability.unstable].sum() > 0.6
    assert coarse.stability.agreement > 0.7
    assert middle.weights[~middle.stability.unstable].sum() > 0.6
    assert middle.stability.agreement > 0.6
    assert fine.stability.agreement > 0.55


def test_memberships_are_mixes_where_work_is_mixed(real):
    fit, _, _ = real
    second = np.sort(fit.memberships[fit.trained], axis=1)[:, -2]
    assert 0.15 < (second >= 0.2).mean() < 0.5


def test_data_engineers_and_data_scientists_lean_to_different_profiles(real):
    fit, roles, _ = real
    mixes = [fit.memberships[roles == role].mean(axis=0) for role in ("data engineer", "data scientist")]
    assert np.abs(mixes[0] - mixes[1]).sum() / 2 > 0.4


def test_names_are_short_unique_and_tell_dashboards_from_learning_machines(real):
    fit, _, skills = real
    fine = fit.levels["fine"]
    names = [proposed.name for proposed in propose_names(fine, skills, [["role"]] * len(fine.weights))]
    assert len(set(names)) == len(names)
    assert max(len(name.removeprefix("Residue: ").split()) for name in names) <= 5
    assert any("achine learning" in name or "PyTorch" in name for name in names)
    assert any(word in name for name in names for word in ("Tableau", "Dashboards", "Power BI", "Excel", "Reporting"))
