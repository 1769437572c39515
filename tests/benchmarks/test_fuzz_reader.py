"""A few seconds of what benchmarks/fuzz_reader.py does for minutes; the seeds are fixed, the files invented."""

import pytest

from benchmarks.fuzz_reader import fuzz, inputs, made, originals

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", ["a", "b"])
def test_damaged_files_are_read_or_refused_with_a_sentence_and_nothing_else_happens(seed, capsys):
    counts = fuzz(seconds=60, folder=None, seed=seed, limit=20, most=110)
    assert counts["findings"] == 0, capsys.readouterr().out
    assert counts["read"] > 40
    assert counts["refused"] > 10


def test_an_input_is_made_again_from_its_seed():
    files = originals(None)
    stream = inputs(files, "x")
    for seed, name, content in (next(stream) for _ in range(20)):
        assert made(files, seed) == (name, content)
