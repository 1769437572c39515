"""The queue of titles: all there is to decide by on one page, and each decision answered at once."""

import pytest

from analytics.models import Asks, OpenTitle, Publication, Role, Run, TitlePin
from analytics.selectors.titles_queue import coverage
from analytics.services import store_open_titles
from analytics.services.open_titles import Asked
from jobsite.decisions import decide
from jobsite.models import Decision
from jobsite.work import State
from postings.models import Title
from tests.make import make_rows, make_user
from tests.make_read import make_read
from tests.make_run import make_ads, make_published
from tests.pages import admin_page, queries_of, text_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/analytics/opentitle/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def curator(client):
    """A browser in which a curator is signed in."""
    client.force_login(make_user("curator"))
    return client


@pytest.fixture
def run():
    return make_published(make_ads(4))


@pytest.fixture
def warden():
    return Role.objects.create(name="warden", slug="warden", family="orchard")


def asked(title, postings=3, *, asks=Asks.ROLE, **values):
    return Asked(
        asks=asks, title=title, postings=postings, reading="other", certainty=0.5, skills=("Python",), **values
    )


def waits(run, *titles):
    """These titles wait in the run, in this order."""
    for one in titles:
        Title.objects.get_or_create(text=one.title)
    store_open_titles(run, titles)
    return {row.title.text: row for row in OpenTitle.objects.select_related("title")}


def send(client, what, row, **fields):
    """Send the form of the queue as it stands on the page."""
    version = client.get(PAGE, {"tab": row.asks, "at": row.title_id}).context["version"]
    words = {"decide": what, "tab": row.asks, "q": "", "at": row.title_id, "version": version}
    return client.post(PAGE, words | fields, headers=HTMX)


def pins():
    return {(pin.title.text, pin.role.slug if pin.role else pin.without) for pin in TitlePin.objects.all()}


def test_a_title_is_shown_with_all_that_there_is_to_decide_it_by(curator, run, warden):
    make_read(make_rows(2, title="Grove Warden", description="You mind the grove. Call +44 20 7946 0958."))
    one = asked("Grove Warden", nearest=("warden",), role="warden", confidence=0.72, why=("grove", "Python"))
    waits(run, one, asked("Net Mender", 2))

    page = text_of(curator.get(PAGE))

    for told in (
        "Grove Warden", "Net Mender", "another trade, 50% sure", "Warden, with confidence 0.72", "grove, Python",
        "Orchard 1 Ltd", "You mind the grove.", "Without a role <span class=\"num\">2</span>",
    ):  # fmt: skip
        assert told in page, told
    assert "7946" not in page


def test_an_accepted_proposal_is_decided_at_once_and_the_next_title_is_open(curator, run, warden):
    rows = waits(run, asked("Grove Warden", role="warden", confidence=0.7), asked("Net Mender", 2))

    answer = send(curator, "accept", rows["Grove Warden"], why="they mind groves")

    assert pins() == {("Grove Warden", "warden")}
    decision = Decision.objects.get()
    assert (decision.by_name, decision.why) == ("curator", "they mind groves")
    assert answer.context["queue"].opened.title == "Net Mender"
    assert "“Grove Warden” is “warden” now. <a href=" in text_of(answer)


@pytest.mark.parametrize(
    ("what", "fields", "becomes"),
    [
        ("title.meaningless", {}, "unknown"),
        ("title.other", {}, "other"),
        ("role:warden", {}, "warden"),
        ("assign", {"role": " Warden "}, "warden"),
        ("create", {"name": "net mender", "family": "nets"}, "net-mender"),
    ],
)
@pytest.mark.usefixtures("warden")
def test_each_key_decides_about_the_open_title(curator, run, what, fields, becomes):
    rows = waits(run, asked("Net Mender"))

    send(curator, what, rows["Net Mender"], **fields)

    assert pins() == {("Net Mender", becomes)}


@pytest.mark.slow
def test_marked_titles_are_decided_together_and_taken_back_together(curator, run):
    rows = waits(run, asked("Analyst"), asked("Director"), asked("Net Mender"))
    marked = [rows["Analyst"].title_id, rows["Director"].title_id]

    answer = send(curator, "title.meaningless", rows["Net Mender"], mark=marked)

    assert pins() == {("Analyst", "unknown"), ("Director", "unknown")}
    assert answer.context["queue"].opened.title == "Net Mender"
    answer = send(curator, f"undo:{Decision.objects.get().pk}", rows["Net Mender"])
    assert pins() == set()
    assert answer.context["queue"].opened.title == "Analyst"


@pytest.mark.slow
def test_marked_proposals_are_one_decision_for_each_role(curator, run, warden):
    Role.objects.create(name="mender", slug="mender")
    rows = waits(run, asked("Grove Warden", role="warden"), asked("Net Mender", role="mender"), asked("Analyst"))

    send(curator, "accept", rows["Analyst"], mark=[row.title_id for row in rows.values()])

    assert pins() == {("Grove Warden", "warden"), ("Net Mender", "mender")}
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("accept", {}, "Nothing is proposed here"),
        ("assign", {"role": ""}, "Choose a role"),
        ("assign", {"role": "nobody"}, "No role is called “nobody”"),
        ("create", {"name": "warden"}, "There is a role “warden” already"),
        ("undo:99", {}, "nothing of yours to take back"),
        ("title.other", {"mark": ["99999"]}, "wait no longer"),
    ],
)
@pytest.mark.usefixtures("warden")
def test_what_cannot_be_is_said_and_the_title_stays_open(curator, run, what, fields, said):
    rows = waits(run, asked("Analyst"), asked("Net Mender"))

    answer = send(curator, what, rows["Net Mender"], **fields)

    assert said in text_of(answer)
    assert answer.context["queue"].opened.title == "Net Mender"
    assert pins() == set()


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(curator, run, warden):
    rows = waits(run, asked("Net Mender"))
    version = curator.get(PAGE).context["version"]
    decide("title.assign", {"titles": ["Net Mender"], "role": "warden"}, by=make_user(name="cora"))

    sent = {"decide": "title.other", "tab": "role", "at": rows["Net Mender"].title_id, "version": version}
    answer = curator.post(PAGE, sent, headers=HTMX)

    assert pins() == {("Net Mender", "warden")}
    assert "Nothing was saved" in text_of(answer)


@pytest.mark.slow
def test_without_scripts_the_same_form_leads_back_to_the_page(curator, run):
    rows = waits(run, asked("Analyst"), asked("Net Mender"))
    row = rows["Analyst"]
    version = curator.get(PAGE).context["version"]

    sent = {"decide": "title.other", "tab": "role", "at": row.title_id, "version": version}
    page = curator.post(PAGE, sent, follow=True)

    assert "“Analyst” is another trade." in text_of(page)
    assert page.context["queue"].opened.title == "Net Mender"


def test_titles_that_skills_speak_against_come_first_and_say_by_how_much(curator, run, warden):
    doubted = asked("Pear Hand", asks=Asks.SKILLS, role="warden", margin=2.31, why=("Python",))
    waits(run, asked("Net Mender"), doubted)

    Role.objects.create(name="picker", slug="picker")
    OpenTitle.objects.filter(asks=Asks.SKILLS).update(reading="picker")

    page = curator.get(PAGE)

    assert page.context["queue"].tab.name == Asks.SKILLS
    assert "Keep picker" in text_of(page)
    assert "mean log-likelihood ratio 2.3" in text_of(page)


@pytest.mark.slow
def test_a_guess_is_confirmed_as_it_was_read(curator, run, warden):
    rows = waits(run, asked("Warden Intern", asks=Asks.WORDING, role="warden", confidence=0.5))

    page = text_of(curator.get(PAGE, {"tab": "wording"}))
    assert "Yes, warden" in page
    send(curator, "accept", rows["Warden Intern"])
    assert pins() == {("Warden Intern", "warden")}


def test_the_search_narrows_the_list_and_stays_while_deciding(curator, run):
    waits(run, asked("Analyst"), asked("Net Mender"), asked("Net Maker"))

    page = curator.get(PAGE, {"tab": "role", "q": "net"})

    assert [row.title for row in page.context["queue"].rows] == ["Net Mender", "Net Maker"]


def test_roles_are_found_by_name_and_by_synonym(curator, warden):
    warden.synonyms.create(phrase="orchard guard")
    Role.objects.create(name="old warden", slug="old-warden", merged_into=warden)

    assert "warden" in text_of(curator.get(f"{PAGE}roles/", {"role": "guard"}))
    assert text_of(curator.get(f"{PAGE}roles/", {"role": "ward"})).count('role="option"') == 1
    assert "option" not in text_of(curator.get(f"{PAGE}roles/", {"role": " "}))


def test_the_coverage_counts_what_was_decided_and_what_comes_next(run, warden):
    waits(run, asked("Analyst", 1), asked("Net Mender", 1), asked("Director", 1))

    assert coverage().startswith("100.0% of 4 postings have a role; the next 20 titles without one would add 75.0 ")
    decide("title.assign", {"titles": ["Net Mender"], "role": "warden"})
    decide("title.other", {"titles": ["Director"]})
    assert f", 1 more with what was decided since run {run.pk};" in coverage()
    assert "would add 25.0 points" in coverage()


def test_before_the_first_run_and_with_nothing_to_decide_the_page_says_so(curator):
    assert "There is no published run yet" in text_of(curator.get(PAGE))
    run = Run.objects.create(state=State.DONE, postings=1)
    Publication.objects.update_or_create(id=1, defaults={"run": run})
    assert "Nothing waits here" in text_of(curator.get(PAGE))


def test_who_may_only_look_is_offered_no_decision_and_makes_none(client, run):
    looker = make_user("viewer", name="looker")
    looker.is_staff = True
    looker.save()
    client.force_login(looker)
    rows = waits(run, asked("Net Mender"))

    assert "You may look, and not decide" in text_of(client.get(PAGE))
    sent = {"decide": "title.other", "tab": "role", "at": rows["Net Mender"].title_id}
    assert client.post(PAGE, sent).status_code == 403
    assert pins() == set()


@pytest.mark.slow
def test_the_page_asks_the_database_no_more_often_for_more_titles(curator, run, warden):
    waits(run, asked("Net Mender"))
    curator.get(PAGE)
    few = queries_of(curator, PAGE)
    waits(run, *(asked(f"Net Mender {number}", nearest=("warden",), role="warden") for number in range(50)))

    assert queries_of(curator, PAGE) <= few


@pytest.mark.slow
def test_a_new_run_takes_nothing_from_under_a_curators_hands(curator, run, warden):
    rows = waits(run, asked("Net Mender"), asked("Analyst"))
    new = Run.objects.create(state=State.DONE, postings=1, folder=run.folder)
    Publication.objects.update(run=new)

    answer = send(curator, "title.other", rows["Net Mender"])

    assert pins() == {("Net Mender", "other")}
    assert answer.context["queue"].opened.title == "Analyst"
    store_open_titles(new, (asked("Analyst"), asked("Director")))
    assert [row.title for row in curator.get(PAGE).context["queue"].rows] == ["Analyst"]  # Director is no title here


def test_a_role_that_is_deleted_is_proposed_no_more(curator, run, warden):
    Role.objects.create(name="picker", slug="picker", family="growers")  # the last role cannot be deleted
    rows = waits(run, asked("Grove Warden", role="warden", confidence=0.7))

    decide("role.delete", {"role": "warden"})

    assert OpenTitle.objects.get(pk=rows["Grove Warden"].pk).proposed is None
    assert curator.get(admin_page(OpenTitle, "changelist")).status_code == 200
