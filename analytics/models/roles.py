"""The catalogue of roles, the titles that people have assigned by hand, and those that have no role."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from simple_history.models import HistoricalRecords

from analytics.models.runs import Publication, Run
from postings.models import Title


class Seniority(models.TextChoices):
    INTERN = "intern", "intern"
    JUNIOR = "junior", "junior"
    MID = "mid", "mid"
    SENIOR = "senior", "senior"
    LEAD = "lead", "lead"
    PRINCIPAL = "principal", "principal"
    MANAGER = "manager", "manager"
    DIRECTOR = "director", "director"
    UNSPECIFIED = "unspecified", "not said"


class Role(models.Model):
    """What a title is called in our catalogue ("machine learning engineer")."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    family = models.CharField(max_length=60, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class RoleSynonym(models.Model):
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="synonyms")
    phrase = models.CharField(max_length=120, unique=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("phrase",)

    def __str__(self) -> str:
        return self.phrase


class TitlePin(models.Model):
    """A person's decision what a title means. It outranks the reader of titles and survives every run."""

    title = models.OneToOneField(Title, on_delete=models.CASCADE, related_name="pin")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="pins")
    seniority = models.CharField(max_length=12, choices=Seniority, default=Seniority.UNSPECIFIED)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("title__text",)

    def __str__(self) -> str:
        return f"{self.title} is {self.role}"


class UnmappedTitleQuerySet(models.QuerySet):
    def waiting(self) -> "UnmappedTitleQuerySet":
        """Return those of the published run on which nobody has decided yet."""
        is_published = Exists(Publication.objects.filter(run=OuterRef("run")))
        is_pinned = Exists(TitlePin.objects.filter(title=OuterRef("title")))
        return self.filter(is_published, ~is_pinned)


class UnmappedTitle(models.Model):
    """A title that a run found without a role, and the role that its words and skills propose, if any.

    A proposal enters no figure: a person accepts it, and it becomes a pin.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="unmapped_titles")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    postings = models.PositiveIntegerField(help_text="Copies left out.")
    reading = models.CharField(max_length=10, help_text="unknown: it says nothing; other: a trade without a role.")
    certainty = models.FloatField(help_text="How sure the reading is, 0 to 1.")
    skills = models.JSONField(default=list, help_text="The skills that its postings name most, the commonest first.")
    proposed = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="+")
    confidence = models.FloatField(null=True, help_text="How likely the proposed role is right, 0 to 1.")
    why = models.JSONField(default=list, help_text="The words and skills that speak for the proposed role.")

    objects = UnmappedTitleQuerySet.as_manager()

    class Meta:
        ordering = ("-postings", "title__text")
        constraints = (models.UniqueConstraint(fields=("run", "title"), name="unmapped_title_once_per_run"),)

    def __str__(self) -> str:
        return str(self.title)
