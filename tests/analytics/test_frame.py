"""What every screen of figures has around it: exports, a run of one's choice, answers that say that nothing changed."""

import io
import json
from datetime import date

import pandas as pd
import pytest
from django.urls import reverse

from analytics.models import ProfilePin
from postings.models import Alias, Skill, SkillGroup, SkillReference
from tests.make import make_ingested, make_rows
from tests.make_run import make_ads, make_published, make_run
from tests.pages import text_of

pytestmark = pytest.mark.django_db

APART = "/roles/data-engineer/?tab=apart"


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


@pytest.fixture
def run():
    with_spark = {"Python": 2, "Spark": 2}
    ads = make_ads(40, skills=with_spark) + make_ads(40, role="data analyst", skills={"SQL": 2}, country="DE")
    return make_published(ads)


def test_an_export_has_the_figures_of_the_screen_and_says_what_they_rest_on(client, run):
    page = f"{APART}&seniority=senior"
    chart = client.get(page).context["screen"].apart.chart

    answer = client.get(f"{page}&export=csv&table=apart")

    assert answer["Content-Type"].startswith("text/csv")
    assert f"rolescope-run-{run.pk}-what-sets-data-engineer" in answer["Content-Disposition"]
    text = answer.content.decode()
    notes = text.splitlines()[:10]
    assert any(note.strip('"').startswith(f"Run: Run {run.pk}, 2 Aug 2026, snapshot {run.snapshot}") for note in notes)
    assert "Taxonomy: 2026.1" in notes
    assert "Filters: Seniority: senior" in notes
    assert any(f"seniority=senior&run={run.pk}" in note.replace("tab=apart&", "") for note in notes)
    found = pd.read_csv(io.StringIO(text), skiprows=10)
    assert list(found["skill"]) == [row[0].text for row in chart.table.rows]
    assert list(found["log-odds"]) == [row[1].value for row in chart.table.rows]
    assert [f"{value:.2f}".replace("-", "\N{MINUS SIGN}") for value in found["log-odds"]] == [
        row[1].text for row in chart.table.rows
    ]


def test_json_says_the_same(client, run):
    csv = client.get(f"{APART}&export=csv&table=apart").content.decode()
    said = json.loads(client.get(f"{APART}&export=json&table=apart").content)

    assert pd.read_csv(io.StringIO(csv), skiprows=10).to_dict("records") == said["rows"]
    assert said["about"]["Taxonomy"] == "2026.1"


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ("export=csv&table=nothing", 404, "no table called “nothing”. Here are: apart"),
        ("export=pdf&table=apart", 400, "“pdf” is no format of an export: choose csv or json."),
    ],
)
def test_an_export_that_cannot_be_is_refused_in_words(client, run, asked, status, sentence):
    answer = client.get(f"{APART}&{asked}")

    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_a_chart_offers_its_figures_within_the_filters(client, run):
    text = text_of(client.get(f"{APART}&seniority=senior"))

    assert 'href="?tab=apart&amp;seniority=senior&amp;table=apart&amp;export=csv"' in text


def test_an_empty_chart_clears_the_filters_and_keeps_the_tab_and_the_run(client, run):
    page = text_of(client.get(f"{APART}&source=none&run={run.pk}"))

    assert f'class="button quiet" href="/roles/data-engineer/?run={run.pk}&amp;tab=apart">Clear all filters' in page


def test_a_warning_about_the_whole_run_says_so_beside_filtered_figures(client):
    make_published([*make_ads(30, source="one board"), *make_ads(12, source="another", country="DE")])

    assert ">71% come from one source, one board" in text_of(client.get("/roles/"))
    assert ">71% of the whole run come from one source, one board" in text_of(client.get("/roles/", {"country": "DE"}))


def test_the_strip_names_the_months_of_the_postings_that_the_filters_leave(client):
    make_published([*make_ads(20, day=date(2024, 3, 5)), *make_ads(20, day=date(2025, 7, 5), country="DE")])

    assert "<span>Mar 2024 – Jul 2025</span>" in text_of(client.get("/roles/"))
    assert "<span>Jul 2025 – Jul 2025</span>" not in text_of(client.get("/roles/", {"country": "DE"}))
    assert "<span>Jul 2025</span>" in text_of(client.get("/roles/", {"country": "DE"}))


def test_heads_of_tables_begin_with_a_capital_and_files_keep_their_names(client, run):
    page = text_of(client.get(APART))

    assert ">Adjusted p</th>" in page
    assert "adjusted p" in client.get(f"{APART}&export=csv&table=apart").content.decode().splitlines()[10]


def test_an_earlier_run_is_shown_when_asked_for_and_every_link_keeps_it(client, run):
    newer = make_published(make_ads(30, role="data analyst"))

    page = text_of(client.get(reverse("role_list"), {"run": run.pk}))

    assert f"Run {run.pk}, 2 Aug 2026" in page
    assert "Not the published run" in page
    assert f"/roles/data-engineer/?run={run.pk}" in page
    assert "data engineer" not in text_of(client.get(reverse("role_list"), {"run": newer.pk}))


def test_a_run_that_is_not_there_or_lost_its_figures_is_said_in_words(client, run, tmp_path):
    gone = make_run(make_ads(3))
    type(gone).objects.filter(pk=gone.pk).update(folder="removed")

    for number, sentence in ((gone.pk, "were removed"), (99999, "no finished run “99999”"), ("x", "run “x”")):
        answer = client.get(reverse("role_list"), {"run": number})
        assert answer.status_code == 404
        assert sentence in text_of(answer)


def test_a_report_names_its_filters_and_opens_its_tables(client, run):
    page = text_of(client.get(f"{APART}&seniority=senior&report=1"))

    assert '<body class="report">' in page
    assert "Filters: Seniority senior" in page
    assert "<details open><summary>The figures as a table" in page


def test_a_page_that_did_not_change_is_not_sent_again(client, run):
    first = client.get(APART)

    again = client.get(APART, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{APART}&country=GB", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.fixture
def spark(run):
    skill = Skill.objects.get(name="Spark")
    return skill, f"/skills/{skill.pk}/"


@pytest.mark.parametrize("change", ["postings", "newer run"])
def test_an_overview_is_sent_again_when_something_has_come_since_its_run(client, run, change):
    first = client.get("/")
    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 304

    if change == "postings":
        make_ingested(make_rows(3))
    else:
        make_run(make_ads(5, skills={"Python": 2}), quality={"held": "It lost half of its postings."})

    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert ("3 postings were taken in" if change == "postings" else "lost half") in text_of(again)


@pytest.mark.parametrize("change", ["alias", "group", "reference", "hidden"])
def test_the_page_of_a_skill_is_sent_again_when_what_is_said_of_it_changes(client, run, spark, change):
    skill, page = spark
    first = client.get(page)
    assert client.get(page, headers={"If-None-Match": first["ETag"]}).status_code == 304

    if change == "alias":
        Alias.objects.create(phrase="Sparkle", skill=skill)
    elif change == "group":
        skill.groups.add(SkillGroup.objects.create(slug="fire", name="Fire", set="area"))
    elif change == "reference":
        SkillReference.objects.create(skill=skill, scheme="esco", identifier="1")
    else:
        Skill.objects.filter(pk=skill.pk).update(is_hidden=True)

    assert client.get(page, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_read_from_postings_themselves_is_made_each_time(client, run, spark):
    for page in (f"{spark[1]}?tab=sentences", "/postings/", "/search/?q=spark"):
        assert "ETag" not in client.get(page), page


@pytest.mark.parametrize("change", ["run", "profile", "skill", "group", "person"])
def test_what_changes_a_page_makes_it_be_sent_again(client, run, change, django_user_model):
    first = client.get(APART)
    if change == "run":
        make_published(make_ads(40) + make_ads(40, role="data analyst", skills={"SQL": 2}))
    elif change == "profile":
        ProfilePin.objects.create(profile=run.profiles.first().known, name="a name")
    elif change == "skill":
        Skill.objects.get(name="Spark").save()
    elif change == "group":
        SkillGroup.objects.create(slug="area", name="Area", set="area")
    else:
        client.force_login(django_user_model.objects.create_user("ana"))

    assert client.get(APART, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_page_with_a_message_is_not_kept(client, run):
    assert "ETag" not in client.get(f"{APART}&since=yesterday")


@pytest.mark.parametrize("timed", ["report=1", "export=csv&table=apart"])
def test_what_says_when_it_was_made_is_made_each_time(client, run, timed):
    assert "ETag" not in client.get(f"{APART}&{timed}")
