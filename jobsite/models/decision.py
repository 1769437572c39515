"""The ledger: what people decided, in words that another installation understands, and which rows it changed."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class Decision(models.Model):
    """One thing that a person decided. Never changed and never deleted; taking it back is a decision of its own."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="The same on every installation.")
    action = models.CharField(max_length=40, help_text='Name of the action, "skill.merge".')
    words = models.JSONField(default=dict, help_text="What the action was told: names, never ids.")
    summary = models.CharField(max_length=400, help_text="What was done, as a sentence.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(
        max_length=150, blank=True, help_text="Who decided, also where it was applied from a file."
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    why = models.CharField(max_length=300, blank=True)
    undoes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    # Kept up to date by what undoes: a decision stands until an undoing that stands takes it back.
    stands = models.BooleanField(default=True, help_text="Not taken back.")
    applied_from = models.CharField(max_length=200, blank=True, help_text="Name of the file it came with.")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return reverse("admin:jobsite_decision_change", args=[self.pk])


class Change(models.TextChoices):
    CREATED = "created", "new"
    UPDATED = "updated", "changed"
    DELETED = "deleted", "removed"


class DecisionRow(models.Model):
    """What a decision did to one row of a table: the fields that changed, before and after, as they were written."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rows")
    table = models.CharField(max_length=60, help_text='Label of the model, "postings.alias".')
    row = models.BigIntegerField(help_text="Its primary key.")
    name = models.CharField(max_length=200, help_text="What the row was called then.")
    change = models.CharField(max_length=8, choices=Change)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("table", "row"), name="decision_row_of"),)

    def __str__(self) -> str:
        return f"{self.name} {self.get_change_display()}"
