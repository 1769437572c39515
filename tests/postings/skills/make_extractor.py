"""A small lexicon of our own, and what an extractor made of it finds."""

from functools import cache

from postings.skills import Extractor, Level, Lexicon, LexiconEntry

PHRASES = """
Python | Java | JavaScript | SQL | NoSQL | SAS | Scala | MATLAB | C# | C++ | .NET | Node.js | TypeScript | Ruby on Rails
=R{listed} | =C{listed} | =Go{listed}
=Swift{listed} | =Rust{listed} | =Julia{listed} | =Dart{listed} | R programming
=Excel | excel{listed} | Microsoft Excel | =Spark | spark{listed} | Apache Spark | Spark SQL
=Access{listed} | =Word{listed} | =Teams{listed}
=Slack{listed} | =Oracle | =React | =Express{listed} | Tableau | Power BI | Looker | Snowflake | Databricks
=AWS | Amazon S3 | =S3 | =EC2 | Amazon Web Services | Kubernetes | Docker | Terraform | Kafka | Airflow | dbt | Redshift
PostgreSQL | MongoDB | TensorFlow | PyTorch | scikit-learn | pandas | Workday | Salesforce | Splunk | Git | Jenkins
Hive | Hadoop | =ETL | CI/CD | A/B testing | REST APIs | machine learning | deep learning | data science | statistics
data modeling | data visualization | data analysis | natural language processing | =NLP | =ML | =AI | =LLM
neural network | object-oriented programming | end-to-end testing | relational databases | time series | data set
k-means | computer vision | software engineering | economics | =BI | DevOps | web analytics | Google Analytics
communication{asked} | teamwork{asked} | leadership{asked} | healthcare{of-the-job} | finance{of-the-job}
security clearance | infrastructure as code | research and development | accounting
"""


def make_lexicon(phrases: str = PHRASES) -> Lexicon:
    """Aliases written as in the taxonomy files; ids count from 1."""
    entries = []
    for alias_id, raw in enumerate(phrases.replace("\n", " | ").split(" | "), 1):
        phrase, _, context = raw.strip().partition("{")
        if phrase:
            exact = phrase.startswith("=")
            entries.append(LexiconEntry(alias_id, phrase.removeprefix("="), exact, context.rstrip("}")))
    return Lexicon(entries)


@cache
def make_extractor(phrases: str = PHRASES) -> Extractor:
    return Extractor(make_lexicon(phrases))


def found(text: str, phrases: str = PHRASES) -> list[str]:
    """What stands at the mentions of the text, in order."""
    return [text[m.start : m.end] for m in make_extractor(phrases).read(text).mentions]


def levels(text: str, phrases: str = PHRASES) -> dict[str, str]:
    """The strongest level of each surface in the text, in the words of a posting."""
    strongest: dict[str, Level] = {}
    for mention in make_extractor(phrases).read(text).mentions:
        surface = text[mention.start : mention.end]
        strongest[surface] = max(strongest.get(surface, Level.MENTIONED), mention.level)
    return {surface: level.name.lower() for surface, level in strongest.items()}


def candidates(text: str, phrases: str = PHRASES) -> list[str]:
    return [text[span.start : span.end] for span in make_extractor(phrases).read(text).candidates]
