"""Figures that are worked out once for each run: how ambiguous roles are, and title twins."""

import pytest

from analytics import archive, tasks
from analytics.frozen import FILE, figures_of
from analytics.models import OpenTitle, Publication, Run
from analytics.services import finish_off, finish_off_published, freeze_figures
from analytics.snapshot import DamagedSnapshot
from tests.make_run import Ad, make_ads, make_published, make_run

pytestmark = pytest.mark.django_db

PIPES, CHARTS = {"Kafka": 2, "Spark": 2, "Airflow": 2}, {"Excel": 2, "Tableau": 2, "SQL": 2}


def apart():
    """Two thirds of the companies ask their data engineers for pipes, one third for charts."""
    return [
        *make_ads(15, company="Quince", skills=PIPES),
        *make_ads(15, company="Medlar", skills=PIPES),
        *make_ads(15, company="Sorrel", skills=CHARTS),
    ]


def alike():
    kinds = [
        Ad(company=company, skills=skills) for company in ("Quince", "Medlar", "Sorrel") for skills in (PIPES, CHARTS)
    ]
    return kinds * 10


def test_a_role_that_companies_fill_differently_is_ambiguous_and_one_they_share_is_not():
    assert freeze_figures(make_run(apart())).ambiguity["data engineer"].is_beyond_chance
    assert not freeze_figures(make_run(alike())).ambiguity["data engineer"].is_beyond_chance


def test_the_company_that_pulls_it_most_is_named():
    figures = freeze_figures(make_run(apart()))

    assert figures.ambiguity["data engineer"].pulls[0].company == "sorrel"


def test_copies_agencies_and_unknown_employers_do_not_speak_for_companies():
    others = [
        *make_ads(20, company="Sorrel", skills=CHARTS, is_copy=True),
        *make_ads(20, company="Sorrel Staffing", skills=CHARTS),
        *make_ads(20, company="", skills=CHARTS),
    ]
    pipes = [ad for ad in apart() if ad.company != "Sorrel"]

    found = freeze_figures(make_run([*pipes, *others])).ambiguity["data engineer"]

    assert (found.value, found.ads) == (None, 30)
    assert "companies" in found.refusal


def test_a_role_of_few_ads_and_titles_outside_the_catalogue_get_none():
    ads = [*make_ads(29), *make_ads(40, role="other"), *make_ads(40, role="unknown")]

    assert freeze_figures(make_run(ads)).ambiguity == {}


def test_the_same_work_under_two_titles_is_a_twin():
    ads = [*apart(), *make_ads(15, company="Lovage", role="data analyst", skills=CHARTS)]

    figures = freeze_figures(make_run(ads))

    closest = figures.twins[0]
    assert {(side.company, side.role) for side in (closest.first, closest.second)} == {
        ("lovage", "data analyst"),
        ("sorrel", "data engineer"),
    }
    assert closest.distance == 0 < figures.within


def test_figures_are_kept_and_read_again_as_they_were():
    run = make_run(apart())
    assert figures_of(run.input_key) is None

    figures = freeze_figures(run)

    assert figures_of(run.input_key) == figures


def test_figures_that_cannot_be_read_say_so():
    run = make_run(apart())
    freeze_figures(run)
    (archive.runs_folder() / run.input_key / FILE).write_text('{"ambiguity": {"data engineer": {"n": 1}}}')

    with pytest.raises(DamagedSnapshot, match="Make a run again"):
        figures_of(run.input_key)


def test_a_published_run_without_figures_gets_them_once():
    assert finish_off_published(None) == 0
    make_published(apart())

    assert finish_off_published(None) == 1
    assert finish_off_published(None) == 0


def test_pages_show_the_figure_beside_chance_and_say_when_it_waits(client, settings):
    settings.PUBLIC_DASHBOARDS = True
    make_published(apart())
    waiting = client.get("/roles/data-engineer/").content.decode()
    assert "not worked out yet" in waiting

    figures = freeze_figures(Publication.objects.get().run)

    value = f"{figures.ambiguity['data engineer'].value:.2f}"
    page = client.get("/roles/data-engineer/").content.decode()
    assert value in page
    assert "by chance" in page
    (line,) = client.get("/roles/").context["screen"].lines
    assert line.ambiguity.text == value
    assert line.ambiguity.companies[0] == "Sorrel"


def test_a_run_that_another_is_about_to_replace_is_passed_over():
    run = make_published(apart())
    Run.objects.create(parameters={})

    finish_off(run.pk)

    assert figures_of(run.input_key) is None
    assert OpenTitle.objects.count() == 0


def test_the_worker_finishes_a_run_off_after_it_is_published(workers):
    run = make_published(apart())

    with workers():
        tasks.finish_off_task.delay(run.pk)

    assert figures_of(run.input_key) is not None
