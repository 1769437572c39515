"""What people say of single mentions: that a phrase is no skill where it stands. It outlives the postings."""

from django.db import models
from django.utils import timezone


class WrongMention(models.Model):
    """A phrase that is no skill at one place: every reading of the posting leaves it out as long as the text says this.

    Posting and alias are named, not pointed to, so that it holds when they come again. Who said it, when and why is in
    the ledger (`jobsite.decisions`).
    """

    posting = models.CharField(
        max_length=160, db_index=True, help_text="Source and key, as `posting_name` writes them."
    )
    phrase = models.CharField(max_length=120, help_text="The phrase of the alias that took it.")
    exact_case = models.BooleanField(default=False, help_text="Of that alias.")
    passage = models.CharField(max_length=300, help_text="The sentence around it, contacts masked.")
    start = models.PositiveSmallIntegerField(help_text="Where the mention begins in the sentence.")
    end = models.PositiveSmallIntegerField(help_text="Where it ends.")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("posting", "phrase", "exact_case", "passage", "start"), name="wrong_mention_once"
            ),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="wrong_mention_has_a_place"),
        )

    def __str__(self) -> str:
        return f"“{self.phrase}” in “{self.passage}”"


class WrongMentionReport(models.Model):
    """How the lexicon of the day reads what was marked wrong; there is one at most."""

    stamp = models.CharField(max_length=16, editable=False, help_text="Hash of lexicon, code, marks, number of texts.")
    at = models.DateTimeField(default=timezone.now, editable=False)
    taken = models.JSONField(editable=False, help_text="Ids of the marks that are taken for skills still.")
    mentions = models.JSONField(editable=False, help_text="[phrase, exact case, mentions that are left] by alias.")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"wrong mentions, read {self.at:%Y-%m-%d %H:%M}"
