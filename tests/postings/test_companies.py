"""Spellings of one employer: merged by a curator, counted as one, and parted again."""

import io

import pytest

from analytics.selectors.published import published
from jobsite.decisions import RefusedError, apply_decisions, decide, export_decisions, undo
from postings.models import Company, Posting
from tests.make import make_ingested, make_row, make_user, merge_companies
from tests.make_read import make_read
from tests.pages import act, confirm, text_of
from tests.postings.curation.rows import forget_decisions, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    client.force_login(make_user("curator"))
    return client


def make_spellings():
    """Two postings of Fernhollow, one of the same firm under another name, one of another firm."""
    names = ("Fernhollow", "Fernhollow", "Fernhollow Analytics Group", "Mill Lane")
    make_read(
        [
            make_row(job_id=f"job-{n}", company=name, description=f"Requirements: Python for orchard {n}.")
            for n, name in enumerate(names)
        ]
    )
    return Company.objects.get(name="Fernhollow"), Company.objects.get(name="Fernhollow Analytics Group")


def counted():
    """Company -> postings of the published run."""
    snapshot = published().snapshot
    labels = [snapshot.company_labels[code] for code in snapshot.company]
    return {label: labels.count(label) for label in labels}


def test_merging_shows_first_how_many_postings_follow(curator):
    keep, absorb = make_spellings()

    text = text_of(act(curator, "merge", [keep, absorb]))

    assert "Merge “Fernhollow Analytics Group” into “Fernhollow”?" in text
    assert "1 posting of “Fernhollow Analytics Group” would be counted there." in text
    assert not Company.objects.exclude(merged_into=None).exists()


@pytest.mark.slow
def test_merged_spellings_count_as_one_employer_in_the_next_figures(curator, workers):
    keep, absorb = make_spellings()

    with workers():
        asked = act(curator, "merge", [keep, absorb], keep=keep.pk)
        text = text_of(confirm(curator, asked, keep=keep.pk))

    assert "“Fernhollow Analytics Group” counted under “Fernhollow”." in text
    assert counted() == {"Fernhollow": 3, "Mill Lane": 1}


def test_postings_keep_their_spelling_and_say_under_which_name_they_count(curator):
    keep, absorb = make_spellings()
    merge_companies(keep=keep, absorb=[absorb])

    page = curator.get(Posting.objects.get(company=absorb).get_absolute_url())

    assert "Fernhollow Analytics Group (counted as Fernhollow)" in text_of(page)


def test_a_merge_holds_for_files_that_come_later():
    keep, absorb = make_spellings()
    merge_companies(keep=keep, absorb=[absorb])

    make_ingested([make_row(job_id="later", company=absorb.name)], name="later.csv")

    assert Posting.objects.get(external_id="later").company.merged_into == keep


def test_what_was_merged_into_a_company_goes_with_it():
    first, second = make_spellings()
    third = Company.objects.get(name="Mill Lane")
    merge_companies(keep=second, absorb=[third])

    merge_companies(keep=first, absorb=[second])

    assert set(first.merged.all()) == {second, third}


@pytest.mark.slow
def test_parted_companies_count_under_their_own_names_again(curator, workers):
    keep, absorb = make_spellings()
    merge_companies(keep=keep, absorb=[absorb])

    with workers():
        text = text_of(confirm(curator, act(curator, "part", [absorb])))

    assert "“Fernhollow Analytics Group” counted under its own name again." in text
    assert counted() == {"Fernhollow": 2, "Fernhollow Analytics Group": 1, "Mill Lane": 1}


def test_a_company_that_is_merged_away_is_refused(curator):
    keep, absorb = make_spellings()
    third = Company.objects.get(name="Mill Lane")
    merge_companies(keep=keep, absorb=[absorb])

    text = text_of(act(curator, "merge", [third, absorb], keep=third.pk))

    assert "“Fernhollow Analytics Group” is merged into “Fernhollow” already: part it first." in text
    third.refresh_from_db()
    assert third.merged_into is None


def test_merging_needs_two_and_parting_one_that_is_merged(curator):
    keep, _ = make_spellings()

    assert "Choose the two or more names that are one employer." in text_of(act(curator, "merge", [keep]))
    assert "None of these is merged into another." in text_of(act(curator, "part", [keep]))


def test_what_cannot_be_is_refused_in_words():
    keep, absorb = make_spellings()
    refused = {
        "into itself": ("company.merge", {"keep": keep.key, "absorb": [keep.key]}),
        "There is no company “nobody”": ("company.merge", {"keep": keep.key, "absorb": ["nobody"]}),
        "merged into no other company": ("company.part", {"companies": [absorb.key]}),
    }

    for sentence, (action, words) in refused.items():
        with pytest.raises(RefusedError, match=sentence):
            decide(action, words)


def test_undoing_brings_back_every_row_also_what_was_merged_before():
    first, second = make_spellings()
    merge_companies(keep=second, absorb=[Company.objects.get(name="Mill Lane")])
    before = rows_of(Company)

    undo(merge_companies(keep=first, absorb=[second]))
    assert rows_of(Company) == before
    undo(decide("company.part", {"companies": ["mill lane"]}))
    assert rows_of(Company) == before


def test_a_second_curator_who_saw_something_else_is_told(curator):
    keep, absorb = make_spellings()
    asked = act(curator, "merge", [keep, absorb], keep=keep.pk)
    merge_companies(keep=absorb, absorb=[Company.objects.get(name="Mill Lane")])

    assert "This was changed meanwhile" in text_of(confirm(curator, asked, keep=keep.pk))
    assert not keep.merged.exists()


def test_a_merge_is_made_again_elsewhere_by_its_names():
    keep, absorb = make_spellings()
    merge_companies(keep=keep, absorb=[absorb])
    file = io.StringIO()
    export_decisions(file)
    made = rows_of(Company)
    forget_decisions()
    Company.objects.update(merged_into=None)

    assert apply_decisions(file.getvalue(), name="there.json").refused == []
    assert rows_of(Company) == made
