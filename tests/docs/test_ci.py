"""CI does what `make check` does, no more and no less."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_ci_runs_the_parts_of_make_check():
    parts = re.search(r"^check: (.*?) ##", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    run = re.search(r"^for part in (.*); do", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)[1].split()

    assert run == parts
