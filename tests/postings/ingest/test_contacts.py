import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.ingest.contacts import mask_contacts


@pytest.mark.parametrize(
    "contact",
    [
        "jobs@orchard.example",
        "first.last+cv@mail.orchard.example",
        "jobs (at) orchard.example",
        "jobs[at]orchard.example",
        "+44 20 7946 0123",
        "+1 (555) 010-9999",
        "+49-30-1234567",
        "(555) 010-9999",
        "555-010-9999",
        "020 7946 0123",
        "@orchard_jobs",
    ],
)
def test_contacts_are_masked_and_the_length_is_kept(contact):
    masked = mask_contacts(f"Write to {contact} today")

    assert masked == f"Write to {'•' * len(contact)} today"


@pytest.mark.parametrize(
    "text",
    [
        "from 2019 to 2024",
        "$120,000 - $150,000 a year",
        "401k and 24/7 support",
        "REQ-2024-001234",
        "version 3.11.7",
        "18 000 - 25 000 PLN",
        "open since 2026-07-01",
        "100.000.000 rows",
        "mean precision@10",
    ],
)
def test_figures_that_are_no_contacts_stay(text):
    assert mask_contacts(text) == text


@given(st.text())
def test_masking_never_changes_the_length(text):
    assert len(mask_contacts(text)) == len(text)
