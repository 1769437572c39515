"""Pages that ask about rows of a list: found again by their address, light, and filled in by names that are typed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from analytics.models import Role, RoleSynonym, TitlePin
from jobsite.decisions import decide
from jobsite.models import Decision, DecisionBatch
from postings.admin import deciding
from postings.models import Alias, Kind, Skill, SkillGroup, Title
from tests.make import make_skill, make_user
from tests.pages import act, address_of, admin_page, confirm, look, queries_of, text_of

pytestmark = pytest.mark.django_db

SKILLS = reverse("admin:postings_skill_changelist")


@pytest.fixture
def curator(client):
    client.force_login(make_user("curator"))
    return client


def choose(client, action, rows, query="", **more):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(f"{SKILLS}{query}", chosen | more)


def test_the_page_that_asks_is_found_again_by_its_address(curator):
    keep, absorb = make_skill("PyTorch"), make_skill("Torch")

    answer = choose(curator, "merge", [keep, absorb])

    assert answer.status_code == 302
    page = curator.get(answer.url)
    assert "Merge “Torch” into “PyTorch”?" in text_of(page)
    assert not Decision.objects.exists()
    assert text_of(curator.get(answer.url)).count("Merge “Torch”") == text_of(page).count("Merge “Torch”")


@pytest.mark.slow
def test_what_is_filled_in_stands_in_the_address_as_well(curator):
    keep, absorb = make_skill("PyTorch"), make_skill("Torch")

    page = look(curator, act(curator, "merge", [keep, absorb]), keep=absorb.pk, why="two names")

    assert page.redirect_chain
    again = curator.get(address_of(page))
    assert "Merge “PyTorch” into “Torch”?" in text_of(again)
    assert 'value="two names"' in again.content.decode()
    assert "csrf" not in address_of(page)


def test_a_choice_that_is_taken_back_is_not_left_in_the_address(curator):
    deep, wide = (SkillGroup.objects.create(slug=slug, name=slug, set="area") for slug in ("deep", "wide"))
    page = act(curator, "regroup", [make_skill("Keras")], add=[deep.pk])

    page = look(curator, page, remove=[wide.pk])

    assert parse_qs(urlsplit(address_of(page)).query)["remove"] == [str(wide.pk)]
    assert "add" not in parse_qs(urlsplit(address_of(page)).query)


@pytest.mark.slow
def test_all_that_a_list_shows_is_chosen_by_what_narrows_it(curator):
    for number in range(120):
        make_skill(f"Pear {number:03}")
    make_skill("Plum")

    answer = choose(curator, "hide", Skill.objects.all()[:1], query="?q=pear", select_across="1")
    page = curator.get(answer.url)
    done = confirm(curator, page)

    assert len(answer.url) < 120
    assert Skill.objects.filter(is_hidden=True).count() == 120
    assert done.redirect_chain[-1][0] == f"{SKILLS}?q=pear"


@pytest.mark.slow
def test_a_page_of_ticked_rows_fits_into_an_address(curator):
    skills = [make_skill(f"Pear {number:03}") for number in range(200)]

    answer = choose(curator, "hide", skills)

    assert len(answer.url) < 2_000
    assert "and 188 more" in text_of(curator.get(answer.url))


def test_rows_that_went_are_told_of_and_nobody_decides_beyond_his_rights(curator, client):
    gone = f"{SKILLS}?decide=hide&rows=999"
    assert "is not there any more" in text_of(curator.get(gone, follow=True))
    assert "is not there any more" in text_of(curator.get(f"{gone}&_changelist_filters=e%3D", follow=True))
    assert curator.get(f"{SKILLS}?decide=delete_selected&rows=1").status_code == 403

    viewer = make_user("viewer")
    viewer.is_staff = True
    viewer.save()
    client.force_login(viewer)
    assert client.get(f"{SKILLS}?decide=hide&rows={make_skill('Keras').pk}").status_code == 403


ASKING = ("postings_skill_merge_into", "postings_skill_deprecate")


def weights(curator, skill, alias, pin):
    pages = [reverse(f"admin:{name}", args=[skill.pk]) for name in ASKING]
    pages += [admin_page(Alias, "add"), admin_page(TitlePin, "add"), admin_page(TitlePin, "change", pin.pk)]
    pages += [f"{admin_page(Alias, 'changelist')}?decide=move&rows={alias.pk}"]
    return {page: len(curator.get(page).content) for page in pages}


@pytest.mark.slow
def test_no_page_that_asks_for_a_skill_or_role_grows_with_how_many_there_are(curator):
    skill = make_skill("Keras")
    role = Role.objects.create(name="keeper", slug="keeper")
    pin = TitlePin.objects.create(title=Title.objects.create(text="Pear Keeper"), role=role)
    weights(curator, skill, skill.aliases.get(), pin)
    before = weights(curator, skill, skill.aliases.get(), pin)

    Skill.objects.bulk_create(Skill(name=f"Skill {number}", kind=Kind.TOOL) for number in range(2_000))
    Role.objects.bulk_create(Role(name=f"role {number}", slug=f"role-{number}") for number in range(500))

    assert weights(curator, skill, skill.aliases.get(), pin) == before


def said_of(curator, typed):
    """What the page of a merge says of a name that is typed."""
    address = reverse("admin:postings_skill_merge_into", args=[Skill.objects.get(name="Theano").pk])
    return text_of(curator.post(address, {"keep": typed, "look": "1"}, follow=True))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("PyTorch", "Merge “Theano” into “PyTorch”?"),
        (" pytorch ", "Merge “Theano” into “PyTorch”?"),
        ("torch2", "Merge “Theano” into “PyTorch”?"),
        ("Caffe", "“Caffe” is merged into “PyTorch”: name that one."),
        ("Keras", "“Keras” is hidden from all figures: show it first, or name another one."),
        ("Spark", "“Spark” is deprecated: name another one."),
        ("Shark", "“Shark” is deprecated for “PyTorch”: name that one."),
        ("PyTorc", "No skill is called “PyTorc”, and no alias is spelt so. Near it: “PyTorch”."),
        ("pears", "No skill is called “pears”, and no alias is spelt so."),
        ("GO", "“GO” may be “Game of go” or “Golang”: type the name of one, with its capitals."),
        ("", "This field is required."),
    ],
)
def test_a_skill_is_named_and_what_cannot_be_meant_is_said(curator, typed, said):
    make_skill("PyTorch", "torch2"), make_skill("Theano"), make_skill("Caffe"), make_skill("Keras")
    make_skill("Spark"), make_skill("Shark")
    Alias.objects.create(skill=make_skill("Golang"), phrase="Go", exact_case=True)
    Alias.objects.create(skill=make_skill("Game of go"), phrase="go")
    decide("skill.merge", {"keep": "PyTorch", "absorb": ["Caffe"]})
    decide("skill.hide", {"skills": ["Keras"]})
    decide("skill.deprecate", {"skill": "Spark"})
    decide("skill.deprecate", {"skill": "Shark", "redirect": "PyTorch"})

    assert said in said_of(curator, typed)


def test_nothing_is_proposed_for_a_name_that_is_wrong(curator):
    skill = make_skill("Keras")

    page = curator.post(
        reverse("admin:postings_skill_deprecate", args=[skill.pk]), {"redirect": "pears", "look": "1"}, follow=True
    )

    assert "No skill is called “pears”" in text_of(page)
    assert 'name="confirm"' not in page.content.decode()


def test_names_are_offered_as_one_types(curator):
    make_skill("PyTorch", "torch2")
    Role.objects.create(name="grove keeper", slug="grove-keeper")

    offered = curator.get(reverse("admin:postings_skill_named"), {"keep": "torch2"}).content.decode()
    assert '<option value="PyTorch">torch2</option>' in offered
    assert (
        '<option value="grove keeper">'
        in curator.get(reverse("admin:analytics_role_named"), {"role": "grove"}).content.decode()
    )
    assert "<option" not in curator.get(reverse("admin:postings_skill_named")).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Keeper", "“Pear Keeper” is “keeper”?"),
        ("orchard hand", "“Pear Keeper” is “keeper”?"),
        ("picker", "“picker” is merged into “keeper”: name that one."),
        ("hand", "“hand” may be “minder” or “warden”: type the name of one."),
        ("keepe", "No role is called “keepe”, and no synonym is spelt so. Near it: “keeper”."),
    ],
)
def test_a_role_is_named_and_what_cannot_be_meant_is_said(curator, typed, said):
    roles = {name: Role.objects.create(name=name, slug=name) for name in ("keeper", "minder", "warden")}
    Role.objects.create(name="picker", slug="picker", merged_into=roles["keeper"])
    for name, phrase in (("keeper", "orchard hand"), ("minder", "hand"), ("warden", "Hand")):
        RoleSynonym.objects.create(role=roles[name], phrase=phrase)
    Title.objects.create(text="Pear Keeper")

    page = curator.post(admin_page(TitlePin, "add"), {"title": "Pear Keeper", "role": typed, "look": "1"}, follow=True)

    assert said in text_of(page)


def test_an_alias_is_added_to_a_skill_that_is_typed(curator):
    make_skill("PyTorch")

    page = curator.post(admin_page(Alias, "add"), {"phrase": "libtorch", "skill": "pytorch"}, follow=True)
    confirm(curator, page)

    assert Alias.objects.get(phrase="libtorch").skill.name == "PyTorch"


def test_many_rows_are_decided_by_a_worker_as_one_decision(curator, workers, monkeypatch):
    monkeypatch.setattr(deciding, "MOST_AT_ONCE", 2)
    skills = [make_skill(name) for name in ("Keras", "Torch", "Caffe")]
    page = act(curator, "hide", skills)
    assert "It rests on 6 rows" in text_of(page)  # of skills and aliases

    with workers():
        answer = confirm(curator, page, why="three libraries")

    assert DecisionBatch.objects.get().made == 1
    assert "Hide “Caffe”, “Keras”, “Torch” from all figures?" in text_of(curator.get(address_of(answer)))
    decision = Decision.objects.get()
    assert (decision.rows.count(), decision.why, decision.by_name) == (3, "three libraries", "curator")
    assert not Skill.objects.shown().exists()


def test_many_rows_of_which_one_changed_meanwhile_are_not_decided(curator, workers, monkeypatch):
    monkeypatch.setattr(deciding, "MOST_AT_ONCE", 2)
    page = act(curator, "hide", [make_skill(name) for name in ("Keras", "Torch", "Caffe")])
    decide("skill.kind", {"skills": ["Torch"], "kind": "method"})

    with workers():
        answer = confirm(curator, page)

    assert "changed meanwhile" in text_of(answer)
    assert not DecisionBatch.objects.exists()


def test_the_page_about_many_rows_asks_the_database_no_more_often(curator, monkeypatch):
    monkeypatch.setattr(deciding, "MOST_AT_ONCE", 2)
    few, many = [make_skill(f"few {n}") for n in range(3)], [make_skill(f"many {n}") for n in range(9)]
    for_few, for_many = (queries_of(curator, choose(curator, "hide", rows).url) for rows in (few, many))

    assert for_many <= for_few + 3  # ids are asked for in parts
