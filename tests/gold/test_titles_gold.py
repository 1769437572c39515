"""The reader of titles against marked titles; the floors are what issue 1 asks for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.titles import TitleReader, load_catalogue, normalise_titles

GOLD = Path(__file__).parents[3] / "shared" / "gold"
FLOORS = {"lenient": 0.94, "data_ml": 0.96, "seniority": 0.96}


@pytest.mark.gold
@pytest.mark.skipif(not (GOLD / "titles_dev.tsv").exists(), reason="marked titles: ../shared/gold is not here")
def test_marked_titles_are_read_as_the_markers_read_them(tmp_path):
    normalise_titles(GOLD / "titles_dev.tsv", tmp_path / "read.tsv", TitleReader(load_catalogue()))
    command = [sys.executable, str(GOLD / "score_titles.py"), str(GOLD / "titles_dev.tsv"), str(tmp_path / "read.tsv")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores = {name: float(re.search(rf"{name} ([\d.]+)", said)[1]) for name in FLOORS}
    assert {name: score for name, score in scores.items() if score < FLOORS[name]} == {}, said
