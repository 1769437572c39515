import json
import subprocess
import sys

import pytest
from test_skills_taxonomy import write_taxonomy

from postings.skills import load_taxonomy
from postings.skills.files import UnreadableLineError, extract_file

POSTING = {"id": "a-1", "text": "Duties\nRun Git.\nRequirements\n- Git, Perl, Zorp and Awk"}


@pytest.fixture
def taxonomy(tmp_path):
    (folder := tmp_path / "taxonomy").mkdir()
    return load_taxonomy(write_taxonomy(folder, tools="Git,coding,", languages="Perl,coding,\nAwk,coding,"))


def extract(tmp_path, taxonomy, lines):
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    count = extract_file(tmp_path / "in.jsonl", tmp_path / "out.jsonl", taxonomy)
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return count, [json.loads(line) for line in written]


def test_a_line_comes_back_with_its_skills(tmp_path, taxonomy):
    count, [line] = extract(tmp_path, taxonomy, [json.dumps(POSTING)])
    assert count == 1
    assert line["id"] == "a-1"
    assert [(POSTING["text"][s["start"] : s["end"]], s["name"], s["kind"]) for s in line["skills"]] == [
        ("Git", "Git", "tool"),
        ("Git", "Git", "tool"),
        ("Perl", "Perl", "language"),
        ("Awk", "Awk", "language"),
    ]
    assert [POSTING["text"][s["start"] : s["end"]] for s in line["candidates"]] == ["Zorp"]


def test_the_level_is_what_the_whole_posting_asks_of_the_phrase(tmp_path, taxonomy):
    _, [line] = extract(tmp_path, taxonomy, [json.dumps(POSTING)])
    assert {skill["level"] for skill in line["skills"]} == {"required"}


def test_ids_come_back_as_they_came_and_in_order(tmp_path, taxonomy):
    ids = [7, "x", None, 2.5, "ü"]
    count, lines = extract(tmp_path, taxonomy, [json.dumps({"id": i, "text": "Git"}) for i in ids] + [""])
    assert (count, [line["id"] for line in lines]) == (5, ids)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "in.jsonl, line 2: not JSON"),
        ("[1]", "in.jsonl, line 2: not an object"),
        ('{"id": 1}', "in.jsonl, line 2: not an object"),
        ('{"id": 1, "text": null}', "in.jsonl, line 2: not an object"),
    ],
)
def test_an_unreadable_line_is_named_and_nothing_is_half_written(tmp_path, taxonomy, line, message):
    (tmp_path / "out.jsonl").write_text("as before")
    with pytest.raises(UnreadableLineError, match=message):
        extract(tmp_path, taxonomy, [json.dumps(POSTING), line])
    assert (tmp_path / "out.jsonl").read_text() == "as before"
    assert sorted(path.name for path in tmp_path.glob("*out*")) == ["out.jsonl"]


def test_importing_the_package_does_not_import_spacy():
    code = "import sys, postings.skills, postings.skills.files; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
