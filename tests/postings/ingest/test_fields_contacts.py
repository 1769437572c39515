"""Contact data in texts: what is masked, and what only looks like it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postings.ingest.contacts import MASK, mask_contacts

CONTACTS = [
    "jobs@orchard.example", "first.last@orchard.example", "first_last+cv@mail.orchard.co.example",
    "jobs @ orchard.example", "jobs (at) orchard.example", "jobs[at]orchard.example", "jobs(at)orchard(dot)example",
    "jobs [at] orchard [dot] example", "jobs_at_orchard.example", "jobs {at} orchard.example",
    "jobs(ät)orchard.example", "jane dot doe at orchard dot example", "jobs at orchard dot com",
    "bewerbung@obst-hof.example", "22@orchard.example", "a@b.example", "+44 20 7946 0123", "+44 (0)20 7946 0123",
    "0044 20 7946 0123", "020 7946 0123", "(020) 7946 0123", "07700 900123", "+1 (555) 010-9999", "+1-555-010-9999",
    "+15550109999", "(555) 010-9999", "555-010-9999", "555.010.9999", "1-800-555-0199", "+49-30-1234567",
    "+49 (0) 30 1234567", "030/1234567", "0711/17-99000", "(0231) 135-3676", "0151 12345678", "+33 1 23 45 67 89",
    "01 23 45 67 89", "+34 600 123 456", "(+34) 600 123 456", "+39 02 1234567", "+31 6 12345678", "06-12658887",
    "+48 22 123 45 67", "+45 86 18 99 55", "+46 8 739 50 00", "08 739 50 00", "+972-50-1234567", "050-1234567",
    "02-6665147", "+91 98765 43210", "+55 (11) 91234-5678", "+351 912 345 678", "+61 2 9374 4000", "+7 495 123-45-67",
    "+63 917 123 4567", "@orchard_jobs", "@Orchard", "@jane.doe",
]  # fmt: skip
# The label stays, and what follows is masked.
LABELLED = {
    "Tel: 912 345 678": "912 345 678",
    "Tel. 22 123 45 67": "22 123 45 67",
    "Phone 9374 4000": "9374 4000",
    "call us: 555-0100": "555-0100",
    "tlf. 7635 0635": "7635 0635",
    "WhatsApp: 0501234567": "0501234567",
    "WhatsApp: +972 50 123 4567": "+972 50 123 4567",
    "Skype: live:jane.doe": "live:jane.doe",
    "Skype ID: jane_doe7": "jane_doe7",
    "Telegram: @jane_doe": "@jane_doe",
    "Telegram: janedoe": "janedoe",
    "t.me/janedoe": "t.me/janedoe",
    "wa.me/972501234567": "wa.me/972501234567",
    "WeChat: jane_doe88": "jane_doe88",
}
KEPT = [
    "from 2019 to 2024", "2019-2024", "since 2026-07-01", "on 05.06.2025", "05/06/2025", "at 10:30-18:00",
    "24/7 support", "9-5", "$120,000 - $150,000 a year", "£45,000", "€50.000,00", "120-150k", "18 000 - 25 000 PLN",
    "₹5,00,000 - ₹8,00,000", "401k and 401(k)", "100.000.000 rows", "1,000,000 users", "10+ years", "3-5 years",
    "80-100%", "40 hours", "12 345 678 users", "1.5 million", "REQ-2024-001234", "R-0012345", "JR1234567", "#1234567",
    "Job ID 445566", "Ref. 20-00072", "ISO 27001", "ISO/IEC 27001:2022", "RFC 2119", "Section 508",
    "Title 38 U.S.C. 4212", "41 CFR 60-1.35(c)", "version 3.11.7", "v2.10.0.1", "Python 3.12", "S/4HANA", "802.11",
    "10.0.0.1", "mean precision@10", "recall@5", "p@k", "ML @scale", "@Component", "@Autowired", "@Override",
    "@angular/core", "@types/node", "@media", "C++17", "x86-64", "GPT-4", "A100 80GB", "5G", "H2O", "24h",
    "Look at our team", "at Orchard dot", "Skype calls", "WhatsApp groups", "telegram bots", "phone support",
    "call center with 500 seats", "Signal: processing", "Line: manager",
]  # fmt: skip


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_contact_is_masked_and_the_length_is_kept(contact):
    assert mask_contacts(f"Write to: {contact} today") == f"Write to: {MASK * len(contact)} today"


@pytest.mark.parametrize("written", LABELLED)
def test_behind_a_word_for_it_a_number_or_a_name_is_masked(written):
    value = LABELLED[written]
    assert mask_contacts(written) == written.replace(value, MASK * len(value))


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_contact_stays(text):
    assert mask_contacts(text) == text
    assert mask_contacts(f"We know {text} here.") == f"We know {text} here."


PIECES = st.sampled_from(
    [
        "jobs",
        "@",
        "orchard",
        ".",
        "example",
        "+44",
        "20",
        "7946",
        "0123",
        " at ",
        " dot ",
        "Tel:",
        "Skype:",
        "(",
        ")",
        "-",
        " ",
        "\n",
    ]
)


@given(st.text(max_size=120) | st.lists(PIECES, max_size=14).map("".join))
@example("@A00@A00")
def test_masking_keeps_every_offset_and_changes_nothing_more_the_second_time(text):
    masked = mask_contacts(text)

    assert len(masked) == len(text)
    assert all(new in (old, MASK) for old, new in zip(text, masked, strict=True))
    assert mask_contacts(masked) == masked


@given(st.from_regex(r"[a-z]{1,10}@[a-z]{2,10}\.(com|org|example)", fullmatch=True))
def test_no_address_survives(address):
    assert "@" not in mask_contacts(f"Write to {address}!")
