"""The catalogue of roles, the titles that people have assigned by hand, and those that have no role."""

from django.db import models
from django.db.models import Exists, OuterRef, Subquery
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
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
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


class NoRole(models.TextChoices):
    """What a title without a role counts as."""

    UNKNOWN = "unknown", "says nothing about the work"
    OTHER = "other", "is another trade"


class TitlePin(models.Model):
    """A person's decision what a title means. It outranks the reader of titles and survives every run.

    One without a role says what its postings count as, `without`; it asks nobody again. Who decided, when and why
    stands in the ledger of decisions.
    """

    title = models.OneToOneField(Title, on_delete=models.CASCADE, related_name="pin")
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="pins")
    without = models.CharField(max_length=7, choices=NoRole, blank=True, help_text="Why it has no role.")
    seniority = models.CharField(max_length=12, choices=Seniority, default=Seniority.UNSPECIFIED)
    history = HistoricalRecords()

    class Meta:
        ordering = ("title__text",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__isnull=False, without="")
                | models.Q(role__isnull=True, without__in=NoRole.values),
                name="title_pin_has_a_role_or_says_why_not",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} is {self.role}" if self.role else f"{self.title} {self.get_without_display()}"


class Asks(models.TextChoices):
    """Why a title waits for a person."""

    ROLE = "role", "has no role"
    SKILLS = "skills", "its skills speak for another role"
    WORDING = "wording", "its role is a guess"


class OpenTitleQuerySet(models.QuerySet):
    def current(self) -> "OpenTitleQuerySet":
        """Return those of the published run; of the newest before it, until its own are found: they take a while."""
        is_published = Exists(Publication.objects.filter(run=OuterRef("run")))
        runs = OpenTitle.objects.annotate(is_published=is_published).order_by("-is_published", "-run_id")
        return self.filter(run=Subquery(runs.values("run")[:1]))

    def waiting(self) -> "OpenTitleQuerySet":
        """Return those of `current` on which nobody has decided yet."""
        return self.current().filter(~Exists(TitlePin.objects.filter(title=OuterRef("title"))))


class OpenTitle(models.Model):
    """A title of a run about which a person is asked, and the role that its words and skills propose, if any.

    A proposal enters no figure: a person accepts it, and it becomes a pin.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="open_titles")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    asks = models.CharField(max_length=8, choices=Asks, default=Asks.ROLE)
    place = models.PositiveIntegerField(default=0, help_text="Its place among those that ask the same, 0 first.")
    postings = models.PositiveIntegerField(help_text="Copies left out.")
    reading = models.CharField(
        max_length=80, help_text="The role that it is read as; unknown: it says nothing; other: a trade without a role."
    )
    certainty = models.FloatField(help_text="How sure the reading is, 0 to 1.")
    skills = models.JSONField(default=list, help_text="The skills that its postings name most, the commonest first.")
    nearest = models.JSONField(default=list, help_text="The roles whose postings name such skills, likeliest first.")
    proposed = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="+")
    confidence = models.FloatField(null=True, help_text="How likely the proposed role is right, 0 to 1.")
    margin = models.FloatField(
        null=True, help_text="Mean log-likelihood ratio of its postings' skills for the proposed role against its own."
    )
    why = models.JSONField(default=list, help_text="The words and skills that speak for the proposed role.")

    objects = OpenTitleQuerySet.as_manager()

    class Meta:
        ordering = ("asks", "place")
        constraints = (models.UniqueConstraint(fields=("run", "asks", "title"), name="open_title_asks_once_per_run"),)

    def __str__(self) -> str:
        return str(self.title)
