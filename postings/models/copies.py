"""What people decided about copies. It is kept apart from what the algorithm says, and outlives the postings."""

from django.conf import settings
from django.db import models


class CopyVerdict(models.TextChoices):
    COPY = "copy", "the same ad"
    NOT_COPY = "not", "not the same ad"


class CopyDecision(models.Model):
    """Whether two postings are the same ad. They are named by source and key, so that it holds when they come again."""

    one = models.CharField(max_length=160, help_text="Source and key of a posting, as `posting_name` writes them.")
    other = models.CharField(max_length=160, help_text="The same of the other one, which sorts behind it.")
    verdict = models.CharField(max_length=4, choices=CopyVerdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="copy_decided_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="copy_pair_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one} and {self.other}: {self.get_verdict_display()}"
