"""The log: who came and went, what came in, what was taken away, what was changed."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jobsite.chores import do_chores
from jobsite.decisions import decide
from jobsite.log import note
from jobsite.models import DecisionBatch, Event, EventKind
from postings.services import remove_source, source_named
from tests.make import make_csv, make_row, make_rows, make_skill, make_user, merge_skills
from tests.make_run import make_ads, make_published
from tests.pages import act, admin_page, save, text_of

pytestmark = pytest.mark.django_db

PASSWORD = "orchard-lane-42"


@pytest.fixture
def admin(client):
    user = make_user("admin", name="ada")
    client.force_login(user)
    Event.objects.all().delete()
    return user


def lines(*kinds):
    """Who and what, oldest first."""
    found = Event.objects.order_by("pk")
    return list((found.filter(kind__in=kinds) if kinds else found).values_list("kind", "who", "what"))


def sign_in(client, name="ada", password=PASSWORD):
    return client.post(reverse("login"), {"username": name, "password": password}, REMOTE_ADDR="192.0.2.1")


def test_whoever_signs_in_and_out_is_in_the_log(client):
    make_user("viewer", name="ada")

    sign_in(client)
    client.post(reverse("logout"))

    assert lines() == [
        ("log-in", "ada", "Signed in from 192.0.2.1"),
        ("log-out", "ada", "Signed out"),
    ]


def test_a_session_that_ended_is_in_the_log_with_why(client, settings):
    make_user("viewer", name="ada")
    sign_in(client)
    session = client.session
    session["seen_at"] -= 60 * settings.SESSION_IDLE_MINUTES + 1
    session.save()

    client.get(reverse("run_list"))

    assert lines("log-out") == [("log-out", "ada", "Was signed out after 120 minutes without a request")]


def test_a_refused_log_in_names_an_account_that_there_is_and_nothing_else_that_was_typed(client):
    make_user("viewer", name="ada")

    sign_in(client, "ada", "wrong")
    sign_in(client, "a-password-typed-too-early", "wrong")

    assert lines() == [
        ("refused", "ada", "Wrong name or password from 192.0.2.1"),
        ("refused", "somebody", "Wrong name or password from 192.0.2.1"),
    ]


def test_a_closed_log_in_is_one_line_however_often_somebody_knocks(client, settings):
    settings.AXES_FAILURE_LIMIT = 2
    make_user("viewer", name="ada")

    for _ in range(6):
        sign_in(client, "ada", "wrong")

    assert [kind for kind, _, _ in lines()] == ["refused", "locked"]
    assert lines("locked") == [
        ("locked", "ada", "Wrong name or password too often, closed for 15 minutes from 192.0.2.1")
    ]


@pytest.mark.slow
def test_a_file_handed_in_and_taken_is_in_the_log_with_its_rows(client, admin, workers):
    file = SimpleUploadedFile("jobs.csv", make_csv([*make_rows(3), make_row(title="")]))
    with workers():
        page = client.post(reverse("upload_list"), {"file": file, "source": "a board"}).headers["Location"]
    form = client.get(page).context["form"]
    with workers():
        client.post(f"{page}take/", {**form.initial, **{field.html_name: field.value() or "" for field in form}})

    assert lines() == [
        ("import", "ada", "Handed in “jobs.csv” for “a board”"),
        ("import", "ada", "Took the held file “jobs.csv”"),
        ("import", "ada", "Took in “jobs.csv”: 3 new, 0 changed, 0 repeated, 1 rejected"),
    ]
    last = Event.objects.first()
    assert (last.rows, last.link) == (4, page)


def test_a_file_handed_in_in_the_admin_is_in_the_log(client, admin):
    source = source_named("a board")
    file = SimpleUploadedFile("jobs.csv", make_csv(make_rows(2)))

    client.post(reverse("admin:postings_upload_add"), {"handed_in": file, "source": source.pk, "seen_on": "2026-08-01"})

    assert ("import", "ada", "Handed in “jobs.csv” for “a board”") in lines()


def test_a_held_file_that_is_discarded_is_in_the_log(client, admin):
    file = SimpleUploadedFile("jobs.csv", make_csv(make_rows(2)))
    page = client.post(reverse("upload_list"), {"file": file}).headers["Location"]

    client.post(f"{page}discard/")

    assert lines()[-1] == ("import", "ada", "Discarded the held file “jobs.csv”")


def test_files_taken_in_on_the_command_line_are_in_the_log(tmp_path, capsys):
    path = tmp_path / "jobs.csv"
    path.write_bytes(make_csv(make_rows(2)))

    call_command("ingest", str(path), "--source", "a board")

    assert lines() == [
        ("import", "command line", "Handed in “jobs.csv” for “a board”"),
        ("import", "command line", "Took in “jobs.csv”: 2 new, 0 changed, 0 repeated, 0 rejected"),
    ]


def test_a_file_that_cannot_be_read_is_in_the_log_with_why(tmp_path, capsys):
    path = tmp_path / "jobs.csv"
    path.write_text("title,description\n")

    with pytest.raises(Exception, match="no rows"):
        call_command("ingest", str(path), "--source", "a board")

    assert lines()[-1][2] == "Could not read “jobs.csv”: The file holds a header but no rows."


def test_taxonomies_that_come_and_go_are_in_the_log_but_not_what_is_only_tried(tmp_path, capsys):
    make_skill("Python")
    call_command("export_taxonomy", str(tmp_path / "ours"))
    call_command("import_taxonomy", str(tmp_path / "ours"), "--format", "own", "--dry-run")
    assert [kind for kind, _, _ in lines()] == ["export"]

    call_command("import_taxonomy", str(tmp_path / "ours"), "--format", "own")

    assert lines("import") == [("import", "command line", f"A taxonomy (own) from {tmp_path / 'ours'}")]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_table_that_is_taken_away_is_in_the_log_with_its_rows_and_its_address(client, admin, kind):
    run = make_published(make_ads(20))
    address = f"{reverse('role_list')}?country=GB&export={kind}&table=roles"

    assert client.get(address).status_code == 200

    event = Event.objects.get()
    assert (event.kind, event.who, event.link) == ("export", "ada", address)
    assert event.what.endswith(f" of run {run.pk} as {kind.upper()}")
    assert event.rows == 1


def test_a_visitor_who_takes_a_table_away_is_in_the_log_as_that(client, settings):
    settings.PUBLIC_DASHBOARDS = True
    make_published(make_ads(20))

    client.get(f"{reverse('role_list')}?export=csv&table=roles")

    assert Event.objects.get().who == "visitor"


def test_an_export_that_is_refused_is_not_in_the_log(client, admin):
    make_published(make_ads(20))
    client.get(f"{reverse('role_list')}?export=csv&table=no-such-table")

    assert lines() == []


def test_rejected_rows_that_are_taken_away_are_in_the_log(client, admin, tmp_path, capsys):
    path = tmp_path / "jobs.csv"
    path.write_bytes(make_csv([make_row(), make_row(title="")]))
    call_command("ingest", str(path))
    pk = Event.objects.first().link.strip("/").split("/")[-1]

    client.get(reverse("upload_rejections", args=[pk])).getvalue()

    assert lines("export") == [("export", "ada", "Rejected rows of “jobs.csv” as CSV")]


def test_what_is_changed_in_the_admin_is_in_the_log(client, admin):
    other = make_user("viewer", name="vera")
    curator = Group.objects.get(name="curator")

    save(client, other, username="vera", groups=[curator.pk], is_active="on")

    assert lines() == [("edit", "ada", "Changed user “vera”: Changed Groups.")]
    assert Event.objects.get().link == admin_page(other, "change", other.pk)


def test_rows_that_are_deleted_together_are_a_line_each(client, admin):
    others = [make_user("viewer", name=name) for name in ("vera", "otto")]

    act(client, "delete_selected", others, post="yes")

    assert not User.objects.filter(username__in=("vera", "otto")).exists()
    assert sorted(lines()) == [("edit", "ada", "Deleted user “otto”"), ("edit", "ada", "Deleted user “vera”")]


def test_a_row_that_is_deleted_alone_is_one_line(client, admin):
    act(client, "delete_selected", [make_user("viewer", name="vera")], post="yes")

    assert lines() == [("edit", "ada", "Deleted user “vera”")]


def test_asking_whether_to_delete_leaves_no_line(client, admin):
    act(client, "delete_selected", [make_user("viewer", name=name) for name in ("vera", "otto")])

    assert lines() == []


def test_a_decision_is_one_line_with_the_way_to_it(client, admin):
    make_skill("Python")
    make_skill("Python3")

    decision = decide("skill.merge", {"keep": "Python", "absorb": ["Python3"]}, by=admin)

    assert lines() == [("edit", "ada", decision.summary)]
    assert Event.objects.get().link == decision.get_absolute_url()


def test_decisions_that_are_taken_away_and_brought_in_are_in_the_log(client, admin, workers):
    merge_skills(keep=make_skill("Python"), absorb=make_skill("Python3"))
    Event.objects.all().delete()
    content = client.get(reverse("admin:jobsite_decision_export")).content

    with workers():
        file = SimpleUploadedFile("theirs.json", content)
        client.post(reverse("admin:jobsite_decision_apply"), {"file": file})
    with workers():
        client.post(reverse("admin:jobsite_decisionbatch_confirm", args=[DecisionBatch.objects.get().pk]))

    assert lines() == [
        ("export", "ada", "The decisions that stand"),
        ("import", "ada", "Decisions from “theirs.json”"),
    ]


def test_a_source_that_is_removed_is_in_the_log(client, admin):
    remove_source(source_named("a board"), reason="asked to", by=admin)

    assert lines() == [("edit", "ada", "Removed the source “a board” and its 0 postings: asked to")]


def test_what_was_done_outlives_the_account(admin):
    note(EventKind.EDIT, "Something", by=admin)
    admin.delete()

    assert Event.objects.get().who == "ada"


def test_lines_of_the_log_cannot_be_changed():
    event = note(EventKind.EDIT, "Something", by=None)
    event.what = "Nothing"

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        Event.objects.update(what="Nothing")


def test_lines_that_are_too_old_are_removed_as_a_chore(settings):
    now = timezone.now()
    for days in (settings.LOG_DAYS + 1, settings.LOG_DAYS - 1):
        Event.objects.create(kind=EventKind.EDIT, who="ada", what="Something", at=now - timedelta(days=days))

    assert do_chores(timezone.localdate())["lines of the log that are too old"] == 1
    assert Event.objects.count() == 1


def test_words_that_are_too_long_are_cut():
    assert len(note(EventKind.EDIT, "x" * 900, by="y" * 900, link="z" * 900).what) == 500


@pytest.fixture
def log_page():
    return reverse("admin:jobsite_event_changelist")


def test_administrators_search_and_filter_the_log(client, admin, log_page):
    note(EventKind.EDIT, "Renamed the skill “R”", by=admin, link="/skills/1/")
    note(EventKind.IMPORT, "Handed in “=1+1.csv” for “a board”", by=None, rows=12)

    assert "Renamed the skill" in text_of(client.get(log_page))
    found = text_of(client.get(f"{log_page}?kind__exact=import&q=board"))
    assert "Handed in" in found
    assert "Renamed the skill" not in found


def test_the_log_is_read_only(client, admin, log_page):
    event = note(EventKind.EDIT, "Something", by=admin)

    assert client.get(admin_page(event, "add")).status_code == 403
    assert client.post(admin_page(event, "delete", event.pk), {"post": "yes"}).status_code == 403
    assert client.post(admin_page(event, "change", event.pk), {"what": "Nothing"}).status_code == 403
    assert Event.objects.get(pk=event.pk).what == "Something"


def test_the_log_can_be_taken_away_as_it_is_filtered_and_no_name_is_run_as_a_formula(client, admin, log_page):
    note(EventKind.EDIT, "Renamed the skill “R”", by="=cmd", link="/skills/1/")
    note(EventKind.IMPORT, "Handed in “jobs.csv” for “a board”", by=None, rows=12)

    text = client.get(f"{log_page}export/?kind__exact=edit").getvalue().decode("utf-8-sig")

    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["at", "kind", "who", "what", "rows", "link"]
    assert [row[1:] for row in rows] == [["edit", "'=cmd", "Renamed the skill “R”", "", "/skills/1/"]]
    assert lines("export") == [("export", "ada", "The log as CSV")]


@pytest.mark.parametrize("group", ["viewer", "analyst", "curator"])
def test_nobody_else_reads_the_log(client, log_page, group):
    client.force_login(make_user(group))

    assert client.get(log_page).status_code == 403
    assert client.get(f"{log_page}export/").status_code == 403
