"""From one run to another: what changed, why, and how a person reads it."""

import json
import shutil
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from analytics import archive, services
from analytics.models import Publication, Role, Run, TitlePin
from analytics.selectors.comparing import NotComparable, compare_runs
from analytics.selectors.run_changes import run_changes_screen
from analytics.snapshot.attribution import Kind
from jobsite.work import State
from postings.models import Title
from tests.make import make_row, make_rows, make_user, merge_skills
from tests.make_read import make_lexicon, make_read
from tests.make_run import make_ads, make_published, make_run
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db

OLD = [*make_ads(20), *make_ads(12, role="data scientist", skills={"R": 2}, profile=1)]
NEW = [*OLD, *make_ads(30, skills={"Spark": 2})]


@pytest.fixture
def reader(client):
    client.force_login(make_user("viewer"))
    return client


def refreshed():
    return Run.objects.get(pk=services.refresh_now().run)


def figure(comparison, kind, **which):
    figures = comparison.found.figures
    (one,) = [f for f in figures if f.kind == kind and all(getattr(f, k) == v for k, v in which.items())]
    return {part: value for part, value in one.parts.items() if value}


def causes(comparison):
    return {part for figure in comparison.found.figures for part, value in figure.parts.items() if value}


@pytest.mark.slow
def test_what_happens_to_the_record_is_named_as_what_it_is():
    lexicon = make_lexicon()
    text = "Requirements: Airflow, Kafka. You keep the pears of valley {} and its {} barns."
    keepers = [
        make_row(job_id=f"pear-{n}", title="Pear Keeper", company=f"Valley {n}", description=text.format(n, n * 7 + 3))
        for n in range(12)
    ]
    make_read([*make_rows(12), *keepers])
    first = refreshed()
    make_read(make_rows(20)[12:], name="later.csv")
    more = refreshed()
    merge_skills(keep=lexicon["Airflow"], absorb=lexicon["Kafka"])
    merged = refreshed()
    role = Role.objects.create(name="grove keeper", slug="grove-keeper")
    TitlePin.objects.create(title=Title.objects.get(text="Pear Keeper"), role=role)
    pinned = refreshed()

    assert causes(compare_runs(first, more)) == {"postings"}
    assert causes(compare_runs(more, merged)) == {"taxonomy"}
    assert causes(compare_runs(merged, pinned)) == {"titles"}
    assert causes(compare_runs(first, pinned)) == {"postings", "taxonomy", "titles"}
    assert figure(compare_runs(first, pinned), Kind.ADS, role="grove keeper") == {"titles": 12}


def test_the_parts_of_every_figure_add_up_to_its_change():
    comparison = compare_runs(make_run(OLD, profiles=("a", "b")), make_run(NEW, profiles=("a", "b")))

    assert {figure.kind for figure in comparison.found.figures} >= {Kind.POSTINGS, Kind.ADS, Kind.SHARE, Kind.PROFILE}
    assert all(sum(figure.parts.values()) == figure.change for figure in comparison.found.figures)


@pytest.mark.slow
def test_a_profile_is_compared_with_the_one_that_it_continues():
    before = make_run(make_ads(20), profiles=("pipelines",))
    after = make_run(make_ads(25), profiles=("pipelines again",))
    known = before.profiles.get(level="fine").known_id
    after.profiles.filter(level="fine").update(known=known)

    comparison = compare_runs(before, after)

    (one,) = [f for f in comparison.found.figures if f.kind is Kind.PROFILE and f.profile == known]
    assert comparison.profiles[known] == "pipelines again"
    assert float(one.new - one.old) == pytest.approx(0.9 * 5)
    assert Fraction(sum(one.parts.values())) == one.change


def test_a_run_that_is_not_finished_is_not_compared():
    with pytest.raises(NotComparable, match="not finished"):
        compare_runs(make_run(OLD), Run.objects.create())


def test_the_page_says_what_changed_since_the_run_before(reader):
    make_run(OLD)
    run = make_published(NEW, profiles=())

    page = text_of(reader.get(reverse("run_changes", args=[run.pk])))

    assert "mostly through postings." in page
    assert "Behind it: 30 new postings." in page
    assert "Spark in data engineer" in page


def test_the_largest_change_of_a_kind_stands_first_with_its_parts(reader):
    before = make_run(OLD)
    run = make_run(NEW)

    screen = run_changes_screen(run, other=str(before.pk))

    shares = next(section for section in screen.sections if section.title.startswith("Shares"))
    assert [column.text for column in shares.table.columns] == ["What", "Before", "Now", "Change", "Postings", "Ads"]
    top = [cell.text for cell in shares.table.rows[0]]
    assert top in (
        ["Spark in data engineer", "0%", "60%", "+60.0", "+60.0", "20 → 50"],
        ["Python in data engineer", "100%", "40%", "\N{MINUS SIGN}60.0", "\N{MINUS SIGN}60.0", "20 → 50"],
        ["SQL in data engineer", "100%", "40%", "\N{MINUS SIGN}60.0", "\N{MINUS SIGN}60.0", "20 → 50"],
    )
    changes = [abs(float(row[3].order)) for row in shares.table.rows]
    assert changes == sorted(changes, reverse=True)


def test_the_published_run_against_the_one_before_is_one_click(reader):
    make_run(OLD)
    run = make_published(NEW)
    changes = reverse("run_changes", args=[run.pk])

    assert f'href="{changes}"' in reader.get(reverse("run_list")).content.decode()
    assert f'href="{changes}?from={Publication.objects.get().run_id - 1}"' in text_of(
        reader.get(run.get_absolute_url())
    )


def test_another_run_is_chosen_from_a_list(reader):
    first, second, third = make_run(OLD), make_run(OLD[:15]), make_run(NEW)

    page = reader.get(reverse("run_changes", args=[third.pk]), {"from": first.pk})

    screen = page.context["screen"]
    assert screen.other == first
    assert [(choice.value, choice.selected) for choice in screen.choices] == [
        (str(second.pk), False),
        (str(first.pk), True),
    ]


@pytest.mark.parametrize("asked", ["999", "x", "-1", "9" * 30])
def test_a_run_that_there_is_not_is_answered_in_words(reader, asked):
    run = make_run(OLD)

    assert f"There is no finished run {asked}." in text_of(
        reader.get(reverse("run_changes", args=[run.pk]), {"from": asked})
    )


def test_the_first_run_has_nothing_before_it(reader):
    run = make_run(OLD)

    assert "no finished run before" in text_of(reader.get(reverse("run_changes", args=[run.pk])))
    assert "no finished run before" in text_of(reader.get(run.get_absolute_url()))


def test_runs_with_the_same_figures_say_so(reader):
    make_run(OLD)

    page = reader.get(reverse("run_changes", args=[make_run(OLD).pk]))

    assert "figures changed." in page.context["screen"].sentence
    assert page.context["screen"].sentence.startswith("None of the")


def test_a_run_whose_arrays_are_gone_is_answered_in_words(reader):
    before, run = make_run(OLD), make_run(NEW)
    (archive.snapshots_folder() / before.folder / "day.npy").unlink()
    archive.snapshot_in.cache_clear()

    assert "is damaged: day.npy is missing" in text_of(reader.get(reverse("run_changes", args=[run.pk])))


def test_a_run_whose_arrays_were_removed_is_neither_offered_nor_compared(reader):
    kept, removed, run = make_run(OLD[:30]), make_run(OLD), make_run(NEW)
    shutil.rmtree(archive.snapshots_folder() / removed.folder)

    page = reader.get(reverse("run_changes", args=[run.pk]))
    asked = reader.get(reverse("run_changes", args=[run.pk]), {"from": removed.pk})

    assert page.context["screen"].other == kept
    assert [choice.value for choice in page.context["screen"].choices] == [str(kept.pk)]
    assert f"run {removed.pk} were removed to save room" in text_of(asked)


def test_the_page_asks_the_database_as_often_for_many_changes_as_for_few(reader):
    make_run(OLD)
    few = queries_of(reader, reverse("run_changes", args=[make_run(OLD[:30]).pk]))
    many = queries_of(reader, reverse("run_changes", args=[make_run([*NEW, *make_ads(40, role="ml engineer")]).pk]))

    assert many == few


def compared(*args, **options):
    out = StringIO()
    call_command("compare_runs", *args, stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_each_change_with_its_parts():
    before, run = make_run(OLD), make_run(NEW)

    lines = [line.strip() for line in compared(before.pk, run.pk).splitlines()]

    assert "data engineer: 20 -> 50 (+30: postings +30)" in lines
    assert "Spark in data engineer: 0% -> 60% (+60.0: postings +60.0)" in lines


def test_the_command_narrows_to_the_figures_that_are_asked_for():
    before, run = make_run(OLD), make_run(NEW)

    text = compared(before.pk, run.pk, figure="SPARK")

    assert "Spark in all roles" in text
    assert "Postings" not in text


def test_the_json_holds_exact_steps_from_which_the_parts_follow():
    before, run = make_run(OLD), make_run(NEW)

    report = json.loads(compared(before.pk, run.pk, json=True))

    assert report["changed"] == len(report["figures"]) > 5
    for one in report["figures"]:
        steps = [Fraction(*step) for step in one["steps"]]
        assert float(steps[-1] - steps[0]) == pytest.approx(sum(one["parts"].values()))
        assert (float(steps[0]), float(steps[-1])) == (one["old"], one["new"])


def test_the_command_refuses_in_words():
    with pytest.raises(CommandError, match="no run 1"):
        compared(1, 2)
    with pytest.raises(CommandError, match="not finished"):
        compared(make_run(OLD).pk, Run.objects.create(state=State.FAILED).pk)
