"""What was read in the texts: packed records, phrases that wait for a curator, and the jobs that read."""

from django.db import models
from django.utils import timezone

from jobsite.work import State, Work
from postings.models.publication import Posting
from postings.models.taxonomy import Skill
from postings.skills import Guess as CoreGuess


class Extraction(models.Model):
    """The mentions of one posting, packed (postings.skills.records), stamped with the lexicon that found them."""

    posting = models.OneToOneField(Posting, primary_key=True, on_delete=models.CASCADE, related_name="extraction")
    stamp = models.CharField(max_length=16, db_index=True)
    record = models.BinaryField()
    signature = models.BinaryField(help_text="MinHash of the text.")
    text_hash = models.CharField(max_length=32, help_text="Equal for texts that are word for word the same.")
    length = models.PositiveIntegerField(help_text="Characters of the text.")

    def __str__(self) -> str:
        return f"extraction of posting {self.posting_id}"


class LexiconState(models.Model):
    """The aliases behind a stamp, kept while records carry it: what changed since says which texts to read again."""

    stamp = models.CharField(max_length=16, primary_key=True)
    rules = models.PositiveIntegerField(help_text="Version of the rules that read the texts.")
    aliases = models.BinaryField(help_text="[id, phrase, exact case, rule, languages] of each, as JSON, compressed.")
    same_as = models.CharField(
        max_length=16,
        blank=True,
        help_text="Stamp of the later lexicon that would make the same of each record that carries this one's stamp.",
    )

    def __str__(self) -> str:
        return f"lexicon {self.stamp}"


class ExtractionBatch(Work):
    """A bounded range of posting ids to read with one lexicon."""

    stamp = models.CharField(max_length=16)
    first_id = models.PositiveBigIntegerField()
    last_id = models.PositiveBigIntegerField()
    stale = models.PositiveIntegerField(default=0, help_text="Postings that it was planned for.")
    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    postings = models.PositiveIntegerField(default=0, help_text="Postings read so far.")
    new_texts = models.PositiveIntegerField(default=0, help_text="Those of them whose text had not been read before.")

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "extraction batches"
        constraints = (
            models.UniqueConstraint(
                fields=("stamp", "first_id"),
                condition=models.Q(state__in=(State.QUEUED, State.RUNNING)),
                name="extraction_batch_once",
            ),
        )

    def __str__(self) -> str:
        return f"postings {self.first_id}-{self.last_id} with lexicon {self.stamp}"


class CopyPass(Work):
    """One pass over all postings that groups copies."""

    groups = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "copy passes"

    def __str__(self) -> str:
        return f"copy pass {self.pk}"


class CandidateState(models.TextChoices):
    WAITING = "waiting", "waiting"
    ACCEPTED = "accepted", "accepted"
    IGNORED = "ignored", "ignored for ever"


class Guess(models.IntegerChoices):
    """Why a skill is suggested, the surest first."""

    NONE = CoreGuess.NONE.value, "nothing like it is known"
    SAME_LETTERS = CoreGuess.SAME_LETTERS.value, "the same letters"
    NAME_AND_MORE = CoreGuess.NAME_AND_MORE.value, "a known name with a maker, a version or an addition"
    LETTER_OFF = CoreGuess.LETTER_OFF.value, "one letter off"
    SPELLED_OUT = CoreGuess.SPELLED_OUT.value, "spelled out beside it"


class Candidate(models.Model):
    """A phrase that looks like a skill and is in no alias yet."""

    key = models.CharField(max_length=120, unique=True, editable=False, help_text="The phrase in lower case.")
    phrase = models.CharField(max_length=120, help_text="As most postings write it.")
    spelling = models.CharField(
        max_length=120, blank=True, db_index=True, editable=False, help_text="What all ways to write it share."
    )
    postings = models.PositiveIntegerField(default=0, help_text="In how many ads it stands, copies counted once.")
    companies = models.PositiveIntegerField(default=0, help_text="How many employers say it.")
    first_seen = models.DateField(null=True, blank=True)
    last_seen = models.DateField(null=True, blank=True)
    recent = models.PositiveIntegerField(default=0, help_text="Ads of the last 90 days that there are ads from.")
    before = models.PositiveIntegerField(default=0, help_text="Ads of the 90 days before those.")
    samples = models.JSONField(default=list, blank=True, help_text="Ids of up to three postings in which it stands.")
    suggested = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Which it is most like."
    )
    guess = models.PositiveSmallIntegerField(
        choices=Guess, default=Guess.NONE, editable=False, help_text="Why that is suggested."
    )
    state = models.CharField(max_length=8, choices=CandidateState, default=CandidateState.WAITING)
    skill = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.SET_NULL, related_name="accepted_candidates"
    )

    class Meta:
        ordering = ("-postings", "phrase")

    def __str__(self) -> str:
        return self.phrase
