"""Where postings come from: sources, the files handed in, the rows that were not taken."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from jobsite.work import Work


class SourceKind(models.TextChoices):
    EXPORT = "export", "export of a board or scraper"
    DATASET = "dataset", "published data set"
    OWN = "own", "our own postings"
    SAMPLE = "sample", "synthetic sample"


class Source(models.Model):
    """Where postings come from, and on what terms."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=SourceKind, default=SourceKind.EXPORT)
    query = models.TextField(blank=True, help_text="The search behind it, as it was typed: it decides what is in here.")
    licence = models.CharField(max_length=200, blank=True, help_text="On what terms you may keep and show it.")
    contact = models.CharField(max_length=200, blank=True, help_text="Whom to ask about it.")
    keep_until = models.DateField(null=True, blank=True)
    notes = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Upload(Work):
    """One file handed in, known by its checksum. Its row is the state of its ingest."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=255, help_text="The file's name as handed in.")
    file = models.FileField(max_length=255, editable=False)
    checksum = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(editable=False, help_text="Bytes.")
    seen_on = models.DateField(help_text="The day the postings were seen: relative dates count back from here.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(auto_now_add=True)

    format = models.JSONField(default=dict, editable=False)
    columns = models.JSONField(default=dict, editable=False, help_text="Field -> column of the file.")
    lines_total = models.PositiveBigIntegerField(default=0, editable=False)
    line = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="Checkpoint: the line of the last row stored."
    )
    rows = models.PositiveBigIntegerField(default=0, editable=False, help_text="Checkpoint: rows stored so far.")
    new = models.PositiveBigIntegerField(default=0, editable=False)
    changed = models.PositiveBigIntegerField(default=0, editable=False)
    repeated = models.PositiveBigIntegerField(default=0, editable=False)
    rejected = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("new") + models.F("changed") + models.F("repeated") + models.F("rejected")
                ),
                name="upload_rows_add_up",
                violation_error_message="new, changed, repeated and rejected must add up to the rows",
            ),
        )
        indexes = (models.Index(fields=("source", "state"), name="upload_source_state"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("upload", args=[self.pk])


class Rejection(models.Model):
    """A row that was not taken: where it stands, why, and what it held."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rejections")
    row = models.PositiveBigIntegerField(help_text="Data row of the file, from 0.")
    line = models.PositiveBigIntegerField(help_text="Line of the file, from 1.")
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    raw = models.JSONField(default=dict)

    class Meta:
        ordering = ("upload", "row")
        constraints = (models.UniqueConstraint(fields=("upload", "row"), name="rejection_once_per_row"),)

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
