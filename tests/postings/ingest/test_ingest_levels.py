import pytest

from postings.ingest.levels import employment_of, remote_of, seniority_of


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("Internship", "intern"),
        ("Trainee", "intern"),
        ("Entry level", "junior"),
        ("Associate", "junior"),
        ("Junior", "junior"),
        ("Mid-Senior level", "mid"),
        ("Mid", "mid"),
        ("Senior", "senior"),
        ("Expert", "principal"),
        ("Team Lead", "lead"),
        ("Manager", "manager"),
        ("Director", "director"),
        ("Executive", "director"),
        ("Berufseinsteiger", "junior"),
        ("Not Applicable", ""),
        ("Other", ""),
        ("", ""),
    ],
)
def test_a_stated_level_is_read(value, level):
    assert seniority_of(value) == level


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("Full-time", "full-time"),
        ("FULL_TIME", "full-time"),
        ("fulltime", "full-time"),
        ("Vollzeit", "full-time"),
        ("unbefristet", "full-time"),
        ("befristet", "temporary"),
        ("parttime, fulltime", "part-time"),
        ("fulltime, internship", "internship"),
        ("fulltime, contract", "contract"),
        ("CONTRACTOR", "contract"),
        ("Volunteer", "volunteer"),
        ("Other", ""),
    ],
)
def test_a_kind_of_employment_is_read(value, kind):
    assert employment_of(value) == kind


@pytest.mark.parametrize(
    ("value", "place", "title", "expected"),
    [
        ("True", "", "", "remote"),
        ("1.0", "", "", "remote"),
        ("TELECOMMUTE", "", "", "remote"),
        ("Hybrid", "", "", "hybrid"),
        ("On-site", "", "", "onsite"),
        ("False", "", "", ""),
        ("False", "Remote, US", "", "remote"),
        ("", "Berlin (Hybrid)", "", "hybrid"),
        ("", "Anywhere", "", "remote"),
        ("", "", "Data Engineer (Remote)", "remote"),
        ("", "", "Data Analyst - Hybrid", "hybrid"),
        ("", "", "Data Scientist (m/w/d) - hybrides Arbeiten", "hybrid"),
        ("", "", "Remote Sensing Scientist", ""),
        ("", "", "Hybrid Cloud Engineer", ""),
        ("", "", "Engineer, Hybrid Cloud", ""),
        ("", "", "Data Analyst - NOT REMOTE", ""),
        ("", "Officeville", "Engineer", ""),
        ("onsite", "Remote", "Engineer (Remote)", "onsite"),
    ],
)
def test_remote_work_is_read_from_the_field_then_the_place_then_the_title(value, place, title, expected):
    assert remote_of(value, place=place, title=title) == expected
