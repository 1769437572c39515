"""The database notes which postings changed, whoever writes; who copies the facts reads them and forgets the notes."""

import re
from datetime import date
from decimal import Decimal

import pytest

from postings import services
from postings.models import ChangeMark, Company, Extraction, Posting, PostingChange, Title
from tests.make import make_ingested, make_row, make_rows
from tests.make_read import group, make_lexicon, make_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    """Three postings that were read, and nothing noted since."""
    make_lexicon()
    postings = make_read(make_rows(3))
    settle()
    return postings


def settle():
    assert services.forget_changes(services.noted_changes(), mark="a copy")


def noted():
    return set(services.noted_changes().postings)


def test_a_posting_is_noted_when_it_has_been_read_and_not_before():
    make_lexicon()
    make_ingested(make_rows(2))
    assert noted() == set()

    services.extract_all_stale()

    assert noted() == set(Posting.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "change",
    [
        {"country": "FR"},
        {"place": "Nantes"},
        {"remote": "remote"},
        {"language": "fr"},
        {"seniority": "chief"},
        {"date_posted": date(2026, 1, 1)},
        {"date_posted": None},
        {"pay_yearly_min": Decimal(9)},
        {"pay_yearly_max": Decimal(9)},
        {"pay_suspect": True},
        {"pay_currency": "CHF"},
        {"reposted": 2},
        {"content_hash": "0" * 32},
        {"key": "1" * 32},
        {"company": None},
    ],
    ids=str,
)
def test_another_fact_is_noted(read, change):
    pk = read["job-1"].pk

    Posting.objects.filter(pk=pk).update(**change)

    assert noted() == {pk}


def test_another_title_or_company_is_noted(read):
    first, second, _ = (posting.pk for posting in read.values())

    Posting.objects.filter(pk=first).update(title=Title.objects.create(text="Grove Keeper"))
    Posting.objects.filter(pk=second).update(company=Company.objects.create(name="Pear", key="pear"))

    assert noted() == {first, second}


def test_what_no_figure_rests_on_is_not_noted(read):
    Posting.objects.update(last_seen=date(2027, 1, 1), url="https://other.example")
    Extraction.objects.update(stamp="another")
    Posting.objects.update(country="GB")

    assert noted() == set()


def test_the_same_rows_again_are_not_noted_and_a_changed_text_is(read):
    rows = make_rows(3)
    make_ingested(rows, name="again.csv")
    services.extract_all_stale()
    assert noted() == set()

    make_read([rows[0], rows[1] | {"description": "Requirements: Kafka and patience."}, rows[2]], name="changed.csv")

    assert noted() == {read["job-1"].pk}


def test_a_posting_that_went_is_noted(read):
    pk = read["job-2"].pk

    Posting.objects.filter(pk=pk).delete()

    assert noted() == {pk}


def test_a_posting_that_waits_to_be_read_again_is_noted(read):
    pk = read["job-2"].pk

    Extraction.objects.filter(pk=pk).delete()

    assert noted() == {pk}


def test_copies_are_noted_when_they_are_grouped(read):
    text = "Requirements: Python and Airflow for the pear groves of Leeds, with patience for old trees."
    copies = [
        make_row(job_id=f"copy-{n}", description=text, location=place) for n, place in enumerate(("Leeds", "York"))
    ]
    postings = make_read(copies, source="another", name="copies.csv")
    settle()
    assert Posting.objects.exclude(ad_group=None).count() == 2

    Posting.objects.update(ad_group=None)

    assert noted() == {postings["copy-0"].pk, postings["copy-1"].pk}
    settle()
    group()
    assert noted() == {postings["copy-0"].pk, postings["copy-1"].pk}


def test_changes_that_come_while_one_reads_are_kept_for_the_next_reading(read):
    first, second, _ = (posting.pk for posting in read.values())
    Posting.objects.filter(pk=first).update(country="FR")
    seen = services.noted_changes()
    Posting.objects.filter(pk__in=[first, second]).update(country="DE")

    assert services.forget_changes(seen, mark="the next copy")

    assert services.noted_changes().mark == "the next copy"
    assert noted() == {first, second}


def test_notes_of_a_writer_who_had_not_committed_yet_are_not_forgotten_with_their_neighbours(read):
    PostingChange.objects.bulk_create(PostingChange(posting_id=n) for n in (1, 2, 3))
    late = PostingChange.objects.order_by("pk")[1]
    PostingChange.objects.filter(pk=late.pk).delete()
    seen = services.noted_changes()
    late.save(force_insert=True)

    services.forget_changes(seen, mark="the next copy")

    assert noted() == {2}


def test_two_who_read_at_once_do_not_forget_for_each_other(read):
    Posting.objects.filter(pk=read["job-1"].pk).update(country="FR")
    mine, theirs = services.noted_changes(), services.noted_changes()
    assert services.forget_changes(theirs, mark="theirs")

    assert not services.forget_changes(mine, mark="mine")
    assert ChangeMark.objects.get().name == "theirs"


def test_every_column_that_figures_read_is_watched():
    from importlib import import_module

    from analytics.services.facts import reading

    watched = set(import_module("postings.migrations.0003_changes").FACTS)
    read = set(re.findall(r"\bp\.(\w+)", reading._select()))
    assert read - {"id"} == watched
