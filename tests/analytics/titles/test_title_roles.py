"""What titles are read as. All titles here are made up."""

from __future__ import annotations

import pytest

from analytics.titles import OTHER, UNKNOWN, Catalogue, Role, TitleReader, load_catalogue


@pytest.fixture(scope="module")
def reader() -> TitleReader:
    return TitleReader(load_catalogue())


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Data Scientist", "data scientist"),
        ("Customer Churn Data Scientist", "data scientist"),
        ("ML Engineer", "machine learning engineer"),
        ("Back-end Developer", "backend engineer"),
        ("Fullstack Programmer", "full stack engineer"),
        ("Ruby Developer", "software engineer"),
        ("Developer", "software engineer"),
        ("Streaming ETL Developer", "data engineer"),
        ("Snowflake Engineer", "data engineer"),
        ("BI Developer", "business intelligence analyst"),
        ("PL / SQL Programmer", "database developer"),
        ("Churn Insights Analyst", "data analyst"),
        ("GenAI Developer", "ai engineer"),
        ("Head of AI", "data science manager"),
        ("R&D Engineer", "research engineer"),
        ("Data Modeller", "data architect"),
        ("Data Steward", "data governance"),
        ("Agile Product Owner", "product manager"),
        ("LLM Ops Engineer", "mlops engineer"),
        ("Game Programmer", "game developer"),
        ("Service Desk Technician", "it support specialist"),
        ("Director of Information Technology", "it manager"),
        ("UX/UI Designer", "ux designer"),
        ("Software Development Engineer in Test", "qa engineer"),
        ("PowerBI Specialist", "business intelligence analyst"),
        ("Linux Administrator", "system administrator"),
        ("NET Developer", "software engineer"),
    ],
)
def test_a_phrase_of_the_catalogue_is_found_among_other_words(reader, title, role):
    assert reader.read(title).role == role


@pytest.mark.parametrize(
    ("title", "role", "second"),
    [
        ("Software Engineer - Machine Learning", "machine learning engineer", "software engineer"),
        ("Software Developer, Computer Vision", "computer vision engineer", "software engineer"),
        ("Engineer, Data Platform", "data engineer", ""),
        ("Data Scientist, Machine Learning", "data scientist", "machine learning engineer"),
        ("Analyst, Product", "product analyst", ""),
        ("Manager - Data Engineering", "data engineering manager", "data engineer"),
        ("Data Science - Manager - Logistics", "data science manager", "data scientist"),
        ("Senior Manager, ML Engineer", "engineering manager", "machine learning engineer"),
        ("Consultant - Data Engineer", "data engineer", "consultant"),
        ("Architect for Cloud", "solutions architect", ""),
        ("Staff Engineer (Rust, Ruby)", "software engineer", ""),
        ("Manager 2 - Software Engineering", "engineering manager", "software engineer"),
    ],
)
def test_a_speciality_makes_an_open_title_exact_and_leaves_an_exact_one_alone(reader, title, role, second):
    reading = reader.read(title)
    assert (reading.role, reading.second_role) == (role, second)


@pytest.mark.parametrize(
    ("title", "role", "second"),
    [
        ("Data Scientist / Machine Learning Engineer", "data scientist", "machine learning engineer"),
        ("Machine Learning Engineer / Data Scientist", "machine learning engineer", "data scientist"),
        ("ML / AI Engineer", "machine learning engineer", "ai engineer"),
        ("Data & Business Analyst", "data analyst", "business analyst"),
        ("Data Analyst / Scientist", "data analyst", "data scientist"),
        ("Chemist / Data Scientist", "data scientist", ""),
        ("Grove Coordinator & Data Analyst", "data analyst", ""),
        ("Orchard Specialist / Data Scientist", "data scientist", ""),
        ("Data Scientist / Director", "data scientist", ""),
    ],
)
def test_of_roles_side_by_side_the_first_wins_and_the_next_is_second(reader, title, role, second):
    reading = reader.read(title)
    assert (reading.role, reading.second_role) == (role, second)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Datenanalystin (m/w/d)", "data analyst"),
        ("Softwareentwickler:in Embedded", "embedded engineer"),
        ("Leiter Data Science", "data science manager"),
        ("Ingénieur(e) Données H/F", "data engineer"),
        ("Développeur Java", "software engineer"),
        ("Chef de projet informatique", "project manager"),
        ("Científico de Datos", "data scientist"),
        ("Ingeniero/a de Aprendizaje (Machine Learning)", "machine learning engineer"),
        ("Cientista de Dados Pleno", "data scientist"),
        ("Analista de Governança de Dados", "data governance"),
        ("Data-analist", "data analyst"),
        ("Softwareontwikkelaar", "software engineer"),
        ("Sviluppatore Backend", "backend engineer"),
        ("Statistico", "statistician"),
        ("Inżynier danych", "data engineer"),
        ("Kierownik projektu IT", "project manager"),
    ],
)
def test_main_roles_are_read_in_seven_languages(reader, title, role):
    assert reader.read(title).role == role


@pytest.mark.parametrize(
    "title",
    [
        "Pastry Chef",
        "Account Executive, AI",
        "Mechanical Engineer",
        "Data Center Technician",
        "EMC Test Engineer",
        "Data Scientist Recruiter",
        "Sales Manager - Analytics",
        "Landscape Architect",
        "Marine Scientist",
        "Analista de Redes Sociais",
        "Medical Coder",
        "Technical Support Representative",
    ],
)
def test_other_trades_are_other_even_when_they_stand_beside_our_words(reader, title):
    reading = reader.read(title)
    assert (reading.role, reading.second_role) == (OTHER, "")


@pytest.mark.parametrize(
    "title", ["", "!!!", "4711", "Join us!", "Apply now", "Analyst", "Senior Manager", "Your dream job"]
)
def test_a_title_that_says_nothing_is_unknown_and_not_believed(reader, title):
    reading = reader.read(title)
    assert (reading.role, reading.confidence) == (UNKNOWN, 0.0)


@pytest.mark.parametrize("title", ["Team Lead (Rust)", "Python Tech Lead", "Tech Lead - Kotlin"])
def test_who_leads_in_a_programming_language_is_a_software_engineer(reader, title):
    assert (reader.read(title).role, reader.read(title).seniority) == ("software engineer", "lead")


@pytest.mark.parametrize(
    "title", ["Future Opportunities", "Team Member", "Register your interest", "Submit your resume"]
)
def test_a_call_to_all_comers_names_no_work(reader, title):
    assert reader.read(title).role == UNKNOWN


def test_another_trade_is_surer_than_a_word_that_nobody_knows(reader):
    trade, odd = reader.read("Mechanical Engineer"), reader.read("Zugzwang Engineer")
    assert (trade.role, odd.role) == (OTHER, OTHER)
    assert trade.confidence > odd.confidence


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Senior Orchard Data Analyst (m/f/d)", ("orchard", "analyst")),
        ("Data Scientist, Pears and Plums - Remote", ("scientist", "pears", "plums")),
        ("Grove Manager", ("grove", "manager")),
        ("Data Entry", ()),
        ("", ()),
    ],
)
def test_the_words_beside_a_title_leave_out_the_phrase_by_which_it_is_read(reader, title, words):
    assert reader.words_beside(title) == words


def test_confidence_falls_from_a_phrase_over_a_combination_to_a_bare_field(reader):
    phrase, combined, bare = (reader.read(title) for title in ("Data Engineer", "Engineer - Data", "Data Engineering"))
    assert 1.0 == phrase.confidence > combined.confidence > bare.confidence > 0


def test_every_shipped_role_is_read_from_its_own_name_and_each_of_its_synonyms(reader):
    for role in load_catalogue().roles:
        for phrase in (role.name, *role.synonyms):
            assert reader.read(phrase).role == role.name, phrase


def test_a_curators_role_outranks_the_shipped_word_lists():
    reader = TitleReader(Catalogue((Role("pastry chef", "kitchen", ("patissier",)),)))
    assert reader.read("Junior Patissier").role == "pastry chef"


def test_a_role_that_curators_removed_is_never_answered():
    kept = tuple(role for role in load_catalogue().roles if role.name != "data engineer")
    assert TitleReader(Catalogue(kept)).read("Engineer - Data").role == OTHER
