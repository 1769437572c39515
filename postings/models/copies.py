"""What people decided about copies. It is kept apart from what the algorithm says, and outlives the postings."""

from django.db import models

from postings.copies import readable_name
from postings.models.publication import Posting


class CopyVerdict(models.TextChoices):
    COPY = "copy", "the same ad"
    NOT_COPY = "not", "not the same ad"


class CopyDecision(models.Model):
    """Whether two postings are the same ad. They are named by source and key, so that it holds when they come again.

    Who decided it, when and why is in the ledger (`jobsite.decisions`).
    """

    one = models.CharField(max_length=160, help_text="Source and key of a posting, as `posting_name` writes them.")
    other = models.CharField(max_length=160, help_text="The same of the other one, which sorts behind it.")
    verdict = models.CharField(max_length=4, choices=CopyVerdict)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="copy_decided_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="copy_pair_in_order"),
        )

    def __str__(self) -> str:
        return f"{readable_name(self.one)} and {readable_name(self.other)}: {self.get_verdict_display()}"


class OpenPair(models.Model):
    """Two postings of which the last copy pass was not sure: texts near the line between copy and no copy.

    Made anew by each pass; `doubt` is least where the pass was least sure.
    """

    one = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    doubt = models.FloatField(db_index=True, help_text="How far the texts are from the line, as a share of the text.")
    is_copy = models.BooleanField(help_text="On which side of the line the pass found them.")

    class Meta:
        ordering = ("doubt", "pk")
        constraints = (models.UniqueConstraint(fields=("one", "other"), name="open_pair_once"),)

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"
