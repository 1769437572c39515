from __future__ import annotations

import pytest

from analytics.titles import TitleReader, load_catalogue, normalise_titles


@pytest.fixture
def normalise(tmp_path):
    def run(text: str) -> tuple[int, str]:
        (tmp_path / "in.tsv").write_text(text, encoding="utf-8")
        count = normalise_titles(tmp_path / "in.tsv", tmp_path / "out.tsv", TitleReader(load_catalogue()))
        return count, (tmp_path / "out.tsv").read_text(encoding="utf-8")

    return run


def test_each_title_gets_its_id_role_and_seniority_on_one_line(normalise):
    count, out = normalise("a1\tSr. Data Engineer (m/w/d)\na2\tTree Surgeon\n")
    assert (count, out) == (2, "a1\tdata engineer\tsenior\na2\tother\tunspecified\n")


def test_further_columns_a_byte_order_mark_and_windows_line_ends_do_no_harm(normalise):
    assert normalise("\ufeffa1\tData Analyst\tcompany\r\n")[1] == "a1\tdata analyst\tunspecified\n"


def test_a_title_without_an_id_is_known_by_its_line(normalise):
    assert normalise("Data Analyst\n\nData Engineer II\n") == (
        2,
        "1\tdata analyst\tunspecified\n3\tdata engineer\tmid\n",
    )


def test_a_line_with_an_id_and_no_title_still_gets_an_answer(normalise):
    assert normalise("a1\t\n")[1] == "a1\tunknown\tunspecified\n"
