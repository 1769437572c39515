"""How titles are written in German, French, Spanish, Portuguese, Dutch, Italian and Polish: languages.tsv."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from analytics.titles import LEVELS, OTHER, TitleReader, load_catalogue

FLOOR = 0.97


def forms() -> dict[str, list[tuple[str, str, str]]]:
    """Language -> title, role, seniority."""
    lines = (Path(__file__).parent / "languages.tsv").read_text(encoding="utf-8").splitlines()
    by_language = defaultdict(list)
    for language, *form in (line.split("\t") for line in lines):
        by_language[language].append(tuple(form))
    return by_language


@pytest.fixture(scope="module")
def reader() -> TitleReader:
    return TitleReader(load_catalogue())


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "nl", "it", "pl"])
def test_the_common_forms_of_a_language_are_read(reader, language):
    wrong = []
    for title, role, seniority in forms()[language]:
        reading = reader.read(title)
        if (reading.role, reading.seniority) != (role, seniority):
            wrong.append((title, reading.role, reading.seniority))
    assert len(forms()[language]) >= 25
    assert len(wrong) <= (1 - FLOOR) * len(forms()[language]), wrong


def test_the_table_names_roles_of_the_catalogue_and_levels_of_the_guide():
    known = {role.name for role in load_catalogue().roles} | {OTHER}
    named = [form for rows in forms().values() for form in rows]
    assert {role for _, role, _ in named} <= known
    assert {level for _, _, level in named} <= set(LEVELS)
    assert len({title for title, _, _ in named}) == len(named)


@pytest.mark.parametrize(
    ("compound", "apart"),
    [
        ("Netzwerkspezialist", "Network Specialist"),
        ("Systemarchitekt", "System Architect"),
        ("Softwaretesterin", "Software Tester"),
        ("Webprogrammierer", "Web Programmer"),
        ("Datenberaterin", "Data Consultant"),
    ],
)
def test_a_compound_is_read_like_its_parts(reader, compound, apart):
    assert reader.read(compound).role == reader.read(apart).role != OTHER


@pytest.mark.parametrize("title", ["שומר יער", "果園の番人", "Охоронець саду"])
def test_a_title_in_a_script_that_is_not_known_is_unknown_and_not_another_trade(reader, title):
    assert (reader.read(title).role, reader.read(title).confidence) == ("unknown", 0.0)
