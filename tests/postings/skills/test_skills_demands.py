"""Years of experience, overall and for single skills, and the lowest degree that will do."""

import pytest
from make_extractor import make_extractor

from postings.skills import Degree
from postings.skills.types import NO_DEMANDS

HEAD = "Requirements:\n"

OVERALL = {
    "3+ years of experience in data work": 3,
    "At least five years' experience with Python": 5,
    "Minimum of three (3) years of relevant industry experience": 3,
    "3-5 years of experience": 3,
    "3 \u2013 5 years of experience": 3,
    "two or more years of professional experience": 2,
    "7 years or more of work experience": 7,
    "4\\+ years of experience": 4,
    "5+ yrs. experience with SQL": 5,
    "Mindestens 3 Jahre Berufserfahrung": 3,
    "3 ans d'expérience": 3,
    "2 años de experiencia": 2,
    "a couple of years of experience": 2,
    "0-2 years experience": 0,
    "8 years of experience with data, including 4 years with Spark": 8,
    "4 years of experience (a doctorate with 2 years)": 4,
    "7 years of software experience\n2 years machine learning platform experience": 7,
    "2+ years of C++\n3+ years of Python": 2,
    "Bachelor's degree or four years of work experience\n7 years of baking experience required": 7,
    "(Two years of practice may replace the diploma.) Minimum of 5 years in a lab": 5,
    "Six years of tax work; a Bachelor's degree may be substituted for two (2) years": 6,
    "9 years of experience with a diploma; 2 years of experience in lieu of the degree": 9,
    "Degree or 4 years' experience": 4,
    "A degree and four years of experience": 4,
    "Du hast über 5 Jahre Erfahrung": 5,
    "Wir suchen jemanden mit über 6 Jahren Erfahrung": 6,
    "Seit über 15 Jahren Erfahrung beraten wir Banken": None,
    "Mehr als 20 Jahre Erfahrung stecken in unserer Backstube": None,
    "Ideally 5 years of experience": None,
    "10 years of experience preferred": None,
    "You are 18 years of age or older": None,
    "We do this since 30 years ago": None,
    "A two-year contract": None,
    "For over 25 years we have grown apples": None,
    "In the past 3 years we doubled": None,
    "$90,000/year": None,
    "A love of fruit": None,
}


@pytest.mark.parametrize(("text", "years"), OVERALL.items(), ids=OVERALL)
def test_years_of_experience(text, years):
    assert make_extractor().read(HEAD + text).demands.years == years


def test_the_years_of_the_company_and_of_benefits_are_not_asked_of_anybody():
    text = "About us:\nWith 45 years of experience we lead.\nBenefits:\n401k after 2 years of experience here.\n"
    assert make_extractor().read(text).demands.years is None


def test_the_only_list_is_what_is_asked_whatever_its_heading_says():
    wishes = "Desired skills\n- 4-6 years of experience\n- A degree in botany\n"
    assert make_extractor().read(wishes).demands == (4, Degree.BACHELOR)
    assert make_extractor().read(f"{HEAD}- Love of fruit\n{wishes}").demands == (None, Degree.UNSTATED)
    assert make_extractor().read("Nice to have\n- Ideally 4 years of experience, PhD a plus").demands == NO_DEMANDS


DEGREES = {
    "Bachelor's degree in statistics": Degree.BACHELOR,
    "BS/MS in Computer Science": Degree.BACHELOR,
    "B.Sc. or M.Sc. in physics": Degree.BACHELOR,
    "BEng or similar; BCom/BSc in Economics": Degree.BACHELOR,
    "University degree in a technical subject": Degree.BACHELOR,
    "A degree in Computer Science": Degree.BACHELOR,
    "Abgeschlossenes Hochschulstudium": Degree.BACHELOR,
    "Master's or PhD in a quantitative field": Degree.MASTER,
    "MS degree in Operations Research": Degree.MASTER,
    "MSc (or PhD) in Robotics": Degree.MASTER,
    "University degree (MSc) in a technical subject": Degree.MASTER,
    "Master's degree in statistics or mathematics (a PhD is preferred)": Degree.MASTER,
    "Master?s degree or PhD in physics": Degree.MASTER,
    "Master of Science or of Arts": Degree.MASTER,
    "Bachelor or Master of Science": Degree.BACHELOR,
    "Advanced degree (Ph.D. preferred)": Degree.MASTER,
    "Experience in lieu of an advanced degree": Degree.UNSTATED,
    "Undergraduate or Masters degree in commerce": Degree.BACHELOR,
    "Educated to degree level": Degree.BACHELOR,
    "Abgeschlossenes Studium mit Bezug zu Informatik": Degree.BACHELOR,
    "Je hebt een masterdiploma": Degree.MASTER,
    "A Bachelor's degree in tax or a related field may be substituted for two of them": Degree.UNSTATED,
    "You teach undergraduate and master's students; a PhD is required": Degree.PHD,
    "You are master of ceremonies": Degree.UNSTATED,
    "Ph.D. in machine learning": Degree.PHD,
    "A doctorate in biology": Degree.PHD,
    "No degree required, we look at your work": Degree.NONE,
    "You don't need a degree": Degree.NONE,
    "A degree is not necessary": Degree.NONE,
    "High school diploma or GED": Degree.NONE,
    "Five GCSEs, maths among them": Degree.NONE,
    "A-levels or a BSc in maths": Degree.BACHELOR,
    "You talk to all levels": Degree.UNSTATED,
    "High school diploma; bachelor's degree preferred": Degree.NONE,
    "High school diploma.\nA Bachelor's degree in botany, forestry or a related field is preferred.": Degree.NONE,
    "A Bachelor's degree in botany, Master's preferred": Degree.BACHELOR,
    "A Bachelor's degree in botany is required, forestry preferred": Degree.BACHELOR,
    "BSEE, BSCS or an equivalent": Degree.BACHELOR,
    "MSEE or better": Degree.MASTER,
    "BE/BTech (botany)": Degree.BACHELOR,
    "PhD MSc botany": Degree.MASTER,
    "You carry BSOD stickers": Degree.UNSTATED,
    "Graduate of any garden-related field": Degree.BACHELOR,
    "Graduate of a coding bootcamp": Degree.UNSTATED,
    "BachelorsBackground check": Degree.BACHELOR,
    "Abgeschlossenes Studium": Degree.BACHELOR,
    "Abgeschlossenes technisches Studium": Degree.BACHELOR,
    "Abgeschlossenes (Hochschul)studium": Degree.BACHELOR,
    "Studium z.B. in Physik": Degree.BACHELOR,
    "Guter Studienabschluss": Degree.BACHELOR,
    "Ein Bachelorabschluss": Degree.BACHELOR,
    "Ein Masterabschluss": Degree.MASTER,
    "Master- oder gleichwertiger Studienabschluss": Degree.MASTER,
    "Neben dem Studium arbeitest du hier": Degree.UNSTATED,
    "PhD preferred": Degree.UNSTATED,
    "You are a Scrum Master and keep master data": Degree.UNSTATED,
    "Ms Pear will call you, BA flies you there": Degree.UNSTATED,
    "A high degree of care": Degree.UNSTATED,
}


@pytest.mark.parametrize(("text", "degree"), DEGREES.items(), ids=DEGREES)
def test_the_lowest_degree_that_will_do(text, degree):
    assert make_extractor().read(HEAD + text).demands.degree is degree


def years_by_skill(text):
    return {text[m.start : m.end]: m.years for m in make_extractor().read(text).mentions}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3+ years of Python and SQL; Kafka", {"Python": 3, "SQL": 3, "Kafka": None}),
        ("5 years with Python, 2 of them with Kafka", {"Python": 5, "Kafka": 5}),
        ("5 years of Python, including 2+ years with Kafka", {"Python": 5, "Kafka": 2}),
        ("Python (3+ years), SQL (1 year), Kafka", {"Python": 3, "SQL": 1, "Kafka": None}),
        ("Python, SQL and Kafka", {"Python": None, "SQL": None, "Kafka": None}),
        (
            "Python. (Two years of practice may replace a degree.) Kafka; SQL (3 years)",
            {"Python": None, "Kafka": None, "SQL": 3},
        ),
        ("Kafka in the team.\n4 years of SQL", {"Kafka": None, "SQL": 4}),
    ],
)
def test_years_of_a_skill(text, years):
    assert years_by_skill(HEAD + text) == years
