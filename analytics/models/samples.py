"""Samples of mentions and titles that two people mark apart from each other, and what they marked."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from analytics.models.runs import Run
from postings.models import Posting

PLACES = (1, 2)
"""The two readers of a sample."""


class SampleOf(models.TextChoices):
    MENTIONS = "mentions", "mentions of skills"
    TITLES = "titles", "titles"


class Answer(models.TextChoices):
    """What can be said of a mention. Of a title it is the slug of a role, "other", "unknown" (see below) or UNSURE."""

    YES = "yes", "yes"
    NO = "no", "no"
    UNSURE = "unsure", "cannot tell"


class SampleQuerySet(models.QuerySet):
    def finished(self) -> "SampleQuerySet":
        return self.filter(first_done_at__isnull=False, second_done_at__isnull=False)


class Sample(models.Model):
    """Things drawn from a run by a seed: the same run, wish and seed draw the same ones."""

    of = models.CharField(max_length=8, choices=SampleOf)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField(help_text="How many were asked for.")
    seed = models.PositiveIntegerField()
    asked = models.JSONField(default=dict, help_text="Filter -> value: kind, skill, role, source.")
    strata = models.JSONField(default=dict, help_text="Stratum -> how many things of it the run has.")
    first = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    first_done_at = models.DateTimeField(null=True)
    second_done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="sample_has_two_readers"),
            models.CheckConstraint(condition=Q(size__gt=0), name="sample_is_not_empty"),
        )

    def __str__(self) -> str:
        return f"sample {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("sample", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.first_done_at is not None and self.second_done_at is not None

    @property
    def finished_at(self) -> datetime | None:
        """Return when the later of the two readers was done."""
        if self.first_done_at is None or self.second_done_at is None:
            return None
        return max(self.first_done_at, self.second_done_at)

    def place_of(self, user: AbstractBaseUser) -> int | None:
        """Return which of the two readers somebody is, None for anybody else."""
        return {self.first_id: 1, self.second_id: 2}.get(user.pk) if user.pk else None

    def done_at(self, place: int) -> datetime | None:
        return self.first_done_at if place == PLACES[0] else self.second_done_at


class SampleItem(models.Model):
    """One thing to mark: a skill that a posting names, or a title, and how the run reads it.

    The text is kept as it was shown, contacts masked; it goes when its posting goes.
    """

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField(help_text="From 1, in the order in which it is shown.")
    stratum = models.CharField(max_length=60)
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=1, help_text="How often it was drawn: postings share their titles.")
    reading = models.CharField(max_length=120, help_text="Name of the skill; slug of the role, other or unknown.")
    level = models.CharField(max_length=9, blank=True, help_text="As it was read; of mentions only.")
    phrase = models.CharField(max_length=120, blank=True, help_text="The alias that was found; of mentions only.")
    text = models.TextField(help_text="The title, or what stands around the mention.")
    sentence_start = models.PositiveIntegerField(default=0)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    sentence_end = models.PositiveIntegerField(default=0)
    agreed = models.CharField(max_length=80, blank=True, help_text="What people settled on where the two differ.")
    agreed_level = models.CharField(max_length=9, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, help_text="How often it was settled.")

    class Meta:
        ordering = ("sample", "number")
        constraints = (models.UniqueConstraint(fields=("sample", "number"), name="sample_item_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} of {self.sample}"


class SampleMark(models.Model):
    """What one reader said of one thing."""

    item = models.ForeignKey(SampleItem, on_delete=models.CASCADE, related_name="marks")
    place = models.PositiveSmallIntegerField(help_text="1 or 2: which of the two readers.")
    answer = models.CharField(max_length=80)
    level = models.CharField(max_length=9, blank=True, help_text="Empty where it cannot be told.")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, help_text="How often it was said.")

    class Meta:
        ordering = ("item", "place")
        constraints = (
            models.UniqueConstraint(fields=("item", "place"), name="sample_mark_once_per_reader"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="sample_mark_of_two_readers"),
        )

    def __str__(self) -> str:
        return f"{self.item}, reader {self.place}: {self.answer}"
