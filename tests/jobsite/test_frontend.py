import json

import pytest

from jobsite import frontend
from jobsite.frontend import FrontendError


def test_copied_files_are_current_until_one_changes(node_modules, vendor):
    frontend.copy_files(node_modules, vendor, LOCKED)
    assert frontend.is_current(vendor, LOCKED)

    (vendor / "htmx.min.js").write_text("something else")
    assert not frontend.is_current(vendor, LOCKED)


def test_a_new_lock_makes_the_files_stale(node_modules, vendor):
    frontend.copy_files(node_modules, vendor, LOCKED)

    assert not frontend.is_current(vendor, LOCKED | {"chart.js": "9.9.9 sha512-new"})


def test_files_of_earlier_versions_do_not_stay(node_modules, vendor):
    vendor.mkdir(parents=True)
    (vendor / "jquery.js").write_text("old")

    frontend.copy_files(node_modules, vendor, LOCKED)

    assert not (vendor / "jquery.js").exists()
    assert [path.name for path in vendor.parent.iterdir()] == ["vendor"]


def test_a_missing_file_leaves_the_old_ones_in_place(node_modules, vendor):
    frontend.copy_files(node_modules, vendor, LOCKED)
    (node_modules / "chart.js/dist/chart.umd.min.js").unlink()

    with pytest.raises(FrontendError, match=r"chart\.umd\.min\.js is missing"):
        frontend.copy_files(node_modules, vendor, LOCKED)

    assert frontend.is_current(vendor, LOCKED)


def test_rules_of_others_are_wrapped_into_a_layer(node_modules, vendor):
    frontend.copy_files(node_modules, vendor, LOCKED)

    text = (vendor / "pico.layer.css").read_text(encoding="utf-8")
    assert text == '@charset "UTF-8";@layer vendor{p{margin:0}}\n'


def test_the_lock_of_the_repository_names_every_package_with_its_integrity():
    locked = frontend.locked_versions(frontend.ROOT / "package-lock.json")

    assert locked.keys() == frontend.FILES.keys()
    assert all(" sha512-" in version for version in locked.values())


def test_package_json_and_lock_name_the_same_exact_versions():
    wanted = json.loads((frontend.ROOT / "package.json").read_text())["dependencies"]
    locked = frontend.locked_versions(frontend.ROOT / "package-lock.json")

    assert wanted == {name: version.split()[0] for name, version in locked.items()}


def test_the_lock_names_no_host():
    assert "://" not in (frontend.ROOT / "package-lock.json").read_text()


def test_an_unusable_lock_is_said_in_a_sentence(tmp_path):
    with pytest.raises(FrontendError, match=r"package-lock\.json cannot be used"):
        frontend.locked_versions(tmp_path / "package-lock.json")


LOCKED = dict.fromkeys(frontend.FILES, "1.0.0 sha512-x")


@pytest.fixture
def vendor(tmp_path):
    return tmp_path / "static" / "vendor"


@pytest.fixture
def node_modules(tmp_path):
    for package, files in frontend.FILES.items():
        for source in files:
            path = tmp_path / "node_modules" / package / source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text('@charset "UTF-8";p{margin:0}' if source.endswith(".css") else "x", encoding="utf-8")
    return tmp_path / "node_modules"
