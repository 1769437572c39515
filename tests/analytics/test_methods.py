import re
from pathlib import Path

import pytest

from analytics.methods import METHODS

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference" / "measures.md"
NOT_MEASURES = {"Small cells.", "Companies."}
"""Rules that all measures keep, no measures themselves."""


def families() -> set[str]:
    return set(re.findall(r"^\*\*([^*]+)\*\*", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)) - NOT_MEASURES


def test_every_family_of_the_reference_has_a_method_beside_its_figures():
    told = {family for method in METHODS.values() for family in method.families}

    assert not families() - told, "Add a Method to analytics/methods.py that names this family."


def test_every_method_points_to_a_family_that_the_reference_has():
    assert not {family for method in METHODS.values() for family in method.families} - families()


@pytest.mark.parametrize("key", METHODS)
def test_every_method_says_all_that_a_reader_needs(key):
    method = METHODS[key]

    assert re.fullmatch(r"[a-z_]+", key)
    assert method.name[0].isupper()
    assert all((method.says, method.formula, method.source, method.caveats))
    assert method.says.endswith(".")
    assert method.caveats.endswith(".")


def test_method_notes_are_short():
    longest = max(METHODS.values(), key=lambda method: len(method.says) + len(method.caveats))

    assert len(longest.says) + len(longest.caveats) < 420


def test_every_chart_and_sheet_names_a_method_that_is_there():
    sources = (ROOT / "analytics").glob("selectors/**/*.py")
    named = {key for path in sources for key in re.findall(r'method="([a-z_]+)"', path.read_text(encoding="utf-8"))}

    assert {"share", "trend"} <= named
    assert not named - set(METHODS)


def test_names_of_methods_are_told_apart():
    assert len({method.name for method in METHODS.values()}) == len(METHODS)
