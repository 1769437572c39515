"""What an edit would do is what it does: the figures told before saving are those of the run after it."""

import random

import pytest

from analytics import services
from analytics.measures import reliability
from analytics.models import Role, TitlePin
from analytics.profiles import FitSettings
from analytics.selectors.impact import recounted_by
from analytics.selectors.published import published
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label
from analytics.services import profiles as profiles_service
from analytics.snapshot import Filter
from jobsite.decisions import decide
from postings import services as facts
from postings.impact import Edit, impact_of
from postings.models import Alias, Skill, Title
from postings.selectors import edits
from postings.services.curation.aliases import words_of
from tests.make import make_row, make_skill
from tests.make_read import group, make_read

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TEXTS = (
    "Requirements: Kafka, k8s and Python.",
    "Requirements: Kafka and Spark.",
    "Requirements: Apache Kafka, SQL.",
    "Requirements: Apache Kafka and Kafka, and copper quilting.",
    "Requirements: Python, SQL and Kubernetes.",
    "Requirements: Copper quilting, Spark and SQL.",
)
ROLES = ("Data Engineer", "Data Scientist", "Orchard Keeper")


@pytest.fixture(autouse=True)
def quick_fits(monkeypatch):
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))


@pytest.fixture
def skills():
    """A published run of 90 ads, 30 of each role, and a copy; "SQL" is in each third of them."""
    make_roles()
    found = {name: make_skill(name) for name in ("Python", "SQL", "Spark")}
    found |= {"Kafka": make_skill("Kafka", "Apache Kafka"), "Kubernetes": make_skill("Kubernetes", "k8s")}
    found["Hidden"] = make_skill("grove")
    Skill.objects.filter(name="grove").update(is_hidden=True)
    make_read([*(make_ad(n) for n in range(90)), make_ad(1) | {"job_id": "a copy", "location": "Paris, France"}])
    services.refresh_now()
    return found


def make_roles():
    for name in ("data engineer", "data scientist"):
        Role.objects.create(name=name, slug=name.replace(" ", "-"))


def make_ad(n):
    text = f"{TEXTS[(n // 3 + n * n // 7) % len(TEXTS)]} You look after grove {n} of {n * 7 + 3} trees, row {n * 31}."
    return make_row(job_id=f"job-{n}", title=ROLES[n % 3], company=f"Orchard {n} Ltd", description=text)


def shares():
    """(role, skill) -> (ads that name it, ads) of the published run, for every role and over all."""
    snapshot = published().snapshot
    found = {}
    for role in [*snapshot.roles, None]:
        chosen = snapshot.select(Filter() if role is None else Filter(roles=(role,)))
        counts = snapshot.skill_counts(chosen).any
        found |= {(role, name): (int(n), chosen.n) for name, n in zip(snapshot.skills, counts, strict=True) if n}
    return found


def told_shares(edit):
    """The same before and after as the impact tells them, of every role and skill."""
    by_role, over_all, found = recounted_by(published().snapshot, edit)
    told = []
    for n, named in (("n", "named"), ("n_after", "named_after")):
        told.append({})
        for code, role in enumerate([*found.roles, None]):
            lines, place = (over_all, 0) if role is None else (by_role, code)
            rows = zip(found.skills, getattr(lines, named)[place], strict=True)
            size = int(getattr(lines, n)[place, 0])
            told[-1] |= {(role, skill): (int(count), size) for skill, count in rows if count}
    return told


def check(edit, do):
    """The impact of `edit` is what `do` does, share by share; and the postings it touches are those that changed."""
    before, after = told_shares(edit)
    impact = impact_of(edit)
    was = named_by_posting()
    assert before == shares()
    do()
    facts.extract_all_stale()
    group()
    services.refresh_now()
    assert after == shares()
    now = named_by_posting()
    assert impact.postings == sum(now[pk] != was[pk] for pk in now)
    check_largest(impact, before, after)
    return impact


def named_by_posting():
    snapshot = published().snapshot
    rows = snapshot.matrix().tolil().rows
    return {
        int(pk): (snapshot.roles[snapshot.role[row]], frozenset(snapshot.skills[code] for code in rows[row]))
        for row, pk in enumerate(snapshot.posting_id)
    }


def check_largest(impact, before, after):
    sizes = [{role: n for (role, _), (_, n) in told.items()} for told in (before, after)]
    changes = {}
    for key in before.keys() | after.keys():
        n = [size.get(key[0], 0) for size in sizes]
        is_told = key[0] is None or (key[0] not in NOT_IN_CATALOGUE and (None, key[1]) in after)
        if is_told and all(reliability(one).is_shown for one in n):
            share = [told.get(key, (0, 1))[0] / one for told, one in zip((before, after), n, strict=True)]
            changes[key[0] and role_label(key[0]), key[1]] = share[1] - share[0]
    changed = {key: change for key, change in changes.items() if abs(change) > 1e-9}
    assert len(impact.largest) == min(len(changed), 12)
    for one in impact.largest:
        assert one.change == pytest.approx(changed[one.role or None, one.skill])
        assert one.low <= one.change <= one.high
    surely = [min(abs(one.low), abs(one.high)) if one.low * one.high > 0 else 0 for one in impact.largest]
    assert surely == sorted(surely, reverse=True)


def add(skill, *phrases):
    decide("alias.add", {"skill": skill, "aliases": [{"phrase": one, "exact_case": False} for one in phrases]})


def merge(keep, *absorb):
    decide("skill.merge", {"keep": keep.name, "absorb": [skill.name for skill in absorb]})


def test_a_merge_does_what_was_told(skills):
    edit = edits.edit_of_merge(keep=skills["Spark"], absorb=[skills["Kafka"], skills["Kubernetes"]])

    impact = check(edit, lambda: merge(skills["Spark"], skills["Kafka"], skills["Kubernetes"]))

    assert impact.postings == impact.ads + 1  # the copy
    assert {"Kafka", "Kubernetes"} <= set(impact.roles[0].left)


def test_a_move_does_what_was_told(skills):
    alias = Alias.objects.get(phrase="Apache Kafka")

    check(
        edits.edit_of_move([alias], to=skills["Spark"]),
        lambda: decide("alias.move", {"aliases": [words_of(alias)], "skill": "Spark"}),
    )


def test_a_split_does_what_was_told(skills):
    alias = Alias.objects.get(phrase="Apache Kafka")
    words = {"skill": "Kafka", "aliases": [words_of(alias)], "name": "Streams", "kind": "tool"}

    impact = check(edits.edit_of_split([alias], name="Streams"), lambda: decide("skill.split", words))

    assert "Streams" in impact.roles[0].entered


def test_hiding_does_what_was_told(skills):
    impact = check(edits.edit_of_hide([skills["SQL"]]), lambda: Skill.objects.filter(name="SQL").update(is_hidden=True))

    assert {one.skill for one in impact.largest} == {"SQL"}
    assert all(one.after == 0 for one in impact.largest)


def test_showing_again_does_what_was_told(skills):
    check(edits.edit_of_show([skills["Hidden"]]), lambda: decide("skill.show", {"skills": ["grove"]}))


def test_a_redirect_does_what_was_told(skills):
    words = {"skill": "Kafka", "redirect": "Python"}

    check(edits.edit_of_deprecate(skills["Kafka"], redirect=skills["Python"]), lambda: decide("skill.deprecate", words))


def test_a_skill_deprecated_for_none_does_what_was_told(skills):
    check(
        edits.edit_of_deprecate(skills["Kafka"], redirect=None), lambda: decide("skill.deprecate", {"skill": "Kafka"})
    )


def test_a_merge_takes_what_leads_to_the_skill_along(skills):
    decide("skill.deprecate", {"skill": "Kubernetes", "redirect": "Kafka"})
    services.refresh_now()

    check(
        edits.edit_of_merge(keep=skills["Spark"], absorb=[skills["Kafka"]]),
        lambda: merge(skills["Spark"], skills["Kafka"]),
    )


def test_a_move_to_a_hidden_skill_takes_the_words_from_the_figures(skills):
    alias = Alias.objects.get(phrase="Apache Kafka")

    check(
        edits.edit_of_move([alias], to=skills["Hidden"]),
        lambda: Alias.objects.filter(pk=alias.pk).update(skill=skills["Hidden"]),
    )


def test_a_new_phrase_does_what_was_told(skills):
    edit = edits.edit_of_candidates(["copper quilting"], skill=skills["SQL"])

    impact = check(edit, lambda: add("SQL", "copper quilting"))

    assert impact.notes[0].startswith("“copper quilting” stands in")


def test_a_new_phrase_of_a_new_skill_does_what_was_told(skills):
    words = {"name": "Quilting", "kind": "method", "aliases": [{"phrase": "copper quilting", "exact_case": False}]}

    check(
        edits.edit_of_candidates(["copper quilting"], skill=None, name="Quilting"),
        lambda: decide("skill.create", words),
    )


def test_a_removed_phrase_does_what_was_told(skills):
    alias = Alias.objects.get(phrase="k8s")

    check(edits.edit_of_removal([alias]), lambda: decide("alias.remove", {"aliases": [words_of(alias)]}))


def test_titles_filed_elsewhere_do_what_was_told(skills):
    keeper, engineer = (Title.objects.get(text__iexact=text) for text in ("Orchard Keeper", "Data Engineer"))

    def file():
        TitlePin.objects.create(title=keeper, role=Role.objects.get(name="data scientist"))
        role = Role.objects.create(name="platform engineer", slug="platform-engineer")
        TitlePin.objects.create(title=engineer, role=role)

    edit = Edit(titles={keeper.pk: "data scientist", engineer.pk: "platform engineer"})
    impact = check(edit, file)

    sizes = {role.name: (role.n, role.n_after) for role in impact.roles}
    assert sizes == {"Data engineer": (30, 0), "Data scientist": (30, 60), "Platform engineer": (0, 30)}


def test_a_title_filed_as_saying_nothing_leaves_its_role(skills):
    engineer = Title.objects.get(text__iexact="Data Engineer")

    impact = impact_of(Edit(titles={engineer.pk: None}))

    assert [(role.name, role.n, role.n_after) for role in impact.roles] == [("Data engineer", 30, 0)]


def test_skills_and_titles_edited_together_do_what_was_told(skills):
    keeper = Title.objects.get(text__iexact="Orchard Keeper")
    merged = edits.edit_of_merge(keep=skills["Spark"], absorb=[skills["Kafka"]])

    def both():
        merge(skills["Spark"], skills["Kafka"])
        TitlePin.objects.create(title=keeper, role=Role.objects.get(name="data scientist"))

    check(Edit(moved=merged.moved, titles={keeper.pk: "data scientist"}), both)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_edited_is_what_was_told(skills, seed):
    """Aliases moved about at random, some to a new skill, some skills hidden, some titles filed anew."""
    chance = random.Random(seed)
    new = Skill(name="Streams", kind="tool")
    targets = [*skills.values(), new]
    moved = {alias: chance.choice(targets) for alias in Alias.objects.all() if chance.random() < 0.5}
    hidden = [skill for skill in skills.values() if chance.random() < 0.2]
    filed = {title: chance.choice(list(Role.objects.all())) for title in Title.objects.all() if chance.random() < 0.5}

    def do():
        new.save()
        for alias, skill in moved.items():
            Alias.objects.filter(pk=alias.pk).update(skill=skill)
        Skill.objects.filter(pk__in=[skill.pk for skill in hidden]).update(is_hidden=True)
        for title, role in filed.items():
            TitlePin.objects.create(title=title, role=role)

    edit = Edit(
        moved={alias.pk: skill.pk or edits.NEW for alias, skill in moved.items()},
        new_skills={edits.NEW: "Streams"},
        hidden=frozenset(skill.pk for skill in hidden),
        titles={title.pk: role.name for title, role in filed.items()},
    )
    check(edit, do)


def test_a_language_that_an_alias_leaves_does_what_was_told(skills):
    texts = {
        "it": "Il candidato ideale ha una laurea in scienze e ha maturato esperienza nella gestione dei dati con Spark",
        "en": "We are looking for a person who has experience with Spark and who will work with our customers",
    }
    make_read([make_row(job_id=f"{code} {n}", description=f"{texts[code]} {n}.") for code in texts for n in range(4)])
    services.refresh_now()
    alias = Alias.objects.get(phrase="Spark")
    edit = edits.edit_of_respelling([alias], phrase="Spark", exact_case=False, context="", not_in="it pt")

    impact = check(edit, lambda: decide("alias.edit", {"aliases": [words_of(alias)], "not_in": "it pt"}))

    assert impact.postings == 4


def test_a_language_that_an_alias_comes_to_is_searched_for(skills):
    alias = Alias.objects.get(phrase="Spark")
    Alias.objects.filter(pk=alias.pk).update(not_in="it")
    alias.refresh_from_db()

    edit = edits.edit_of_respelling([alias], phrase="Spark", exact_case=False, context="", not_in="pt")

    assert (edit.narrowed, edit.removed) == ({}, {alias.pk})
    assert edit.added[0].not_in == "pt"


def test_a_respelling_does_what_was_told(skills):
    alias = Alias.objects.get(phrase="k8s")
    edit = edits.edit_of_respelling([alias], phrase="copper quilting", exact_case=False, context="", not_in="")

    check(edit, lambda: decide("alias.edit", {"aliases": [words_of(alias)], "phrase": "copper quilting"}))
