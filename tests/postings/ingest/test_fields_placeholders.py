"""What only says that there is nothing, in many ways; and what looks like that and is a value."""

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from postings.ingest.values import given, is_lost

NOTHING = [
    "", " ", "\n", "-", "--", "–", "—", "?", "...", "…", "*", "N/A", "n/a", "NA", "n.a.", "#N/A", "<NA>", "nan", "NaN",
    "NaT", "None", "none", "NULL", "null", "(null)", "nil", "\\N", "undefined", "Unknown", "-1", "-1.0", " -1 ",
    "Not available", "Not specified", "NOT SPECIFIED", "Not provided", "Not applicable", "Not disclosed", "Not stated",
    "Not mentioned", "Not listed", "Unspecified", "Missing", "No data", "Blank", "(blank)", "TBD", "tbc",
    "To be determined", "[]", "{}", "''", '""', "[null]", "#VALUE!", "#REF!", "#NAME?", "keine Angabe", "k.A.",
    "Unbekannt", "nicht angegeben", "entfällt", "Non spécifié", "Non renseigné", "inconnu", "No especificado",
    "sin datos", "Não informado", "Não especificado", "Non specificato", "sconosciuto", "Niet opgegeven", "onbekend",
    "n.v.t.", "nie podano", "brak danych", "nie dotyczy",
]  # fmt: skip
VALUES = [
    "0", "No", "Other", "1", "-2", "NC", "ND", "Nan Shan", "Nonesuch Records", "Nullarbor", "TBD Apps",
    "Unknown Worlds", "Missing Link", "C", "R", "n/a-team", "Any", "Anywhere", "Empty Bottle Ltd", "a", "Brakes plc",
    "-100", "#1 Recruiter", "##1",
]  # fmt: skip


@pytest.mark.parametrize("written", NOTHING)
def test_a_placeholder_is_nothing_and_was_not_lost(written):
    assert given(written) == ""
    assert not is_lost(written)


@pytest.mark.parametrize("written", VALUES)
def test_a_value_that_looks_like_one_is_a_value(written):
    assert given(written) == written
    assert not is_lost(written)


@pytest.mark.parametrize("written", ["##", "####", "########", "#" * 255, "### ###"])
def test_a_value_that_a_spreadsheet_could_not_show_is_lost(written):
    assert given(written) == ""
    assert is_lost(written)


@pytest.mark.slow
@generated(st.text(max_size=60))
def test_what_is_given_has_no_blanks_around_it_and_stays(written):
    assert given(given(written)) == given(written)
    assert given(written) in {"", written.strip()}
