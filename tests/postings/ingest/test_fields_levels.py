"""Seniority, employment and workplace as fields say them, in eight languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.ingest.levels import employment_of, is_broken, remote_of, seniority_of

SENIORITY = {
    "Internship": "intern", "intern": "intern", "Trainee": "intern", "Working Student": "intern",
    "Werkstudent": "intern", "Praktikum": "intern", "Stagiaire": "intern", "Estágio": "intern", "Tirocinio": "intern",
    "Becario": "intern", "Staż": "intern", "Entry level": "junior", "Entry-level": "junior", "Junior": "junior",
    "Jr.": "junior", "Graduate": "junior", "Associate": "junior", "Berufseinsteiger": "junior",
    "Débutant accepté": "junior", "Sin experiencia": "junior", "Júnior": "junior", "młodszy": "junior",
    "Mid-Senior level": "mid", "Mid level": "mid", "Middle": "mid", "Intermediate": "mid", "Regular": "mid",
    "Experienced": "mid", "Professional (Non-Manager)": "mid", "Mit Berufserfahrung": "mid", "Confirmé": "mid",
    "Medior": "mid", "Pleno": "mid", "Semi-Senior": "mid", "Senior": "senior", "Sr": "senior", "Sênior": "senior",
    "Expérimenté": "senior", "Ervaren": "senior", "starszy specjalista": "senior", "Lead": "lead", "Team Lead": "lead",
    "Teamleiter": "lead", "Chef d’équipe": "lead", "Principal": "principal", "Staff": "principal",
    "Expert": "principal", "Manager": "manager", "Management": "manager", "Führungskraft": "manager",
    "Gerente": "manager", "Responsable": "manager", "kierownik": "manager", "Director": "director",
    "Executive": "director", "VP": "director", "C-Level": "director", "Bereichsleiter": "director",
    "Direttore": "director", "Not Applicable": "", "Other": "", "Any": "", "N/A": "", "keine Angabe": "", "": "",
}  # fmt: skip
EMPLOYMENT = {
    "Full-time": "full-time", "FULL_TIME": "full-time", "fulltime": "full-time", "Vollzeit": "full-time",
    "Festanstellung": "full-time", "unbefristet": "full-time", "Permanent": "full-time", "CDI": "full-time",
    "Temps plein": "full-time", "Jornada completa": "full-time", "Indefinido": "full-time",
    "Tempo integral": "full-time", "CLT": "full-time", "Tempo pieno": "full-time", "Voltijd": "full-time",
    "Pełny etat": "full-time", "Umowa o pracę": "full-time", "Part-time": "part-time", "PART_TIME": "part-time",
    "parttime": "part-time", "Teilzeit": "part-time", "Minijob": "part-time", "Temps partiel": "part-time",
    "Media jornada": "part-time", "Meio período": "part-time", "Deeltijd": "part-time",
    "parttime, fulltime": "part-time", "Vollzeit, Teilzeit": "part-time", "Contract": "contract",
    "CONTRACTOR": "contract", "Contract, Full-time": "contract", "Zeitarbeit": "contract", "W2": "contract",
    "C2C": "contract", "1099": "contract", "Uitzendkracht": "contract", "Temporary": "temporary",
    "befristet": "temporary", "CDD": "temporary", "Interim": "temporary", "Fixed term": "temporary",
    "Seasonal": "temporary", "Per diem": "temporary", "Tijdelijk": "temporary", "Tempo determinato": "temporary",
    "Umowa zlecenie": "temporary", "Freelance": "freelance", "Freiberuflich": "freelance",
    "Self-employed": "freelance", "B2B": "freelance", "Autónomo": "freelance", "Partita IVA": "freelance",
    "Internship": "internship", "fulltime, internship": "internship", "Praktikum": "internship", "Stage": "internship",
    "Prácticas": "internship", "Apprenticeship": "apprenticeship", "Ausbildung": "apprenticeship",
    "Alternance": "apprenticeship", "Volunteer": "volunteer", "Ehrenamt": "volunteer", "Other": "", "Altro": "",
    "n/a": "",
}  # fmt: skip
REMOTE = {
    "True": "remote", "1": "remote", "1.0": "remote", "yes": "remote", "ja": "remote", "oui": "remote",
    "sim": "remote", "tak": "remote", "Remote": "remote", "Fully remote": "remote", "100% Remote": "remote",
    "TELECOMMUTE": "remote", "Telearbeit": "remote", "Télétravail": "remote", "Teletrabajo": "remote",
    "Remoto": "remote", "Home Office": "remote", "Work from home": "remote", "WFH": "remote", "Zdalnie": "remote",
    "Thuiswerken": "remote", "Smart working": "remote", "A distanza": "remote", "Anywhere": "remote",
    "Worldwide": "remote", "Distributed": "remote", "Virtual": "remote", "Mobiles Arbeiten": "remote",
    "Hybrid": "hybrid", "Hybrid remote": "hybrid", "hybride": "hybrid", "Híbrido": "hybrid", "Ibrido": "hybrid",
    "hybrydowo": "hybrid", "Partially remote": "hybrid", "Flexible": "hybrid", "Teilweise Home-Office": "hybrid",
    "On-site": "onsite", "onsite": "onsite", "ON_SITE": "onsite", "In office": "onsite", "In-person": "onsite",
    "Vor Ort": "onsite", "Présentiel": "onsite", "Presencial": "onsite", "In sede": "onsite", "Op locatie": "onsite",
    "stacjonarnie": "onsite", "False": "", "0": "", "no": "", "nein": "", "não": "", "nie": "", "": "", "N/A": "",
    "not remote": "", "No remote": "", "Non-remote": "", "Berlin": "", "Full-time": "", "None": "", "-1": "",
    "keine Angabe": "",
}  # fmt: skip


@pytest.mark.parametrize("written", SENIORITY)
def test_a_stated_level_is_read(written):
    assert seniority_of(written) == SENIORITY[written]


@pytest.mark.parametrize("written", EMPLOYMENT)
def test_a_kind_of_employment_is_read(written):
    assert employment_of(written) == EMPLOYMENT[written]


@pytest.mark.parametrize("written", REMOTE)
def test_a_workplace_is_read(written):
    assert remote_of(written) == REMOTE[written]


@pytest.mark.parametrize("written", ["12345", "https://x.example/a", "-- 3 --", "word " * 50])
def test_a_value_that_no_such_field_holds_is_broken(written):
    assert is_broken(written)


@pytest.mark.parametrize("written", ["", "N/A", "True", "0", "Other", "Gardener", "Level 7"])
def test_a_value_that_says_nothing_of_use_is_not(written):
    assert not is_broken(written)


@given(st.text(max_size=60))
def test_reading_never_fails_and_gives_one_of_the_known_words(written):
    assert seniority_of(written) in {"", *SENIORITY.values()}
    assert employment_of(written) in {"", *EMPLOYMENT.values()}
    assert remote_of(written, place=written, title=written) in {"", "remote", "hybrid", "onsite"}
    assert seniority_of(written.strip()) == seniority_of(written)
