"""What is read, when, and by whom: stale postings only, each once, whatever dies in between."""

import weakref
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import services as analytics_services
from analytics.models import Publication, Run
from jobsite.work import State
from postings import services, tasks
from postings.models import Alias, CopyPass, Extraction, ExtractionBatch, LexiconState, Posting, PostingText
from postings.services import extraction, staleness
from tests.make import SEEN_ON, make_ingested, make_row, make_rows, make_skill, merge_skills
from tests.make_read import skills_named
from tests.properties import examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def python():
    return make_skill("Python")


def stale_ids():
    stamp = services.record_stamp(services.current_lexicon())
    return sorted(extraction.stale_postings(stamp).values_list("pk", flat=True))


def ranges(batches):
    return list(ExtractionBatch.objects.filter(pk__in=batches).order_by("pk").values_list("first_id", "last_id"))


def test_only_what_is_stale_is_read(python):
    make_ingested(make_rows(3))
    assert services.extract_all_stale() == 3
    make_ingested(make_rows(5), name="later.csv")

    assert services.extract_all_stale() == 2
    assert services.extract_all_stale() == 0


def test_a_record_names_the_skills_of_its_text(python):
    make_skill("SQL")
    make_ingested([make_row(job_id="1", description="Requirements: Python for the orchard. We like pears.")])

    services.extract_all_stale()

    assert skills_named(Posting.objects.get()) == {"Python"}


@pytest.mark.parametrize(
    "change",
    [
        lambda skill: Alias.objects.create(phrase="number", skill=skill),
        lambda skill: skill.aliases.filter(phrase="grove").delete(),
        lambda skill: skill.aliases.update(exact_case=True),
        lambda skill: skill.aliases.update(context="listed"),
        lambda skill: skill.aliases.update(not_in="it"),
    ],
    ids=["added", "removed", "case", "context", "languages"],
)
def test_a_changed_lexicon_makes_postings_stale(change):
    skill = make_skill("Python", "grove")
    make_ingested(make_rows(2))
    services.extract_all_stale()

    change(skill)

    assert len(stale_ids()) == 2
    assert services.extract_all_stale() == 2
    assert stale_ids() == []


def test_what_phrases_mean_can_change_without_a_text_being_read_again(python):
    other = make_skill("Py")
    make_ingested(make_rows(2))
    services.extract_all_stale()

    merge_skills(keep=python, absorb=other)
    python.name, python.is_hidden = "Python 3", True
    python.save()

    assert stale_ids() == []
    assert services.extract_all_stale() == 0


def test_an_alias_that_is_deleted_and_added_again_makes_records_stale_since_they_point_to_its_id(python):
    make_ingested(make_rows(1))
    services.extract_all_stale()
    before = services.current_lexicon()

    python.aliases.all().delete()
    Alias.objects.create(phrase="Python", skill=python)

    after = services.current_lexicon()
    assert after.stamp == before.stamp
    assert services.record_stamp(after) != services.record_stamp(before)
    assert len(stale_ids()) == 1


def test_the_extractor_is_built_once_for_a_lexicon_and_anew_when_it_changes(python):
    def extractor():
        lexicon = services.current_lexicon()
        return extraction.extractor_of(services.record_stamp(lexicon), lexicon)

    first = extractor()
    assert extractor() is first

    Alias.objects.create(phrase="Py", skill=python)
    assert extractor() is not first


def test_everything_can_be_read_again_on_demand(python):
    make_ingested(make_rows(2))
    services.extract_all_stale()

    services.mark_everything_stale()

    assert services.extract_all_stale() == 2


def test_batches_cover_exactly_the_stale_ids_and_are_planned_once(python, settings):
    settings.EXTRACT_BATCH_POSTINGS = 2
    make_ingested(make_rows(2))
    services.extract_all_stale()
    make_ingested(make_rows(7), name="later.csv")
    stale = stale_ids()

    batches = services.plan_extraction()

    assert ranges(batches) == [(stale[0], stale[1]), (stale[2], stale[3]), (stale[4], stale[4])]
    assert services.plan_extraction() == []
    assert [services.extract_batch(pk) for pk in batches] == [2, 2, 1]
    assert stale_ids() == []


def test_no_batch_spans_a_range_that_somebody_is_reading(python):
    make_ingested(make_rows(6))
    ids = stale_ids()
    stamp = services.record_stamp(services.current_lexicon())
    ExtractionBatch.objects.create(stamp=stamp, first_id=ids[2], last_id=ids[3], state=State.RUNNING)
    extraction._extract(ids[2:3], services.current_lexicon())

    batches = services.plan_extraction()

    assert ranges(batches) == [(ids[0], ids[1]), (ids[4], ids[5])]


def test_nothing_is_planned_when_nothing_is_stale(python):
    make_ingested(make_rows(2))
    services.extract_all_stale()

    assert services.plan_extraction() == []
    assert not ExtractionBatch.objects.exists()


def test_a_batch_that_somebody_holds_is_left_alone(python):
    make_ingested(make_rows(2))
    (batch,) = services.plan_extraction()
    ExtractionBatch.objects.all().claim(batch)

    assert services.extract_batch(batch) == 0
    assert not Extraction.objects.exists()


def test_a_batch_that_died_is_resumed_with_the_rest(python, monkeypatch):
    monkeypatch.setattr(extraction, "TEXTS_AT_ONCE", 2)
    make_ingested(make_rows(5))
    (batch,) = services.plan_extraction()
    die_at_second_part(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        services.extract_batch(batch)
    assert Extraction.objects.count() == 2
    monkeypatch.undo()
    ExtractionBatch.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert services.extract_batch(batch) == 3

    row = ExtractionBatch.objects.get()
    assert (row.state, row.postings) == (State.DONE, 5)
    assert stale_ids() == []


def die_at_second_part(monkeypatch):
    read = extraction._extract
    parts = []

    def extract(*args):
        parts.append(args)
        if len(parts) == 2:
            raise KeyboardInterrupt
        return read(*args)

    monkeypatch.setattr(extraction, "_extract", extract)


def meanwhile(monkeypatch, happens):
    """Let something happen after texts have been fetched and before what they say is stored."""
    build = extraction.extractor_of

    class Reader:
        def __init__(self, *args):
            self.reader = build(*args)

        def read_many(self, texts):
            texts = list(texts)
            happens()
            return self.reader.read_many(texts)

    monkeypatch.setattr(extraction, "extractor_of", Reader)


def test_a_posting_that_changes_while_it_is_read_stays_stale(python, monkeypatch):
    make_ingested(make_rows(2))
    with monkeypatch.context() as patch:
        new_text = make_rows(1, description="Requirements: none. We teach you everything about grafting.")
        meanwhile(patch, lambda: make_ingested(new_text, name="later.csv"))
        assert services.extract_all_stale() == 1

    changed = Posting.objects.get(external_id="job-0")
    assert stale_ids() == [changed.pk]
    services.extract_all_stale()
    assert skills_named(changed) == set()


def test_a_posting_that_is_removed_while_it_is_read_leaves_nothing_behind(python, monkeypatch):
    make_ingested(make_rows(2))
    meanwhile(monkeypatch, lambda: Posting.objects.filter(external_id="job-0").delete())

    assert services.extract_all_stale() == 1
    assert Extraction.objects.get().posting.external_id == "job-1"


@pytest.mark.slow
def test_a_worker_that_was_killed_between_two_steps_leaves_work_that_the_next_one_finds(workers, python):
    """After the ingest nobody planned the reading; after the reading nobody grouped; after that nobody made figures."""
    make_ingested(make_rows(3))
    assert services.is_left_behind()
    for batch in services.plan_extraction():
        assert not services.is_left_behind()
        services.extract_batch(batch)
    assert services.is_left_behind()

    with workers():
        assert tasks.go_on(SEEN_ON) == 1

    assert not services.is_left_behind()
    assert Publication.objects.get().run.postings == 3
    assert tasks.go_on(SEEN_ON) == 0
    assert Run.objects.count() == 1


def test_a_grouping_ends_with_figures_asked_for_or_does_not_end(python, monkeypatch):
    make_ingested(make_rows(3))
    services.extract_all_stale()
    pk = services.request_copy_pass()
    monkeypatch.setattr(analytics_services, "request_run", broken)

    with pytest.raises(RuntimeError, match="killed"):
        services.group_copies(pk, announce=True)

    assert CopyPass.objects.get(pk=pk).state == State.RUNNING


def broken(**_asked):
    raise RuntimeError("killed")


def test_only_texts_that_can_hold_a_changed_alias_are_read_again(python):
    airflow = make_skill("Airflow")
    texts = ["Python and Airflow, daily.", "Python, Glue, SQL.", "Nothing of the kind."]
    make_ingested([make_row(job_id=f"job-{n}", description=f"Requirements: {text}") for n, text in enumerate(texts)])
    services.extract_all_stale()
    first = {posting.external_id: posting for posting in Posting.objects.all()}

    glue = make_skill("Glue")
    batches = planned()
    assert [(batch.first_id, batch.last_id) for batch in batches] == [(first["job-1"].pk, first["job-1"].pk)]
    assert skills_named(first["job-1"]) == {"Python"}
    read(batches)
    assert skills_named(first["job-1"]) == {"Python", "Glue"}

    airflow.aliases.all().delete()
    Alias.objects.create(phrase="nothing", skill=glue)
    assert services.extract_all_stale() == 2
    assert stale_ids() == []
    assert skills_named(first["job-2"]) == {"Glue"}

    services.mark_everything_stale()
    assert services.extract_all_stale() == 3, "and reading all of it anew finds the same"
    assert [skills_named(posting) for _, posting in sorted(first.items())] == [{"Python"}, {"Python", "Glue"}, {"Glue"}]


def test_records_of_other_rules_or_of_a_forgotten_lexicon_are_read_again(python):
    make_ingested(make_rows(3))
    services.extract_all_stale()
    make_skill("Glue")
    LexiconState.objects.update(rules=0)
    assert services.extract_all_stale() == 3

    make_skill("Luigi")
    LexiconState.objects.all().delete()
    assert services.extract_all_stale() == 3


def test_lexicons_are_kept_as_long_as_a_record_needs_them(python):
    make_ingested(make_rows(1))
    services.extract_all_stale()
    make_skill("Glue")
    services.extract_all_stale()
    assert LexiconState.objects.count() == 2
    assert services.forget_lexicons() == 1
    assert LexiconState.objects.get().stamp == Extraction.objects.get().stamp


@pytest.fixture
def many_records(monkeypatch):
    """Records as of an installation that is too large to give each a new stamp."""
    monkeypatch.setattr(staleness, "MOST_REWRITTEN", 0)


def stamps():
    return dict(Extraction.objects.values_list("posting__external_id", "stamp"))


def texts(*said):
    make_ingested([make_row(job_id=f"job-{n}", description=f"Requirements: {text}") for n, text in enumerate(said)])
    return {posting.external_id: posting for posting in Posting.objects.all()}


def test_many_records_keep_their_stamp_which_today_means_the_same(python, many_records):
    first = texts("Python, daily.", "Python, Glue.", "Luigi.")
    services.extract_all_stale()
    before = stamps()

    glue = make_skill("Glue")
    assert services.extract_all_stale() == 1
    assert stale_ids() == []
    assert {key for key, stamp in stamps().items() if stamp != before[key]} == {"job-1"}

    make_skill("Luigi")
    assert services.extract_all_stale() == 1
    glue.aliases.all().delete()
    assert services.extract_all_stale() == 1
    assert stale_ids() == []
    assert [skills_named(posting) for _, posting in sorted(first.items())] == [{"Python"}, {"Python"}, {"Luigi"}]

    assert services.forget_lexicons() == 1
    assert stale_ids() == []
    make_skill("daily")
    assert services.extract_all_stale() == 1


def test_a_lexicon_that_comes_back_speaks_for_itself_again(python, many_records):
    texts("Python.", "Glue.")
    services.extract_all_stale()
    alias = make_skill("Glue").aliases.get()
    services.extract_all_stale()
    alias.delete()
    assert services.extract_all_stale() == 1
    make_ingested([make_row(job_id="new", description="Requirements: Glue.")], name="later.csv")
    services.extract_all_stale()
    assert stale_ids() == []

    alias.save(force_insert=True)

    assert services.extract_all_stale() == 2
    assert skills_named(Posting.objects.get(external_id="new")) == {"Glue"}


def test_what_is_read_with_a_lexicon_that_is_no_longer_todays_stays_stale(python, many_records, monkeypatch):
    texts("Python.", "Glue.")
    services.extract_all_stale()
    make_ingested([make_row(job_id="new", description="Requirements: Glue and more.")], name="later.csv")

    def curator_adds_an_alias():
        if not Alias.objects.filter(phrase="Glue").exists():
            make_skill("Glue")
            services.plan_extraction()

    with monkeypatch.context() as patch:
        meanwhile(patch, curator_adds_an_alias)
        services.extract_all_stale()

    assert Posting.objects.get(external_id="new").pk in stale_ids()
    services.extract_all_stale()
    assert skills_named(Posting.objects.get(external_id="new")) == {"Glue"}


CHANGES = st.tuples(
    st.sampled_from(["Glue", "Luigi", "dbt", "Spark SQL", "C++"]), st.sampled_from(["", "", "en", "it", "en it"])
)
LONG = (
    "We are looking for a person who will work with the data of our customers and who has experience with Glue.",
    "Il candidato ha una laurea in fisica e ha maturato esperienza nella gestione dei dati con Glue, dbt e Luigi.",
)
"""Enough to tell the language."""


@pytest.mark.slow
@given(changes=st.lists(CHANGES, max_size=6), limit=st.booleans())
@settings(max_examples=examples(3), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_aliases_come_and_go_records_are_as_if_all_texts_were_read(monkeypatch, changes, limit):
    """Each phrase of the list comes, goes when it is there so already, or is read in other languages from now on; what
    is stale is read after each."""
    with transaction.atomic(), monkeypatch.context() as patch:
        patch.setattr(staleness, "MOST_REWRITTEN", 0 if limit else 1000)
        skill = make_skill("tool", "Python")
        texts("Python and Glue.", "Luigi, dbt, SparkSQL", "Spark and SQL, C++.", "Spark SQL in C", "glued dbts", *LONG)
        services.extract_all_stale()
        for phrase, not_in in changes:
            if not skill.aliases.filter(phrase=phrase, not_in=not_in).delete()[0]:
                skill.aliases.update_or_create(phrase=phrase, defaults={"not_in": not_in})
            services.extract_all_stale()

        carried = dict(Extraction.objects.values_list("pk", "record"))
        services.mark_everything_stale()
        services.extract_all_stale()

        assert dict(Extraction.objects.values_list("pk", "record")) == carried
        transaction.set_rollback(True)


@pytest.mark.slow
def test_after_a_new_alias_copies_are_not_grouped_anew_and_figures_follow(workers, python):
    first = texts("Python.", "Glue.", "Python and Glue.")
    with workers():
        tasks.facts_changed()
    groupings = CopyPass.objects.filter(token__gt="").count()
    assert (groupings, Run.objects.count()) == (1, 1)

    make_skill("Glue")
    with workers():
        tasks.facts_changed()

    assert CopyPass.objects.filter(token__gt="").count() == groupings
    assert skills_named(first["job-1"]) == {"Glue"}
    assert Publication.objects.get().run == Run.objects.get(pk=2)
    assert not services.is_left_behind()


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        tasks.postings_changed,
        lambda: (make_ingested(make_rows(2), name="later.csv"), tasks.facts_changed()),
        lambda: (
            (PostingText.objects.update(text="Other words."), services.mark_everything_stale())
            and tasks.facts_changed()
        ),
    ],
    ids=["asked for", "new postings", "changed texts"],
)
def test_where_copies_may_have_changed_they_are_grouped_anew(workers, python, change):
    texts("Python.", "Glue.")
    with workers():
        tasks.facts_changed()

    with workers():
        change()

    assert CopyPass.objects.filter(token__gt="").count() == 2
    assert not CopyPass.objects.unfinished().exists()


def planned():
    return list(ExtractionBatch.objects.filter(pk__in=services.plan_extraction()))


def read(batches):
    for batch in batches:
        services.extract_batch(batch.pk)


@pytest.mark.slow
def test_an_extractor_that_is_replaced_leaves_the_memory(python, monkeypatch, short_lived_lexicons):
    monkeypatch.setattr(extraction, "set_apart_from_garbage", short_lived_lexicons)
    """Frozen for the garbage collector while it reads, it must not stay when curators change the lexicon."""
    first = services.current_lexicon()
    # Its matcher refers to itself, so that only a collection frees it.
    gone = weakref.ref(extraction.extractor_of(services.record_stamp(first), first)._matcher)
    make_skill("Glue")

    second = services.current_lexicon()
    extraction.extractor_of(services.record_stamp(second), second)

    assert gone() is None
