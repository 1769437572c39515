"""The sample is a file like any other: the rest of the product reads it without help."""

from datetime import date

import pytest

from postings.ingest import (
    RawRow,
    RejectedRow,
    clean_row,
    header_of,
    read_rows,
    sample_of,
    sniff_format,
    suggest_columns,
)
from postings.sample import write_sample
from postings.sample.generator import DAMAGE
from postings.sample.material import load_material
from postings.sample.prose import SPELLED_OUT
from postings.skills import Extractor, load_shipped

UNTIL = date(2026, 11, 20)


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "sample.csv"
    write_sample(path, until=UNTIL)
    form = sniff_format(path, name=path.name)
    columns = suggest_columns(header_of(path, form), sample_of(path, form))
    raws = [row for row in read_rows(path, form) if isinstance(row, RawRow)]
    return columns, raws, [clean_row(raw, columns, seen_on=UNTIL, language_of=lambda text: "en") for raw in raws]


@pytest.mark.slow
def test_its_columns_are_found(cleaned):
    assert set(cleaned[0].columns) >= {
        "title", "company", "description", "place", "date_posted", "external_id", "url", "pay_text",
        "employment_type", "remote",
    }  # fmt: skip


def test_only_rows_damaged_in_title_or_text_are_rejected(cleaned):
    hopeless = sum("title" in damage or "description" in damage for damage in DAMAGE)
    assert sum(isinstance(row, RejectedRow) for row in cleaned[2]) == hopeless


def test_every_stated_pay_and_place_is_understood(cleaned):
    taken = [(raw.values, row) for raw, row in zip(*cleaned[1:], strict=True) if not isinstance(row, RejectedRow)]
    assert [v["salary"] for v, row in taken if v["salary"] not in ("", "-1") and row.pay is None] == []
    assert [v["location"] for v, row in taken if v["location"] and not row.country] == []
    assert not any(row.pay and row.pay.suspect for _, row in taken)


def test_dates_of_every_board_are_understood(cleaned):
    taken = [row for row in cleaned[2] if not isinstance(row, RejectedRow)]
    assert sum(row.date_posted is None for row in taken) == sum("date_posted" in damage for damage in DAMAGE)


@pytest.mark.slow
def test_every_skill_of_the_sample_is_in_the_taxonomy():
    lexicon, _ = load_shipped().lexicon()
    extractor = Extractor(lexicon)
    skills = [SPELLED_OUT.get(skill, skill) for skill in load_material().skills]
    assert [skill for skill in skills if not extractor.read(f"Experience with {skill}.").mentions] == []
