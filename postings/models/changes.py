"""What changed in the facts since they were last read, noted by the database itself: no writer can forget to."""

from django.db import models


class PostingChange(models.Model):
    """A posting whose facts or reading changed, came or went, once for each change. Written by triggers alone."""

    posting_id = models.BigIntegerField(help_text="Of a posting that may be gone by now.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"posting {self.posting_id} changed"


class ChangeMark(models.Model):
    """The one row that names the copy of the facts from which the noted changes lead on."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="change_mark_is_one_row"),)

    def __str__(self) -> str:
        return f"changes since {self.name}"
