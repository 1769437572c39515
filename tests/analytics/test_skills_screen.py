import re
from datetime import date

import pytest
from django.urls import reverse

from analytics import services
from analytics.selectors.skill_links import skill_urls
from postings.models import Alias, Skill, SkillGroup, SkillReference
from tests.make import make_row, make_skill, make_user, merge_skills
from tests.make_read import make_read
from tests.make_run import MENTIONED, PREFERRED, REQUIRED, Ad, make_ads, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


@pytest.fixture
def published():
    return make_published(
        [
            *make_ads(30, role="data engineer", skills={"Python": REQUIRED, "Airflow": REQUIRED}),
            *make_ads(10, role="data engineer", skills={"Python": PREFERRED}),
            *make_ads(40, role="data analyst", skills={"SQL": REQUIRED}),
            *make_ads(4, role="statistician", skills={"Python": MENTIONED}),
            *make_ads(3, role="data engineer", skills={"Python": REQUIRED}, is_copy=True),
        ],
        groups={"Airflow": ["data-engineering"], "SQL": ["databases"]},
        skills=["COBOL"],
    )


def test_skills_come_the_commonest_first_and_lead_to_as_many_postings(client, published):
    lines = listed(client)

    assert [(line.name, line.share.count, line.share.percent) for line in lines] == [
        ("Python", "44", "52%"),
        ("SQL", "40", "48%"),
        ("Airflow", "30", "36%"),
    ]
    assert [list_count(client, line.postings_url) for line in lines] == ["44", "40", "30"]


def test_skills_that_no_posting_names_are_left_out_and_the_page_says_so(client, published):
    page = client.get(reverse("skill_list"))

    assert "COBOL" not in page.content.decode()
    assert "The 3 skills that at least one of 84 postings names" in page.content.decode()


def test_levels_are_parts_of_the_postings_that_name_it(client, published):
    assert listed(client)[0].levels.text == "required 68%, preferred 23%, mentioned 9.1%"


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("share", ["Python", "SQL", "Airflow"]),
        ("required", ["SQL", "Python", "Airflow"]),
        ("name", ["Airflow", "Python", "SQL"]),
    ],
)
def test_the_list_is_sorted_by_the_column_in_the_address(client, published, sort, names):
    assert [line.name for line in listed(client, sort=sort)] == names


def test_a_group_in_the_address_narrows_the_list_and_gives_its_definition(client, published):
    SkillGroup.objects.create(slug="databases", name="Databases", set="area", definition="Stores of data.")

    page = client.get(reverse("skill_list"), {"group": "databases"})

    assert [line.name for line in page.context["screen"].lines] == ["SQL"]
    assert "<h1>Databases</h1><p>Stores of data.</p>" in page.content.decode()


def test_the_share_of_postings_that_name_a_group_leads_to_them(client, published):
    SkillGroup.objects.create(slug="databases", name="Databases", set="area")

    screen = client.get(reverse("skill_list"), {"group": "databases"}).context["screen"]

    assert (screen.covered.percent, screen.covered.count) == ("48%", "40")
    assert list_count(client, screen.covered_url) == "40"


def test_groups_can_be_browsed_with_how_many_of_their_skills_are_named(client, published):
    SkillGroup.objects.create(slug="databases", name="Databases", set="area")
    SkillGroup.objects.create(slug="web", name="Web development", set="area")

    (area,) = client.get(reverse("skill_list")).context["screen"].browser.areas

    assert (area.name, area.n) == ("Databases", "1")
    assert [line.name for line in client.get(area.url).context["screen"].lines] == ["SQL"]


@pytest.mark.slow
def test_a_kind_in_the_address_narrows_the_list(client):
    make_skill("Python", kind="language")
    make_skill("Airflow")
    make_figures([make_row(job_id="1"), make_row(job_id="2", company="Brookmill")])

    assert [line.name for line in listed(client, kind="language")] == ["Python"]
    assert [line.name for line in listed(client, kind="tool")] == ["Airflow"]


def test_a_skill_is_found_in_the_list_by_any_of_its_phrases(client, published):
    Alias.objects.create(phrase="Structured Query Language", skill=Skill.objects.get(name="SQL"))

    assert [line.name for line in listed(client, q="query lang")] == ["SQL"]


def test_parts_of_the_address_that_name_nothing_are_left_out_with_a_word(client, published):
    page = client.get(reverse("skill_list"), {"kind": "x", "group": "y", "sort": "z"})

    assert len(page.context["screen"].lines) == 3
    for sentence in ("“x” was left out", "called “y”", "sorted by “z”"):
        assert sentence in page.content.decode()


def test_long_lists_go_over_pages_that_keep_kind_and_order(client):
    make_published([Ad(skills={f"skill {number:03d}": REQUIRED}) for number in range(60)])

    second = client.get(reverse("skill_list"), {"sort": "name", "page": 2})

    assert second.context["screen"].lines[0].name == "skill 050"
    assert "51–60 of 60 skills" in second.content.decode()
    assert "?sort=name&amp;page=1" in second.content.decode()


def test_the_share_by_role_is_greyed_under_thirty_postings_and_withheld_under_ten(client):
    make_published([*make_ads(30, role="engineer"), *make_ads(29, role="analyst"), *make_ads(9, role="statistician")])

    chart = page_of(client, "Python").roles.shares

    assert chart.spec["data"]["labels"] == ["Engineer", "Analyst"]
    assert chart.spec["data"]["datasets"][0]["backgroundColor"] == ["series-1", "series-1/40"]
    assert page_of(client, "Python").roles.left_out == "Not here: 1 role with fewer than ten postings withheld."


def test_roles_that_are_sure_stand_above_those_that_are_not(client):
    make_published(
        [
            *make_ads(30, role="engineer", skills={"Python": REQUIRED}),
            *make_ads(30, role="analyst", skills={"SQL": REQUIRED}),
            *make_ads(12, role="statistician", skills={"Python": REQUIRED}),
        ]
    )

    assert page_of(client, "Python").roles.shares.spec["data"]["labels"] == ["Engineer", "Analyst", "Statistician"]


def test_every_share_by_role_leads_to_as_many_postings(client, published):
    (dataset,) = page_of(client, "Python").roles.shares.spec["data"]["datasets"]

    assert dataset["notes"] == ["100% (91–100), n = 40", "0% (0.0–8.8), n = 40"]
    assert list_count(client, dataset["links"][0]) == "40"
    assert dataset["links"][1] == ""


def test_the_parts_of_a_level_bar_lead_to_the_postings_of_that_level(client, published):
    datasets = page_of(client, "Python").roles.levels.spec["data"]["datasets"]

    assert {part["label"]: part["notes"] for part in datasets} == {
        "required": ["required: 75% of 40"],
        "preferred": ["preferred: 25% of 40"],
        "mentioned": ["mentioned: 0% of 40"],
    }
    assert [list_count(client, part["links"][0]) for part in datasets[:2]] == ["30", "10"]


def test_the_figures_at_the_head_lead_to_as_many_postings(client, published):
    named, share, required, preferred, mentioned, rank = page_of(client, "Python").figures

    assert (named.value, share.value, share.note) == ("44", "52%", "(42–63) of 84")
    assert [list_count(client, figure.url) for figure in (named, required, preferred, mentioned)] == [
        "44",
        "30",
        "10",
        "4",
    ]
    assert (rank.value, rank.note) == ("1", "of 3 skills named")


def test_the_last_month_is_marked_while_it_is_not_finished(client):
    make_published([Ad(day=date(2026, month, 14)) for month in (5, 6, 7) for _ in range(12)])

    chart = page_of(client, "Python", tab="time").time

    assert chart.spec["data"]["labels"] == ["May 2026", "Jun 2026", "Jul 2026"]
    assert "Jul 2026 is not finished" in chart.subtitle
    assert [list_count(client, link) for link in chart.spec["data"]["datasets"][0]["links"]] == ["12", "12", "12"]


def test_undated_postings_have_no_trend_and_the_page_says_why(client):
    make_published(make_ads(12, day=None))

    assert "None of these postings carries a date." in text(client, "Python", tab="time")


def test_what_comes_with_a_skill_is_what_its_postings_name_and_others_do_not(client):
    make_published(
        [
            *make_ads(300, skills={"Python": REQUIRED, "Airflow": REQUIRED, "SQL": REQUIRED}),
            *make_ads(300, skills={"SQL": REQUIRED}),
        ]
    )

    ((name, with_it, without_it, times),) = page_of(client, "Python", tab="with").together.sheet.table.rows

    assert (name.text, with_it.share.percent, without_it.share.percent, times.text) == (
        "Airflow",
        "100%",
        "0%",
        "only with it",
    )


@pytest.mark.parametrize("query", [{}, {"country": "GB"}])
def test_the_trend_of_a_skill_is_its_share_of_each_finished_month(client, query):
    named = {5: 3, 6: 12, 7: 6}
    make_published(
        [
            Ad(day=date(2026, month, 14), skills={"Python": REQUIRED} if number < count else {"SQL": REQUIRED})
            for month, count in named.items()
            for number in range(12)
        ]
    )

    trend = next(line for line in listed(client, **query) if line.name == "Python").trend

    assert trend.text == "Share by month, May 2026 – Jun 2026; last 100%"
    assert trend.points == "2.0,14.0 94.0,2.0"


def test_too_few_postings_for_a_comparison_are_refused_in_words(client):
    make_published([*make_ads(9), *make_ads(20, skills={"SQL": REQUIRED})])

    assert "Only 9 postings name it" in text(client, "Python", tab="with")


def test_sentences_mark_the_mention_and_lead_to_the_posting(client):
    make_skill("Python", "snake language")
    make_figures(
        [make_row(job_id="1", description="We grow pears.\nRequirements: the snake language, well. Pay is fair.")]
    )

    (sentence,) = page_of(client, "Python", tab="sentences").sentences

    assert (sentence.before, sentence.mention, sentence.after) == ("Requirements: the ", "snake language", ", well.")
    assert sentence.level == "required"
    assert client.get(sentence.url).status_code == 200


def test_contacts_in_sentences_are_masked(client):
    make_skill("Python")
    make_figures([make_row(job_id="1", description="Send your Python samples to jobs@fernhollow.example today.")])

    assert "jobs@" not in text(client, "Python", tab="sentences")
    assert "samples to •••••••••••••••••••••••" in text(client, "Python", tab="sentences")


def test_sentences_come_from_as_many_companies_as_there_are(client):
    make_skill("Python")
    make_figures(
        [
            make_row(job_id=str(number), company=f"Company {number % 3}", description=f"Python for grove {number}.")
            for number in range(12)
        ]
    )

    companies = [one.company for one in page_of(client, "Python", tab="sentences").sentences]

    assert len(companies) == 8
    assert set(companies[:3]) == {"Company 0", "Company 1", "Company 2"}


def test_the_phrases_that_name_a_skill_are_listed_with_when_they_are_taken(client, published):
    python = Skill.objects.get(name="Python")
    Alias.objects.create(phrase="Py", skill=python, exact_case=True)
    Alias.objects.create(phrase="snake", skill=python, context="listed")
    Alias.objects.create(phrase="pitone", skill=python, not_in="es it")

    notes = {alias.phrase: alias.note for alias in page_of(client, "Python").aliases}

    assert notes["Py"] == "only with these capitals"
    assert notes["snake"].startswith("an everyday word")
    assert notes["pitone"] == "not in texts in Spanish or Italian"


def test_the_head_says_what_the_skill_is_and_what_other_lists_call_it(client, published):
    python = Skill.objects.get(name="Python")
    python.definition = "Language for data <work>."
    python.save()
    SkillReference.objects.create(
        skill=python, scheme="esco", identifier="ccd0-1", label="Python (computer programming)"
    )
    SkillReference.objects.create(skill=python, scheme="onet", identifier="Python", label="Python")

    page = client.get(python.get_absolute_url()).content.decode()

    assert "<p>Language for data &lt;work&gt;.</p>" in page
    assert 'ESCO <a href="http://data.europa.eu/esco/skill/ccd0-1" rel="external noreferrer">Python (computer' in page
    assert "O*NET “Python”" in page


def test_a_merged_skill_leads_to_the_one_that_was_kept_within_the_filters(client, published):
    absorbed = make_skill("Python 3")
    merge_skills(keep=Skill.objects.get(name="Python"), absorb=absorbed)

    page = client.get(absorbed.get_absolute_url(), {"country": "GB", "tab": "time"}, follow=True)

    assert page.redirect_chain[0][0] == Skill.objects.get(name="Python").get_absolute_url() + "?country=GB&tab=time"
    assert "“Python 3” was merged into “Python”" in page.content.decode()


def test_a_hidden_skill_says_so_and_shows_no_figures(client, published):
    Skill.objects.filter(name="Python").update(is_hidden=True)

    page = client.get(Skill.objects.get(name="Python").get_absolute_url())

    assert "A curator has hidden this skill" in page.content.decode()
    assert page.context["screen"].figures == ()


def test_a_skill_that_is_newer_than_the_run_says_so(client, published):
    page = client.get(make_skill("Zig").get_absolute_url())

    assert f"The published run {published.pk} does not know this skill by this name" in page.content.decode()


def test_filters_that_leave_no_posting_with_the_skill_say_so(client, published):
    page = client.get(Skill.objects.get(name="Python").get_absolute_url(), {"role": "data analyst"})

    assert "Within these filters no posting names this skill." in page.content.decode()


def test_only_staff_see_the_way_to_the_admin(client, published):
    python = Skill.objects.get(name="Python")
    admin = reverse("admin:postings_skill_change", args=[python.pk])

    assert admin not in client.get(python.get_absolute_url()).content.decode()
    client.force_login(make_user("curator"))
    assert admin in client.get(python.get_absolute_url()).content.decode()


def test_a_skill_that_never_was_is_not_found_in_words(client, published):
    page = client.get(reverse("skill", args=[4711]))

    assert page.status_code == 404
    assert "This page does not exist" in page.content.decode()


@pytest.mark.parametrize("postings", [2, 50])
def test_the_list_of_skills_asks_the_database_few_questions(client, postings, django_assert_max_num_queries):
    make_published([Ad(skills={f"skill {number}": REQUIRED}) for number in range(postings)])

    with django_assert_max_num_queries(6):
        assert client.get(reverse("skill_list")).status_code == 200


@pytest.mark.parametrize("postings", [2, 50])
@pytest.mark.parametrize("tab", ["roles", "time", "with", "replaces", "pay", "sentences"])
def test_a_skill_asks_the_database_few_questions(client, postings, tab, django_assert_max_num_queries):
    make_published([Ad(role=f"role {number % 9}", company=f"company {number}") for number in range(postings)])
    url = Skill.objects.get(name="Python").get_absolute_url()

    with django_assert_max_num_queries(9):
        assert client.get(url, {"tab": tab}).status_code == 200


def make_figures(rows: list[dict[str, str]]) -> None:
    """Take the rows in, read them and publish a run of them."""
    make_read(rows)
    services.refresh_now()
    skill_urls.cache_clear()


def listed(client, **query: str):
    return client.get(reverse("skill_list"), query).context["screen"].lines


def page_of(client, name: str, **query: str):
    return client.get(Skill.objects.get(name=name).get_absolute_url(), query).context["screen"]


def text(client, name: str, **query: str) -> str:
    return client.get(Skill.objects.get(name=name).get_absolute_url(), query).content.decode()


def list_count(client, link: str) -> str:
    return re.search(r'<b id="count">([\d,]+)</b>', client.get(link).content.decode())[1]
