"""Title twins: the list of them, and a pair side by side."""

import pytest
from django.urls import reverse

from analytics.models import Publication
from analytics.services import freeze_figures
from postings.models import Company
from tests.analytics.screens import list_count
from tests.make_read import make_ads as make_rows
from tests.make_read import make_read
from tests.make_run import make_ads, make_published
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db

PIPES, CHARTS = {"Kafka": 2, "Spark": 2, "Airflow": 2}, {"Excel": 2, "Tableau": 2, "SQL": 2}
MIXED = {"Excel": 2, "Tableau": 2, "SQL": 2, "Python": 1}


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def make_twins(sorrel=15, lovage=15):
    """Sorrel's data engineers do what Lovage's data analysts do; a run with its figures worked out."""
    make_published(
        [
            *make_ads(15, company="Quince", skills=PIPES),
            *make_ads(15, company="Medlar", skills=PIPES),
            *make_ads(sorrel, company="Sorrel", skills=CHARTS, title="Chart Engineer"),
            *make_ads(lovage, company="Lovage", role="data analyst", skills=MIXED),
        ]
    )
    freeze_figures(Publication.objects.get().run)
    return {name: Company.objects.create(name=name, key=name.lower()) for name in ("Quince", "Sorrel", "Lovage")}


def twins(client, **query):
    return client.get(reverse("twins"), query).context["screen"]


def pair(client, companies, **query):
    one, other = f"{companies['Lovage'].pk}:data-analyst", f"{companies['Sorrel'].pk}:data-engineer"
    return client.get(reverse("twin_pair", args=[one, other]), query)


def test_a_pair_names_both_sides_and_each_leads_to_as_many_postings(client):
    make_twins()

    (row,) = twins(client).pairs.table.rows

    assert [cell.text for cell in row[:6]] == ["Lovage", "Data analyst", "15", "Sorrel", "Data engineer", "15"]
    assert [list_count(client, row[place].url) for place in (2, 5)] == ["15", "15"]
    assert client.get(row[7].url).context["screen"].title == "Lovage’s data analyst and Sorrel’s data engineer"


def test_ads_without_skills_count_in_the_list_that_a_side_leads_to(client):
    make_published(
        [
            *make_ads(15, company="Quince", skills=PIPES),
            *make_ads(15, company="Sorrel", skills=CHARTS),
            *make_ads(3, company="Sorrel", skills={}),
            *make_ads(15, company="Lovage", role="data analyst", skills=CHARTS),
        ]
    )
    freeze_figures(Publication.objects.get().run)

    (row,) = twins(client).pairs.table.rows

    assert list_count(client, row[5].url) == row[5].text == "18"


def test_twins_are_narrowed_by_role_and_company_and_no_other_filter_counts(client):
    make_twins()

    assert twins(client, role="data analyst", company="sorrel").found == 1
    assert twins(client, role="statistician").refusal.startswith("No pair has")
    assert twins(client, role=["data analyst", "data engineer"]).found == 1
    assert twins(client, role=["data analyst", "statistician"]).found == 0
    assert twins(client, company=["sorrel", "quince"]).found == 0
    assert twins(client, country="FR").found == 1
    assert "Only the filters by role and company count" in twins(client, country="FR").ignored


def test_the_pairs_of_titles_are_counted_and_lead_to_their_twins(client):
    make_twins()

    (kind,) = twins(client).kinds

    assert (kind.text, kind.count, kind.is_chosen) == ("data analyst and data engineer", "1", False)
    narrowed = client.get(kind.url).context["screen"]
    assert (narrowed.found, narrowed.kinds[0].is_chosen) == (1, True)
    assert narrowed.kinds[0].url == reverse("twins")


def test_a_run_whose_twins_are_not_worked_out_or_that_has_none_says_so(client):
    make_published(make_ads(15, company="Quince"))
    assert "not worked out yet" in twins(client).refusal

    freeze_figures(Publication.objects.get().run)

    assert "none of their ads are close enough" in twins(client).refusal


def test_a_company_s_page_names_its_twins(client):
    companies = make_twins()

    found = [
        client.get(companies[name].get_absolute_url(), {"tab": "others"}).context["screen"].others.twins
        for name in ("Sorrel", "Quince")
    ]

    assert [cell.text for cell in found[0].table.rows[0][:2]] == ["Lovage", "Data analyst"]
    assert found[1] is None


def test_a_pair_says_what_both_ask_for_and_where_they_differ(client):
    companies = make_twins()

    page = pair(client, companies).context["screen"]

    assert [row[0].text for row in page.shared.table.rows] == ["Excel", "SQL", "Tableau"]
    both = page.shared.table.rows[0]
    assert [list_count(client, cell.url) for cell in both[1:]] == ["15", "15"]
    (first, *_) = page.differences.table.rows
    assert (first[0].text, first[3].value, first[0].state) == ("Python", 100, "ok")
    assert "closer to each other than two companies" in page.verdict
    assert [row[0].text for row in page.sides[1].titles.table.rows] == ["Chart Engineer"]


def test_filters_narrow_both_sides_of_a_pair(client):
    companies = make_twins()

    assert pair(client, companies, seniority="senior").context["screen"].sides[0].postings == "15 postings"
    assert "It takes 5 ads" in pair(client, companies, country="FR").context["screen"].verdict


def test_the_shares_of_a_small_side_are_withheld_and_its_skills_named(client):
    companies = make_twins(sorrel=9)

    page = pair(client, companies).context["screen"]

    assert (page.shared, page.differences) == (None, None)
    assert page.refusal.startswith("9 postings of Sorrel’s data engineer: under 10")
    assert [name for name, _ in page.both] == ["Excel", "SQL", "Tableau"]


@pytest.mark.parametrize("address", ["pear", "1", "4711:data-engineer"])
def test_what_names_no_company_and_role_is_not_found(client, address):
    companies = make_twins()

    assert client.get(reverse("twin_pair", args=[address, address])).status_code == 404
    no_role = f"{companies['Sorrel'].pk}:statistician"
    assert client.get(reverse("twin_pair", args=[no_role, no_role])).status_code == 404


def test_the_two_ads_most_alike_stand_side_by_side_with_their_mentions_marked(client, make_real_pair):
    page = client.get(make_real_pair).context["screen"]

    assert len(page.examples) == 2
    example = page.examples[0]
    assert {segment.mention.skill for segment in example.sides[0].segments if segment.mention} >= set(example.both)
    assert "Python" in example.both
    text = text_of(client.get(make_real_pair))
    assert text.count('class="mention required"') >= 4
    assert "grow@orchard.example" not in text


def test_a_pair_asks_the_database_few_questions(client, make_real_pair):
    assert queries_of(client, make_real_pair) <= 14


@pytest.fixture
def make_real_pair():
    """Two companies whose ads were taken in and read, under two titles; the address of the pair."""
    from analytics import services
    from tests.make_read import make_lexicon

    make_lexicon()
    rows = [
        *make_rows(6, "platform", company="Orchard"),
        *[
            row | {"job_id": f"b{row['job_id']}", "title": "Data Analyst", "description": row["description"] + TAIL}
            for row in make_rows(6, "platform", company="Grove")
        ],
    ]
    make_read(rows)
    services.refresh_now()
    orchard, grove = (Company.objects.get(name=name) for name in ("Orchard", "Grove"))
    return reverse("twin_pair", args=[f"{orchard.pk}:data-engineer", f"{grove.pk}:data-analyst"])


TAIL = " Write to grow@orchard.example about pears, apples and quinces of the northern orchards by the long river."
