"""The admin as a curator's tool: consequences first, decisions kept, figures follow."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from analytics.models import (
    KnownProfile,
    OpenTitle,
    Profile,
    ProfileLevel,
    ProfilePin,
    Publication,
    Role,
    RoleSynonym,
    Run,
    TitlePin,
)
from analytics.selectors.published import published
from analytics.services import refresh_now
from jobsite.decisions import decide, hand_in_one, run_batch
from jobsite.models import Decision
from jobsite.work import State
from postings.models import (
    Alias,
    Candidate,
    CopyDecision,
    Posting,
    Removal,
    Skill,
    SkillGroup,
    Source,
    Title,
    Upload,
)
from tests.make import make_csv, make_ingested, make_row, make_rows, make_skill, make_source, make_user, merge_skills
from tests.make_read import figures, make_read, skills_named
from tests.pages import act, add, admin_page, confirm, queries_of, save, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    """A browser in which a curator is signed in."""
    client.force_login(make_user("curator"))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(make_user("admin"))
    return client


def make_one_of_everything(mark=""):
    """A row in every section of the admin; again with another mark."""
    group = SkillGroup.objects.create(slug=f"group{mark}", name="machine learning", set="area")
    skill = make_skill(f"PyTorch{mark}", f"Torch{mark}")
    skill.groups.add(group)
    merge_skills(keep=skill, absorb=make_skill(f"Caffe{mark}"))
    run_batch(hand_in_one("skill.hide", {"skills": [f"Caffe{mark}"]}, name="one skill", by=None).pk)
    make_ingested(
        [make_row(job_id=f"1{mark}", title=f"Keeper{mark}"), make_row(title="")],
        name=f"jobs{mark}.csv",
        source=f"board{mark}",
    )
    posting = Posting.objects.latest("pk")
    Removal.objects.create(source=f"gone{mark}", reason="No longer needed.", postings=3)
    CopyDecision.objects.create(one=f"board\x1f1{mark}", other=f"board\x1f2{mark}", verdict="not")
    Candidate.objects.create(
        key=f"x{mark}", phrase=f"X{mark}", postings=2, samples=[posting.pk], suggested=skill, skill=skill
    )
    role = Role.objects.create(name=f"role{mark}", slug=f"role{mark}")
    RoleSynonym.objects.create(role=role, phrase=f"phrase{mark}")
    TitlePin.objects.create(title=posting.title, role=role)
    run = Run.objects.create(state=State.DONE, postings=1)
    Publication.objects.update_or_create(id=1, defaults={"run": run})
    open_title = Title.objects.create(text=f"Warden{mark}")
    OpenTitle.objects.create(run=run, title=open_title, postings=2, reading="other", certainty=0.5, proposed=role)
    known = KnownProfile.objects.create(first_run=run)
    Profile.objects.create(
        run=run, level=ProfileLevel.COARSE, number=0, known=known, proposed_name=f"profile{mark}", weight=1
    )
    ProfilePin.objects.create(profile=known, name=f"name{mark}")


SECTIONS = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)


@pytest.mark.slow
def test_every_section_with_data_in_it_answers_lists_forms_and_searches(administrator):
    make_one_of_everything()

    for model in SECTIONS:
        section, row = admin.site._registry[model], model.objects.latest("pk")
        for page in ("changelist", "change", "history"):
            address = admin_page(model, page, *([] if page == "changelist" else [row.pk]))
            assert administrator.get(address, follow=True).status_code == 200, address
        searched = administrator.get(admin_page(model, "changelist"), {"q": "e"})
        assert searched.status_code == 200, model
        may_add = section.has_add_permission(searched.wsgi_request)
        assert administrator.get(admin_page(model, "add")).status_code == (200 if may_add else 403), model


@pytest.mark.slow
def test_no_list_asks_the_database_more_often_for_more_rows(administrator):
    pages = [admin_page(model, "changelist") for model in SECTIONS if model._meta.app_label != "auth"]
    make_one_of_everything("a")
    for page in pages:
        administrator.get(page)  # content types and the like are looked up once
    for_one = {page: queries_of(administrator, page) for page in pages}
    for mark in "bcde":
        make_one_of_everything(mark)

    for_five = {page: queries_of(administrator, page) for page in pages}

    assert {page: for_five[page] for page in pages if for_five[page] > for_one[page]} == {}


def two_skills():
    keep, absorb = make_skill("PyTorch"), make_skill("Torch", "torch2")
    absorb.groups.add(SkillGroup.objects.create(slug="deep-learning", name="deep learning", set="area"))
    return keep, absorb


def test_merging_asks_first_and_does_nothing_yet(curator):
    keep, absorb = two_skills()

    response = act(curator, "merge", [keep, absorb])

    assert "Merge “Torch” into “PyTorch”?" in text_of(response)
    absorb.refresh_from_db()
    assert absorb.merged_into is None
    assert absorb.aliases.count() == 2
    assert not Decision.objects.exists()


@pytest.mark.slow
def test_which_skill_stays_can_be_chosen_and_looked_at_before(curator):
    keep, absorb = two_skills()

    response = act(curator, "merge", [keep, absorb], keep=absorb.pk, look="1")

    assert "Merge “PyTorch” into “Torch”?" in text_of(response)
    assert not Skill.objects.exclude(merged_into=None).exists()


@pytest.mark.slow
def test_merging_is_done_once_it_is_confirmed(curator):
    keep, absorb = two_skills()

    response = confirm(curator, act(curator, "merge", [keep, absorb]), keep=keep.pk, why="two spellings")

    absorb.refresh_from_db()
    assert absorb.merged_into == keep
    assert keep.aliases.count() == 3
    assert "“Torch” merged into “PyTorch”. <a href=" in text_of(response)
    decision = Decision.objects.get()
    assert (decision.by_name, decision.why) == ("curator", "two spellings")


@pytest.mark.slow
def test_a_confirmed_merge_changes_the_published_figures(curator, workers):
    keep, absorb = two_skills()
    texts = ("Requirements: PyTorch for pears.", "Requirements: Torch for plums.", "Requirements: torch2 for figs.")
    make_read([make_row(job_id=f"job-{n}", description=text) for n, text in enumerate(texts)])

    with workers():
        confirm(curator, act(curator, "merge", [keep, absorb]), keep=keep.pk)

    assert figures() == {"PyTorch": 3}


@pytest.mark.slow
def test_a_merge_that_is_refused_for_one_skill_changes_none(curator):
    keep, absorb = two_skills()
    gone = make_skill("zz old torch")
    merge_skills(keep=make_skill("Caffe"), absorb=gone)

    response = act(curator, "merge", [keep, absorb, gone], keep=keep.pk)

    assert 'name="confirm"' not in response.content.decode()
    assert "“zz old torch” is merged into “Caffe” already." in text_of(response)
    absorb.refresh_from_db()
    assert absorb.merged_into is None


@pytest.mark.slow
def test_a_merge_of_what_somebody_else_changed_meanwhile_is_not_made(curator):
    keep, absorb = two_skills()
    page = act(curator, "merge", [keep, absorb])
    decide(
        "skill.merge", {"keep": "Torch", "absorb": [make_skill("Theano").name]}, by=make_user("curator", name="cora")
    )

    response = confirm(curator, page, keep=keep.pk)

    assert "This was changed meanwhile; last by cora at" in text_of(response)
    absorb.refresh_from_db()
    assert absorb.merged_into is None


def test_merging_needs_two_skills(curator):
    response = act(curator, "merge", [make_skill("PyTorch")])

    assert "Choose the two or more skills that are one." in text_of(response)


def test_a_curator_defines_a_skill_and_names_its_ids_elsewhere(curator):
    skill = make_skill("PyTorch")
    counts = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0}
    sets = {f"{name}-{key}": value for name in ("aliases", "references") for key, value in counts.items()}
    address = "http://data.europa.eu/esco/skill/ccd0-1"
    reference = {"references-0-scheme": "esco", "references-0-identifier": address, "references-0-label": "tensors"}

    page = save(curator, skill, name="PyTorch", kind="tool", definition="Library for tensors.", **sets, **reference)
    confirm(curator, page)

    skill.refresh_from_db()
    assert skill.definition == "Library for tensors."
    kept = skill.references.get()
    assert (str(kept), kept.identifier, kept.url) == ("ESCO: tensors", "ccd0-1", address)


@pytest.mark.slow
def test_skills_are_hidden_and_shown_again(curator):
    skill = make_skill("communication", kind="soft")

    confirm(curator, act(curator, "hide", [skill]))
    assert not Skill.objects.shown().exists()
    confirm(curator, act(curator, "show", [skill]))
    assert Skill.objects.shown().get() == skill


@pytest.mark.slow
def test_a_new_alias_is_read_in_the_texts_that_contain_it(curator, workers):
    make_skill("grove databases")
    make_read([make_row(job_id="a", description="Requirements: GroveDB and pears.")])

    with workers():
        confirm(curator, add(curator, Alias, phrase=" GroveDB ", skill="Grove databases", context=""))

    assert Publication.objects.get().run.postings == 1
    assert skills_named(Posting.objects.get()) == {"grove databases"}


@pytest.mark.slow
def test_aliases_removed_from_the_list_leave_the_figures_too(curator, workers):
    skill = make_skill("Python", "Py")
    make_read(make_rows(1))

    with workers():
        confirm(curator, act(curator, "remove", [skill.aliases.get(phrase="Python")]))

    assert figures() == {"Python": 0}


def test_an_alias_with_a_rule_that_does_not_exist_is_refused_since_it_would_stop_every_reader(curator):
    skill = make_skill("Go")

    response = add(curator, Alias, phrase="golang", skill=skill.pk, context="lsited")

    assert not Alias.objects.filter(phrase="golang").exists()
    assert "lsited is not one of the available choices" in text_of(response)


@pytest.mark.slow
def test_an_alias_is_kept_from_being_read_in_a_language_and_the_page_says_what_that_does(curator, workers):
    skill = make_skill("Informatica")
    italian = "Il candidato ideale ha una laurea in Informatica e ha maturato esperienza nella gestione dei dati."
    make_read([make_row(job_id="it", description=italian), make_row(job_id="short", description="Informatica, daily.")])
    refresh_now()
    alias = skill.aliases.get()
    filled = {"phrase": "Informatica", "context": ""}

    refused = save(curator, alias, **filled, not_in="it, klingon")
    page = save(curator, alias, **filled, not_in="PT, it")
    with workers():
        confirm(curator, page)

    assert "No text is told to be in “klingon”" in text_of(refused)
    assert "1 posting (1 without copies) would name other skills" in text_of(page)
    assert "Counted by the language of each posting as a whole" in text_of(page)
    alias.refresh_from_db()
    assert alias.not_in == "it pt"
    assert {one.external_id: skills_named(one) for one in Posting.objects.all()} == {
        "it": set(),
        "short": {"Informatica"},
    }
    shown = curator.get(reverse("admin:postings_alias_changelist"), {"not_in": "it pt"})
    assert "Informatica" in text_of(shown)


def test_an_alias_that_differs_from_another_in_case_alone_is_refused(curator):
    make_skill("Python")
    other = make_skill("snakes")

    response = add(curator, Alias, phrase="PYTHON", skill=other.pk, context="")

    assert "“Python” is an alias of Python already." in text_of(response)
    assert not other.aliases.filter(phrase="PYTHON").exists()


def test_a_candidate_shows_the_sentences_that_it_stands_in(curator):
    make_skill("Python")
    make_skill("SQL")
    rows = [
        make_row(job_id=str(n), description=f"Requirements: Python, SQL, GroveDB. Call 0113 496 000{n} for tree {n}.")
        for n in range(2)
    ]
    make_read(rows)

    shown = text_of(curator.get(admin_page(Candidate, "change", Candidate.objects.get().pk)))

    assert "Requirements: Python, SQL, <strong>GroveDB</strong>." in shown
    assert "0113 496" not in shown


def hand_in(client, content, *, name="jobs.csv", source=None):
    file = SimpleUploadedFile(name, content)
    source = source or make_source()
    return add(client, Upload, handed_in=file, source=source.pk, seen_on="2026-08-01")


def test_a_file_that_is_handed_in_through_the_admin_goes_the_way_of_the_uploads_page(curator):
    response = hand_in(curator, make_csv(make_rows(3)))

    upload = Upload.objects.get()
    assert response.redirect_chain == [(upload.get_absolute_url(), 302)]
    assert (upload.state, upload.by.username) == (State.HELD, "curator")
    assert "Take it" in text_of(response)


def test_a_file_that_cannot_be_read_is_refused_by_the_form_of_the_admin(curator):
    response = hand_in(curator, b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    assert "is a picture" in text_of(response)
    assert not Upload.objects.exists()


def test_a_file_that_is_known_is_the_same_upload_in_the_admin_too(curator):
    hand_in(curator, make_csv(make_rows(3)))

    response = hand_in(curator, make_csv(make_rows(3)), source=make_source("another board"))

    assert "handed in before" in text_of(response)
    assert Upload.objects.get().source.name == "a board"


def test_the_admin_takes_no_larger_file_than_the_page(curator, settings):
    settings.UPLOAD_MAX_MB = 1

    response = hand_in(curator, b"x" * (1024 * 1024 + 1))

    assert "at most 1.0 MB are taken" in text_of(response)
    assert not Upload.objects.exists()


def test_what_became_of_a_file_is_not_edited_by_hand(administrator):
    hand_in(administrator, make_csv(make_rows(1)))
    upload = Upload.objects.get()

    response = administrator.post(reverse("admin:postings_upload_change", args=[upload.pk]), {"seen_on": "2020-01-01"})

    assert response.status_code == 403
    assert Upload.objects.get().seen_on == upload.seen_on


def test_what_is_known_of_a_source_can_be_written_down(curator):
    source = make_source()

    save(curator, source, name="Pear board", kind="dataset", licence="CC0", query="keeper", keep_until="2027-01-01")

    source.refresh_from_db()
    assert (source.name, source.kind, source.licence, source.query) == ("Pear board", "dataset", "CC0", "keeper")
    assert source.keep_until.year == 2027


@pytest.mark.slow
def test_a_renamed_source_is_called_so_in_the_next_figures(curator, workers):
    make_read(make_rows(2))

    with workers():
        save(curator, Source.objects.get(), name="Pear board", kind="export")

    assert published().snapshot.vocabulary("source") == ("Pear board",)
