"""Spellings of one employer: merged by a curator, counted as one, and parted again."""

import pytest

from analytics.selectors.published import published
from postings import services
from postings.models import Company, Posting
from tests.make import make_ingested, make_row, make_user
from tests.make_read import make_read
from tests.pages import act, text_of

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

    assert "1 posting of “Fernhollow Analytics Group” are counted there" in text
    assert not Company.objects.exclude(merged_into=None).exists()


def test_merged_spellings_count_as_one_employer_in_the_next_figures(curator, workers):
    keep, absorb = make_spellings()

    with workers():
        text = text_of(act(curator, "merge", [keep, absorb], keep=keep.pk, confirm="1"))

    assert "Fernhollow Analytics Group counted under Fernhollow from now on." in text
    assert counted() == {"Fernhollow": 3, "Mill Lane": 1}


def test_postings_keep_their_spelling_and_say_under_which_name_they_count(curator):
    keep, absorb = make_spellings()
    services.merge_companies(keep=keep, absorb=[absorb])

    page = curator.get(Posting.objects.get(company=absorb).get_absolute_url())

    assert "Fernhollow Analytics Group (counted as Fernhollow)" in text_of(page)


def test_a_merge_holds_for_files_that_come_later():
    keep, absorb = make_spellings()
    services.merge_companies(keep=keep, absorb=[absorb])

    make_ingested([make_row(job_id="later", company=absorb.name)], name="later.csv")

    assert Posting.objects.get(external_id="later").company.merged_into == keep


def test_what_was_merged_into_a_company_goes_with_it():
    first, second = make_spellings()
    third = Company.objects.get(name="Mill Lane")
    services.merge_companies(keep=second, absorb=[third])

    services.merge_companies(keep=first, absorb=[second])

    assert set(first.merged.all()) == {second, third}


def test_parted_companies_count_under_their_own_names_again(curator, workers):
    keep, absorb = make_spellings()
    services.merge_companies(keep=keep, absorb=[absorb])

    with workers():
        text = text_of(act(curator, "part", [absorb]))

    assert "1 name parted again." in text
    assert counted() == {"Fernhollow": 2, "Fernhollow Analytics Group": 1, "Mill Lane": 1}


def test_a_company_that_is_merged_away_is_refused(curator):
    keep, absorb = make_spellings()
    third = Company.objects.get(name="Mill Lane")
    services.merge_companies(keep=keep, absorb=[absorb])

    text = text_of(act(curator, "merge", [third, absorb], keep=third.pk, confirm="1"))

    assert "Fernhollow Analytics Group is merged into Fernhollow already: part it first." in text
    third.refresh_from_db()
    assert third.merged_into is None


def test_merging_needs_two_and_parting_one_that_is_merged(curator):
    keep, _ = make_spellings()

    assert "Choose the two or more names that are one employer." in text_of(act(curator, "merge", [keep]))
    assert "None of these is merged into another." in text_of(act(curator, "part", [keep]))


def test_a_company_cannot_be_merged_into_itself():
    keep, _ = make_spellings()

    with pytest.raises(ValueError, match="into itself"):
        services.merge_companies(keep=keep, absorb=[keep])
