import pytest

from postings.ingest import clean_text
from postings.ingest.text import clean_line, criteria_of

CASES = {
    "blocks of HTML are lines, items are dashes": (
        "<div><p><b>The Role</b></p><p>\nWe build  things.</p><ul>\n<li>Python</li>\n<li><p>SQL</p></li></ul>Bye</div>",
        "The Role\n\nWe build things.\n\n- Python\n- SQL\n\nBye",
    ),
    "line ends inside HTML mean nothing": ("<p>We build\nnice things<br>here</p>", "We build nice things\nhere"),
    "but those before a list sign or after a sentence do": (
        "<div>You need.\nPython\n• Spark\n• SQL</div>",
        "You need.\nPython\n- Spark\n- SQL",
    ),
    "a stray tag does not glue a plain text": (
        "First line\nsecond <b>line</b>\nthird",
        "First line\nsecond line\nthird",
    ),
    "scripts, buttons and comments are no text": (
        "<div>Text<script>var a = 1;</script><!-- note --><button><span>Show more</span></button></div>",
        "Text",
    ),
    "escaped HTML is HTML": ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;R&amp;amp;D&lt;/p&gt;", "One\n\nR&D"),
    "entities are characters": (
        "Research &amp; Development &#8211; &quot;fun&quot;&nbsp;too",
        'Research & Development – "fun" too',
    ),
    "an ampersand in a word stays": ("R&D and AT&T;", "R&D and AT&T;"),
    "a smaller-than sign is no tag": ("2 < 5 years and List<String> too", "2 < 5 years and List<String> too"),
    "markdown loses its marks": (
        "## Summary\n**About** us and *you*\n\n* Python\n+ SQL\n\n---\n[Apply](https://x.example/a_b) now",
        "Summary\nAbout us and you\n\n- Python\n- SQL\n\nApply now",
    ),
    "escaped signs of markdown are signs": ("industry\\\\-leading C\\+\\+ \\& \\#1", "industry-leading C++ & #1"),
    "names of skills survive": (
        "C++, C#, .NET, F*, snake_case_name, R & D, a*b",
        "C++, C#, .NET, F*, snake_case_name, R & D, a*b",
    ),
    "a Python list is its lines": (r"""['About Us', "We're \xa0 here", 'Python']""", "About Us\nWe're here\nPython"),
    "a JSON list is its lines": ('["Tasks", "Python"]', "Tasks\nPython"),
    "something in brackets is no list": ("['remote'] job with [x]", "['remote'] job with [x]"),
    "parts of a sentence in a list stay together": (
        "['Acme', ', founded in 1997.', 'Join']",
        "Acme, founded in 1997.\nJoin",
    ),
    "a list glued to its heading starts on its own line": (
        "Requirements:* **Python** first\n* SQL\n\n*All of it.*",
        "Requirements:\n- Python first\n- SQL\n\nAll of it.",
    ),
    "a footnote is no list": ("Salary* is Good\nand* More", "Salary* is Good\nand* More"),
    "mojibake is mended": ("donâ€™t stop, SÃ£o Paulo", "don’t stop, São Paulo"),
    "a real circumflex is no mojibake": ("âge, château, Ångström, Über", "âge, château, Ångström, Über"),
    "bullets of all kinds become dashes": (
        "• one\n▪ two\n* three\n– four\n-five\n·   six\no  seven\n\uf0b7 eight\n1. nine",
        "- one\n- two\n- three\n- four\n- five\n- six\n- seven\n- eight\n1. nine",
    ),
    "a list whose line ends were lost is a list": (
        "You need: • Python • SQL • Spark",
        "You need:\n- Python\n- SQL\n- Spark",
    ),
    "one dot between words is no list": ("Berlin • full-time", "Berlin • full-time"),
    "a negative number is no bullet": ("-5 degrees", "-5 degrees"),
    "tails of web pages go": ("We build.\nShow more Show less", "We build."),
    "a tail in the middle stays": ("Show more respect to data.", "Show more respect to data."),
    "blank lines are one, blanks are one": ("a\r\n\r\n\r\n \r\nb\u00a0 \t c\u200b", "a\n\nb c"),
    "letters as mathematical signs are letters": ("𝗗𝗮𝘁𝗮 𝐄𝐧𝐠𝐢𝐧𝐞𝐞𝐫", "Data Engineer"),
    "control characters go": ("a\x00b\x07c", "abc"),
    "letters are composed": ("Mu\u0308ller", "Müller"),
}


@pytest.mark.parametrize("name", CASES)
def test_plain_text(name):
    raw, expected = CASES[name]
    assert clean_text(raw) == expected


@pytest.mark.parametrize("name", CASES)
def test_a_clean_text_stays_as_it_is(name):
    expected = CASES[name][1]
    assert clean_text(expected) == expected


def test_line_ends_that_were_swallowed_again_and_again_come_back():
    swallowed = "We love data.You will build.Our team is nice.What you need:Python"
    assert clean_text(swallowed) == "We love data.\nYou will build.\nOur team is nice.\nWhat you need:Python"


def test_a_missing_blank_or_two_is_left_alone():
    assert clean_text("We use Node.Js. Skills:Python is one") == "We use Node.Js. Skills:Python is one"


def test_the_criteria_below_a_linkedin_text_are_taken_off_it():
    text = "We build.\n\nSeniority level\nEntry level\nEmployment type\nFull-time\nJob function\nIT\nIndustries\nFood"
    criteria = criteria_of(text)
    assert (criteria.text, criteria.seniority, criteria.employment_type) == ("We build.", "Entry level", "Full-time")


def test_a_text_that_talks_about_seniority_levels_stays_whole():
    text = "Seniority level\nmatters to us. Employment type\ntoo."
    assert criteria_of(text).text == text


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("  Data\n Engineer ", "Data Engineer"),
        ("R&amp;D <b>Lead</b>", "R&D Lead"),
        ("**Senior** Analyst", "Senior Analyst"),
        ("MÃ¼ller", "Müller"),
        ("Trinity\xa0Health", "Trinity Health"),
        ("<intent>", "<intent>"),
    ],
)
def test_titles_and_names_are_one_plain_line(raw, line):
    assert clean_line(raw) == line
