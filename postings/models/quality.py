"""How well skills are found, measured on the marked postings that ship with Rolescope."""

from django.db import models
from django.utils import timezone


class QualityReport(models.Model):
    """One measurement, stamped with what made it. The same stamp gives the same figures, so it is made once."""

    stamp = models.CharField(
        max_length=16, unique=True, editable=False, help_text="Hash of aliases, what they mean, code and marked set."
    )
    lexicon = models.CharField(max_length=16, editable=False, help_text="Stamp of the aliases and the rules.")
    code = models.CharField(max_length=12, editable=False, help_text="Hash of the sources that read and scored.")
    marked_set = models.CharField(max_length=12, editable=False, help_text="Hash of the marked postings.")
    at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When these became the figures of the day."
    )
    postings = models.PositiveIntegerField(editable=False, help_text="Marked postings that were read.")
    figures = models.JSONField(editable=False, help_text="postings.skills.quality.Quality.")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"quality of lexicon {self.lexicon}"
