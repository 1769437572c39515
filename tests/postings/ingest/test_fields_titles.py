"""Titles as boards write them, and the titles alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.ingest.places import Place, parse_place
from postings.ingest.titles import clean_title, title_parts

LEEDS = parse_place("Leeds, England, United Kingdom")
AUSTIN = parse_place("Austin, TX")
BERLIN = parse_place("Berlin, Deutschland")
SAO_PAULO = parse_place("São Paulo, São Paulo, Brazil")
NOWHERE = Place("", "", "", "")
COMPANY = "Fernhollow"

# what is cut: (written, place, the title alone)
CUT = {
    "town behind a dash": ("Data Engineer - Leeds", LEEDS, "Data Engineer"),
    "town before a dash": ("Leeds - Data Engineer", LEEDS, "Data Engineer"),
    "town and country": ("Data Engineer, Leeds, UK", LEEDS, "Data Engineer"),
    "town and state": ("Data Engineer - Austin, TX", AUSTIN, "Data Engineer"),
    "town in brackets": ("Data Engineer (Austin, TX)", AUSTIN, "Data Engineer"),
    "town in square brackets": ("Data Engineer [Berlin]", BERLIN, "Data Engineer"),
    "in quotation marks": ('"Data Engineer"', LEEDS, "Data Engineer"),
    "in low quotation marks": ("„Data Engineer“ (m/w/d)", BERLIN, "Data Engineer"),
    "a word in quotation marks": ('"Data" Engineer "x"', LEEDS, '"Data" Engineer "x"'),
    "town behind a blank": ("Data Engineer Berlin", BERLIN, "Data Engineer"),
    "town behind in": ("Data Engineer in Leeds", LEEDS, "Data Engineer"),
    "town as a base": ("Data Engineer (Leeds-based)", LEEDS, "Data Engineer"),
    "town and slash and state": ("Cientista de Dados - São Paulo/SP", SAO_PAULO, "Cientista de Dados"),
    "country": ("Data Engineer - Germany", BERLIN, "Data Engineer"),
    "country in brackets": ("Data Engineer (UK)", LEEDS, "Data Engineer"),
    "a town with its country elsewhere": ("Data Engineer - London, UK", LEEDS, "Data Engineer"),
    "remote in brackets": ("Data Engineer (Remote)", LEEDS, "Data Engineer"),
    "remote behind a dash": ("Data Engineer - Remote", LEEDS, "Data Engineer"),
    "remote and country": ("Data Engineer - Remote, US", AUSTIN, "Data Engineer"),
    "remote before": ("Remote Data Engineer", NOWHERE, "Data Engineer"),
    "remote with a colon": ("Remote: Data Engineer", NOWHERE, "Data Engineer"),
    "remote glued": ("Data Engineer-Remote", NOWHERE, "Data Engineer-Remote"),
    "wholly remote": ("Data Engineer (100% remote - Germany)", BERLIN, "Data Engineer"),
    "town or remote": ("Data Engineer (Leeds or Remote)", LEEDS, "Data Engineer"),
    "hybrid with days": ("Data Engineer (Hybrid, 2 days in office)", LEEDS, "Data Engineer"),
    "hybrid": ("Data Engineer - Hybrid", LEEDS, "Data Engineer"),
    "home office": ("Data Engineer | Home-Office", BERLIN, "Data Engineer"),
    "m/w/d": ("Data Engineer (m/w/d)", BERLIN, "Data Engineer"),
    "f/m/x": ("Data Engineer (f/m/x)", BERLIN, "Data Engineer"),
    "H/F": ("Ingénieur données (H/F)", NOWHERE, "Ingénieur données"),
    "H/F bare": ("Ingénieur données H/F", NOWHERE, "Ingénieur données"),
    "m/v": ("Data-engineer (m/v)", NOWHERE, "Data-engineer"),
    "w/m/d bare": ("Data Engineer w/m/d", BERLIN, "Data Engineer"),
    "bars": ("Data Engineer (m|w|d)", BERLIN, "Data Engineer"),
    "div": ("Data Engineer (m/w/div.)", BERLIN, "Data Engineer"),
    "with a star": ("Data Engineer (m/w/d)*", BERLIN, "Data Engineer"),
    "all genders": ("Data Engineer (all genders)", BERLIN, "Data Engineer"),
    "all genders bare": ("Data Engineer all genders", BERLIN, "Data Engineer"),
    "pronouns": ("Data Engineer (he/she/they)", LEEDS, "Data Engineer"),
    "number sign": ("Data Engineer #12345", LEEDS, "Data Engineer"),
    "req in brackets": ("Data Engineer (Req 1234)", LEEDS, "Data Engineer"),
    "workday": ("Data Engineer R-0012345", LEEDS, "Data Engineer"),
    "code before": ("JR-1234 Data Engineer", LEEDS, "Data Engineer"),
    "id with a colon": ("Data Engineer - ID: 998", LEEDS, "Data Engineer"),
    "job id before": ("Job ID 445566 - Data Engineer", LEEDS, "Data Engineer"),
    "bare number in brackets": ("Data Engineer (17999)", LEEDS, "Data Engineer"),
    "letters and number": ("Data Engineer (SNS01544)", LEEDS, "Data Engineer"),
    "year and number": ("Data Engineer (19-00072)", LEEDS, "Data Engineer"),
    "urgent": ("URGENT!!! Data Engineer", LEEDS, "Data Engineer"),
    "hiring now": ("Hiring Now! Data Engineer", LEEDS, "Data Engineer"),
    "we are hiring": ("We are hiring a Data Engineer", LEEDS, "Data Engineer"),
    "wir suchen": ("Wir suchen: Data Engineer", BERLIN, "Data Engineer"),
    "immediate joiners": ("Data Engineer - Immediate Joiners", LEEDS, "Data Engineer"),
    "new": ("New! Data Engineer", LEEDS, "Data Engineer"),
    "fire": ("🔥 Data Engineer 🔥", LEEDS, "Data Engineer"),
    "stars": ("*** Data Engineer ***", LEEDS, "Data Engineer"),
    "sign-on bonus": ("Data Engineer - $5,000 sign-on bonus", AUSTIN, "Data Engineer"),
    "dollars": ("Data Engineer $$$ sign-on bonus", AUSTIN, "Data Engineer"),
    "pay": ("Data Engineer - £45,000 - £60,000", LEEDS, "Data Engineer"),
    "pay behind a blank": ("Data Engineer up to $150k", AUSTIN, "Data Engineer"),
    "pay in thousands": ("Data Engineer – 120-150k", AUSTIN, "Data Engineer"),
    "day rate": ("Data Engineer - £500 per day - Outside IR35", LEEDS, "Data Engineer"),
    "months": ("Data Engineer - 6 month contract", LEEDS, "Data Engineer"),
    "fixed term": ("Analyst (12-month fixed term)", LEEDS, "Analyst"),
    "w2": ("Data Engineer W2 only", AUSTIN, "Data Engineer"),
    "full-time": ("Data Engineer | Full-time", LEEDS, "Data Engineer"),
    "Vollzeit before": ("Vollzeit - Data Engineer", BERLIN, "Data Engineer"),
    "CDI": ("CDI - Data Analyst H/F", NOWHERE, "Data Analyst"),
    "workload": ("Data Engineer 80-100%", NOWHERE, "Data Engineer"),
    "hours": ("Werkstudent Data Science (m/w/d) 20h/Woche", BERLIN, "Werkstudent Data Science"),
    "employer behind a dash": ("Data Engineer - Fernhollow", LEEDS, "Data Engineer"),
    "employer behind at": ("Data Engineer at Fernhollow", LEEDS, "Data Engineer"),
    "employer and town": ("Data Engineer | Fernhollow | Leeds", LEEDS, "Data Engineer"),
    "lone bracket at the end": ("Data Engineer)", LEEDS, "Data Engineer"),
    "lone bracket before a word": ("Data Engineer (SQL", LEEDS, "Data Engineer - SQL"),
    "lone bracket before a town": ("Data Engineer (Leeds", LEEDS, "Data Engineer"),
    "several at once": ("URGENT!! Sr. Data Engineer (m/f/d) - Leeds | Remote #4711", LEEDS, "Sr. Data Engineer"),
    "blanks": ("  Data \n Engineer ", LEEDS, "Data Engineer"),
}
KEPT = [
    "Data Scientist - NLP",
    "Engineer, Search",
    "C++/C# Developer",
    "Senior Engineer (Python)",
    "Node.js Developer",
    ".NET Developer",
    "Data Analyst II",
    "R&D",
    "R Developer",
    "C",
    "Contract Manager",
    "Part-time Tutor",
    "Freelance Writer",
    "Full Stack Engineer",
    "Remote Sensing Scientist",
    "Hybrid Cloud Engineer",
    "Engineer, Hybrid Cloud",
    "Urgent Care Physician",
    "New Business Manager",
    "New Grad Engineer",
    "Hot Cell Technician",
    "A/V Technician",
    "H/W Engineer",
    "QA/QC Engineer",
    "ISO 9001 Auditor",
    "Auditor ISO 27001",
    "Data Engineer (PL-300)",
    "Windows Server 2019 Admin",
    "SAP S/4HANA Consultant",
    "Office 365 Engineer",
    "2024 Summer Intern",
    "Summer Intern 2025",
    "3D Artist",
    "L4 Engineer",
    "Level 2 Technician",
    "Python 3 Developer",
    "Data Engineer 2",
    "Manager, 5G Networks",
    "VP, Data",
    "Yahoo! Engineer",
    "Sales Engineer (German speaking)",
    "Data Scientist, Ads",
    "SENIOR DATA ENGINEER",
    "Softwareentwickler:in",
    "Entwickler*in",
    "Data Analyst - Stage",
    "Head of Data",
    "University of Leeds",
    "Prison Officer - HMP Leeds",
    "Engineer - Germany",
    "Data Engineer (DE)",
    "Engineer - Leeds United",
]


@pytest.mark.parametrize("name", CUT)
def test_what_says_nothing_about_the_work_is_cut(name):
    written, place, title = CUT[name]
    assert clean_title(written, place=place, company=COMPANY) == title


@pytest.mark.parametrize("written", KEPT)
def test_what_tells_the_work_stays(written):
    assert clean_title(written, place=LEEDS, company=COMPANY) == written


@pytest.mark.parametrize(
    "written", ["Remote", "Leeds", "(m/w/d)", "Fernhollow", "Senior (m/w/d)", "🔥🔥", "#12345", "Full-time"]
)
def test_a_title_of_which_nothing_would_be_left_stays_as_it_is_written(written):
    assert clean_title(written, place=LEEDS, company=COMPANY) == written


def test_a_town_whose_name_is_a_word_of_the_work_is_not_cut():
    assert clean_title("Developer - Mobile", place=parse_place("Mobile, AL"), company="") == "Developer - Mobile"


def test_a_state_that_stands_alone_is_not_cut():
    assert clean_title("Engineer - IT", place=parse_place("Milano, Italia"), company="") == "Engineer - IT"


def test_what_was_cut_is_told():
    found = title_parts("Data Engineer (m/w/d) - Teilzeit", place=BERLIN, company="")
    assert (found.title, found.dropped) == ("Data Engineer", ("(m/w/d)", "Teilzeit"))


WORDS = st.sampled_from(
    [
        "Data Engineer",
        "Leeds",
        "Remote",
        "(m/w/d)",
        "-",
        ",",
        "#123",
        "(",
        ")",
        "Senior",
        "UK",
        "£40k",
        "R&D",
        "C++",
        "!",
        ":",
    ]
)
NOISE = st.sampled_from(["Full-time", "Fernhollow", "at", "in", "AI", "/", "(Req 12)", "URGENT", "🔥", "[", "]", "|"])


@given(st.lists(WORDS | NOISE, max_size=9).map(" ".join) | st.text(max_size=80))
def test_cleaning_is_idempotent_never_longer_than_a_dash_and_never_empties_a_title(written):
    once = clean_title(written, place=LEEDS, company=COMPANY)

    assert clean_title(once, place=LEEDS, company=COMPANY) == once
    assert len(once) <= len(" ".join(written.split())) + 2 * sum(map(written.count, "([{"))
    assert any(map(str.isalpha, once)) or not any(map(str.isalpha, written))
    assert "\n" not in once
