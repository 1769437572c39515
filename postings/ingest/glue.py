"""Line ends that a scraper swallowed: "of data.You will", "environmentActive", "experience5+ years", "SkillsPython"."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

# Fewer than these in a text are names that we do not know, or slips of the writer.
_OFTEN = 3

# A sentence end between two words without a blank; not in Node.Js, ASP.Net, Booking.Com.
_NEXT = r"(?<=[a-z][a-z)].)(?=(?!Net\b|Js\b|Com\b|Io\b|Org\b|Ai\b|Co\b)[A-Z][a-z’']*[\s,:;(/-])"
_SWALLOWED = re.compile(r"[.!?]" + _NEXT)
# A colon often stands so between a label and its value: "Location:Leeds, UK".
_SWALLOWED_COLON = re.compile(r":" + _NEXT)
# Each character as its kind, one byte each: "a" a small letter, "A" a capital, "." a sentence end, "0" a digit.
# Looking for two kinds in a row there is many times faster than a regex.
_KINDS = bytes(
    ord("a") if chr(code).islower() else ord("A") if 65 <= code <= 90 else ord("0") if 48 <= code <= 57
    else ord(".") if chr(code) in ".!?:" else ord(" ")
    for code in range(256)
)  # fmt: skip
_HUMP = b"aaaA"
_COUNT_KINDS = b"aaaa0"
_COUNT = re.compile(
    r"\d(?<=[a-z]{4}\d)(?=\d?\s?(?:\+|-\s?\d|–\s?\d|to\s\d)?\+?\s?(?:years?|yrs?|months?|jahre?|ans|años|anos|anni|"
    r"jaar|lat)\b)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"(?<=[a-zA-Z]\))(?=[A-Z][a-z]{2,})")
_WORD_AT = re.compile(r"[A-Z][a-z]+|[A-Z]+")

# What a glued word can end with although it begins with a capital: "SkillsPython", "RequirementsBachelor".
_HEADINGS = frozenset(
    (
        "about", "activities", "benefits", "bonus", "company", "competencies", "degree", "description", "details",
        "duties", "education", "environment", "experience", "expectations", "functions", "function", "highlights",
        "industries", "industry", "knowledge", "languages", "level", "location", "mission", "must", "offer",
        "opportunity", "overview", "pay", "perks", "position", "preferred", "profile", "purpose", "qualifications",
        "qualification", "requirements", "requirement", "responsibilities", "responsibility", "role", "salary",
        "schedule", "shift", "shifts", "hours", "duration", "contract", "skills", "skill", "specifications", "summary",
        "tasks", "team", "technologies", "title", "tools", "type", "us", "year", "years", "aufgaben", "profil",
        "anforderungen", "qualifikationen", "benefits", "wir", "missions", "compétences", "responsabilités",
        "requisitos", "funciones", "responsabilidades", "beneficios", "benefícios", "requisiti", "competenze", "taken",
        "vereisten", "wymagania", "obowiązki", "oferujemy",
    )
)  # fmt: skip
# Names that are written with a hump; compared without case.
_NAMES = frozenset(
    (
        "javascript", "typescript", "coffeescript", "actionscript", "applescript", "postgresql", "mysql", "nosql",
        "graphql", "sparksql", "github", "gitlab", "gitops", "powerpoint", "powerbi", "powershell", "powerapps",
        "powerautomate", "powerquery", "linkedin", "tensorflow", "pytorch", "macos", "openai", "opencv", "openshift",
        "openstack", "opensearch", "youtube", "hubspot", "salesforce", "sharepoint", "onedrive", "onenote",
        "wordpress", "woocommerce", "servicenow", "datadog", "databricks", "datarobot", "dataops", "datastage",
        "devops", "devsecops", "mlops", "aiops", "finops", "llmops", "secops", "sysops", "mongodb", "dynamodb",
        "documentdb", "influxdb", "mariadb", "cosmosdb", "rocksdb", "duckdb", "cockroachdb", "timescaledb", "couchdb",
        "arangodb", "scylladb", "cloudfront", "cloudformation", "cloudwatch", "cloudtrail", "cloudflare", "sagemaker",
        "quicksight", "eventbridge", "bigquery", "bigtable", "bigdata", "fastapi", "restapi", "nodejs", "reactjs",
        "angularjs", "vuejs", "nextjs", "nestjs", "expressjs", "threejs", "numpy", "scipy", "pyspark", "xgboost",
        "lightgbm", "catboost", "huggingface", "langchain", "langgraph", "llamaindex", "chatgpt", "deepmind",
        "deeplearning", "autocad", "solidworks", "labview", "matlab", "simulink", "rabbitmq", "activemq", "circleci",
        "teamcity", "bitbucket", "intellij", "pycharm", "webstorm", "phpstorm", "visualstudio", "vscode",
        "stackoverflow", "hackerrank", "leetcode", "hashicorp", "jpmorgan", "blackrock", "mckinsey", "mcdonald",
        "mckesson", "mclaren", "deloitte", "pricewaterhousecoopers", "glaxosmithkline", "astrazeneca", "exxonmobil",
        "conocophillips", "biontech", "fedex", "paypal", "doordash", "wework", "tiktok", "whatsapp", "facebook",
        "iphone", "ipad", "ios", "ebay", "ecommerce", "jquery", "phd", "msc", "bsc", "uipath", "blueprism", "dotnet",
        "aspnet", "vmware", "virtualbox", "elasticsearch", "logstash", "clickhouse", "singlestore", "memsql", "sqlite",
        "sqlalchemy", "airtable", "smartsheet", "mailchimp", "clickup", "basecamp", "zoominfo", "crunchbase",
        "glassdoor", "ziprecruiter", "careerbuilder", "mainframe", "successfactors", "peoplesoft", "netsuite",
        "quickbooks", "microstrategy", "thoughtspot", "arcgis", "qgis", "geopandas", "spacex", "openmp", "opengl",
        "webgl", "websocket", "webassembly", "webrtc", "xcode", "swiftui", "junit", "testng", "specflow",
        "restassured", "soapui", "postman", "fintech", "edtech", "medtech", "insurtech", "proptech", "healthtech",
        "martech", "adtech", "biotech", "regtech", "legaltech", "cleantech", "mapreduce", "hbase", "fullstack",
        "cplusplus", "livekit", "sendgrid", "playstation", "nvidia", "iaas", "paas", "saas", "latex", "bibtex",
        "bioinformatics", "crispr", "openapi", "grpc", "eclipselink", "amazonwebservices", "launchdarkly", "pagerduty",
        "snowpark", "appdynamics", "newrelic", "sonarqube", "checkmarx", "crowdstrike", "sentinelone", "cyberark",
        "sailpoint", "truenas", "redhat", "suse", "indesign", "aftereffects", "coreldraw", "sketchup", "microservices",
        "workday", "docusign", "dropbox", "evernote", "grubhub", "goodrx", "godaddy", "carmax", "capitalone",
        "bytedance", "mastercard", "transunion", "unitedhealth", "costar", "freshdesk",
    )
)  # fmt: skip


def with_line_ends(text: str) -> str:
    """Return the text with the line ends given back that were swallowed.

    Those behind a sentence always; those behind a colon or between two words where it happened again and again.
    """
    kinds = _kinds(text)
    if b".A" in kinds:
        ends = len(_SWALLOWED.findall(text))
        if ends + len(_SWALLOWED_COLON.findall(text)) >= _OFTEN:
            text = _SWALLOWED_COLON.sub(":\n", text)
        if ends:
            text = _SWALLOWED.sub("\\g<0>\n", text)
        kinds = _kinds(text)
    return _unglued(text, kinds) if kinds.count(_HUMP) + kinds.count(_COUNT_KINDS) >= _OFTEN else text


def _kinds(text: str) -> bytes:
    return text.encode("latin-1", "replace").translate(_KINDS)


def _unglued(text: str, kinds: bytes) -> str:
    """With a line end in each glued word; what comes twice ("causaLens") is a name."""
    cuts = [cut for cut in _humps(kinds) if _is_glue(text, cut)]
    cuts += [match.start() for match in _COUNT.finditer(text) if _left_of(text, match.start())] if cuts else []
    if len(cuts) < _OFTEN:
        return text
    words = [_around(text, cut) for cut in cuts]
    times = Counter(words)
    once = {cut for cut, word in zip(cuts, words, strict=True) if times[word] == 1}
    if len(once) < _OFTEN:
        return text
    edges = [0, *sorted(once | {match.start() for match in _BRACKET.finditer(text)}), len(text)]
    return "\n".join(text[start:end] for start, end in pairwise(edges))


def _humps(kinds: bytes) -> Iterator[int]:
    """Where a capital follows three small letters."""
    found = kinds.find(_HUMP)
    while found >= 0:
        yield found + len(_HUMP) - 1
        found = kinds.find(_HUMP, found + 1)


def _around(text: str, cut: int) -> str:
    """The two words that meet at a cut, as one."""
    return f"{_word_before(text, cut)}{_word_at(text, cut)}"


def _is_glue(text: str, cut: int) -> bool:
    """Whether two ordinary words meet here: no name with a hump, no name of a variable."""
    left, right = _left_of(text, cut), _word_at(text, cut)
    if left and text.startswith(":", cut + len(right)) and right.lower() in _HEADINGS:
        return True  # "StorePosition: Officer"
    if not (left[:1].islower() and len(left) >= _LEFT_LETTERS) and left.lower() not in _HEADINGS:
        return False
    return f"{left}{right}".lower() not in _NAMES and right.lower() not in _ENDS


def _left_of(text: str, cut: int) -> str:
    """The word before a cut, "" if it is a part of a longer name or of an address."""
    left = _word_before(text, cut)
    return "" if text[max(0, cut - len(left) - 1) : cut - len(left)] in _JOINTS else left


_LEFT_LETTERS = 4
_LONGEST_WORD = 30
# "obj.getValue", "@dataClass", "snake_caseName", "https://x/pathName" are no prose.
_JOINTS = frozenset('"._@/#$\\-=&?')
_ENDS = frozenset(("js", "db", "sql", "api", "ml", "ai", "bi", "os", "ops", "mq", "ci", "ui", "ux", "qa", "d"))


def _word_before(text: str, cut: int) -> str:
    """The word that ends at a cut, from its last capital on."""
    start = cut
    while start and cut - start < _LONGEST_WORD and text[start - 1].isalpha():
        start -= 1
        if text[start].isupper():
            break
    return text[start:cut]


def _word_at(text: str, cut: int) -> str:
    match = _WORD_AT.match(text, cut)
    return match[0] if match else ""
