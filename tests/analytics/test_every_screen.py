"""Every screen of figures in every state: nothing handed in, one posting, nothing that matches, and the whole."""

import csv
import io
import json
from datetime import date

import pandas as pd
import pytest
from django.urls import resolve, reverse

import analytics.urls
from analytics.exports import About, exportable, grid_of, json_text, whole_table
from analytics.methods import METHODS
from analytics.services import freeze_figures
from postings.models import Company, Skill
from tests.make_run import PREFERRED, REQUIRED, Ad, make_ads, make_published
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db

NOTES = 10
MOST_QUERIES = 16
ENGINEER, ANALYST = "data engineer", "data analyst"
SCREENS = (
    "/",
    "/roles/",
    *(f"/roles/data-engineer/?tab={tab}" for tab in ("asked", "apart", "levels", "groups", "time")),
    "/profiles/",
    "/profiles/?profiles=coarse",
    *(f"{{profile}}?tab={tab}" for tab in ("", "apart", "titles", "time", "companies")),
    "/compare/",
    *(f"/compare/?side=data+engineer&side=analytics&tab={tab}" for tab in ("differ", "apart", "quarters")),
    *(f"/compare/?side=data+engineer@2025&side=2026&side=analytics&side=2025&tab={tab}" for tab in ("differ", "apart")),
    "/skills/",
    "/skills/?q=python",
    *(f"{{skill}}?tab={tab}" for tab in ("", "time", "with", "sentences")),
    "/companies/",
    "/companies/?q=company&sort=pay",
    *(f"{{company}}?tab={tab}" for tab in ("titles", "asked", "apart", "others", "time", "pay")),
    "/companies/twins/",
    "{pair}",
    "/postings/",
    "/postings/?skill=Python&level=required",
    "/search/?q=engineer",
    "/what-postings-can-tell/",
    "/trends/",
    "/trends/?tab=lines&skill=Spark&skill=SQL&in=data+engineer&by=month",
    "/trends/?tab=lines&skill=Spark&mix=fixed",
    *(f"{{skill}}?tab={tab}" for tab in ("replaces", "pay")),
    *(f"/pay/?tab={tab}" for tab in ("roles", "time", "skills", "titles", "read")),
    "/my-skills/",
    "/my-skills/?have=Python&have=SQL&role=data+engineer",
    "/roles/map/",
    *(f"/roles/data-engineer/?tab={tab}" for tab in ("pay", "companies", "elsewhere", "postings")),
)
COMPANIES = ("Company 1", "Fernhollow")
NO_SCREENS = {"posting", "quality", "styleguide", "methods", "work_progress"}
"""Pages that show no figures of a run."""


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def make_whole():
    """Two roles over a year and a half, with pay, companies of many ads, three countries and a copy."""
    ads = []
    for month in range(18):
        day = date(2025 + month // 12, month % 12 + 1, 10)
        both = {"Python": REQUIRED, "SQL": PREFERRED}
        for n in range(4):
            pay = 60_000.0 + 1_000 * month + 100 * n if n % 2 else None
            where = {"day": day, "company": f"Company {n}", "country": ("GB", "DE", "US")[n % 3], "pay": pay}
            ads.append(Ad(skills={**both, "Spark": REQUIRED} if n else both, profile=0, **where))
            extra = {"Tableau": REQUIRED} if n % 2 else {"Power BI": PREFERRED}
            ads.append(Ad(role=ANALYST, skills={"SQL": REQUIRED, **extra}, profile=1, seniority="junior", **where))
    return [*ads, Ad(is_copy=True)]


def addresses(run):
    """Put the ids of a run into the addresses."""
    profile = run.profiles.order_by("pk").last()
    skill = Skill.objects.filter(name="Python").first()
    first, second = (Company.objects.get_or_create(key=name.lower(), defaults={"name": name})[0] for name in COMPANIES)
    freeze_figures(run)
    ids = {
        "company": first.get_absolute_url(),
        "pair": reverse("twin_pair", args=[f"{first.pk}:data-engineer", f"{second.pk}:data-engineer"]),
        "profile": reverse("profile", args=[profile.known_id]) if profile else "/profiles/",
        "skill": skill.get_absolute_url() if skill else "/skills/",
    }
    return [screen.format(**ids) for screen in SCREENS]


def with_query(page, query):
    return f"{page}{'&' if '?' in page else '?'}{query}"


def test_every_table_of_a_screen_can_be_taken_away_with_the_figures_that_are_seen(client):
    tables = 0
    for page in addresses(make_published(make_whole())):
        answer = client.get(page)
        assert answer.status_code == 200, page
        for key, part in exportable(answer.context["screen"]).items():
            assert part.method in METHODS, f"{key} of {page} does not say how it is computed"
            table = whole_table(part)
            grid = grid_of(table)
            text = client.get(with_query(page, f"export=csv&table={key}")).content.decode()
            assert f"(the table begins on line {NOTES + 1})" in text.splitlines()[0], page
            written = list(csv.reader(io.StringIO(text)))[NOTES:]
            assert written[0] == list(grid.names), page
            assert len(written) - 1 == len(table.rows), page
            assert len(pd.read_csv(io.StringIO(text), skiprows=NOTES)) == len(table.rows), page
            said = json.loads(json_text(grid, About(part.title, ())))
            assert [tuple(row.values()) for row in said["rows"]] == [tuple(row) for row in grid.rows], page
            tables += 1
    assert tables > len(SCREENS)


def test_a_screen_asks_the_database_few_questions(client):
    pages = addresses(make_published(make_whole()))
    for page in pages:
        client.get(page)

    asked = {page: queries_of(client, page) for page in pages}

    assert {page: count for page, count in asked.items() if count > MOST_QUERIES} == {}


def test_before_the_first_run_a_screen_says_what_to_do(client):
    for page in SCREENS:
        if "{" not in page:
            answer = client.get(page)
            assert (answer.status_code, "Hand in a file" in text_of(answer)) == (200, True), page


def test_a_screen_of_one_posting_withholds_its_shares(client):
    for page in addresses(make_published([Ad()])):
        answer = client.get(page)
        assert answer.status_code == 200, page
        cells = [
            cell for part in exportable(answer.context["screen"]).values() for row in part.table.rows for cell in row
        ]
        assert {cell.share.state for cell in cells if cell.share} <= {"withheld"}, page


def test_a_screen_without_a_match_says_so(client):
    for page in addresses(make_published(make_ads(30))):
        answer = client.get(with_query(page, "country=XX&since=2031-01-01"))
        text = text_of(answer)
        said = 'class="empty"' in text or "0 postings" in text or "No posting" in text
        assert (answer.status_code, said) == (200, True), page


def test_no_screen_is_left_out():
    named = {pattern.name for pattern in analytics.urls.urlpatterns if not pattern.name.startswith(("run", "sample"))}
    visited = {_name_of(screen) for screen in SCREENS}
    assert named - NO_SCREENS <= visited


def _name_of(screen):
    path = screen.format(
        profile="/profiles/1/", skill="/skills/1/", company="/companies/1/", pair="/companies/twins/1:a/2:b/"
    ).partition("?")[0]
    return resolve(path).url_name
