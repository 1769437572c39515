"""The reference is true: every setting, command, column and check is named in it, and nothing that is gone."""

import re
from inspect import isfunction
from pathlib import Path

import pytest

from analytics import measures
from postings.ingest import FIELDS
from postings.skills import Taxonomy
from postings.skills.context import RULES
from postings.skills.exchange import write_own

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def settings_read():
    return set(re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "jobsite" / "settings.py").read_text()))


def named_first_in_rows(page):
    return set(re.findall(r"^\| `([^`]+)`", (REFERENCE / page).read_text(), re.MULTILINE))


def test_every_setting_is_in_the_reference_and_no_other():
    assert named_first_in_rows("settings.md") == settings_read()


def test_only_the_settings_module_reads_the_environment():
    readers = [
        str(path.relative_to(ROOT))
        for app in ("jobsite", "postings", "analytics")
        for path in (ROOT / app).rglob("*.py")
        if re.search(r"os\.environ\[|os\.environ\.get|os\.getenv", path.read_text())
    ]
    assert readers == []


def commands():
    return {
        path.stem
        for app in ("jobsite", "postings", "analytics")
        for path in (ROOT / app / "management" / "commands").glob("*.py")
        if path.stem != "__init__"
    }


def test_every_command_is_in_the_reference_and_no_other():
    assert {row.split()[0] for row in named_first_in_rows("commands.md")} == commands()


def test_every_field_of_a_file_is_in_the_reference_and_no_other():
    assert named_first_in_rows("files.md") == set(FIELDS)


def test_every_file_of_a_taxonomy_and_every_rule_of_context_is_in_the_reference(tmp_path):
    page = (REFERENCE / "taxonomy.md").read_text()
    write_own(Taxonomy("", (), ()), tmp_path)
    columns = {path.name: path.read_text().strip().split(",") for path in tmp_path.glob("*.csv")}
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    rows = {name: line for line in lines for name in columns if f"`{name}`" in line.split(" | ")[0]}
    assert {name: ", ".join(names) in rows.get(name, "") for name, names in columns.items()} == dict.fromkeys(
        columns, True
    )
    assert [rule for rule in RULES if f"`{rule}`" not in page] == []


def test_every_system_check_is_in_the_reference():
    ids = set(re.findall(r'id="([a-z]+\.[EW]\d{3})"', (ROOT / "jobsite" / "checks.py").read_text()))
    assert named_first_in_rows("checks.md") == ids


def test_every_measure_is_in_the_reference_and_no_other():
    functions = {name for name in measures.__all__ if isfunction(getattr(measures, name))}
    named = set(re.findall(r"`(\w+)\(\)`", (REFERENCE / "measures.md").read_text()))
    assert named == functions


def test_every_make_target_has_a_line_of_help():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split()
    helped = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert set(phony) - helped <= {"clean"}


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda p: p.name)
def test_every_link_of_a_page_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)\)?", page.read_text())
    gone = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert gone == []
