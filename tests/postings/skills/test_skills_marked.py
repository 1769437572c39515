"""The files of marked postings: what is wrong with one is said with its name and the line."""

import json

import pytest

from postings.skills import Degree, Kind, Level
from postings.skills.marked import MarkedSetError, load_marked

TEXT = "Python is asked for, German too."
PYTHON = {"surface": "Python", "name": "Python", "kind": "language", "level": "required", "start": 0, "end": 6}
GERMAN = {"surface": "German", "name": "German", "kind": "spoken", "level": "preferred", "start": 21, "end": 27}
ROW = {"id": "own-1", "text": TEXT, "skills": [PYTHON, GERMAN], "min_years": 3, "degree": "none"}
FIRST = ROW | {"id": "own-0"}


@pytest.fixture
def folder(tmp_path):
    def write(*rows, name="marked.jsonl"):
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return write


def without(key, row=ROW):
    return {name: value for name, value in row.items() if name != key}


def marked(**changes):
    return ROW | {"skills": [PYTHON | changes]}


def test_a_posting_comes_with_its_marks_and_demands(folder):
    (posting,) = load_marked(folder(ROW, "")).postings

    assert (posting.id, posting.text, posting.years, posting.degree) == ("own-1", TEXT, 3, Degree.NONE)
    assert [(mark.surface, mark.kind, mark.level) for mark in posting.marks] == [
        ("Python", Kind.LANGUAGE, Level.REQUIRED),
        ("German", Kind.SPOKEN, Level.PREFERRED),
    ]


def test_years_and_degree_may_be_unsaid(folder):
    (posting,) = load_marked(folder(ROW | {"min_years": None, "degree": "unspecified"})).postings

    assert (posting.years, posting.degree) == (None, Degree.UNSTATED)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{", "not JSON"),
        ("[]", "no 'id'"),
        (without("text"), "no 'text'"),
        (without("min_years"), "no 'min_years'"),
        (ROW | {"text": 7}, "'text' is 7"),
        (ROW | {"min_years": True}, "'min_years' is True"),
        (ROW | {"min_years": -1}, "'min_years' is -1"),
        (ROW | {"degree": "diploma"}, "the degree 'diploma' is unknown"),
        (ROW | {"skills": ["Python"]}, "no 'surface'"),
        (ROW | {"skills": [PYTHON, PYTHON]}, "'python' is marked twice"),
        (marked(start=1, end=7), "text[1:7] is 'ython ', not 'Python'"),
        (marked(start=-32, end=-26), "not 'Python'"),
        (marked(kind="hobby"), "'Python' has the unknown kind 'hobby'"),
        (marked(level="REQUIRED"), "'Python' has the unknown level 'REQUIRED'"),
        (FIRST, "the id 'own-0' is there twice"),
    ],
)
def test_a_fault_is_named_with_file_and_line(folder, row, why):
    with pytest.raises(MarkedSetError) as raised:
        load_marked(folder(FIRST, row))

    assert str(raised.value).startswith("marked.jsonl, line 2: ")
    assert why in str(raised.value)


def test_an_id_is_unique_over_all_files(folder):
    folder(ROW, name="a.jsonl")

    with pytest.raises(MarkedSetError, match=r"b\.jsonl, line 1: the id 'own-1' is there twice"):
        load_marked(folder(ROW, name="b.jsonl"))


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"id":\n"\xff"}')

    with pytest.raises(MarkedSetError, match=r"a\.jsonl, line 2: not UTF-8"):
        load_marked(tmp_path)


def test_an_empty_folder_is_no_set(tmp_path):
    with pytest.raises(MarkedSetError, match="there is no marked posting"):
        load_marked(tmp_path)


def test_the_version_changes_with_the_files(folder):
    first = load_marked(folder(ROW)).version
    assert load_marked(folder(ROW)).version == first
    assert load_marked(folder(ROW | {"min_years": 4})).version != first


def test_the_set_that_ships_is_whole():
    postings = load_marked().postings

    assert len(postings) >= 60
    kinds = {mark.kind for posting in postings for mark in posting.marks}
    assert kinds == set(Kind)
    assert all(len(posting.marks) >= 5 for posting in postings)
