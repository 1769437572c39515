"""The list of postings holds exactly the postings behind a figure, and says what it was narrowed to."""

import pytest

from postings.models import SkillGroup
from tests.analytics.screens import list_count
from tests.make_run import make_ads, make_published

pytestmark = pytest.mark.django_db

GROUPS = {"Python": ("code",), "PyTorch": ("learning",), "AWS": ("cloud",)}


@pytest.fixture(autouse=True)
def four_kinds_of_postings(settings):
    """40 cover three groups, 30 two, 20 one, 15 none of a triad; the last lean to no profile."""
    settings.PUBLIC_DASHBOARDS = True
    for slug in ("code", "learning", "cloud"):
        SkillGroup.objects.create(slug=slug, name=slug.title(), set="triad-ml")
    make_published(
        [
            *make_ads(40, skills={"Python": 2, "PyTorch": 1, "AWS": 0}),
            *make_ads(30, skills={"Python": 2, "AWS": 2}, pay=50_000.0),
            *make_ads(20, skills={"Python": 0}, role="other", pay=70_000.0, currency=""),
            *make_ads(15, skills={"Excel": 2}, profile=None),
        ],
        groups=GROUPS,
    )


@pytest.mark.parametrize(
    ("narrowing", "count"),
    [
        ("", "105"),
        ("group=cloud", "70"),
        ("group=code&group=learning&group=cloud", "40"),
        ("group=code&group=learning&group=cloud&covering=2", "30"),
        ("group=code&group=learning&group=cloud&covering=0", "15"),
        ("skill=Python", "90"),
        ("skill=Python&level=required", "70"),
        ("skill=Python&also=AWS", "70"),
        ("skill=PyTorch&level=preferred&also=AWS", "40"),
        ("profile=none", "15"),
        ("group=cloud&skill=PyTorch", "40"),
        ("pay=GBP", "30"),
        ("pay=any", "50"),
        ("pay=none", "20"),
        ("pay=any&skill=AWS", "30"),
        ("catalogued=1", "85"),
        ("catalogued=1&pay=any", "30"),
    ],
)
def test_a_list_narrowed_by_groups_skill_or_profile_holds_what_it_says(client, narrowing, count):
    assert list_count(client, f"/postings/?{narrowing}") == count


@pytest.mark.parametrize(
    "narrowing",
    ["group=nowhere", "skill=Fortran 3000", "also=Fortran 3000", "level=required", "profile=999", "pay=DOGE"],
)
def test_a_narrowing_that_this_run_does_not_know_is_left_out_and_said(client, narrowing):
    response = client.get(f"/postings/?{narrowing}")

    assert list_count(client, f"/postings/?{narrowing}") == "105"
    assert [str(message) for message in response.context["messages"]]


def test_every_share_of_a_group_leads_to_as_many_postings(client):
    (triad,) = client.get("/roles/data-engineer/?tab=groups").context["screen"].groups

    shown = [(line.share.count, line.share_url) for line in [*triad.lines, *triad.numbers] if line.share.count]

    assert len(shown) >= 6
    assert [list_count(client, url) for _, url in shown] == [count for count, _ in shown]


def test_a_chip_takes_its_narrowing_away_and_leaves_the_others(client):
    chips = client.get("/postings/?group=code&group=cloud&skill=PyTorch").context["screen"].chips

    left = {chip.label: list_count(client, chip.remove_url) for chip in chips}

    assert left == {"Skill": "70", "All groups": "40"}


def test_chips_say_in_what_pay_is_stated_and_that_the_title_is_a_role(client):
    texts = {}
    for pay in ("GBP", "any", "none"):
        chips = client.get(f"/postings/?pay={pay}&catalogued=1").context["screen"].chips
        texts |= {chip.text: list_count(client, chip.remove_url) for chip in chips if chip.label == "States pay"}
        assert [chip.text for chip in chips if chip.label == "Title"] == ["a role of the catalogue"]

    assert texts == {"in GBP": "85", "in any currency": "85", "without a currency": "85"}


def test_the_share_that_is_too_thin_to_tell_leads_to_its_postings(client):
    behind = client.get("/roles/data-engineer/").context["screen"].behind

    assert list_count(client, behind.thin_url) == behind.thin.count == "15"
