"""The catalogue of roles, and the titles that people have assigned by hand."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

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
