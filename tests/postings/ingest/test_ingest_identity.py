import pytest

from postings.ingest.identity import external_id_of, key_of_content, url_id


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.indeed.com/viewjob?from=app&jk=14d6693d03cd1d67&tk=1", "indeed:14d6693d03cd1d67"),
        ("https://uk.indeed.com/viewjob?jk=14d6693d03cd1d67", "indeed:14d6693d03cd1d67"),
        (
            "https://uk.linkedin.com/jobs/view/data-analyst-at-near-3449267566?refId=a&trackingId=b",
            "linkedin:3449267566",
        ),
        ("https://www.linkedin.com/jobs/view/921716/?trk=jobs_biz", "linkedin:921716"),
        ("https://www.linkedin.com/jobs/search/?currentJobId=3449267566", "linkedin:3449267566"),
        ("https://www.glassdoor.com/partner/jobListing.htm?pos=101&jobListingId=3512055843", "glassdoor:3512055843"),
        ("https://www.glassdoor.com/job-listing/j?jl=1010165569065", "glassdoor:1010165569065"),
        ("https://djinni.co/jobs/802760-android-developer/", "djinni.co/jobs/802760-android-developer"),
        ("https://www.acme.example/apply?gh_jid=7496144&gh_src=x", "acme.example:gh_jid=7496144"),
        ("https://acme.example/careers", ""),
        ("https://acme.example/jobs?q=python&page=12345", ""),
        ("not an address", ""),
    ],
)
def test_the_id_that_an_address_carries(url, expected):
    assert url_id(url) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3449267566", "3449267566"),
        ("3449267566.0", "3449267566"),
        ("gd-1010165569065", "gd-1010165569065"),
        ("https://uk.linkedin.com/jobs/view/x-at-y-4364?refId=a", ""),
        ("https://uk.linkedin.com/jobs/view/x-at-y-43645566?refId=a", "linkedin:43645566"),
        ("3.45E+09", ""),
        ("bayt-3736986374818031016", ""),
        ("N/A", ""),
        ("-1", ""),
    ],
)
def test_only_what_can_be_an_id_is_one(value, expected):
    assert external_id_of(value) == expected


def test_long_ids_are_cut_and_stay_different():
    one, two = external_id_of("x" * 500), external_id_of("x" * 499 + "y")
    assert len(one) == len(two) == 200
    assert one != two


def test_the_key_of_a_content_does_not_see_case_and_blanks():
    one = key_of_content(company="Acme", title="Data  Engineer", place="Ulm", text="We build.\n\nYou too.")
    two = key_of_content(company="ACME", title="Data Engineer", place="Ulm", text="We build.\nYou too.")
    assert one == two
    assert len(one) == 32
