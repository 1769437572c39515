import pytest

from postings.models import Posting
from postings.selectors import search_postings
from tests.make import make_ingested, make_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def postings():
    make_ingested(
        [
            make_row(
                job_id="1", title="Pear Keeper", description="Knows C++ and the winter store. Requirements follow."
            ),
            make_row(job_id="2", title="Plum Keeper", description="Knows C and the summer store. Requirements follow."),
        ]
    )
    return {posting.external_id: posting.pk for posting in Posting.objects.all()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("store", ["1", "2"]),
        ("pear", ["1"]),
        ("STORE winter", ["1"]),
        ('"winter store"', ["1"]),
        ('"store winter"', []),
        ("store -winter", ["2"]),
        ("quince", []),
        ("", []),
        ("-", []),
        ('"', []),
    ],
)
def test_search_finds_postings_by_words_phrases_and_exclusion(postings, query, found):
    assert list(search_postings(query)) == sorted(postings[key] for key in found)


def test_a_text_that_changed_is_found_by_its_new_words_only(postings):
    make_ingested(
        [make_row(job_id="1", title="Pear Keeper", description="Knows the cellar. Requirements follow.")],
        name="later.csv",
    )

    assert list(search_postings("cellar")) == [postings["1"]]
    assert list(search_postings("winter")) == []
