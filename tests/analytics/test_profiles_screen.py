import re

import pytest
from django.urls import reverse

from analytics.models import KnownProfile, Profile, ProfilePin
from tests.make_run import MENTIONED, PREFERRED, REQUIRED, Ad, make_ads, make_published, make_run

pytestmark = pytest.mark.django_db

PIPES = {"Python": REQUIRED, "Airflow": REQUIRED, "SQL": PREFERRED}
CHARTS = {"SQL": REQUIRED, "Tableau": REQUIRED, "Excel": MENTIONED}


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


@pytest.fixture
def published():
    """Forty postings that lean to the first profile, twenty to the second, five too thin, two copies."""
    return make_published(
        [
            *make_ads(
                30, role="data engineer", profile=0, skills=PIPES, company="Fernhollow", title="Data Engineer II"
            ),
            *make_ads(10, role="data analyst", profile=0, skills=PIPES, company="Brookmill"),
            *make_ads(20, role="data analyst", profile=1, skills=CHARTS, company="Fernhollow"),
            *make_ads(5, role="data engineer", profile=None, skills={"SQL": REQUIRED}),
            *make_ads(2, role="data engineer", profile=0, skills=PIPES, is_copy=True),
        ]
    )


def test_cards_come_the_largest_first_with_their_share_of_all_ads(client, published):
    cards = profiles(client)

    assert [(card.name, card.postings, card.share.percent) for card in cards] == [
        ("data platform", "40 postings", "62%"),
        ("analytics", "20 postings", "31%"),
    ]


def test_the_count_on_a_card_is_the_count_of_the_list_it_leads_to(client, published):
    for query in ("", "?role=data+analyst", "?copies=1", "?company=fernhollow&role=data+engineer"):
        for card in profiles(client, query):
            assert f"{list_count(client, card.postings_url)} posting" in card.postings


def test_the_share_of_a_role_on_a_card_leads_to_as_many_postings(client, published):
    engineers, analysts = profiles(client)[0].roles

    assert (engineers.name, engineers.share.percent) == ("Data engineer", "75%")
    assert list_count(client, engineers.postings_url) == engineers.share.count == "30"
    assert list_count(client, analysts.postings_url) == analysts.share.count == "10"


def test_postings_that_are_too_thin_to_tell_are_counted_in_words_and_can_be_read(client, published):
    screen = client.get(reverse("profile_list")).context["screen"]

    assert screen.thin == "5 postings"
    assert screen.left_out.startswith("of 65 (7.7%) name fewer than three of the skills that profiles")
    assert list_count(client, screen.thin_url) == "5"


def test_coarse_and_fine_profiles_are_a_switch_apart_and_name_each_other(client):
    make_published(
        [*make_ads(20, profile=0), *make_ads(15, profile=1), *make_ads(10, profile=2)],
        profiles=("warehouses", "dashboards", "models"),
        wholes={"data": [0, 1], "learning": [2]},
    )
    screen = client.get(reverse("profile_list")).context["screen"]
    coarse = screen.levels[0]

    assert [(tab.label, tab.count, tab.current) for tab in screen.levels] == [
        ("Coarse", "2", False),
        ("Fine", "3", True),
    ]
    assert {card.name: related(card) for card in screen.cards} == {
        "warehouses": {"Part of": ["data"]},
        "dashboards": {"Part of": ["data"]},
        "models": {},
    }
    wholes = client.get(coarse.url).context["screen"].cards
    assert [(card.name, card.postings) for card in wholes] == [("data", "35 postings"), ("learning", "10 postings")]
    assert related(wholes[0]) == {"Split into": ["warehouses", "dashboards"]}
    assert list_count(client, wholes[0].postings_url) == "35"
    assert "Split into" in text(client, wholes[0].url)
    assert "Part of" in text(client, wholes[0].relations[0].links[0].url)


def test_middle_profiles_stand_between_and_name_what_they_are_parts_of_and_split_into(client):
    make_published(
        [*make_ads(20, profile=0), *make_ads(15, profile=1), *make_ads(12, profile=2), *make_ads(11, profile=3)],
        profiles=("warehouses", "dashboards", "models", "talks"),
        wholes={"data": [0, 1, 2], "speech": [3]},
        middle={"pipelines": [0, 1], "learning": [2], "speaking": [3]},
    )
    screen = client.get(reverse("profile_list"), {"profiles": "middle"}).context["screen"]

    assert [(tab.label, tab.count, tab.current) for tab in screen.levels] == [
        ("Coarse", "2", False),
        ("Middle", "3", True),
        ("Fine", "4", False),
    ]
    assert [(card.name, card.postings, related(card)) for card in screen.cards] == [
        ("pipelines", "35 postings", {"Part of": ["data"], "Split into": ["warehouses", "dashboards"]}),
        ("learning", "12 postings", {"Part of": ["data"]}),
        ("speaking", "11 postings", {}),
    ]
    for card in screen.cards:
        assert f"{list_count(client, card.postings_url)} posting" in card.postings
    fine = {card.name: related(card) for card in profiles(client, "?profiles=fine")}
    assert fine == {
        "warehouses": {"Part of": ["pipelines"]},
        "dashboards": {"Part of": ["pipelines"]},
        "models": {"Part of": ["data"]},
        "talks": {},
    }
    coarse = {card.name: related(card) for card in profiles(client, "?profiles=coarse")}
    assert coarse == {"data": {"Split into": ["pipelines", "learning"]}, "speech": {}}
    assert "Split into" in text(client, screen.cards[0].url)


def test_the_level_survives_a_change_of_filter_and_a_word_that_is_no_level_changes_nothing(client):
    make_published([*make_ads(20, profile=0), *make_ads(15, profile=1)], profiles=("a", "b"), wholes={"both": [0, 1]})
    page = client.get(reverse("profile_list"), {"profiles": "coarse"})

    assert ("profiles", "coarse") in page.context["filters"].keep
    assert [card.name for card in profiles(client, "?profiles=nonsense")] == ["a", "b"]


def test_the_heat_map_is_told_by_the_level_of_the_address(client):
    make_published(
        [*make_ads(20, profile=0), *make_ads(15, profile=1, role="data analyst")],
        profiles=("a", "b"),
        wholes={"both": [0, 1]},
    )
    heat = client.get(reverse("overview"), {"profiles": "coarse"}).context["screen"].heat

    assert "both" in str(heat.spec)


def test_without_a_split_there_is_no_switch(client, published):
    assert client.get(reverse("profile_list")).context["screen"].levels == ()


def test_a_name_that_a_person_gave_is_marked_and_the_proposed_one_stays_to_be_read(client, published):
    ProfilePin.objects.create(profile=known("data platform"), name="Pipelines")

    card = profiles(client)[0]

    assert (card.name, card.proposed) == ("Pipelines", "data platform")
    assert "named by a person" in text(client, reverse("profile_list"))
    assert "named by a person; proposed from its skills: “data platform”" in text(client, card.url)


def test_unstable_profiles_and_residues_say_so_on_card_and_page_and_residues_come_last(client, published):
    Profile.objects.filter(proposed_name="data platform").update(is_residue=True)
    Profile.objects.filter(proposed_name="analytics").update(stability=0.41)

    unstable, residue = profiles(client)

    assert [badge.text for badge in unstable.badges] == ["unstable"]
    assert [badge.text for badge in residue.badges] == ["stable", "residue"]
    assert "“analytics” is marked unstable" in text(client, reverse("profile_list"))
    assert "This profile is unstable" in text(client, unstable.url)
    assert "This is a residue" in text(client, residue.url)


def test_distinctive_skills_lead_to_their_pages_within_the_filters(client, published):
    skill = profiles(client, "?country=GB")[0].skills[0]

    page = client.get(skill.url)

    assert skill.url.endswith("?country=GB")
    assert page.context["screen"].name == skill.name


def test_a_run_without_profiles_says_why(client):
    make_published(make_ads(5), profiles=(), quality={"note": "Only 5 postings name enough technical skills."})

    assert "Only 5 postings name enough technical skills." in text(client, reverse("profile_list"))


def test_every_skill_of_a_profile_leads_to_as_many_postings_as_its_row_says(client, published):
    rows = page_of(client, "data platform").asked.rows

    assert {(row.name, row.here.count) for row in rows} == {("Python", "40"), ("Airflow", "40"), ("SQL", "40")}
    assert {list_count(client, row.postings_url) for row in rows} == {"40"}


def test_skills_are_set_against_postings_of_other_profiles_and_not_against_thin_ones(client, published):
    row = {row.name: row for row in page_of(client, "data platform").asked.rows}["SQL"]

    assert (row.elsewhere.count, row.elsewhere.n) == ("20", "20")
    assert [(part.level, part.percent) for part in row.levels.segments] == [("preferred", "100%")]


def test_what_sets_a_profile_apart_is_what_the_others_do_not_name(client):
    make_published([*make_ads(400, profile=0, skills=PIPES), *make_ads(400, profile=1, skills=CHARTS)])

    chart = page_of(client, "data platform", tab="apart").apart.chart
    (dataset,) = chart.spec["data"]["datasets"]
    values = dict(zip(chart.spec["data"]["labels"], dataset["data"], strict=True))

    assert {name for name, value in values.items() if value["xMin"] > 0} == {"Airflow", "Python"}
    assert {name for name, value in values.items() if value["xMax"] < 0} == {"Excel", "Tableau"}
    assert [list_count(client, link) for link in dataset["links"] if link] == ["400", "400"]


def test_with_too_few_postings_nothing_is_said_to_stand_out(client, published):
    assert "every interval holds zero" in page_of(client, "data platform", tab="apart").apart.refusal


def test_roles_and_titles_of_a_profile_say_how_much_of_each_it_is(client, published):
    places = page_of(client, "data platform", tab="titles").places
    engineers, analysts = places.roles.rows

    assert (engineers.of_profile.percent, engineers.of_place.percent) == ("75%", "86%")
    assert (analysts.of_profile.percent, analysts.of_place.percent) == ("25%", "33%")
    assert [(row.name, list_count(client, row.postings_url)) for row in places.titles.rows] == [
        ("Data Engineer II", "30"),
        ("Data Analyst", "10"),
    ]


def test_contacts_in_titles_are_masked(client):
    make_published([*make_ads(12, title="Data Engineer, call 0113 496 0000"), *make_ads(12, profile=1)])

    (row,) = page_of(client, "data platform", tab="titles").places.titles.rows

    assert row.name == "Data Engineer, call •••••••••••••"


def test_companies_of_a_profile_lead_to_their_postings(client, published):
    rows = page_of(client, "data platform", tab="companies").companies.rows

    assert [(row.name, row.of_profile.count, list_count(client, row.postings_url)) for row in rows] == [
        ("Fernhollow", "30", "30"),
        ("Brookmill", "10", "10"),
    ]


def test_a_month_is_the_share_of_all_its_postings_and_leads_to_them(client, published):
    chart = page_of(client, "data platform", tab="time").time
    line = chart.spec["data"]["datasets"][0]

    assert line["notes"] == ["data platform: 62% (49–72), n = 65"]
    assert [list_count(client, link) for link in line["links"]] == ["40"]
    assert "Jul 2026 is not finished" in chart.subtitle


def test_a_share_of_fewer_than_ten_postings_is_withheld(client):
    make_published([*make_ads(9, profile=0), *make_ads(20, profile=1)])

    row = page_of(client, "data platform").asked.rows[0]

    assert (row.here.state, row.here.percent, row.here.n) == ("withheld", "", "9")
    assert "withheld, n = 9" in text(client, reverse("profile", args=[known("data platform").pk]))


def test_a_profile_that_the_published_run_lacks_names_the_last_run_that_had_it(client):
    older = make_run(make_ads(20), profiles=("games", "maps"))
    newer = make_published(make_ads(20))

    page = client.get(reverse("profile", args=[known("games").pk]))

    assert page.status_code == 200
    assert f"The published run {newer.pk} has no profile that continues this one." in page.content.decode()
    assert f"The last run that had it is run {older.pk} of 2 Aug 2026" in page.content.decode()
    assert older.get_absolute_url() in page.content.decode()


def test_a_profile_that_never_was_is_not_found_in_words(client, published):
    page = client.get(reverse("profile", args=[4711]))

    assert page.status_code == 404
    assert "This page does not exist" in page.content.decode()


def test_an_unknown_tab_shows_the_first(client, published):
    assert page_of(client, "data platform", tab="nonsense").asked is not None


@pytest.mark.parametrize("postings", [2, 50])
def test_the_cards_ask_the_database_few_questions(client, postings, django_assert_max_num_queries):
    make_varied(postings)

    with django_assert_max_num_queries(6):
        assert client.get(reverse("profile_list")).status_code == 200


@pytest.mark.parametrize("postings", [2, 50])
@pytest.mark.parametrize("tab", ["asked", "apart", "titles", "time", "companies"])
def test_a_profile_asks_the_database_few_questions(client, postings, tab, django_assert_max_num_queries):
    make_varied(postings)

    with django_assert_max_num_queries(7):
        assert client.get(reverse("profile", args=[known("data platform").pk]), {"tab": tab}).status_code == 200


def make_varied(postings: int) -> None:
    make_published([Ad(role=f"role {n % 9}", company=f"company {n}", title=f"title {n}") for n in range(postings)])


def related(card):
    return {relation.text: [link.name for link in relation.links] for relation in card.relations}


def profiles(client, query: str = ""):
    return client.get(reverse("profile_list") + query).context["screen"].cards


def page_of(client, name: str, tab: str = ""):
    return client.get(reverse("profile", args=[known(name).pk]), {"tab": tab}).context["screen"]


def known(name: str) -> KnownProfile:
    return KnownProfile.objects.get(profiles__proposed_name=name)


def text(client, url: str) -> str:
    return client.get(url).content.decode()


def list_count(client, link: str) -> str:
    return re.search(r'<b id="count">([\d,]+)</b>', text(client, link))[1]


def test_the_table_of_profiles_says_what_the_cards_say(client, published):
    screen = client.get(reverse("profile_list")).context["screen"]

    assert [
        (name.text, count.value, share.share.percent, roles.text)
        for name, count, share, _, _, roles, _ in screen.sheet.table.rows
    ] == [
        (card.name, card.share.postings, card.share.percent, ", ".join(role.name for role in card.roles))
        for card in screen.cards
    ]


def test_skills_of_a_profile_that_the_page_does_not_list_are_in_its_files(client):
    rare = {f"skill {number:02d}": REQUIRED for number in range(60)}
    make_published(make_ads(12, skills={**PIPES, **rare}))
    known = KnownProfile.objects.order_by("pk").first()
    address = reverse("profile", args=[known.pk])

    asked = client.get(address).context["screen"].asked
    exported = client.get(address, {"export": "json", "table": "asked"}).json()

    assert len(asked.rows) == 50
    assert "13 rarer skills are in the files above" in asked.left_out
    assert len(exported["rows"]) == 63
