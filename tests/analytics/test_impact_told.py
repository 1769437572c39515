"""How an impact is told before saving: in words, beside the question, and without a trace."""

import pytest
from django.apps import apps
from django.urls import reverse

from analytics import archive, services
from analytics.models import Publication, Run
from analytics.profiles import FitSettings
from analytics.selectors.impact_told import told
from analytics.services import profiles as profiles_service
from jobsite.decisions import decide, undo
from postings.impact import Edit, Impact, NewAlias, RoleImpact, ShareChange, impact_of
from postings.models import Alias
from postings.selectors import edits, new_phrases
from tests.make import make_row, make_rows, make_skill, make_user
from tests.make_read import make_read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_fits(monkeypatch):
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))


@pytest.fixture
def skills():
    """A published run of 30 ads that name Python and SQL, and 12 that speak of copper quilting."""
    found = {name: make_skill(name) for name in ("Python", "SQL")}
    texts = (f"Requirements: Python. Copper quilting for grove {n}, {n * 37} trees." for n in range(12))
    make_read([*make_rows(30), *(make_row(job_id=f"quilt-{n}", description=text) for n, text in enumerate(texts))])
    services.refresh_now()
    return found


def make_change(**values):
    fields = {"role": "Data engineer", "skill": "Spark", "n": 412, "n_after": 412, "before": 0.12, "after": 0.18}
    return ShareChange(**fields | {"change": 0.06, "low": 0.042, "high": 0.081} | values)


def make_impact(**values):
    fields = {"run": 14, "postings": 1204, "ads": 1150, "roles": (), "largest": (), "notes": (), "seconds": 0.1}
    return Impact(**fields | values)


def rows_of_all_tables():
    return {
        model._meta.label: sorted(map(str, model.objects.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


@pytest.mark.slow
def test_telling_and_cancelling_leave_no_trace(skills, client):
    client.force_login(make_user("curator"))
    before = rows_of_all_tables()
    files = sorted((path, path.stat().st_size) for path in archive.runs_folder().parent.rglob("*") if path.is_file())

    for edit in (
        edits.edit_of_merge(keep=skills["SQL"], absorb=[skills["Python"]]),
        edits.edit_of_split(skills["SQL"].aliases.all(), name="Queries"),
        edits.edit_of_candidates(["copper quilting"], skill=None, name="Quilting"),
        edits.edit_of_hide([skills["SQL"]]),
        edits.edit_of_removal(Alias.objects.filter(phrase="SQL")),
    ):
        assert impact_of(edit).postings
    chosen = {"action": "merge", "_selected_action": [skill.pk for skill in skills.values()]}
    page = client.post(reverse("admin:postings_skill_changelist"), chosen, follow=True)

    assert "would name other skills" in page.text
    assert "Cancel" in page.text
    assert rows_of_all_tables() == before
    assert files == sorted(
        (path, path.stat().st_size) for path in archive.runs_folder().parent.rglob("*") if path.is_file()
    )


def test_before_the_first_run_there_is_no_impact():
    python, sql = make_skill("Python"), make_skill("SQL")

    assert impact_of(edits.edit_of_merge(keep=sql, absorb=[python])) is None


@pytest.mark.slow
def test_without_the_frozen_record_there_is_no_impact_and_the_question_is_asked_all_the_same(skills, client):
    for path in archive.record_folder().glob("*.npz"):
        path.unlink()
    client.force_login(make_user("curator"))
    chosen = {"action": "merge", "_selected_action": [skill.pk for skill in skills.values()]}

    assert impact_of(edits.edit_of_merge(keep=skills["SQL"], absorb=[skills["Python"]])) is None
    page = client.post(reverse("admin:postings_skill_changelist"), chosen, follow=True)

    assert "Save this decision" in page.text
    assert 'id="impact-heading"' not in page.text


@pytest.mark.slow
def test_an_edit_of_nothing_changes_nothing(skills):
    impact = impact_of(Edit())

    assert (impact.postings, impact.roles, impact.largest, impact.notes) == (0, (), (), ())
    assert told(impact).says.endswith("no figure changes.")


@pytest.mark.slow
def test_what_was_edited_since_the_run_is_said(skills):
    edit = edits.edit_of_hide([skills["SQL"]])
    assert impact_of(edit).notes == ()

    decide("skill.hide", {"skills": ["Python"]})

    assert impact_of(edit).notes[0].startswith("1 decision since run")


@pytest.mark.slow
def test_an_edit_taken_back_since_the_run_is_not_said(skills):
    undo(decide("skill.hide", {"skills": ["Python"]}))

    assert impact_of(Edit()).notes == ()


@pytest.mark.slow
def test_the_postings_of_a_new_phrase_are_read_where_they_are_few(skills):
    edit = edits.edit_of_candidates(["Copper Quilting"], skill=skills["SQL"])

    first, second = impact_of(edit).notes

    assert first.startswith("“Copper Quilting” stands in 12 postings, by full-text search; read now, 12 of them would")
    assert second.startswith("Texts that hold new phrases are read again after saving")


@pytest.mark.slow
def test_the_case_of_a_new_phrase_counts_where_its_few_postings_are_read(skills):
    edit = edits.edit_of_candidates(["copper quilting"], skill=skills["SQL"], exact_case=True)

    assert impact_of(edit).postings == 0  # all of them write it with a capital


@pytest.mark.slow
def test_of_a_common_new_phrase_some_postings_are_read_and_all_counted(skills, monkeypatch):
    monkeypatch.setattr(new_phrases, "MOST_READ", 5)
    edit = edits.edit_of_candidates(["copper quilting"], skill=skills["SQL"])

    impact = impact_of(edit)

    assert impact.postings == 12
    assert "Of 5 of these, read now, 5 would name it" in impact.notes[0]


def test_a_rule_that_asks_for_skills_beside_a_new_phrase_finds_them():
    make_skill("Python"), make_skill("SQL")
    make_read([make_row(description="Requirements: experience with Python, Grovelint, SQL.")])

    (holders,) = new_phrases.holders_of([NewAlias("Grovelint", True, "listed", None, "Grovelint")])

    assert (holders.found, holders.taken) == (1, 1)


def test_a_longer_alias_that_holds_a_new_phrase_keeps_its_words(skills):
    make_skill("Copper quilting for grove", "copper quilting for grove")
    edit = edits.edit_of_candidates(["copper quilting"], skill=skills["SQL"])

    assert "read now, 0 of them would name it" in impact_of(edit).notes[0]


def test_the_aliases_inside_a_new_phrase_are_named(skills):
    make_skill("Quilting", "copper")
    edit = edits.edit_of_candidates(["Copper quilting for"], skill=skills["SQL"])

    assert "“Copper quilting for” holds “copper”, “Quilting”" in impact_of(edit).notes[1]


def test_the_largest_change_is_told_with_its_interval():
    impact = make_impact(largest=(make_change(),), roles=(RoleImpact("Data engineer", 412, 412, ("Spark",), ("R",)),))

    words = told(impact)

    assert words.says == (
        "1,204 postings (1,150 without copies) would name other skills, and the 20 commonest skills of 1 role would be "
        "others."
    )
    assert words.largest == (
        "The clearest change: Spark, from 12% to 18% of Data engineer ads (+6.0 points, 95% interval +4.2 to +8.1)."
    )
    [line] = words.roles
    assert (line.ads, line.entered, line.left) == ("412", "Spark", "R")


def test_a_skill_that_goes_is_not_the_largest_change_while_others_stay():
    gone = make_change(role="", skill="Kafka", before=0.2, after=0.0, change=-0.2, low=-0.22, high=-0.18)

    assert "Spark" in told(make_impact(largest=(gone, make_change()))).largest
    assert "Kafka, from 20% to 0% of all ads" in told(make_impact(largest=(gone,))).largest


def test_titles_filed_anew_are_told_as_roles_and_sizes():
    words = told(make_impact(roles=(RoleImpact("Data engineer", 412, 430),)))

    assert "would have another role, and no role’s 20 commonest skills would be others" in words.says
    assert words.roles[0].ads == "412 → 430"


def test_a_share_of_few_ads_is_marked():
    [thin, firm] = told(make_impact(largest=(make_change(n=29), make_change(n=30)))).shares

    assert (thin.state, firm.state) == ("thin", "ok")


def test_what_is_told_belongs_to_the_published_run(skills):
    run = Run.objects.get()

    assert impact_of(Edit()).run == run.pk
    Publication.objects.update(run=None)
    assert impact_of(Edit()) is None
