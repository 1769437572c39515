"""The frozen record: brought up to date by what changed, equal to one read from scratch, never trusted blindly."""

import logging
import shutil
from dataclasses import fields
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import archive
from analytics import services as services_of_analytics
from analytics.models import Role, RoleSynonym, TitlePin
from analytics.services.facts import gather_facts, kept, reading, title_meanings
from analytics.snapshot import build
from analytics.titles import TitleReader
from postings import services
from postings.models import AdGroup, Alias, Company, Extraction, Posting, PostingChange, Skill, Source, Title
from tests.make import make_row, make_rows, merge_skills
from tests.make_read import group, make_lexicon, make_read
from tests.properties import examples

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def read():
    make_lexicon()
    return make_read(make_rows(30))


@pytest.fixture
def told(caplog):
    """What was logged about the record since."""
    caplog.set_level(logging.INFO, logger="analytics.services.facts")

    def lines():
        said = [record.getMessage() for record in caplog.records if record.getMessage().startswith("record:")]
        caplog.clear()
        return said

    return lines


def folder():
    return archive.snapshots_folder().parent / "facts"


def snapshot_now():
    return build(gather_facts(), archive.snapshots_folder())


def from_scratch():
    """The folder's name of a snapshot of everything in the database, whatever was kept."""
    shutil.rmtree(folder(), ignore_errors=True)
    return snapshot_now().path.name


def test_only_what_changed_is_read(read, told, monkeypatch):
    snapshot_now()
    assert any("anew" in line for line in told())
    asked = []
    read_some = kept.read_postings
    monkeypatch.setattr(kept, "read_postings", lambda ids: asked.extend(ids) or read_some(ids))
    monkeypatch.setattr(kept, "read_everything", lambda: pytest.fail("everything was read"))

    snapshot_now()
    Posting.objects.filter(pk=read["job-3"].pk).update(country="FR")
    changed = snapshot_now()

    assert asked == [read["job-3"].pk]
    assert "FR" in changed.countries
    assert not PostingChange.objects.exists()


def change_facts(posting):
    Posting.objects.filter(pk=posting).update(
        country="FR", date_posted=date(2026, 2, 3), pay_yearly_min=Decimal("50000.50"), pay_currency="EUR"
    )


def remove(posting):
    Posting.objects.filter(pk=posting).delete()


def forget_reading(posting):
    Extraction.objects.filter(pk=posting).delete()


def retitle(posting):
    Posting.objects.filter(pk=posting).update(title=Title.objects.get_or_create(text="Head of Orchards")[0])


def make_copy(posting):
    other = Posting.objects.exclude(pk=posting).filter(ad_group=None, extraction__isnull=False).order_by("pk").first()
    if other and not AdGroup.objects.filter(representative=posting).exists():
        ads = AdGroup.objects.create(representative_id=posting)
        Posting.objects.filter(pk__in=[posting, other.pk]).update(ad_group=ads)


def merge(posting):
    shown = list(Skill.objects.shown().order_by("name"))
    if len(shown) > 1:
        merge_skills(keep=shown[posting % len(shown)], absorb=shown[posting % len(shown) - 1])


def hide(posting):
    Skill.objects.filter(pk=Skill.objects.order_by("pk")[posting % 12].pk).update(is_hidden=True)


def pin(posting):
    role = Role.objects.get_or_create(name="grove keeper", slug="grove-keeper")[0]
    title = Posting.objects.get(pk=posting).title
    TitlePin.objects.update_or_create(title=title, defaults={"role": role})


def rename_source(posting):
    Source.objects.update(name=f"board {posting}")


def merge_company(posting):
    first, second = Company.objects.filter(merged_into=None).order_by("pk")[:2]
    Company.objects.filter(pk=second.pk).update(merged_into=first)


CHANGES = (
    change_facts, remove, forget_reading, retitle, make_copy, merge, hide, pin, rename_source, merge_company,
)  # fmt: skip


@settings(max_examples=examples(5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 29), st.booleans()), min_size=1, max_size=12))
def test_a_snapshot_brought_up_to_date_is_the_one_made_from_scratch(transactional_steps, steps):
    with transactional_steps():
        for change, number, is_frozen in steps:
            ids = list(Posting.objects.filter(extraction__isnull=False).order_by("pk").values_list("pk", flat=True))
            if ids:
                change(ids[number % len(ids)])
            if is_frozen:
                snapshot_now()
        brought_up = snapshot_now().path.name

        assert from_scratch() == brought_up


@pytest.fixture
def transactional_steps(read):
    """Let each example begin with the same thirty postings."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def steps():
        point = transaction.savepoint()
        snapshot_now()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)

    return steps


def test_postings_that_are_added_changed_and_read_again_end_as_from_scratch(read, told):
    snapshot_now()
    told()
    rows = make_rows(30)
    rows[4] |= {"description": "Requirements: Kafka, dbt and patience."}
    make_read([*rows, make_row(job_id="new", description="Spark is required.")], name="later.csv")
    Alias.objects.filter(phrase="SQL").update(skill=Skill.objects.get(name="dbt"))

    brought_up = snapshot_now()

    assert any("added" in line or "folded" in line for line in told())
    assert brought_up.n == 31
    assert from_scratch() == brought_up.path.name


def test_many_segments_are_folded_into_one(read, told, monkeypatch):
    monkeypatch.setattr(kept, "FOLD_ABOVE", 0.1)
    snapshot_now()
    told()
    for number in range(4):
        Posting.objects.filter(pk=read[f"job-{number}"].pk).update(country="FR")
        snapshot_now()

    said = told()

    assert [line.split()[1] for line in said] == ["added", "added", "added", "folded"]
    assert len(list(folder().glob("*.npz"))) == 1


def test_a_crash_after_the_segment_was_written_repeats_the_work_and_loses_nothing(read, monkeypatch):
    snapshot_now()
    Posting.objects.filter(pk=read["job-3"].pk).update(country="FR")
    Posting.objects.filter(pk=read["job-4"].pk).delete()

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(kept, "forget_changes", killed)
        with pytest.raises(KeyboardInterrupt):
            gather_facts()
    after = snapshot_now()

    assert (after.n, "FR" in after.countries) == (29, True)
    assert from_scratch() == after.path.name


def test_changes_of_others_while_one_reads_are_in_the_next_snapshot(read, monkeypatch):
    snapshot_now()
    pk = read["job-3"].pk
    Posting.objects.filter(pk=pk).update(country="FR")
    read_some = kept.read_postings

    def read_and_be_overtaken(ids):
        found = read_some(ids)
        Posting.objects.filter(pk=pk).update(country="PT")
        return found

    monkeypatch.setattr(kept, "read_postings", read_and_be_overtaken)
    assert "FR" in snapshot_now().countries
    monkeypatch.setattr(kept, "read_postings", read_some)

    assert "PT" in snapshot_now().countries


def test_a_copy_that_another_process_marked_meanwhile_is_taken_up(read, monkeypatch):
    snapshot_now()
    Posting.objects.filter(pk=read["job-3"].pk).update(country="FR")
    forget = kept.forget_changes
    calls = []

    def overtaken_once(noted, *, mark):
        calls.append(mark)
        if len(calls) == 1:
            services.forget_changes(noted, mark="somebody else's")
        return forget(noted, mark=mark)

    monkeypatch.setattr(kept, "forget_changes", overtaken_once)

    assert "FR" in snapshot_now().countries
    assert len(calls) == 2


def lose_folder():
    shutil.rmtree(folder())


def damage_segment():
    path = next(folder().glob("*.npz"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)


def cut_segment():
    path = next(folder().glob("*.npz"))
    path.write_bytes(path.read_bytes()[:-40])


def lose_segment():
    next(folder().glob("*.npz")).unlink()


def damage_list():
    next(folder().glob("*.list.json")).write_text("[]")


@pytest.mark.parametrize("harm", [lose_folder, damage_segment, cut_segment, lose_segment, damage_list])
def test_a_lost_or_damaged_record_is_read_anew_and_said_so(read, told, harm):
    before = snapshot_now()
    told()
    harm()

    after = snapshot_now()

    assert after.path == before.path
    assert any("read anew" in line for line in told())


def test_a_database_restored_from_a_backup_is_not_shown_what_it_lost(read, told):
    from django.db import transaction

    snapshot_now()
    point = transaction.savepoint()
    Posting.objects.filter(pk=read["job-3"].pk).update(country="FR")
    assert "FR" in snapshot_now().countries
    transaction.savepoint_rollback(point)

    restored = snapshot_now()

    assert "FR" not in restored.countries
    assert any("read anew" in line for line in told())


def test_another_version_of_the_code_reads_everything_anew(read, told, monkeypatch):
    snapshot_now()
    told()
    monkeypatch.setattr(kept, "reading_version", lambda: "another")

    snapshot_now()

    assert any("another version" in line for line in told())


def test_so_many_changes_that_looking_them_up_would_be_slower_are_read_with_all_others(read, told):
    snapshot_now()
    told()
    Posting.objects.update(country="FR")

    assert snapshot_now().countries == ("FR",)
    assert [line.split()[1] for line in told()] == ["anew"]


def test_reading_in_stretches_gives_the_same_record(read, monkeypatch):
    whole = reading.read_everything()
    monkeypatch.setattr(reading, "ROWS_AT_ONCE", 7)
    monkeypatch.setattr(reading, "IDS_AT_ONCE", 4)

    ids = sorted(posting.pk for posting in read.values())
    for other in (reading.read_everything(), reading.read_postings([*ids, ids[-1] + 5])):
        assert all(
            np.array_equal(whole.numbers[name], other.numbers[name], equal_nan=name == "pay") for name in whole.numbers
        )
        assert np.array_equal(whole.coded, other.coded)
    assert reading.read_postings([ids[-1] + 5]).gone.tolist() == [ids[-1] + 5]


def test_facts_have_no_list_of_texts_for_each_posting(read):
    facts = gather_facts()
    texts = [getattr(facts, part.name) for part in fields(facts)]
    assert not [value for value in texts if isinstance(value, list) and len(value) == facts.n]


def test_a_title_is_read_once_whatever_is_pinned(read, monkeypatch):
    make_read([make_row(job_id="other", title="Data Scientist")], name="other.csv")
    services_of_analytics.load_roles()
    role = Role.objects.create(name="grove keeper", slug="grove-keeper")
    first = snapshot_now()
    monkeypatch.setattr(TitleReader, "read_with_words", lambda *_: pytest.fail("a title was read again"))

    TitlePin.objects.create(title=Title.objects.get(text="Data Engineer"), role=role)
    second = snapshot_now()

    assert set(second.roles) == {"grove keeper", "data scientist"}
    assert first.stamps["titles"] != second.stamps["titles"]


def test_readings_of_titles_that_are_damaged_are_made_again(read):
    snapshot_now()
    (folder() / "titles.json").write_text('{"stamp": ')

    assert snapshot_now().roles == ("data engineer",)


def test_after_a_change_of_the_catalogue_only_titles_that_can_hold_it_are_read_again(read, monkeypatch):
    titles = ("Data Steward", "Prompt Engineer", "Keeper of Orchards")
    make_read([make_row(job_id=title, title=title) for title in titles], name="other.csv")
    services_of_analytics.load_roles()
    snapshot_now()
    taken = []
    reader = TitleReader.read_with_words
    monkeypatch.setattr(TitleReader, "read_with_words", lambda self, raw: taken.append(raw) or reader(self, raw))

    keeper = Role.objects.create(name="orchard keeper", slug="orchard-keeper")
    RoleSynonym.objects.create(role=keeper, phrase="keeper of orchards")
    assert "orchard keeper" in snapshot_now().roles
    assert taken == ["Keeper of Orchards"]

    keeper.name = "grove keeper"
    keeper.save()
    assert "grove keeper" in snapshot_now().roles
    assert set(taken) == {"Keeper of Orchards"}


@pytest.fixture
def few_titles():
    services_of_analytics.load_roles()
    for text in ("Data Steward", "Prompt Engineer", "Senior Data Engineer", "Orchard Keeper"):
        Title.objects.create(text=text)


STEPS = st.lists(
    st.tuples(st.sampled_from(["role", "synonym", "pin", "rename", "remove", "title"]), st.integers(0, 5)), max_size=6
)
SAID = ("data steward", "prompt engineer", "orchard keeper", "engineer", "data", "grower of data")


@given(STEPS)
@settings(max_examples=examples(5), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_titles_brought_up_to_date_are_as_if_all_were_read(few_titles, steps):
    with transaction.atomic():
        for number, (step, which) in enumerate(steps):
            _curate(step, SAID[which], number)
            title_meanings()
        kept = _told(title_meanings())
        shutil.rmtree(folder())
        folder().mkdir()
        assert _told(title_meanings()) == kept
        transaction.set_rollback(True)


def _curate(step, phrase, number):
    last = Role.objects.order_by("-pk").first()
    if step == "role" and not Role.objects.filter(name=phrase).exists():
        Role.objects.create(name=phrase, slug=f"role-{number}", family="software")
    elif step == "synonym" and not RoleSynonym.objects.filter(phrase=phrase).exists():
        RoleSynonym.objects.create(role=last, phrase=phrase)
    elif step == "pin":
        title = Title.objects.order_by("pk").first()
        TitlePin.objects.update_or_create(title=title, defaults={"role": last})
    elif step == "rename":
        last.name = f"{last.name} {number}"
        last.save()
    elif step == "remove" and not last.pins.exists():
        last.delete()
    elif step == "title":
        Title.objects.get_or_create(text=phrase.title())


def _told(titles):
    roles = [titles.role.names[code] for code in titles.role.codes]
    levels = [titles.seniority.names[code] for code in titles.seniority.codes]
    return titles.version, list(zip(titles.texts, roles, levels, strict=True))


def test_a_copy_stands_for_its_ad_while_the_representative_waits(read):
    text = "Requirements: Python and Airflow for the pear groves of Leeds, with patience for old trees."
    make_read([make_row(job_id=f"copy-{n}", description=text) for n in range(3)], source="another", name="c.csv")
    group()
    ads = AdGroup.objects.get(postings__external_id="copy-0")
    Extraction.objects.filter(posting=ads.representative).delete()

    facts = gather_facts()

    left = np.isin(facts.posting_id, list(ads.postings.values_list("pk", flat=True)))
    assert (left.sum(), facts.is_copy[left].sum()) == (2, 1)
    stands = facts.key_hash[left & ~facts.is_copy]
    assert stands == facts.key_hash[left].min()
