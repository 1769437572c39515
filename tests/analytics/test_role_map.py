"""All roles at once: their skill groups, and their places on a map."""

import numpy as np
import pytest

from analytics.measures import js_distance
from postings.models import SkillGroup
from tests.analytics.screens import list_count
from tests.make_run import MENTIONED, REQUIRED, Ad, make_ads, make_published
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ROLES = {
    "data engineer": {"Python": REQUIRED, "Spark": REQUIRED, "SQL": MENTIONED},
    "analytics engineer": {"Python": REQUIRED, "dbt": REQUIRED, "SQL": REQUIRED},
    "frontend engineer": {"HTML": REQUIRED, "CSS": REQUIRED},
    "full stack engineer": {"HTML": REQUIRED, "CSS": REQUIRED, "Python": REQUIRED},
}


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def make_roles(*further, **values):
    ads = [ad for role, skills in ROLES.items() for ad in make_ads(30, role=role, skills=skills)]
    return make_published([*ads, *further], **values)


def map_of(client, **parts):
    return client.get("/roles/map/", parts).context["screen"]


def test_roles_that_ask_for_the_same_stand_near_each_other(client):
    make_roles()

    (dataset,) = map_of(client).chart.spec["data"]["datasets"]

    place = dict(zip(dataset["names"], ([point["x"], point["y"]] for point in dataset["data"]), strict=True))
    apart = {(a, b): np.hypot(*np.subtract(place[a], place[b])) for a in place for b in place if a < b}
    assert set(sorted(apart, key=apart.get)[:2]) == {
        ("Analytics engineer", "Data engineer"),
        ("Frontend engineer", "Full stack engineer"),
    }
    assert apart["Data engineer", "Frontend engineer"] > apart["Data engineer", "Full stack engineer"]


def test_the_nearest_roles_are_told_by_their_true_distances(client):
    make_roles()

    rows = {row[0].text: row for row in map_of(client).nearest.table.rows}

    skills = sorted({name for role in ROLES.values() for name in role})
    mixes = {role: [30 * (name in asked) for name in skills] for role, asked in ROLES.items()}
    near = js_distance(mixes["frontend engineer"], mixes["full stack engineer"])
    assert (rows["Frontend engineer"][2].text, rows["Frontend engineer"][3].value) == (
        "Full stack engineer",
        pytest.approx(float(near), abs=1e-4),
    )
    assert client.get(rows["Frontend engineer"][2].url).status_code == 200
    assert list_count(client, rows["Data engineer"][1].url) == rows["Data engineer"][1].text == "30"


def test_small_roles_and_what_is_no_role_are_left_out_and_said(client):
    make_roles(*make_ads(29, role="statistician"), *make_ads(60, role="other"))

    screen = map_of(client)

    assert len(screen.nearest.table.rows) == 4
    assert screen.left_out == "Left out for want of postings: 1."


def test_two_roles_make_no_map(client):
    make_published([*make_ads(30), *make_ads(30, role="data analyst")])

    assert map_of(client).chart is None
    assert "three roles of thirty postings" in text_of(client.get("/roles/map/"))


def test_filters_narrow_the_map(client):
    make_roles(*make_ads(40, role="statistician", country="DE"))

    assert map_of(client, country="DE").chart is None
    assert len(map_of(client).nearest.table.rows) == 5


def test_the_skill_groups_of_roles_lead_to_as_many_postings(client):
    for slug in ("software", "data"):
        SkillGroup.objects.create(slug=slug, name=slug.title(), set="area", definition=f"What {slug} is.")
    make_roles(
        *(Ad(role="data engineer", skills={"Excel": REQUIRED}) for _ in range(10)),
        groups={"Python": ("software", "data"), "HTML": ("software",), "SQL": ("data",)},
    )

    heat = client.get("/roles/?tab=groups").context["screen"].heat

    rows = {row[0].text: row for row in heat.chart.table.rows}
    assert [column.text for column in heat.chart.table.columns] == ["role", "Software", "Data", "n"]
    assert [cell.text for cell in rows["Data engineer"][1:]] == ["75%", "75%", "40"]
    assert [cell.text for cell in rows["Frontend engineer"][1:]] == ["100%", "0%", "30"]
    assert [list_count(client, rows["Data engineer"][place].url) for place in (1, 2)] == ["30", "30"]
    assert heat.groups[0] == ("Software", "What software is.")


def test_a_set_of_groups_is_chosen_and_an_unknown_one_is_the_first(client):
    SkillGroup.objects.create(slug="ml", name="ML", set="triad-ml")
    SkillGroup.objects.create(slug="soft", name="Soft", set="area")
    make_roles(groups={"Python": ("ml",), "HTML": ("soft",)})

    chosen, unknown = (client.get(f"/roles/?tab=groups&set={key}").context["screen"].heat for key in ("area", "no"))

    assert [column.text for column in chosen.chart.table.columns] == ["role", "Soft", "n"]
    assert [tab.label for tab in unknown.sets if tab.current] == ["Machine learning, software, architecture"]


@pytest.mark.parametrize("address", ["/roles/map/", "/roles/?tab=groups"])
def test_all_roles_ask_the_database_few_questions(client, address, django_assert_max_num_queries):
    SkillGroup.objects.create(slug="ml", name="ML", set="triad-ml")
    make_roles(groups={"Python": ("ml",)})

    with django_assert_max_num_queries(5):
        assert client.get(address).status_code == 200
