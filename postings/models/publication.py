"""What was published: companies, titles as written, postings and their texts, ad groups."""

from django.db import models
from django.urls import reverse

from postings.ingest.contacts import mask_contacts
from postings.models.intake import Source, Upload


class Company(models.Model):
    """An employer as postings spell it. `key` is the name without case, punctuation and legal form.

    Spellings that a person merged point to the one that is counted; postings keep theirs, so a merge can be taken back
    and holds for files that are handed in later.
    """

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="merged"
    )

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.pk])


class Title(models.Model):
    """What employers wrote above their postings, cleaned. As words for people its contacts are masked."""

    text = models.CharField(max_length=300, unique=True)

    class Meta:
        ordering = ("text",)

    def __str__(self) -> str:
        return mask_contacts(self.text)


class Remote(models.TextChoices):
    REMOTE = "remote", "remote"
    HYBRID = "hybrid", "hybrid"
    ONSITE = "onsite", "on site"
    UNKNOWN = "", "not said"


class PayPeriod(models.TextChoices):
    HOUR = "hour", "an hour"
    DAY = "day", "a day"
    WEEK = "week", "a week"
    MONTH = "month", "a month"
    YEAR = "year", "a year"
    UNKNOWN = "", "not said"


class AdGroup(models.Model):
    """Postings that are the same ad. One of them, the representative, stands for all in figures without copies."""

    representative = models.OneToOneField("Posting", on_delete=models.CASCADE, related_name="represents")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"ad group {self.pk}"


class Posting(models.Model):
    """One job ad as published. Narrow on purpose: the text lives beside it, in PostingText."""

    # The index of (source, key) serves it, too. With one of its own SQLite would look a key up in all of a source.
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="postings", db_index=False)
    key = models.CharField(max_length=32, help_text="Identity inside the source.")
    kin = models.CharField(
        max_length=32, blank=True, db_index=True, help_text="Without an id: what stays when only the text is edited."
    )
    content_hash = models.CharField(max_length=32, help_text="Changes when a reader would say that the ad changed.")
    external_id = models.CharField(max_length=200, blank=True)
    url = models.TextField(blank=True)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="postings")
    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.PROTECT, related_name="postings")
    place = models.CharField(max_length=200, blank=True, help_text="As written.")
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2.")
    remote = models.CharField(max_length=8, choices=Remote, blank=True)
    date_posted = models.DateField(null=True, blank=True)
    pay_min = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    pay_period = models.CharField(max_length=5, choices=PayPeriod, blank=True)
    pay_yearly_min = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_yearly_max = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_suspect = models.BooleanField(
        default=False, help_text="Minimum above maximum: kept as stated, left out of figures."
    )
    seniority = models.CharField(max_length=40, blank=True, help_text="As stated in a field of its own.")
    employment_type = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, blank=True, help_text="ISO 639-1, recognised from the text.")
    first_seen = models.DateField(help_text="The first day on which it was seen.")
    last_seen = models.DateField(help_text="The last day on which it was seen.")
    said_since = models.DateField(help_text="The first day on which it said what it says now.")
    row = models.PositiveBigIntegerField(help_text="Row in the upload it was last taken from, from 0.")
    line = models.PositiveBigIntegerField(help_text="Line in that upload, from 1.")
    upload = models.ForeignKey(
        Upload, on_delete=models.PROTECT, related_name="postings", help_text="What it was last taken from."
    )
    first_upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="first_postings")
    last_upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="last_postings")
    reposted = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="0 in the ad's first spell on the boards, 1 when it came again after the window, and so on.",
    )
    ad_group = models.ForeignKey(AdGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="postings")

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("source", "key"), name="posting_once_per_source"),)

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("posting", args=[self.pk])


IS_COPY = models.Q(ad_group__isnull=False, represents__isnull=True)
"""A posting that another one, the representative of its ad group, stands for."""


class PostingText(models.Model):
    """The text of a posting, apart from it so that scans stay fast. `heading` is title and company, for search."""

    posting = models.OneToOneField(Posting, primary_key=True, on_delete=models.CASCADE, related_name="text_row")
    heading = models.CharField(max_length=600)
    text = models.TextField()

    def __str__(self) -> str:
        return self.heading


class PostingVersion(models.Model):
    """What a posting said before it was changed, in full, and which row of which file said so."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="From 1, the oldest; the posting itself is the latest.")
    content_hash = models.CharField(max_length=32)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="versions")
    row = models.PositiveBigIntegerField()
    line = models.PositiveBigIntegerField()
    seen_from = models.DateField(help_text="The first day on which it said this.")
    seen_until = models.DateField(help_text="The last day on which it said this.")
    values = models.JSONField(help_text="Title, company, place, pay and the like, by field.")
    text = models.TextField()

    class Meta:
        ordering = ("posting", "number")
        constraints = (models.UniqueConstraint(fields=("posting", "number"), name="version_once_per_posting"),)

    def __str__(self) -> str:
        return f"version {self.number} of posting {self.posting_id}"
