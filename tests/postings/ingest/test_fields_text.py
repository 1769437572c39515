"""Texts as scrapers leave them, and the plain texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.ingest.glue import with_line_ends
from postings.ingest.text import clean_line, clean_text

TEXTS = {
    "paragraphs": ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    "breaks": ("One<br>Two<br/>Three<BR />Four", "One\nTwo\nThree\nFour"),
    "divs": ("<div>One</div><div>Two</div>", "One\n\nTwo"),
    "headings": ("<h2>Role</h2>We build.", "Role\n\nWe build."),
    "lists": ("<ul><li>Python</li><li>SQL</li></ul>", "- Python\n- SQL"),
    "lists of paragraphs": ("<ol><li><p>Python</p></li></ol>", "- Python"),
    "tables": ("<table><tr><td>Pay</td><td>50</td></tr></table>", "Pay 50"),
    "attributes": ('<p class="x" style="a:b">One</p>', "One"),
    "spans in words": ("Py<span>thon</span>", "Python"),
    "links": ('See <a href="https://x.example">our page</a>.', "See our page."),
    "scripts": ("One<script>x = 1 < 2;</script>", "One"),
    "styles": ("<style>p{color:red}</style>One", "One"),
    "comments": ("<p>One<!-- two --></p>", "One"),
    "a whole page": ("<html><head><title>T</title></head><body><p>One</p></body></html>", "One"),
    "an unclosed tag": ("<p>One<p>Two", "One\n\nTwo"),
    "entities": ("R&amp;D &lt;fun&gt; &quot;x&quot;", 'R&D <fun> "x"'),
    "numbers as entities": ("caf&#233; &#x2013; bar", "café – bar"),
    "blanks as entities": ("a&nbsp;&nbsp;b", "a b"),
    "escaped once": ("&lt;p&gt;One&lt;/p&gt;", "One"),
    "escaped twice": ("&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;", "One"),
    "escaped three times": ("&amp;amp;lt;b&amp;amp;gt;One&amp;amp;lt;/b&amp;amp;gt;", "One"),
    "entities escaped twice": ("R&amp;amp;D", "R&D"),
    "an ampersand": ("R&D; AT&T", "R&D; AT&T"),
    "smaller than": ("1 < 2 and List<String>", "1 < 2 and List<String>"),
    "markdown headings": ("# Role\n## Tasks ##\nText", "Role\nTasks\nText"),
    "markdown bold": ("**Role** and __init__", "Role and __init__"),
    "markdown emphasis": ("we are *very* nice", "we are very nice"),
    "markdown lists": ("* Python\n* SQL", "- Python\n- SQL"),
    "markdown plus lists": ("+ Python\n+ SQL", "- Python\n- SQL"),
    "markdown links": ("[our page](https://x.example/a)", "our page"),
    "markdown pictures": ("![logo](https://x.example/a.png) One", "logo One"),
    "markdown rules": ("One\n\n---\n\nTwo", "One\n\nTwo"),
    "markdown escapes": ("C\\+\\+ \\& C\\#", "C++ & C#"),
    "python list": ("['One', 'Two']", "One\nTwo"),
    "python list with quotes": ("""['One', "it's two"]""", "One\nit's two"),
    "python list with escapes": (r"['One\xa0two', 'three\nfour']", "One two\nthree\nfour"),
    "json list": ('["One", "Two"]', "One\nTwo"),
    "brackets that are no list": ("['One' Two", "['One' Two"),
    "mojibake dashes": ("one â€“ two", "one – two"),
    "mojibake quotes": ("donâ€™t", "don’t"),
    "mojibake umlauts": ("MÃ¼nchen", "München"),
    "no mojibake": ("São Paulo, Ångström", "São Paulo, Ångström"),
    "bullets": ("• One\n• Two", "- One\n- Two"),
    "boxes": ("▪ One\n■ Two", "- One\n- Two"),
    "ticks": ("✓ One\n✔ Two", "- One\n- Two"),
    "arrows": ("➢ One\n► Two", "- One\n- Two"),
    "word's bullets": ("o   One\n§  Two", "- One\n- Two"),
    "a list in one line": ("Need: • One • Two", "Need:\n- One\n- Two"),
    "windows line ends": ("One\r\nTwo\rThree", "One\nTwo\nThree"),
    "odd blanks": ("One\u00a0two\u2009three\u3000four", "One two three four"),
    "zero widths": ("Py\u200bth\ufeffon", "Python"),
    "soft hyphens": ("Arbeits\u00adplatz", "Arbeitsplatz"),
    "controls": ("One\x00\x1ftwo", "Onetwo"),
    "many empty lines": ("One\n\n\n\n\nTwo", "One\n\nTwo"),
    "letters of mathematics": ("𝐃𝐚𝐭𝐚 𝗦𝗤𝗟", "Data SQL"),
    "decomposed letters": ("Mu\u0308ller", "Müller"),
    "show more": ("We build.\nShow more", "We build."),
    "show more show less": ("We build.\nShow more\nShow less", "We build."),
    "see more behind dots": ("We build …see more", "We build"),
    "read more": ("We build. Read more...", "We build."),
    "mehr anzeigen": ("Wir bauen. Mehr anzeigen", "Wir bauen."),
    "voir plus": ("Nous construisons. Voir plus", "Nous construisons."),
    "afficher moins": ("Nous construisons.\nAfficher moins", "Nous construisons."),
    "mostrar más": ("Construimos. Mostrar más", "Construimos."),
    "exibir menos": ("Construímos. Exibir mais Exibir menos", "Construímos."),
    "mostra altro": ("Costruiamo. Mostra altro", "Costruiamo."),
    "meer weergeven": ("Wij bouwen. Meer weergeven", "Wij bouwen."),
    "pokaż więcej": ("Budujemy. Pokaż więcej", "Budujemy."),
    "a tail in the middle": ("Show more respect.", "Show more respect."),
    "a tail in a word": ("Our slideshow more", "Our slideshow more"),
    "swallowed line ends": (
        "We plant.You prune.They pick.All eat apples",
        "We plant.\nYou prune.\nThey pick.\nAll eat apples",
    ),
    "one swallowed line end": ("We plant (or sow).You prune, graft", "We plant (or sow).\nYou prune, graft"),
    "labels and values": ("Place:Leeds, UK\nSee Booking.Com.", "Place:Leeds, UK\nSee Booking.Com."),
    "glued words": (
        "Tidy environmentActive membersGood planSkillsPython",
        "Tidy environment\nActive members\nGood plan\nSkills\nPython",
    ),
    "glued counts": (
        "Fine experience5+ years of trees, strong skillsPython and a degreeMinimum",
        "Fine experience\n5+ years of trees, strong skills\nPython and a degree\nMinimum",
    ),
    "glued labels": (
        "Firm: OrchardPosition: GardenerPay: 20Location: Old FarmShifts: day",
        "Firm: Orchard\nPosition: Gardener\nPay: 20Location: Old Farm\nShifts: day",
    ),
    "a name that comes twice": (
        "treeHouse and treeHouse and goodApple and fineFruit",
        "treeHouse and treeHouse and goodApple and fineFruit",
    ),
}
WITH_HUMPS = """
JavaScript TypeScript PostgreSQL MySQL GitHub GitLab PowerPoint PowerShell PowerBI LinkedIn TensorFlow PyTorch
iOS iPhone iPad macOS MacOS PhD MSc YouTube MongoDB DynamoDB GraphQL NoSQL OpenAI OpenCV OpenShift DevOps
DataOps MLOps DevSecOps BigQuery SageMaker CloudFormation CloudWatch QuickSight SharePoint OneDrive WordPress
ServiceNow HubSpot SalesForce DataBricks DataDog NumPy SciPy PySpark XGBoost LightGBM CatBoost FastAPI NodeJS
ReactJS AngularJS VueJS NextJS RabbitMQ ActiveMQ CircleCI TeamCity IntelliJ PyCharm StackOverflow ChatGPT
LangChain LlamaIndex HuggingFace AutoCAD SolidWorks LabVIEW MicroStrategy PeopleSoft NetSuite SuccessFactors
JUnit TestNG UiPath BluePrism VMware ElasticSearch ClickHouse InfluxDB FinTech EdTech BioTech InsurTech eBay
PayPal FedEx TikTok WhatsApp DoorDash BlackRock McKinsey McDonald AstraZeneca GlaxoSmithKline ExxonMobil
JPMorgan BioNTech jQuery eCommerce gRPC powerBI javaScript linkedIn youTube gitHub postgreSQL WebGL WebRTC
SwiftUI ArcGIS HashiCorp MapReduce iPaaS
"""
NAMES = WITH_HUMPS.split()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_plain(name):
    raw, plain = TEXTS[name]
    assert clean_text(raw) == plain


@pytest.mark.parametrize("name", [name for name in TEXTS if "entities" not in name and "markdown bold" not in name])
def test_a_plain_text_stays_as_it_is(name):
    plain = TEXTS[name][1]
    assert clean_text(plain) == plain


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_a_hump_is_not_torn_where_others_are_mended(name):
    glued = f"tidy environmentActive membersGood appleSkills {name} fine"
    mended = with_line_ends(glued)
    assert mended.count("\n") == 3
    assert name in mended


def test_a_text_full_of_names_stays_whole():
    assert with_line_ends(" ".join(NAMES)) == " ".join(NAMES)


TAGS = st.sampled_from(["<p>", "</p>", "<li>", "<br>", "&amp;", "&lt;", "<", ">", "['", "']", "\x00", "\u00a0"])
SIGNS = st.sampled_from(
    ["**", "* ", "# ", "\n", "\r\n", " ", "word", "Word.Next", "skillsPython", "• ", "Show more", "\\", "]("]
)


@given(st.lists(TAGS | SIGNS, max_size=25).map("".join) | st.text(max_size=200))
def test_cleaning_never_fails_and_leaves_no_odd_blanks(raw):
    text = clean_text(raw)

    assert text == text.strip()
    assert "\r" not in text
    assert "\t" not in text
    assert "\x00" not in text
    assert "\n\n\n" not in text


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs")), max_size=200))
def test_giving_line_ends_back_loses_no_letter(text):
    assert with_line_ends(text).replace("\n", "") == text.replace("\n", "")


@given(st.text(max_size=100))
def test_a_cleaned_line_is_one_line_and_stays_as_it_is(raw):
    line = clean_line(raw)

    assert line.splitlines() in ([], [line])
    assert line == " ".join(line.split())
