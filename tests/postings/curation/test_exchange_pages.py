"""Taxonomies in and out by the list of skills: seen first, taken as one decision, undone whole."""

import csv
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jobsite.decisions import RefusedError, apply_decisions, decide, export_decisions, undo
from jobsite.models import Decision, Event
from postings import selectors
from postings.models import Alias, Extraction, Skill, SkillGroup, SkillReference
from postings.services.exchange import OWN_FILES
from tests.make import make_row, make_skill, make_user
from tests.make_read import make_read
from tests.pages import text_of
from tests.postings.curation.rows import rows_of

pytestmark = pytest.mark.django_db
IMPORT = "admin:postings_skill_import"
TABLE = "skill,kind,alias,groups,definition\nHoney,domain,honey,bees,Of bees.\nHoney,,mead,,\nPyTorch,method,torch2,,\n"


@pytest.fixture(autouse=True)
def torch():
    return make_skill("PyTorch", "libtorch")


@pytest.fixture
def curator(client, workers):
    client.force_login(make_user("curator"))
    client.workers = workers
    return client


def look(client, text, kind="flat", name="own.csv", **fields):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse(IMPORT), {"kind": kind, "handed_in": SimpleUploadedFile(name, content), **fields})


def take(client, page, **fields):
    """Confirm an import, let a worker do it, and return the page of its batch as it is then."""
    plan = re.search(r'name="plan" value="([^"]+)"', page.content.decode())[1]
    with client.workers():
        answer = client.post(reverse(IMPORT), {"plan": plan, "confirm": "1", **fields})
    return client.get(answer.url)


def test_a_file_says_what_it_would_do_and_leaves_nothing_behind(curator):
    before = rows_of()

    said = text_of(look(curator, TABLE))

    assert "1 new groups, 1 new skills, 3 new aliases, 1 new definitions." in said
    assert "1 things differ." in said
    assert "Take the kind of PyTorch" in said
    assert rows_of() == before
    assert not Decision.objects.exists()


@pytest.mark.slow
def test_what_was_shown_is_taken_as_one_decision_and_undone_whole(curator):
    before = rows_of()
    page = look(curator, TABLE)

    said = text_of(take(curator, page, why="our own words", take="0"))

    decision = Decision.objects.get()
    assert (decision.action, decision.why) == ("taxonomy.import", "our own words")
    assert "“own.csv” imported: 1 group, 1 skill, 3 aliases, 1 skill changed." in said
    assert set(Skill.objects.get(name="Honey").aliases.values_list("phrase", flat=True)) == {"honey", "mead"}
    assert Skill.objects.get(name="PyTorch").kind == "method"
    assert Event.objects.filter(kind="import").exists()
    undo(decision)
    assert rows_of() == before


@pytest.mark.slow
def test_what_differs_stays_unless_it_is_taken(curator):
    take(curator, look(curator, TABLE))
    assert Skill.objects.get(name="PyTorch").kind == "tool"


def test_a_plan_that_was_changed_on_the_way_is_refused(curator):
    page = curator.post(reverse(IMPORT), {"plan": "made up", "confirm": "1"}, follow=True)
    assert "Choose the file again." in text_of(page)
    assert not Decision.objects.exists()


def test_what_came_in_meanwhile_is_not_doubled(curator):
    page = look(curator, TABLE)
    make_skill("Honey")
    assert "There is a skill “Honey” already." in text_of(take(curator, page))
    assert not Decision.objects.exists()


@pytest.mark.slow
def test_ambiguous_entries_are_told_apart_by_the_person(curator):
    esco = (
        "id,description,hierarchy_levels,type\n"
        "a-2,economics,\"[['K', 'K03']]\",preferredLabel\n"
        "a-2,banking,\"[['K', 'K03']]\",altLabels\n"
    )
    make_skill("banking", kind="domain")
    page = look(curator, esco, kind="esco", name="esco.csv")
    assert "What economics is" in text_of(page)

    take(curator, page, **{"means-0": "banking"})

    assert SkillReference.objects.get().skill.name == "banking"


@pytest.mark.slow
def test_what_was_removed_comes_back_only_when_asked_for(curator):
    take(curator, look(curator, TABLE))
    undo(Decision.objects.get())
    assert "“Honey” was here and was removed." in text_of(look(curator, TABLE))

    take(curator, look(curator, TABLE, bring_back="on"))

    assert Skill.objects.filter(name="Honey").exists()


@pytest.mark.parametrize(
    ("text", "kind", "name", "sentence"),
    [
        ("skill,kind\n", "flat", "own.csv", "there is no column &#x27;alias&#x27;"),
        ("x", "own", "odd.txt", "odd.txt is none of our own files"),
        (b"PK no zip", "own", "all.zip", "all.zip is no zip that can be read"),
    ],
)
def test_a_wrong_file_is_refused_in_words(curator, text, kind, name, sentence):
    assert sentence in text_of(look(curator, text, kind=kind, name=name))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["own", "flat"])
def test_an_export_comes_back_the_same(curator, kind):
    group = SkillGroup.objects.create(slug="deep", name="deep", set="own")
    skill = Skill.objects.get(name="PyTorch")
    skill.groups.add(group)
    Alias.objects.create(phrase="=SUM(A1)", skill=skill, exact_case=True)
    SkillReference.objects.create(skill=skill, scheme="onet", identifier="Py; Torch", label="PyTorch")
    decide("skill.deprecate", {"skill": make_skill("Caffe").name, "redirect": "PyTorch"})
    before = selectors.current_taxonomy()

    answer = curator.get(reverse("admin:postings_skill_export"), {"kind": kind})

    content = b"".join(answer) if answer.streaming else answer.content
    Skill.objects.update(merged_into=None)
    for model in (SkillReference, Alias, Skill, SkillGroup):
        model.objects.all().delete()
        model.history.all().delete()
    page = look(curator, content, kind=kind, name="all.zip" if kind == "own" else "all.csv")
    take(curator, page)
    assert selectors.current_taxonomy() == before
    assert Event.objects.filter(kind="export").exists()


def test_a_table_runs_no_formula_and_a_zip_holds_our_files(curator):
    Alias.objects.create(phrase="=SUM(A1)", skill=Skill.objects.get(), exact_case=True)
    table = curator.get(reverse("admin:postings_skill_export")).content.decode()
    assert "'=SUM(A1)" in [row["alias"] for row in csv.DictReader(io.StringIO(table))]
    packed = curator.get(reverse("admin:postings_skill_export"), {"kind": "own"}).content
    assert set(zipfile.ZipFile(io.BytesIO(packed)).namelist()) == OWN_FILES


@pytest.mark.slow
def test_an_import_is_applied_elsewhere_by_its_words(curator):
    take(curator, look(curator, TABLE))
    out = io.StringIO()
    export_decisions(out)
    meant = selectors.current_taxonomy()
    undo(Decision.objects.get())
    text = out.getvalue().replace(str(Decision.objects.get(undoes=None).key), "12345678-1234-5678-1234-567812345678")

    applied = apply_decisions(text, name="theirs.json")

    assert applied.refused == []
    assert selectors.current_taxonomy() == meant


def test_a_skill_that_texts_have_named_is_not_deleted(curator):
    make_read([make_row(job_id="a", description="Requirements: libtorch.")])
    assert Extraction.objects.exists()
    with pytest.raises(RefusedError, match="hide, merge or deprecate it"):
        decide("skill.delete", {"skill": "PyTorch"})


def test_a_skill_that_nothing_named_is_deleted_by_its_page(curator, torch):
    page = curator.post(reverse("admin:postings_skill_remove", args=[torch.pk]))
    version = re.search(r'name="version" value="([^"]+)"', page.content.decode())[1]

    curator.post(reverse("admin:postings_skill_remove", args=[torch.pk]), {"confirm": "1", "version": version})

    assert not Skill.objects.exists()
    undo(Decision.objects.get())
    assert Skill.objects.get().aliases.count() == 2
