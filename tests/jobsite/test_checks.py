"""What is checked before anything starts."""

from concurrent.futures import ThreadPoolExecutor

from jobsite.checks import the_data_folder_can_be_written


def test_processes_that_start_at_once_do_not_take_each_others_probe_away(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "here"
    settings.DATA_DIR.mkdir()
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda _: the_data_folder_can_be_written(), range(400))
    assert [errors for errors in found if errors] == []
    assert list(settings.DATA_DIR.iterdir()) == []


def test_a_data_folder_that_cannot_be_written_is_said_in_words(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "missing"
    [error] = the_data_folder_can_be_written()
    assert error.id == "jobsite.E001"
    assert str(tmp_path / "missing") in error.msg
