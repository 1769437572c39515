import pytest
from django.urls import reverse

from analytics import services
from analytics.models import Publication, Role, TitlePin
from analytics.selectors.context_rules import TAKEN_BY
from analytics.selectors.skill_links import skill_urls
from postings.models import Alias, Posting, Skill
from postings.services import extract_all_stale
from postings.skills import By, unpack
from tests.analytics.screens import list_count
from tests.make import make_row, make_skill, merge_skills
from tests.make_read import make_read
from tests.make_run import MENTIONED, PREFERRED, REQUIRED, make_ads, make_published

pytestmark = pytest.mark.django_db

AD = """We look after pears.

What you bring
- several years of Python and SQL
- questions? grow@fernhollow.example or 0113 496 0000

Nice to have
- you have scheduled work with Airflow, and know SQL well
"""


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


@pytest.fixture
def posting():
    """One posting read for three skills, and the run that holds it."""
    for name in ("Python", "SQL", "Airflow"):
        make_skill(name)
    return make_figures([make_row(job_id="1", description=AD)])["1"]


# -- the list ---------------------------------------------------------------------------------------------------


def test_the_list_counts_what_the_filters_leave_copies_left_out(client):
    make_published([*make_ads(7, country="GB"), *make_ads(5, country="DE"), *make_ads(2, country="DE", is_copy=True)])

    assert count(client) == "12"
    assert count(client, country="DE") == "5"
    assert count(client, country="DE", copies="1") == "7"


def test_a_skill_and_its_level_narrow_the_list(client):
    make_published(
        [
            *make_ads(6, skills={"Python": REQUIRED}),
            *make_ads(3, skills={"Python": PREFERRED}),
            *make_ads(2, skills={"Python": MENTIONED}),
            *make_ads(4, skills={"SQL": REQUIRED}),
        ]
    )

    assert count(client, skill="Python") == "11"
    assert [count(client, skill="Python", level=level) for level in ("required", "preferred", "mentioned")] == [
        "6",
        "3",
        "2",
    ]


def test_a_profile_has_as_many_postings_in_the_list_as_the_run_says_lean_to_it(client):
    run = make_published([*make_ads(6, profile=0), *make_ads(4, profile=1), *make_ads(3, profile=None)])

    first, second = (profile.known_id for profile in run.profiles.filter(level="fine").order_by("number"))

    assert [count(client, profile=known) for known in (first, second)] == ["6", "4"]


@pytest.mark.slow
def test_words_find_postings_and_a_minus_leaves_them_out(client):
    make_figures(
        [
            make_row(job_id="1", description="Orchards need SQL, says the gentle grower."),
            make_row(job_id="2", description="Orchards need Python, says the early grower."),
        ]
    )

    assert count(client, q="orchards") == "2"
    assert count(client, q="orchards -gentle") == "1"
    assert count(client, q='"gentle grower"') == "1"


@pytest.mark.slow
def test_the_newest_postings_stand_first_and_undated_ones_last(client):
    make_figures(
        [
            make_row(job_id=str(number), company=f"Company {number}", date_posted=day, description=f"Grove {number}.")
            for number, day in enumerate(("2026-05-01", "", "2026-07-01"))
        ]
    )

    lines = client.get(reverse("posting_list")).context["screen"].lines.table.rows

    assert [line[3].text for line in lines] == ["1 Jul 2026", "1 May 2026", "no date"]


def test_what_narrows_the_list_stands_as_chips_that_can_be_taken_away(client):
    run = make_published([*make_ads(6, profile=0), *make_ads(4, profile=1)])
    known = run.profiles.get(level="fine", number=1).known_id

    chips = (
        client.get(reverse("posting_list"), {"skill": "Python", "level": "required", "profile": known, "country": "GB"})
        .context["screen"]
        .chips
    )

    assert [(chip.label, chip.text) for chip in chips] == [
        ("Skill", "Python"),
        ("Level", "required"),
        ("Leans to profile", "analytics"),
    ]
    assert chips[0].remove_url == f"{reverse('posting_list')}?country=GB&profile={known}"


def test_parts_of_the_address_that_name_nothing_are_left_out_with_a_word(client):
    make_published(make_ads(3))

    page = client.get(reverse("posting_list"), {"skill": "Cobol", "level": "loved", "profile": "99", "since": "May"})

    assert page.context["screen"].count == "3"
    for sentence in ("No skill is called “Cobol”", "A level is required", "no such profile", "“May” is not a date"):
        assert sentence in page.content.decode()


def test_a_list_that_is_empty_says_what_to_do(client):
    make_published(make_ads(3))

    assert "Remove a filter" in client.get(reverse("posting_list"), {"country": "FR"}).content.decode()


@pytest.mark.slow
def test_contacts_in_titles_are_masked_in_the_list(client):
    make_figures([make_row(title="Data Engineer (ask grow@fernhollow.example)")])

    page = client.get(reverse("posting_list")).content.decode()

    assert "grow@" not in page
    assert "•••" in page


@pytest.mark.slow
@pytest.mark.parametrize("postings", [2, 50])
def test_the_list_asks_the_database_few_questions(client, postings, django_assert_max_num_queries):
    make_skill("Python")
    make_figures(
        [
            make_row(job_id=str(number), company=f"Company {number}", description=f"Python for grove {number}.")
            for number in range(postings)
        ]
    )

    with django_assert_max_num_queries(7):
        assert (
            len(client.get(reverse("posting_list"), {"skill": "Python"}).context["screen"].lines.table.rows) == postings
        )


# -- one posting ------------------------------------------------------------------------------------------------


def test_every_mention_is_marked_at_its_exact_characters(client, posting):
    at, marked = 0, []
    for segment in page_of(client, posting).segments:
        if segment.mention:
            marked.append((at, at + len(segment.text), segment.text, segment.mention.level))
        at += len(segment.text)

    text, mentions = posting.text_row.text, unpack(bytes(posting.extraction.record)).mentions
    assert len(mentions) == 4
    assert marked == [(m.start, m.end, text[m.start : m.end], m.level.name.lower()) for m in mentions]


def test_nothing_of_the_text_is_lost_between_the_marks(client, posting):
    segments = page_of(client, posting).segments

    shown = "".join(segment.text for segment in segments)

    assert len(shown) == len(posting.text_row.text)
    assert shown.startswith("We look after pears.")


def test_contacts_in_the_text_are_masked_and_the_marks_behind_them_stay_in_place(client, posting):
    page = client.get(posting.get_absolute_url()).content.decode()

    assert "grow@fernhollow.example" not in page
    assert "0113 496 0000" not in page
    assert [segment.text for segment in page_of(client, posting).segments if segment.mention][-2:] == ["Airflow", "SQL"]


def test_a_skill_is_listed_once_with_its_strongest_level(client, posting):
    levels = {mention.skill: mention.level for mention in page_of(client, posting).skills}

    assert levels == {"Python": "required", "SQL": "required", "Airflow": "preferred"}


@pytest.mark.slow
def test_the_years_and_the_degree_that_are_asked_for_are_told(client):
    make_skill("Python")
    text = "Requirements:\n- 3+ years of experience with Python\n- Master's degree in pomology\n"
    read = make_figures([make_row(job_id="1", description=text), make_row(job_id="2", description="We like pears.")])

    shown, silent = (client.get(read[key].get_absolute_url()).content.decode() for key in "12")

    assert 'title="Python: required, 3+ years (alias' in shown
    assert "<dt>Experience</dt><dd>3 years or more</dd>" in shown
    assert "<dt>Degree</dt><dd>master</dd>" in shown
    assert "<dt>Experience</dt><dd>not said</dd>" in silent


def test_a_mention_of_a_merged_skill_leads_to_the_one_that_was_kept(client, posting):
    keep, absorb = make_skill("Apache Airflow"), Skill.objects.get(name="Airflow")
    merge_skills(keep=keep, absorb=absorb)

    airflow = next(mention for mention in page_of(client, posting).skills if mention.alias == "Airflow")

    assert (airflow.skill, airflow.url) == ("Apache Airflow", keep.get_absolute_url())


def test_an_everyday_word_says_by_which_rule_it_was_taken(client, posting):
    Alias.objects.filter(phrase="Airflow").update(context="listed")
    extract_all_stale()

    page = client.get(posting.get_absolute_url()).content.decode()

    assert f"Airflow: preferred (alias “Airflow”, {TAKEN_BY[By.LIST]})" in page


def test_a_posting_says_which_file_and_row_it_came_from(client, posting):
    origin = {fact.label: (fact.text, fact.url) for fact in page_of(client, posting).origin}

    assert origin["Source"] == ("a board", "")
    assert origin["File"] == ("jobs.csv", posting.upload.get_absolute_url())
    assert origin["Row"] == ("1 (line 2)", "")


@pytest.mark.slow
def test_an_address_that_is_no_web_address_is_no_link(client):
    posting = make_figures([make_row(job_id="1", url="javascript:alert(1)")])["1"]

    assert "javascript:" not in client.get(posting.get_absolute_url()).content.decode()


@pytest.mark.slow
def test_the_same_ad_elsewhere_is_linked_and_the_one_that_counts_is_named(client):
    words = " ".join(f"word{number}" for number in range(60))
    rows = [make_row(job_id=str(n), location=place, description=words) for n, place in enumerate(("Leeds", "York"))]
    first, second = make_figures(rows).values()

    (copy,) = page_of(client, second).copies.lines

    assert (copy.url, copy.is_representative) == (first.get_absolute_url(), True)
    assert "counted for all" in client.get(second.get_absolute_url()).content.decode()


def test_a_posting_leads_to_its_company_and_its_role(client, posting):
    page = page_of(client, posting)

    role = next(fact for fact in page.facts if fact.label == "Role")
    assert (role.text, role.url) == ("Data engineer", reverse("role", args=["data-engineer"]))
    assert client.get(page.company_url).context["screen"].name == posting.company.name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Data Engineer", "the title is a phrase of our catalogue"),
        (
            "Silicon Validation Embedded Engineer - GPU IP",
            "a phrase of our catalogue stands in the title, beside other words",
        ),
    ],
)
def test_a_posting_says_how_its_title_was_read(client, title, said):
    posting = make_figures([make_row(job_id="1", title=title)])["1"]

    assert next(fact.note for fact in page_of(client, posting).facts if fact.label == "Role") == said


def test_a_role_that_a_person_decided_says_so(client, posting):
    role = Role.objects.get(slug="data-scientist")
    TitlePin.objects.create(title=posting.title, role=role, seniority="lead")
    services.refresh_now()

    facts = {fact.label: (fact.text, fact.note) for fact in page_of(client, posting).facts}

    assert facts["Role"] == ("Data scientist", "a person decided what this title means")
    assert facts["Seniority"] == ("lead", "a person decided it")


@pytest.mark.slow
def test_a_posting_stands_beside_the_others_of_its_role(client):
    for name in ("Python", "SQL", "Airflow", "Kafka"):
        make_skill(name)
    rows = [make_row(job_id=str(n), company=f"C {n}", description=f"Python and SQL in grove {n}.") for n in range(60)]
    rows.append(make_row(job_id="own", company="Own", description="Requirements: Python and Kafka for the pears."))

    beside = page_of(client, make_figures(rows)["own"]).beside

    assert beside.sentence.startswith("It names 1 of the 2 skills that at least 25% of the 61 data engineer postings")
    assert [(skill.name, skill.share[:3]) for skill in beside.missing] == [("SQL", "98%")]
    assert [skill.name for skill in beside.unusual] == ["Kafka"]
    assert list_count(client, beside.missing[0].url) == "60"


def test_a_posting_of_a_rare_role_or_of_none_stands_beside_nothing(client, posting):
    assert page_of(client, posting).beside is None


def test_what_a_posting_leans_to_is_told_on_each_level_and_once_where_nothing_is_split(client, posting):
    make_published(make_ads(4), profiles=("a", "b", "c"), wholes={"whole": (0, 1), "other": (2,)})
    levels = [(mix.name, [part.name for part in mix.parts]) for mix in page_of(client, posting).mixes]
    assert levels == [("coarse", ["whole", "other"]), ("fine", ["a", "b", "c"])]

    make_published(make_ads(4), profiles=("a", "b"))
    (level,) = page_of(client, posting).mixes
    assert [part.name for part in level.parts] == ["a", "b"]


def test_a_posting_keeps_the_filters_and_the_run_that_the_reader_came_with(client, posting):
    kept = f"?language=en&run={Publication.objects.get().run_id}"
    row = client.get(f"/postings/{kept}").context["screen"].lines.table.rows[0]

    page = client.get(row[0].url)

    assert row[0].url == f"/postings/{posting.pk}/{kept}"
    text = page.content.decode().replace("&amp;", "&")
    assert f'href="/postings/{kept}">Postings' in text
    assert f'href="/roles/{kept}">Roles' in text
    assert page.context["screen"].company_url.endswith(kept)


def test_a_posting_that_came_after_the_run_says_so(client, posting):
    newer = make_read([make_row(job_id="2", company="Brookmill", description="SQL for the late grove.")])["2"]

    assert "This posting came after the published run" in client.get(newer.get_absolute_url()).content.decode()


def test_a_posting_can_be_read_before_the_first_run(client):
    posting = make_read([make_row(job_id="1")])["1"]

    assert "The published run" not in client.get(posting.get_absolute_url()).content.decode()
    assert client.get(posting.get_absolute_url()).status_code == 200


def test_a_posting_that_never_was_is_not_found_in_words(client):
    page = client.get(reverse("posting", args=[4711]))

    assert page.status_code == 404
    assert "This page does not exist" in page.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("postings", [2, 50])
def test_a_posting_asks_the_database_few_questions(client, postings, django_assert_max_num_queries):
    make_skill("Python")
    rows = [
        make_row(
            job_id=str(number), company=f"Company {number}", description="Python, Python and Python. " * (number + 1)
        )
        for number in range(postings)
    ]
    last = list(make_figures(rows).values())[-1]

    with django_assert_max_num_queries(7):
        assert client.get(last.get_absolute_url()).status_code == 200


def make_figures(rows: list[dict[str, str]]) -> dict[str, Posting]:
    """Take the rows in, read them and publish a run of them; return the postings by their id there."""
    read = make_read(rows)
    services.refresh_now()
    skill_urls.cache_clear()
    return read


def page_of(client, posting: Posting):
    return client.get(posting.get_absolute_url()).context["screen"]


def count(client, **query: str) -> str:
    return client.get(reverse("posting_list"), query).context["screen"].count
