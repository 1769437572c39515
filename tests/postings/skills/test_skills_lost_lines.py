"""Postings whose line breaks a crawl has lost: headings and items glued to their neighbours, facts inside a line."""

import pytest
from shipped_extractor import shipped_extractor, shipped_levels

from postings.skills.headings import SectionKind
from postings.skills.seams import seams_of
from postings.skills.sections import split_sections

GLUED_HEADINGS = [
    ("Hello.\nMust HavesServer code in Scala\nKafka", {"Scala": "R", "Kafka": "R"}),
    ("Hello.\nNice To HaveServer code in Scala", {"Scala": "P"}),
    ("Hello.\nWHAT YOU NEEDServer code in Scala", {"Scala": "R"}),
    ("Why choose us\nFree tea. What You'll NeedSome Scala and Kafka.", {"Scala": "R", "Kafka": "R"}),
    ("Nice to have\n- Perl\nQualificationsServer code in Scala", {"Perl": "P", "Scala": "R"}),
    ("- Watch the desk and keep Excel notes Desired Qualifications:\n- Scala", {"Excel": "M", "Scala": "P"}),
    ("It's lovely, but not required, if you know...\nScala and Kafka", {"Scala": "P", "Kafka": "P"}),
    ("About Larch LabsWe make chairs. Larch Labs runs chess with machine learning.", {}),
]


@pytest.mark.parametrize(("text", "expected"), GLUED_HEADINGS)
def test_a_heading_glued_to_its_neighbour_is_read(text, expected):
    assert shipped_levels(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Skills and JavaScript",
        "We love MustHaves of TypeScript",
        "YouTube clips in Python",
        "Experience with TeamCity",
        "SkillShare lessons in Python",
        "- Write the overview of Requirements:",
        "We drew the map of the Key Skills:",
    ],
)
def test_a_name_with_capitals_inside_ends_no_heading(line):
    assert [s.kind for s in split_sections(line, line.lower())] == [SectionKind.OPENING]


GLUED_ITEMS = [
    ("5 years of Kotlin (on servers).Good knowledge of Lua", {"Kotlin": "R5", "Lua": "R"}),
    ("Knows Perl (a plus).Good knowledge of Lua", {"Perl": "P", "Lua": "R"}),
    ("Knows Perl skillsExperience with Lua is a plus", {"Perl": "M", "Lua": "P"}),
    ("Requirements\nTwo years of Perl- Strong SQL- Able to write Lua", {"Perl": "R2", "SQL": "R", "Lua": "R"}),
    (
        "Requirements\nTwo years of Perl- Docker- Kafka- Scala",
        {"Perl": "R2", "Docker": "R", "Kafka": "R", "Scala": "R"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), GLUED_ITEMS)
def test_a_glued_item_speaks_for_itself(text, expected):
    assert shipped_levels(text) == expected


@pytest.mark.parametrize("word", ["JavaScript", "PowerPoint", "DevOps", "McKinsey", "LaTeX", "e-mail- and web", "iOS"])
def test_capitals_inside_a_word_begin_no_item(word):
    assert seams_of(f"3 years of {word} and Scala").items == ()


def test_a_number_of_years_ends_where_the_next_item_begins():
    filler = "You sit with us in a quiet house by the sea and build what people need " * 4
    text = f"{filler}3+ years of Kotlin Strong knowledge of Lua Proficient in Perl"
    assert shipped_levels(text) == {"Kotlin": "R3", "Lua": "R", "Perl": "R"}


def test_years_gone_by_begin_no_item():
    filler = "You sit with us in a quiet house by the sea and build what people need " * 4
    text = f"Requirements\n{filler}and a certificate of the last 3 years and Kotlin"
    assert shipped_extractor().read(text).demands.years is None


def test_no_item_begins_behind_a_preposition():
    filler = "You sit with us in a quiet house by the sea and build what people need " * 4
    text = f"{filler}3+ years of experience in Design of services in Kotlin"
    assert shipped_levels(text)["Kotlin"] == "R3"


FILLER = "We sit in a quiet house by the sea and answer each letter within two weeks. " * 10
FLAT = [
    (
        f"Location: Lyon Category: Staff Job Description: {FILLER}Requirements: Kafka and Scala.",
        {"Kafka": "R", "Scala": "R"},
    ),
    (f"Location: Oracle Park, San Francisco. You write Kafka jobs. {FILLER}", {"Kafka": "M"}),
    (f"{FILLER}Requirements: Kafka. Location: Lyon. Scala too.", {"Kafka": "R", "Scala": "R"}),
    (f"{FILLER}Perks include a 401k and snacks Skills Required: Strong Kafka and Scala", {"Kafka": "R", "Scala": "R"}),
    (f"{FILLER}Skills: Kafka. Preferred Education, Experience and Skills: Knows Scala.", {"Kafka": "R", "Scala": "P"}),
    (f"{FILLER}Preferred: strong in Scala, Skills: Kafka.", {"Scala": "P", "Kafka": "R"}),
    (f"{FILLER}See our film What sets you apart: knows Kafka", {"Kafka": "P"}),
    (f"{FILLER}Find out what sets you apart: Kafka.", {"Kafka": "M"}),
    (f"{FILLER}Skills: you know Kafka well Desirable Scala jobs", {"Kafka": "R", "Scala": "P"}),
]


@pytest.mark.parametrize(("text", "expected"), FLAT)
def test_a_fact_or_heading_in_a_long_line_reaches_to_the_next_one(text, expected):
    assert shipped_levels(text) == expected


def test_a_sentence_on_benefits_does_not_take_the_demand_beside_it():
    text = "The ideal candidate has experience with data mining. The package includes dental insurance and banking."
    assert shipped_levels(text) == {"data mining": "R"}


def test_the_years_behind_a_fact_are_read():
    text = f"Location: Lyon Job Description: {FILLER}Requirements: 5 years of experience with Kafka."
    assert shipped_extractor().read(text).demands.years == 5
