"""Runs and the profiles they found. One run is published; switching is one UPDATE of one row."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from jobsite.work import Work


class Run(Work):
    """One analysis: snapshot + parameters + code -> profiles and figures."""

    snapshot = models.CharField(max_length=64, blank=True, editable=False, help_text="Hash of the frozen data.")
    folder = models.CharField(
        max_length=80, blank=True, editable=False, help_text="Its folder under DATA_DIR/snapshots."
    )
    # NULL until the run is done: many may wait, but one stands for each set of inputs.
    input_key = models.CharField(  # noqa: DJ001
        max_length=32, null=True, unique=True, editable=False, help_text="Hash of snapshot, parameters and code."
    )
    parameters = models.JSONField(default=dict, editable=False)
    refit = models.BooleanField(
        default=False, editable=False, help_text="A person asked that it learns the profiles anew."
    )
    lexicon = models.CharField(max_length=16, blank=True, editable=False)
    taxonomy = models.CharField(max_length=16, blank=True, editable=False)
    titles = models.CharField(max_length=16, blank=True, editable=False)
    code = models.CharField(max_length=16, blank=True, editable=False)
    libraries = models.JSONField(default=dict, editable=False, help_text="Library -> version, Python too.")
    threads = models.PositiveSmallIntegerField(
        null=True, editable=False, help_text="How many threads the libraries might use."
    )
    fitted_by = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The run whose model gave the memberships: itself when it learned the profiles, empty without any.",
    )
    profiles_hash = models.CharField(max_length=64, blank=True, editable=False)
    postings = models.PositiveIntegerField(default=0, editable=False)
    ads = models.PositiveIntegerField(default=0, editable=False, help_text="Postings without copies.")
    quality = models.JSONField(default=dict, editable=False)
    stages = models.JSONField(default=dict, editable=False, help_text="Stage -> seconds.")

    is_kept = models.BooleanField(
        default=False, editable=False, help_text="A person wants its arrays to stay, however many runs follow."
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"run {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("run", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return Publication.objects.filter(run=self).exists()


class Verification(Work):
    """A run computed again and compared with what was stored. `checks` are what `manage.py verify_run` prints."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    checks = models.JSONField(default=list, editable=False, help_text="Name, result and note of each check.")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"verification of {self.run}"

    @property
    def is_different(self) -> bool:
        return any(check["result"] == "differs" for check in self.checks)


class Publication(models.Model):
    """The one row that says which run the screens show."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="publication_is_one_row"),)

    def __str__(self) -> str:
        return f"published: {self.run}"


class KnownProfile(models.Model):
    """A profile's identity, kept from run to run."""

    first_run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        pin = ProfilePin.objects.filter(profile=self).first()
        latest = self.profiles.order_by("-run_id").first()
        return pin.name if pin else latest.proposed_name if latest else f"profile {self.pk}"


class ProfileLevel(models.TextChoices):
    COARSE = "coarse"
    MIDDLE = "middle"
    FINE = "fine"


class Profile(models.Model):
    """A skill profile as one run found it. Its rates and memberships lie in the run's arrays."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="profiles")
    level = models.CharField(max_length=6, choices=ProfileLevel)
    number = models.PositiveSmallIntegerField(help_text="Column of the memberships on its level.")
    # NULL is none: a coarse profile is a part of nothing.
    parent = models.PositiveSmallIntegerField(
        null=True, help_text="Number of the profile on the next coarser level that it is a part of."
    )
    known = models.ForeignKey(KnownProfile, on_delete=models.PROTECT, related_name="profiles")
    proposed_name = models.CharField(max_length=120)
    weight = models.FloatField(help_text="Mean membership over the ads, 0 to 1.")
    stability = models.FloatField(null=True, help_text="Mean Jaccard over bootstrap fits, 0 to 1.")
    is_residue = models.BooleanField(default=False)
    distinctive = models.JSONField(default=list, help_text="Names of the skills that set it apart.")

    class Meta:
        ordering = ("run", "level", "number")
        constraints = (
            models.UniqueConstraint(fields=("run", "level", "number"), name="profile_number_once_per_level"),
            models.CheckConstraint(
                condition=models.Q(level=ProfileLevel.COARSE, parent__isnull=True)
                | models.Q(level__in=(ProfileLevel.MIDDLE, ProfileLevel.FINE), parent__isnull=False),
                name="profile_part_has_parent",
            ),
            models.UniqueConstraint(fields=("run", "known"), name="profile_known_once_per_run"),
        )

    def __str__(self) -> str:
        return self.proposed_name


class ProfilePin(models.Model):
    """The name that a person gave to a profile. It outranks the proposed one and survives every run.

    Who gave it, when and why stands in the ledger of decisions.
    """

    profile = models.OneToOneField(KnownProfile, on_delete=models.CASCADE, related_name="pin")
    name = models.CharField(max_length=120)
    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
