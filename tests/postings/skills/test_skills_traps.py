"""Sentences that hold a skill's letters and ask for no skill: none may be found there.

And their honest twins: all of these must be.
"""

import pytest
import test_skills_traps_phrases
import test_skills_traps_postings
import test_skills_traps_words
import test_skills_twins
from make_extractor import found

from postings.skills import load_shipped
from postings.skills.spelling import fold_word
from postings.skills.tokens import words_of
from postings.skills.vocabulary import word_file

TRAPS = [
    # everyday words
    "Go above and beyond for every customer.",
    "We go to market in six weeks.",
    "You own the Go-to-market plan for the region.",
    "Go through the backlog each morning.",
    "Our go-live is planned for spring.",
    "You excel at telling stories.",
    "Excel in a fast-paced office.",
    "People who excel under pressure feel at home here.",
    "Excel at what you do and we will reward it.",
    "Ideas that spark joy are welcome.",
    "Spark joy in the people around you.",
    "We want to spark change in the industry.",
    "Swift decisions matter to us.",
    "We act with swift resolve.",
    "Express yourself freely in our studio.",
    "You react quickly when plans change.",
    "Access to the building needs a badge.",
    "Word of mouth brings most of our guests.",
    "Teams across the company rely on you.",
    "Give them some slack on busy days.",
    "Rust on the hull must be removed.",
    "A dart board hangs in the lounge.",
    # letters
    "You will join our R&D group.",
    "You will join our R & D group.",
    "R&D and product sit on one floor.",
    "Our R+D budget has doubled.",
    "You report to the C-suite.",
    "Talks with C-level people are part of the day.",
    "Take Vitamin C and stay healthy.",
    "We closed our Series C last autumn.",
    "A class C driving licence helps on site.",
    "Please fill in Schedule C of the form.",
    "Contact Mary R. Smith in the office.",
    "The R-squared of our plan is high.",
    # negations
    "No Java needed.",
    "No prior Python experience is required.",
    "You do not need to know SAS.",
    "You don't need Scala for this.",
    "This is not a Java role.",
    "Java is not required.",
    "MATLAB knowledge isn't necessary.",
    "We moved on without Hadoop.",
    "We chose paper rather than Tableau.",
    "Neither Java nor Scala is used here.",
    "No experience with Kubernetes or Terraform is expected.",
    "SAS will not be used.",
    # education
    "Bachelor's degree in statistics or economics.",
    "A master's in data science, statistics or a related field.",
    "PhD in machine learning or computer vision.",
    "BS or MS in software engineering, accounting or similar.",
    "Graduated in economics with honours.",
    # people and titles
    "Our data science managers are kind people.",
    "You will sit beside machine learning engineers.",
    "The ML engineers eat at noon.",
    "Two BI analysts left last year.",
    # links, addresses and names inside of others
    "See www.python.org for pictures.",
    "Visit https://aws.amazon.com/java/index.html today.",
    "Write to careers@splunk.com with questions.",
    "Our page is docker.com and nothing else.",
    "Call java.lang.String by its name.",
    "The profits were in cash. Net sales rose.",
    # the employer
    "At Workday, we put people first.",
    "Splunk is a leading provider of insight.",
    "Salesforce is an equal place for all.",
    # sections that hold no skills
    "Benefits:\n- communication allowance\n- Tableau lessons for the curious",
    "Equal Opportunity Employer\nWe offer aids for communication to people who need them.",
    "We provide reasonable accommodation, for instance for communication and leadership.",
    "How to apply\nSend your letter in Word or Excel format.",
    "What we offer\n- Python courses every week\n- 401(k)",
    # traits that duties and companies have too
    "Our leadership meets on Mondays.",
    "Communication flows freely in our house.",
    "About us\nWe are a finance and healthcare group with offices in ten countries.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_holds_no_skill(text):
    assert found(text) == []


TWINS = [
    ("Experience with Go and Rust.", ["Go", "Rust"]),
    ("Python, R, SQL", ["Python", "R", "SQL"]),
    ("Languages: C, C++ and Java", ["C", "C++", "Java"]),
    ("Knowledge of R or SAS", ["R", "SAS"]),
    ("Proficiency in R", ["R"]),
    ("R programming", ["R programming"]),
    ("- Go\n- Python\n- Kafka", ["Go", "Python", "Kafka"]),
    ("Strong Excel skills", ["Excel"]),
    ("Excel, Word and Access", ["Excel", "Word", "Access"]),
    ("You build reports in Excel.", ["Excel"]),
    ("SQL, excel, tableau", ["SQL", "excel", "tableau"]),
    ("hadoop, spark, hive", ["hadoop", "spark", "hive"]),
    ("Jobs run on Spark and Kafka.", ["Spark", "Kafka"]),
    ("Experience using Swift on phones", ["Swift"]),
    ("Familiarity with React and Express", ["React", "Express"]),
    ("Not only Python but also SQL", ["Python", "SQL"]),
    ("Tools including but not limited to Docker and Jenkins", ["Docker", "Jenkins"]),
    ("VB.NET/C# and Java", [".NET", "C#", "Java"]),
    ("Java is not required but a plus.", ["Java"]),
    ("Bachelor's degree and experience with statistics", ["statistics"]),
    ("A master's in economics with Python and SQL experience", ["Python", "SQL"]),
    ("You apply machine learning to engines.", ["machine learning"]),
    ("We look for Java engineers.", ["Java"]),
    ("Experience with Workday and Salesforce", ["Workday", "Salesforce"]),
    ("At Workday, we grow. Must have experience with Workday.", ["Workday"]),
    ("Skills: C#/.NET, Node.js", ["C#", ".NET", "Node.js"]),
    ("Strong communication and leadership skills", ["communication", "leadership"]),
    ("Requirements\n- teamwork", ["teamwork"]),
    ("Experience in healthcare or finance", ["healthcare", "finance"]),
    ("**Python**, _SQL_ and `Docker`", ["Python", "SQL", "Docker"]),
    ("#Python #SQL", ["Python", "SQL"]),
]


@pytest.mark.parametrize(("text", "expected"), TWINS)
def test_its_honest_twin_is_read(text, expected):
    assert found(text) == expected


def test_there_are_at_least_five_hundred_traps_and_a_hundred_and_sixty_twins():
    traps = {
        *TRAPS,
        *test_skills_traps_phrases.TRAPS,
        *test_skills_traps_postings.TRAPS,
        *test_skills_traps_words.TRAPS,
    }
    assert len(traps) >= 500
    assert len({text for text, _ in (*TWINS, *test_skills_twins.TWINS)}) >= 160


def test_every_word_with_other_senses_is_an_alias():
    aliases = {folded(alias.phrase) for skill in load_shipped().skills for alias in skill.aliases}
    senses = word_file("senses")
    assert {word for side in ("behind", "before") for word in senses[side] if folded(word) not in aliases} == set()


def folded(phrase):
    return tuple(fold_word(word) for word in words_of(phrase) if word != "-")
