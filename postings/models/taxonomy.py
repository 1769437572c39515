"""The skill taxonomy: skills, the phrases that name them, the groups they belong to."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from postings.ingest.language import LANGUAGES
from postings.skills import LONGEST_DEFINITION, LONGEST_NOT_IN, address_of
from postings.skills import Kind as CoreKind
from postings.skills import Scheme as CoreScheme


class Kind(models.TextChoices):
    LANGUAGE = CoreKind.LANGUAGE.value, "language"
    TOOL = CoreKind.TOOL.value, "tool"
    METHOD = CoreKind.METHOD.value, "method"
    SOFT = CoreKind.SOFT.value, "soft skill"
    DOMAIN = CoreKind.DOMAIN.value, "domain"
    CERT = CoreKind.CERT.value, "certificate"
    SPOKEN = CoreKind.SPOKEN.value, "spoken language"


class Scheme(models.TextChoices):
    ESCO = CoreScheme.ESCO.value, "ESCO"
    ONET = CoreScheme.ONET.value, "O*NET"


class SkillGroup(models.Model):
    """A named set of skills ("machine learning"). Groups with the same `set` are shown against each other."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    set = models.CharField(max_length=40, help_text="area, triad-ml, triad-ops, challenges ...")
    definition = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("set", "name")

    def __str__(self) -> str:
        return f"{self.name} ({self.set})"


class SkillQuerySet(models.QuerySet):
    def shown(self) -> "SkillQuerySet":
        """Skills that figures may name: neither hidden nor merged away."""
        return self.filter(is_hidden=False, merged_into=None)


class Skill(models.Model):
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    definition = models.CharField(max_length=LONGEST_DEFINITION, blank=True, help_text="One line that says what it is.")
    groups = models.ManyToManyField(SkillGroup, blank=True, related_name="skills")
    is_hidden = models.BooleanField(default=False, help_text="Found in texts, but shown in no figure.")
    is_deprecated = models.BooleanField(
        default=False, editable=False, help_text="Retired; its aliases stay with it, its mentions count where it leads."
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )
    history = HistoricalRecords()

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="skill_not_merged_into_itself"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("skill", args=[self.pk])


class Alias(models.Model):
    """A phrase that names a skill. Mentions point here: what a phrase means can change without reading a text again."""

    phrase = models.CharField(max_length=120)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="aliases")
    exact_case = models.BooleanField(
        default=False, help_text='"go", "r" and "c" are words long before they are languages.'
    )
    context = models.CharField(
        max_length=20, blank=True, help_text="Name of the rule that decides, for everyday words."
    )
    not_in = models.CharField(
        max_length=LONGEST_NOT_IN,
        blank=True,
        help_text=f"Languages of texts in which it is another word: codes as {', '.join(LANGUAGES)}.",
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ("phrase",)
        verbose_name_plural = "aliases"
        constraints = (models.UniqueConstraint(fields=("phrase", "exact_case"), name="alias_phrase_once"),)

    def __str__(self) -> str:
        return self.phrase


class SkillReference(models.Model):
    """What another list calls a skill: an ESCO concept, an O*NET technology example."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="references")
    scheme = models.CharField(max_length=8, choices=Scheme)
    identifier = models.CharField(
        max_length=200, help_text="The last part of an ESCO address; the name of an O*NET example."
    )
    label = models.CharField(max_length=200, blank=True, help_text="What it is called there.")
    history = HistoricalRecords()

    class Meta:
        ordering = ("scheme", "identifier")
        constraints = (models.UniqueConstraint(fields=("skill", "scheme", "identifier"), name="reference_once"),)

    def __str__(self) -> str:
        return f"{self.get_scheme_display()}: {self.label or self.identifier}"

    @property
    def url(self) -> str:
        """Return where it is described, "" when there is no such page."""
        return address_of(self.scheme, self.identifier)
