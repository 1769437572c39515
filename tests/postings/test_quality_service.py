"""Quality reports: one for each lexicon that was in use, measured by whoever comes first."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from postings import services, tasks
from postings.models import Alias, QualityReport
from postings.services import quality as service
from postings.skills.quality import Quality
from tests.make import make_ingested, make_rows, make_skill, merge_skills

pytestmark = pytest.mark.django_db


@pytest.fixture
def python():
    return make_skill("Python", kind="language")


def found(report):
    return Quality.from_figures(report.figures).overall.found


def command(*arguments):
    out = io.StringIO()
    call_command("measure_quality", *arguments, stdout=out)
    return out.getvalue()


def test_without_aliases_there_is_nothing_to_measure():
    assert services.measure_quality() is None
    assert not QualityReport.objects.exists()


def test_a_report_is_stamped_with_what_made_it(python):
    report = services.measure_quality()

    assert report.lexicon == services.current_lexicon().stamp
    assert all((report.stamp, report.code, report.marked_set))
    assert report.postings == Quality.from_figures(report.figures).postings >= 60
    assert found(report) > 10


def test_the_same_lexicon_is_measured_once(python, monkeypatch):
    first = services.measure_quality()
    monkeypatch.setattr(service, "measure", None)

    assert services.measure_quality() == first
    assert QualityReport.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda skill: Alias.objects.create(phrase="Kotlin", skill=skill),
        lambda skill: type(skill).objects.filter(pk=skill.pk).update(kind="tool"),
        lambda skill: type(skill).objects.filter(pk=skill.pk).update(is_hidden=True),
    ],
    ids=["alias", "kind", "hidden"],
)
def test_what_is_found_or_what_it_means_changes_and_is_measured_anew(python, change):
    first = services.measure_quality()

    change(python)

    second = services.measure_quality()
    assert second != first
    assert second.figures != first.figures
    assert QualityReport.objects.first() == second


def test_a_lexicon_that_comes_back_gives_the_report_of_the_day_again(python):
    first = services.measure_quality()
    extra = Alias.objects.create(phrase="Kotlin", skill=python)
    services.measure_quality()

    extra.delete()

    assert services.measure_quality() == first
    assert QualityReport.objects.first() == first
    assert QualityReport.objects.count() == 2


def test_hidden_skills_are_not_counted_and_merged_ones_count_as_what_they_became(python):
    go = make_skill("Kotlin", kind="tool")
    both = found(services.measure_quality())
    merge_skills(keep=python, absorb=go)

    assert {meaning.name for meaning in service.shown_meanings().values()} == {"Python"}
    assert found(services.measure_quality()) == both

    python.is_hidden = True
    python.save()
    assert found(services.measure_quality()) == 0


@pytest.mark.slow
def test_once_the_texts_are_read_the_workers_measure(python, workers):
    make_ingested(make_rows(2))
    with workers():
        tasks.facts_changed()

    assert QualityReport.objects.get().lexicon == services.current_lexicon().stamp


def test_the_command_prints_the_figures_with_intervals(python):
    said = command()

    assert services.current_lexicon().stamp in said
    assert "language  marked   " in said
    assert "precision 0." in said


def test_the_command_gives_all_of_it_as_json(python):
    said = json.loads(command("--json"))

    report = QualityReport.objects.get()
    assert said["stamp"] == report.stamp
    assert said["overall"] == report.figures["overall"]


def test_the_command_says_what_is_missing_before_the_taxonomy_is_loaded():
    with pytest.raises(CommandError, match=r"manage\.py prepare"):
        command()
