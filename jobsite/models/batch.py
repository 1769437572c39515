"""Decisions that a worker makes, one after the other: those of a file, an import, an undoing of many rows."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from jobsite.models.decision import Decision
from jobsite.work import Work


class DecisionBatch(Work):
    """What somebody asked the workers to decide. Its row is the state of that work.

    A file is tried first, which changes nothing, and then waits (held) until a person confirms it.
    """

    name = models.CharField(max_length=200, help_text="Name of the file, or what it is.")
    is_file = models.BooleanField(help_text="Made elsewhere first: each decision keeps who decided there, and when.")
    is_confirmed = models.BooleanField(default=False, help_text="To be made; until then it is only tried.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, help_text="Who asked.")
    asked_at = models.DateTimeField(auto_now_add=True)
    total = models.PositiveIntegerField(help_text="Decisions in it.")
    place = models.PositiveIntegerField(default=0, help_text="Checkpoint: how many are tried, or made, by now.")
    made = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="Passed over: known here, or nothing to take back here.")
    refused = models.PositiveIntegerField(default=0)
    follows = models.JSONField(default=list, help_text="What follows those that were made, once all are.")

    class Meta:
        ordering = ("-pk",)
        verbose_name = "batch of decisions"
        verbose_name_plural = "batches of decisions"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:jobsite_decisionbatch_change", args=[self.pk])


class Outcome(models.TextChoices):
    WAITING = "waiting", "waiting"
    MADE = "made", "made"
    KNOWN = "known", "passed over"
    REFUSED = "refused", "refused"


class BatchedDecision(models.Model):
    """One decision of a batch, and what became of it; of a batch that is not confirmed, what would."""

    batch = models.ForeignKey(DecisionBatch, on_delete=models.CASCADE, related_name="entries", db_index=False)
    place = models.PositiveIntegerField(help_text="From 0, in the order in which they are made.")
    key = models.UUIDField(help_text="That of the decision, so that it is made once.")
    action = models.CharField(max_length=40)
    words = models.JSONField(default=dict, help_text="What the action is told; {} once the batch is done.")
    summary = models.CharField(max_length=400, blank=True, help_text="What it did where it was made first.")
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)
    unstorable = models.CharField(max_length=200, blank=True, help_text="Why its words could not even be kept.")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    told = models.TextField(blank=True, help_text="What was done, or why not, as a sentence.")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("batch", "place")
        constraints = (models.UniqueConstraint(fields=("batch", "place"), name="batched_decision_once_per_place"),)

    def __str__(self) -> str:
        return self.summary or self.action
