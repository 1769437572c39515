"""Employers as boards print them, and the names alone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postings.ingest.companies import clean_company, is_hidden_company
from postings.ingest.places import parse_place

LEEDS = parse_place("Leeds, England, United Kingdom")

NAMES = {
    "Orchard": "Orchard",
    "  Orchard \n": "Orchard",
    "Orchard\n3.8": "Orchard",
    "Orchard\n4": "Orchard",
    "Orchard\n4.2 ★": "Orchard",
    "Orchard\n4.2 ★\n557 reviews": "Orchard",
    "Orchard\n(557)": "Orchard",
    "Orchard\nPromoted": "Orchard",
    "Orchard\nBe an early applicant": "Orchard",
    "Orchard\nActively Hiring\n2 days ago": "Orchard",
    "Orchard\nEasy Apply": "Orchard",
    "Orchard\nGesponsert": "Orchard",
    "Orchard\n1.204 Bewertungen": "Orchard",
    "Orchard\n312 avis": "Orchard",
    "Orchard 3.8": "Orchard",
    "Orchard 4,1": "Orchard",
    "Orchard 4.2 ★": "Orchard",
    "Orchard ★ 4.2": "Orchard",
    "Orchard 4.2 (557)": "Orchard",
    "Orchard 4.2 out of 5": "Orchard",
    "Orchard 5 stars": "Orchard",
    "Orchard 4,1 Sterne": "Orchard",
    "Orchard 557 reviews": "Orchard",
    "Orchard 1,234 reviews": "Orchard",
    "Orchard - 88 ratings": "Orchard",
    "Orchard 12k followers": "Orchard",
    "Orchard Be an early applicant": "Orchard",
    "Orchard · Actively Hiring": "Orchard",
    "Orchard Actively recruiting": "Orchard",
    "Orchard Promoted": "Orchard",
    "Orchard | Sponsored": "Orchard",
    "Orchard (Hiring)": "Orchard",
    "Orchard (We're hiring!)": "Orchard",
    "Orchard [We are hiring!]": "Orchard",
    "Orchard - We are hiring!": "Orchard",
    "Orchard is hiring": "Orchard",
    "Orchard via LinkedIn": "Orchard",
    "Orchard via ZipRecruiter": "Orchard",
    "Orchard company logo": "Orchard",
    "Logo for Orchard": "Orchard",
    "Company: Orchard": "Orchard",
    "Arbeitgeber: Orchard": "Orchard",
    "🚀 Orchard": "Orchard",
    "Orchard 🌳🍏": "Orchard",
    "Orchard |": "Orchard",
    "Orchard Ltd,": "Orchard Ltd",
    "<b>Orchard</b> &amp; Sons": "Orchard & Sons",
    "Orchard-Leeds": "Orchard",
    "Orchard-Leeds, England, United Kingdom": "Orchard",
    "Orchard Inc.": "Orchard Inc.",
    "Orchard, Inc.": "Orchard, Inc.",
    "Orchard GmbH & Co. KG": "Orchard GmbH & Co. KG",
    "Orchard B.V.": "Orchard B.V.",
    "Orchard Europe (Rotterdam)": "Orchard Europe (Rotterdam)",
    "Leeds-Bradford": "Leeds-Bradford",
    "University of Wisconsin-Leeds": "University of Wisconsin-Leeds",
    "University of Leeds-Leeds": "University of Leeds",
    "Studio 3.14": "Studio 3.14",
    "Level 5": "Level 5",
    "7 Stars": "7 Stars",
    "Yahoo!": "Yahoo!",
    "1010": "1010",
    "3M": "3M",
    "LinkedIn": "LinkedIn",
    "Google": "Google",
    "Promoted Ltd": "Promoted Ltd",
    "Hiring Solutions": "Hiring Solutions",
    "The Confidential Group": "The Confidential Group",
    "Confidential - Maker of Pumps": "Confidential - Maker of Pumps",
    "Unknown Worlds": "Unknown Worlds",
    "MÃ¼ller": "Müller",
}
HIDDEN = [
    "Confidential", "CONFIDENTIAL", "Company Confidential", "Confidential Company", "Confidential Employer",
    "(Confidential)", "Unknown Company", "Unknown Employer", "Anonymous", "Anonymous Company", "Undisclosed",
    "Company name withheld", "Private Advertiser", "Private Employer", "Employer", "Company name", "Vertraulich",
    "Firma vertraulich", "Anonymes Unternehmen", "Confidentiel", "Entreprise confidentielle", "Confidencial",
    "Empresa confidencial", "Azienda riservata", "Vertrouwelijk", "Firma poufna", "Private & Confidential",
]  # fmt: skip


@pytest.mark.parametrize("written", NAMES)
def test_a_name_is_left_without_what_boards_print_beside_it(written):
    assert clean_company(written, LEEDS) == NAMES[written]


@pytest.mark.parametrize("written", HIDDEN)
def test_an_employer_that_is_not_named_is_missing(written):
    assert clean_company(written, LEEDS) == ""
    assert is_hidden_company(written)


@pytest.mark.parametrize("written", ["4.2", "★ 4.2", "Be an early applicant", "557 reviews"])
def test_ratings_and_badges_alone_are_no_name(written):
    assert clean_company(written, LEEDS) == ""
    assert not is_hidden_company(written)


PIECES = st.sampled_from(
    ["Orchard", "4.2", "★", "\n", "reviews", "557", "-", "Leeds", "hiring", "(", ")", "via LinkedIn", "Inc.", "🚀", ","]
)


@given(st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=80))
@example("\xa0Ð\x97")
def test_a_cleaned_name_stays_as_it_is_and_grows_by_nothing(written):
    once = clean_company(written, LEEDS)

    assert len(once) <= len(written)
    assert "\n" not in once
    assert clean_company(once, LEEDS) == once
