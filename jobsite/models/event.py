"""The log: who came and went, what came in, what was taken away, what was changed."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone


class EventKind(models.TextChoices):
    LOG_IN = "log-in", "log-in"
    REFUSED = "refused", "refused log-in"
    LOCKED = "locked", "locked out"
    LOG_OUT = "log-out", "log-out"
    IMPORT = "import", "import"
    EXPORT = "export", "export"
    EDIT = "edit", "edit"


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **values: Any) -> NoReturn:
        raise TypeError("What the log says stays as it is.")


class Event(models.Model):
    """One line of the log. It is added, and removed by age, and never changed.

    `who` is the name that the person had at that time, and stays when the account goes; so does what was done.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=8, choices=EventKind)
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=500)
    rows = models.PositiveIntegerField(null=True)
    link = models.CharField(max_length=500, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "log"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("What the log says stays as it is.")
        super().save(*args, **kwargs)
