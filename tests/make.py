"""Builders of what tests need, with sensible defaults: say only what the test is about."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import Group, User

from jobsite.decisions import decide
from jobsite.models import Decision
from jobsite.rights import make_groups
from postings import services
from postings.models import Alias, Company, CopyDecision, Posting, Skill, Source, Upload
from postings.selectors import pair_names

SEEN_ON = date(2026, 8, 1)


def make_row(**values: str) -> dict[str, str]:
    """One posting as a file would hold it."""
    row = {
        "title": "Data Engineer",
        "company": "Fernhollow Analytics",
        "location": "Leeds, England, United Kingdom",
        "date_posted": "2026-07-01",
        "description": "What you need: solid Python and SQL. Airflow is a plus. We build pipelines for orchards.",
    }
    return row | values


def make_rows(count: int, **values: str) -> list[dict[str, str]]:
    """Different postings: each has its own id, company and a sentence of its own."""
    return [
        make_row(
            **{
                "job_id": f"job-{number}",
                "company": f"Orchard {number} Ltd",
                "description": f"Requirements: Python and SQL for grove number {number}, "
                f"{WORDS[number % len(WORDS)]} work.",
            }
            | values
        )
        for number in range(count)
    ]


WORDS = ("gentle", "yearly", "careful", "early", "late", "sparse", "dense", "winter", "summer", "annual", "bold")


def make_csv(rows: Sequence[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["title", "description"])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def make_upload(rows: Sequence[dict[str, str]] | bytes, *, name: str = "jobs.csv", source: str = "a board") -> Upload:
    """A file handed in, not ingested yet."""
    content = rows if isinstance(rows, bytes) else make_csv(rows)
    return services.accept_upload([content], name=name, source=make_source(source), seen_on=SEEN_ON).upload


def make_source(name: str = "a board") -> Source:
    return services.source_named(name)


def make_ingested(rows: Sequence[dict[str, str]] | bytes, **kwargs: str) -> services.IngestReport:
    return services.ingest_upload(make_upload(rows, **kwargs).pk)


def make_skill(name: str, *phrases: str, kind: str = "tool", exact_case: bool = False) -> Skill:
    """A skill with its name and `phrases` as aliases."""
    skill = Skill.objects.create(name=name, kind=kind)
    for phrase in dict.fromkeys((name, *phrases)):
        Alias.objects.create(phrase=phrase, skill=skill, exact_case=exact_case)
    return skill


def make_user(group: str = "", *, name: str = "") -> User:
    """A user in one of the four groups."""
    if not Group.objects.exists():  # a test that commits has emptied the tables
        make_groups()
    user = User.objects.create_user(name or group or "somebody", password="orchard-lane-42")
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def merge_skills(*, keep: Skill, absorb: Skill) -> Decision:
    """What a curator does who merges one skill into another."""
    return decide("skill.merge", {"keep": keep.name, "absorb": [absorb.name]})


def decide_copies(one: Posting, other: Posting, verdict: str, *, by: User | None = None, why: str = "") -> CopyDecision:
    """What a curator says of two postings: "copy" or "not"."""
    first, second = pair_names(one, other)
    decide("copies.decide", {"one": first, "other": second, "verdict": verdict}, by=by, why=why)
    return CopyDecision.objects.get(one=first, other=second)


def merge_companies(*, keep: Company, absorb: Sequence[Company]) -> Decision:
    """What a curator does who merges spellings of an employer."""
    return decide("company.merge", {"keep": keep.key, "absorb": [company.key for company in absorb]})
