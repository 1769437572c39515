import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from make_facts import Ad, make_facts, make_many

from analytics.snapshot import DamagedSnapshot, build, open_snapshot, remove_unfinished

FACTS = make_facts(make_many(50, seed=2))
FILES_AS_LIST = '{"format": 4, "hash": "", "local": "", "n": 0, "stamps": {}, "files": []}'


@pytest.fixture
def snapshot(tmp_path):
    return build(FACTS, tmp_path / "snapshots")


def test_what_was_built_can_be_opened_again(snapshot):
    again = open_snapshot(snapshot.path)
    assert (again.hash, again.n, again.roles) == (snapshot.hash, snapshot.n, snapshot.roles)
    assert again.skill_counts(again.everything).any.tolist() == snapshot.skill_counts(snapshot.everything).any.tolist()


def test_another_user_may_read_what_a_worker_built(snapshot):
    assert snapshot.path.stat().st_mode & 0o777 == 0o755


def test_columns_cannot_be_written_to(snapshot):
    with pytest.raises(ValueError, match="read-only"):
        snapshot.role[0] = 1


def test_the_same_facts_are_not_written_twice(snapshot):
    written = (snapshot.path / "role.npy").stat()
    again = build(FACTS, snapshot.path.parent)
    assert again.path == snapshot.path
    assert (again.path / "role.npy").stat().st_ino == written.st_ino


def test_builders_that_race_agree_on_one_directory(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda _: build(FACTS, tmp_path / "snapshots").path, range(8)))
    assert len(paths) == 1
    assert set((tmp_path / "snapshots").iterdir()) == paths


def test_a_build_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(OSError, match="No space left"):
        build(FACTS, tmp_path / "snapshots")
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_a_missing_directory_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(
        DamagedSnapshot, match=r"The snapshot gone is damaged: meta\.json is missing\. Build it again\."
    ):
        open_snapshot(tmp_path / "gone")


@pytest.mark.parametrize("name", ["role.npy", "pair_code.npy", "cube.npy", "company.names.json", "meta.json"])
def test_a_missing_file_is_refused_when_opened(snapshot, name):
    (snapshot.path / name).unlink()
    with pytest.raises(DamagedSnapshot, match=f"{name} is missing"):
        open_snapshot(snapshot.path)


@pytest.mark.parametrize("name", ["day.npy", "inv_row.npy", "skill.names.json"])
def test_a_file_cut_short_is_refused_when_opened(snapshot, name):
    file = snapshot.path / name
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(DamagedSnapshot, match=f"{name} has .* bytes instead of"):
        open_snapshot(snapshot.path)


def test_an_array_of_another_type_is_refused_when_opened(snapshot):
    swapped = np.load(snapshot.path / "role.npy").view(np.float32)
    np.save(snapshot.path / "role.npy", swapped)
    with pytest.raises(DamagedSnapshot, match=r"role\.npy holds float32"):
        open_snapshot(snapshot.path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 99}', "nonsense", '{"format": 4}', FILES_AS_LIST])
def test_an_unreadable_description_is_refused_when_opened(snapshot, content):
    (snapshot.path / "meta.json").write_text(content)
    with pytest.raises(DamagedSnapshot, match=r"meta\.json"):
        open_snapshot(snapshot.path)


def test_a_description_without_a_column_is_refused_when_opened(snapshot):
    description = json.loads((snapshot.path / "meta.json").read_text())
    del description["files"]["country.npy"]
    (snapshot.path / "meta.json").write_text(json.dumps(description))
    with pytest.raises(DamagedSnapshot, match="does not list 'country'"):
        open_snapshot(snapshot.path)


@pytest.mark.parametrize("name", ["role.npy", "pair_code.npy", "cube.npy", "posting_id.npy", "title.names.json"])
def test_one_changed_byte_is_found_by_verify(snapshot, name):
    file = snapshot.path / name
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(content)
    with pytest.raises(DamagedSnapshot, match=f"{name} does not match its checksum"):
        open_snapshot(snapshot.path).verify()


def test_a_description_that_was_edited_to_fit_is_found_by_verify(snapshot):
    meta = snapshot.path / "meta.json"
    meta.write_text(meta.read_text().replace('"lexicon": "abc"', '"lexicon": "abd"'))
    with pytest.raises(DamagedSnapshot, match="do not add up to its hash"):
        open_snapshot(snapshot.path).verify()


def test_a_sound_snapshot_passes_verify_anywhere(snapshot, tmp_path):
    moved = shutil.copytree(snapshot.path, tmp_path / "elsewhere")
    opened = open_snapshot(moved)

    opened.verify()

    assert opened.hash == snapshot.hash


def test_a_damaged_snapshot_is_built_again(snapshot):
    (snapshot.path / "role.npy").write_bytes(b"")
    again = build(FACTS, snapshot.path.parent)
    again.verify()
    assert again.path == snapshot.path


def test_what_killed_builds_left_is_removed_once_it_is_old(snapshot):
    left = snapshot.path.parent / ".building-x"
    left.mkdir()
    touched = left.stat().st_mtime
    assert remove_unfinished(snapshot.path.parent, before=touched - 1) == 0
    assert remove_unfinished(snapshot.path.parent, before=touched + 1) == 1
    assert [snapshot.path] == list(snapshot.path.parent.iterdir())


def test_two_snapshots_share_a_parent(tmp_path):
    parent = tmp_path / "snapshots"
    first, second = build(make_facts([Ad("a")]), parent), build(make_facts([Ad("b")]), parent)
    assert {first.path, second.path} == set(parent.iterdir())
