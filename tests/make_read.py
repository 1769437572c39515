"""Postings brought further than their upload: read with a small lexicon, grouped. The shipped one takes seconds."""

from collections.abc import Sequence

from analytics.selectors.published import published
from analytics.snapshot import Filter
from postings import services
from postings.models import Alias, CopyPass, Posting, Skill
from postings.skills import unpack
from tests.make import make_ingested, make_skill

STACKS = {
    "platform": ("Airflow", "Spark", "Kafka", "dbt", "Terraform"),
    "science": ("PyTorch", "pandas", "Jupyter", "XGBoost", "MLflow"),
}
"""Two kinds of work, told apart by their skills."""
TITLES = {"platform": "Data Engineer", "science": "Data Scientist"}


def make_lexicon() -> dict[str, Skill]:
    """The skills of STACKS, and Python and SQL, which all kinds of work name."""
    names = ["Python", "SQL", *(name for stack in STACKS.values() for name in stack)]
    return {name: make_skill(name) for name in names}


def make_read(rows: Sequence[dict[str, str]], **kwargs: str) -> dict[str, Posting]:
    """Ingest `rows`, read their texts, group copies; return all postings by external id."""
    make_ingested(rows, **kwargs)
    services.extract_all_stale()
    group()
    return {posting.external_id: posting for posting in Posting.objects.select_related("extraction", "ad_group")}


def group() -> CopyPass:
    pk = services.request_copy_pass()
    assert services.group_copies(pk)
    return CopyPass.objects.get(pk=pk)


def make_ads(count: int, kind: str, **values: str) -> list[dict[str, str]]:
    """Different ads of one kind of work; each names four of its five skills, Python, and something of its own."""
    stack = STACKS[kind]
    rows = []
    for number in range(count):
        named = ", ".join(skill for place, skill in enumerate(stack) if place != number % len(stack))
        row = {
            "job_id": f"{kind}-{number}",
            "title": TITLES[kind],
            "company": f"Orchard {kind} {number}",
            "location": "Leeds, England, United Kingdom",
            "date_posted": f"2026-0{1 + number % 7}-1{number % 9}",
            "description": f"Requirements: Python, {named}. You look after grove {number} of {number * 7 + 3} trees.",
        }
        rows.append(row | values)
    return rows


def skills_named(posting: Posting) -> set[str]:
    """The skills that the stored record of a posting names."""
    posting.extraction.refresh_from_db()
    ids = {mention.alias_id for mention in unpack(bytes(posting.extraction.record)).mentions}
    return set(Alias.objects.filter(pk__in=ids).values_list("skill__name", flat=True))


def figures(**filters: object) -> dict[str, int]:
    """How many postings of the published run name each skill; copies are left out, as on the screens."""
    snapshot = published().snapshot
    counts = snapshot.skill_counts(snapshot.select(Filter(**filters))).any
    return {name: int(count) for name, count in zip(snapshot.skills, counts, strict=True)}
