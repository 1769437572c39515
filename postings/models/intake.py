"""Where postings come from: sources, the files handed in, the rows that were not taken."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse

from jobsite.work import Work


class SourceKind(models.TextChoices):
    EXPORT = "export", "export of a board or scraper"
    DATASET = "dataset", "published data set"
    OWN = "own", "our own postings"
    SAMPLE = "sample", "synthetic sample"


def _percent(default: int, of_what: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        default=default,
        validators=[MaxValueValidator(100)],
        help_text=f"Percent of {of_what}: a file with more waits for a decision.",
    )


class Source(models.Model):
    """Where postings come from, and on what terms."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=SourceKind, default=SourceKind.EXPORT)
    query = models.TextField(blank=True, help_text="The search behind it, as it was typed: it decides what is in here.")
    cap = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="The most results that the board shows for one search: what lies beyond is missing.",
    )
    collected_by = models.CharField(max_length=200, blank=True, help_text="Who collected it, or with which tool.")
    licence = models.CharField(max_length=200, blank=True, help_text="On what terms you may keep and show it.")
    contact = models.CharField(max_length=200, blank=True, help_text="Whom to ask about it.")
    keep_until = models.DateField(
        null=True,
        blank=True,
        help_text="The last day it may be kept. On the next one all of it is deleted, and logged.",
    )
    notes = models.TextField(blank=True)
    columns = models.JSONField(
        default=dict,
        editable=False,
        help_text="Header (its names joined by line ends) -> the columns a person settled on.",
    )
    most_rejected = _percent(20, "rows that are rejected")
    most_unreadable = _percent(30, "values of one field that cannot be read")
    most_incomplete = _percent(90, "rows without company, place or date")
    most_repeated = _percent(80, "rows that repeat another row of the file")
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
    columns = models.JSONField(
        default=dict, editable=False, help_text="Field -> column of the file (ColumnMap.to_dict); {} until it is known."
    )
    held_because = models.JSONField(
        default=list, editable=False, help_text="The sentences that say why it waits for a decision."
    )
    fields = models.JSONField(
        default=dict,
        editable=False,
        help_text="Field -> counts over the rows so far: given, missing, unreadable, and reasons with examples.",
    )
    mends = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="mended_by",
        help_text="The upload whose rejected rows this file hands in again, mended: only those are taken.",
    )
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

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rejections", db_index=False)
    row = models.PositiveBigIntegerField(help_text="Data row of the file, from 0.")
    line = models.PositiveBigIntegerField(help_text="Line of the file, from 1.")
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    raw = models.JSONField(default=dict)
    mended_in = models.ForeignKey(
        Upload, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="mended_rows"
    )

    class Meta:
        ordering = ("upload", "row")
        constraints = (models.UniqueConstraint(fields=("upload", "row"), name="rejection_once_per_row"),)

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Removal(models.Model):
    """The log of deletions: what was taken out, when, why, and by whom (nobody: its keep-until date had passed)."""

    source = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    postings = models.PositiveBigIntegerField()
    files = models.JSONField(default=list, help_text="Name, checksum and rows of each file that went with it.")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.source}: {self.postings} postings removed"
