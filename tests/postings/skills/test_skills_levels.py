import pytest
from make_extractor import levels

SECTIONS = [
    ("Requirements", "required"),
    ("REQUIREMENTS:", "required"),
    ("**Minimum qualifications**", "required"),
    ("### What you'll need", "required"),
    ("What we're looking for", "required"),
    ("Who you are", "required"),
    ("Your profile", "required"),
    ("Must-haves", "required"),
    ("Knowledge, Skills & Abilities", "required"),
    ("Key competencies", "required"),
    ("You have", "required"),
    ("Ihr Profil", "required"),
    ("Anforderungen", "required"),
    ("Preferred Qualifications", "preferred"),
    ("Nice to have:", "preferred"),
    ("Bonus points if you have", "preferred"),
    ("Desired skills and experience", "preferred"),
    ("It would be great if you also have", "preferred"),
    ("Ways to stand out from the crowd", "preferred"),
    ("Helpful, but not required", "preferred"),
    ("Good-to-have skills", "preferred"),
    ("Von Vorteil", "preferred"),
    ("Responsibilities", "mentioned"),
    ("What you will do", "mentioned"),
    ("Your mission", "mentioned"),
    ("A day in the life", "mentioned"),
    ("Essential functions", "mentioned"),
    ("About the role", "mentioned"),
    ("Our tech stack", "mentioned"),
    ("Ihre Aufgaben", "mentioned"),
    ("About us", "mentioned"),
    ("Who we are", "mentioned"),
]


@pytest.mark.parametrize(("heading", "level"), SECTIONS)
def test_the_section_gives_the_level(heading, level):
    assert levels(f"Hello.\n\n{heading}\n\n- Kafka pipelines\n- Docker images\n") == {"Kafka": level, "Docker": level}


CUES = [
    ("Python is a must.", {"Python": "required"}),
    ("You must have Kafka under control.", {"Kafka": "required"}),
    ("Docker is required.", {"Docker": "required"}),
    ("Proficiency in SQL.", {"SQL": "required"}),
    ("5+ years of experience with Java.", {"Java": "required"}),
    (r"5\+ years of experience with Java.", {"Java": "required"}),
    ("At least three years of Java.", {"Java": "required"}),
    ("Strong knowledge of Kafka and Docker.", {"Kafka": "required", "Docker": "required"}),
    ("Tableau is a plus.", {"Tableau": "preferred"}),
    ("Tableau would be a big advantage.", {"Tableau": "preferred"}),
    ("Experience with Tableau is preferred.", {"Tableau": "preferred"}),
    ("Nice to have: Tableau, Looker.", {"Tableau": "preferred", "Looker": "preferred"}),
    ("Preferably you know Tableau.", {"Tableau": "preferred"}),
    ("Bonus points for Tableau.", {"Tableau": "preferred"}),
    ("A plus if you know Tableau.", {"Tableau": "preferred"}),
    ("Tableau is not required, but helpful.", {"Tableau": "preferred"}),
    ("Kenntnisse in Java sind von Vorteil.", {"Java": "preferred"}),
    ("Our team runs on Python.", {"Python": "mentioned"}),
    ("You will build with Docker.", {"Docker": "mentioned"}),
    ("We have deep expertise in Kafka.", {"Kafka": "mentioned"}),
    ("You will deepen your knowledge of Kafka.", {"Kafka": "mentioned"}),
    ("The right candidate should be an excellent baker of Kafka.", {"Kafka": "required"}),
    ("The successful candidate will be part of the Kafka crew.", {"Kafka": "mentioned"}),
    ("This role demands patience and SQL.", {"SQL": "required"}),
    ("Our platform demands Kafka at its core.", {"Kafka": "mentioned"}),
    ("Strong Scala scripting capabilities for pipes.", {"Scala": "required"}),
    ("We proved strong capabilities in Scala last year.", {"Scala": "mentioned"}),
    ("A security clearance is required for consideration.", {"security clearance": "required"}),
    ("You plan their required breakfast with SQL.", {"SQL": "mentioned"}),
    ("SQL is required for the nightly job.", {"SQL": "mentioned"}),
    ("You need to be a lover of Python.", {"Python": "required"}),
    ("You need not feed Python.", {"Python": "mentioned"}),
    ("You are an expert on Hadoop.", {"Hadoop": "required"}),
    ("Are you passionate about Docker?", {"Docker": "required"}),
    ("Are you tired of slow Docker images?", {"Docker": "mentioned"}),
    ("As a strong writer of Java, you know when to stop.", {"Java": "required"}),
    ("Provide guidance as a recognized expert, sharing expertise in Hadoop.", {"Hadoop": "mentioned"}),
    ("Demonstrated success in machine learning.", {"machine learning": "required"}),
    ("We look for a person who is good at statistics.", {"statistics": "required"}),
    ("We are seeking a gardener with a passion for SQL.", {"SQL": "required"}),
    ("We want people with Go as primary programming language.", {"Go": "required"}),
    ("We want everyone who works here to feel like SQL.", {"SQL": "mentioned"}),
    ("We are a crew of gardeners with strong Java and SQL skills.", {"Java": "mentioned", "SQL": "mentioned"}),
    ("We are a crew of gardeners in need of strong SQL skills.", {"SQL": "required"}),
    ("We are looking for a gardener who will water our Docker images.", {"Docker": "mentioned"}),
    ("At SQL Inn we are looking for a cook with patience.", {"SQL": "mentioned"}),
    ("You will need strong diplomatic, negotiation and SQL skills.", {"SQL": "required"}),
    ("A working day with friends, understanding Python", {"Python": "mentioned"}),
    ("A good deal of Python is expected.", {"Python": "required"}),
    ("As expected of a bank, Python is everywhere.", {"Python": "mentioned"}),
    ("Sicherer Umgang mit Kafka", {"Kafka": "required"}),
    ("Im Umgang mit Kafka sind wir freundlich", {"Kafka": "mentioned"}),
    ("Knowledge of Kafka is highly regarded.", {"Kafka": "preferred"}),
    ("Our highly regarded Kafka shop", {"Kafka": "mentioned"}),
    ("Practical knowledge of Kafka.", {"Kafka": "required"}),
    ("You bring intermediate knowledge of Kafka.", {"Kafka": "required"}),
    ("We pass on practical knowledge to Kafka.", {"Kafka": "mentioned"}),
    ("Working practice of Kafka.", {"Kafka": "required"}),
    ("It is good practice to water Kafka.", {"Kafka": "mentioned"}),
    ("Bakers with a solid foundation in Kafka.", {"Kafka": "required"}),
    ("Our solid foundation of Kafka.", {"Kafka": "mentioned"}),
    ("A demonstrated track record of Kafka.", {"Kafka": "required"}),
    ("We have a proven track record of Kafka.", {"Kafka": "mentioned"}),
    ("Docker plays a big role; a plus for the planet.", {"Docker": "mentioned"}),
]


@pytest.mark.parametrize(("sentence", "expected"), CUES)
def test_a_sentence_without_a_section_speaks_for_itself(sentence, expected):
    assert levels(sentence) == expected


SOFTENED = [
    ("Python and Tableau (a plus)", {"Python": "preferred", "Tableau": "preferred"}),
    ("Python, Tableau (a plus), Kafka", {"Python": "required", "Tableau": "preferred", "Kafka": "required"}),
    ("Python required, Tableau a plus", {"Python": "required", "Tableau": "preferred"}),
    ("Python; Tableau preferred", {"Python": "required", "Tableau": "preferred"}),
    ("Tableau preferred; Python", {"Python": "required", "Tableau": "preferred"}),
    ("Python, ideally with Kafka", {"Python": "required", "Kafka": "preferred"}),
    ("Warehouses such as Snowflake (Redshift preferred)", {"Snowflake": "required", "Redshift": "preferred"}),
    ("Streams (Kafka is nice to have) and Python", {"Kafka": "preferred", "Python": "required"}),
    ("Python, and maybe even Kafka", {"Python": "required", "Kafka": "preferred"}),
    ("A language (preferably Python) to feed Kafka", {"Python": "preferred", "Kafka": "required"}),
    ("Preferably Python to feed Kafka", {"Python": "preferred", "Kafka": "preferred"}),
    ("Ideally tools, including but not limited to Kafka", {"Kafka": "preferred"}),
    ("Python or Scala preferred", {"Python": "preferred", "Scala": "preferred"}),
    ("Python is essential, but Scala would be a bonus", {"Python": "required", "Scala": "preferred"}),
    ("Other languages a plus (Scala, Java)", {"Scala": "preferred", "Java": "preferred"}),
    ("Master's degree preferred, with Python", {"Python": "required"}),
    (
        "Streams preferred (e.g. Kafka, Airflow) and Python",
        {"Kafka": "preferred", "Airflow": "preferred", "Python": "required"},
    ),
    ("Python Preferred Skills for Tableau", {"Python": "required", "Tableau": "preferred"}),
    ("Python and Tableau are preferred skills", {"Python": "preferred", "Tableau": "preferred"}),
    ("Python to reach desired goals", {"Python": "required"}),
    ("Python preferable", {"Python": "preferred"}),
    ("Python expertise not required - but recommended", {"Python": "preferred"}),
    ("Python. Tableau is a plus. SQL.", {"Python": "required", "Tableau": "preferred", "SQL": "required"}),
]


@pytest.mark.parametrize(("item", "expected"), SOFTENED)
def test_softening_inside_a_requirement_reaches_as_far_as_it_speaks(item, expected):
    assert levels(f"Requirements:\n- Docker\n- {item}\n- Git") == {"Docker": "required", **expected, "Git": "required"}


def test_a_demand_inside_wishes_stays_a_demand():
    text = "Nice to have\n- Kafka\n- Docker (required)\n- Git"
    assert levels(text) == {"Kafka": "preferred", "Docker": "required", "Git": "preferred"}


def test_a_list_inherits_from_the_sentence_above_it_and_gives_back():
    text = (
        "Requirements\n- Python\nExperience with any of these is a plus:\n- Kafka\n- Airflow\n"
        "The rest\nYou write SQL daily."
    )
    expected = {"Python": "required", "Kafka": "preferred", "Airflow": "preferred", "SQL": "required"}
    assert levels(text) == expected


def test_a_heading_and_its_list_may_share_a_line():
    text = "Required skills: Python, SQL\nNice to have: Kafka\nLocation: Berlin\nResponsibilities: run Docker"
    assert levels(text) == {"Python": "required", "SQL": "required", "Kafka": "preferred", "Docker": "mentioned"}


def test_headings_are_seen_where_the_line_breaks_were_lost():
    filler = "We are happy to hear from you and will answer soon. " * 16
    text = (
        f"{filler}Responsibilities Run our Docker images every day Keep Airflow alive "
        "Basic Qualifications 3+ years of Python Knowledge of SQL and data modeling "
        "Preferred Qualifications Experience with Kafka Exposure to Tableau is fine "
        "Benefits We teach you Java and pay your lunch"
    )
    assert levels(text) == {
        "Docker": "mentioned",
        "Airflow": "mentioned",
        "Python": "required",
        "SQL": "required",
        "data modeling": "required",
        "Kafka": "preferred",
        "Tableau": "preferred",
    }


def test_the_law_at_the_end_does_not_become_a_requirement():
    text = (
        "Requirements\n- Python\n- SQL\n- Kafka\n"
        + "- A calm hand when others run about in circles\n" * 9
        + "We are an equal opportunity employer.\n"
        "Applicants are judged by communication and leadership alone.\n"
        "An active security clearance is required."
    )
    expected = {"Python": "required", "SQL": "required", "Kafka": "required", "security clearance": "required"}
    assert levels(text) == expected


def test_an_unknown_heading_ends_the_benefits():
    text = "Benefits\n- Free Tableau lessons\n\n## The fun you will have\n- Build Docker images"
    assert levels(text) == {"Docker": "mentioned"}
