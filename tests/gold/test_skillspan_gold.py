"""Skills and candidates in the sentences of SkillSpan in ../shared (tech, dev), by their own scorer.

The floors lie a little under what was measured when they were set. The union is held down by its linked skills:
SkillSpan leaves names in titles, tag lines and talk of the company unmarked, so that even candidates without a mistake
would bring its relaxed F1 to 0.761 only.
"""

import importlib.util
import json
from pathlib import Path

import pytest

from postings.skills import Extractor, load_shipped
from postings.skills.files import extract_file
from postings.skills.finder import Finder

GOLD = Path(__file__).parents[3] / "shared" / "gold"
SLICE = "tech-dev"
pytestmark = pytest.mark.gold


@pytest.fixture(scope="module")
def score():
    """Predictions -> the scorer's measures on the slice."""
    scorer, marked = GOLD / "score_skillspan.py", GOLD / "skillspan_dev.jsonl"
    if not (scorer.exists() and marked.exists()):
        pytest.skip("the sentences of SkillSpan are not here: ../shared/gold is absent")
    spec = importlib.util.spec_from_file_location("score_skillspan", scorer)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    records = module.gold(marked)[SLICE]
    return lambda spans: module.score(records, spans)


@pytest.fixture(scope="module")
def written(score, tmp_path_factory):
    out = tmp_path_factory.mktemp("gold") / "predictions.jsonl"
    extract_file(GOLD / "skillspan_dev.jsonl", out, load_shipped(), with_finder=True)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def spans(lines, *keys):
    return {line["id"]: [(one["start"], one["end"]) for key in keys for one in line[key]] for line in lines}


@pytest.mark.parametrize(("measure", "floor"), [("K_relaxed", 0.665), ("K_token", 0.605), ("K_exact", 0.46)])
def test_skills_and_candidates_together_stay_above_their_floor(score, written, measure, floor):
    assert score(spans(written, "skills", "candidates"))[measure][2] >= floor


def test_the_taxonomy_alone_stays_above_its_floors(score, written):
    measured = score(spans(written, "skills"))
    assert measured["KS_relaxed"][0] >= 0.675
    assert measured["R_TOOL"] >= 0.88


@pytest.mark.parametrize(("measure", "floor"), [("K_relaxed", 0.74), ("K_token", 0.695), ("K_exact", 0.53)])
def test_what_the_finder_sees_by_itself_stays_above_its_floor(score, measure, floor):
    taxonomy = load_shipped()
    extractor = Extractor(taxonomy.lexicon()[0])
    finder = Finder.shipped(taxonomy, extractor)
    rows = map(json.loads, (GOLD / "skillspan_dev.jsonl").read_text(encoding="utf-8").splitlines())
    seen = {
        row["id"]: [(s.start, s.end) for s in finder.find(row["text"], extractor.read(row["text"]))] for row in rows
    }
    assert score(seen)[measure][2] >= floor
