"""Samples that two people mark apart from each other: drawn, marked, finished, and settled where they differ."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from analytics.models import Answer, Role, Sample, SampleItem, SampleMark, SampleOf
from analytics.models.samples import PLACES
from analytics.selectors.published import Published
from analytics.selectors.role_names import role_label
from analytics.selectors.sample_marks import Said
from analytics.services.sample_drawing import Wish, draw
from analytics.titles import OTHER, UNKNOWN
from postings.skills import Level

SMALLEST, LARGEST = 20, 1000
LEVELS = tuple(level.name.lower() for level in sorted(Level, reverse=True))


class SampleRefused(ValueError):  # noqa: N818  (what it says, not that it is wrong)
    """Raised with a sentence for what cannot be drawn, marked or settled."""


class SaidElsewhere(SampleRefused):
    """Somebody, in another window perhaps, said something else since the page was opened."""


def draw_sample(wish: Wish, shown: Published, *, readers: tuple[User, User], by: User) -> Sample:
    """Draw a sample of a run and give it to two readers; raises SampleRefused, with a sentence."""
    if readers[0] == readers[1]:
        raise SampleRefused("Two different people have to read: one person agrees with himself too easily.")
    drawn = draw(shown.snapshot, wish)
    if not drawn.items:
        raise SampleRefused(f"Run {shown.run.pk} has nothing like that. Choose less narrowly.")
    with transaction.atomic():
        sample = Sample.objects.create(
            of=wish.of, run=shown.run, size=wish.size, seed=wish.seed, asked=wish.asked, strata=drawn.strata,
            first=readers[0], second=readers[1], by=by,
        )  # fmt: skip
        for item in drawn.items:
            item.sample = sample
        SampleItem.objects.bulk_create(drawn.items)
    return sample


def mark_item(item: SampleItem, *, place: int, said: Said, seen: int, now: datetime) -> SampleMark:
    """Keep what a reader says of an item; `seen` is the version of the mark that stood on the page, 0 for none.

    Raises SaidElsewhere when it has changed since, and SampleRefused for an answer that is none or a sample that both
    have finished.
    """
    said = _checked(item.sample.of, said)
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=item.sample_id)
        if sample.is_finished:
            raise SampleRefused("Both readers are done: marks stay as they are.")
        marks = SampleMark.objects.filter(item=item, place=place)
        kept = marks.first()
        if kept is None and seen == 0:
            return SampleMark.objects.create(item=item, place=place, answer=said.answer, level=said.level, at=now)
        if marks.filter(version=seen).update(answer=said.answer, level=said.level, at=now, version=seen + 1):
            return marks.get()
        if kept is None or Said(kept.answer, kept.level) != said:
            raise SaidElsewhere("You said something else in another window. Look at it again, and say it to change it.")
        return kept


def finish_reading(sample: Sample, *, place: int, now: datetime) -> None:
    """Say that a reader is done; raises SampleRefused while something is unmarked. Saying it again changes nothing."""
    with transaction.atomic():
        locked = Sample.objects.select_for_update().get(pk=sample.pk)
        left = locked.items.exclude(marks__place=place).count()
        if left:
            raise SampleRefused(f"{left} of them are not marked yet.")
        field = "first_done_at" if place == PLACES[0] else "second_done_at"
        Sample.objects.filter(pk=sample.pk, **{field: None}).update(**{field: now})


def settle_item(item: SampleItem, *, said: Said, seen: int, by: User, now: datetime) -> None:
    """Keep what people settled on after both were done; raises SaidElsewhere when `seen` is no longer its version."""
    if not item.sample.is_finished:
        raise SampleRefused("It can be settled when both readers are done.")
    said = _checked(item.sample.of, said)
    settled = SampleItem.objects.filter(pk=item.pk, version=seen).update(
        agreed=said.answer, agreed_level=said.level, agreed_by=by, agreed_at=now, version=seen + 1
    )
    if not settled:
        item.refresh_from_db()
        if Said(item.agreed, item.agreed_level) != said:
            raise SaidElsewhere("Somebody settled this one otherwise meanwhile. Look at it again.")


def withdraw_sample(sample: Sample) -> None:
    """Delete a sample with its marks; raises SampleRefused when both are done, since figures rest on it."""
    with transaction.atomic():
        locked = Sample.objects.select_for_update().get(pk=sample.pk)
        if locked.is_finished:
            raise SampleRefused("Both readers are done: the figures of the Quality page rest on it.")
        locked.delete()


def _checked(of: str, said: Said) -> Said:
    """Return an answer that can be given, a level only where it has a place."""
    if of == SampleOf.MENTIONS:
        if said.answer not in Answer.values or said.level not in ("", *LEVELS):
            raise SampleRefused("Choose one of the answers.")
        return said if said.answer == Answer.YES else Said(said.answer)
    if said.answer in (OTHER, UNKNOWN, Answer.UNSURE):
        return Said(said.answer)
    stated = said.answer.strip().casefold()
    names = {
        one.slug: (one.slug, one.name.casefold(), role_label(one.name).casefold())
        for one in Role.objects.filter(merged_into=None)
    }
    found = next((slug for slug, spelled in names.items() if stated in spelled), None)
    if found is None:
        raise SampleRefused(f"“{said.answer}” is no role of the catalogue: choose one of the list, or another answer.")
    return Said(found)
