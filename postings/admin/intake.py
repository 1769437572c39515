"""Sources and uploads in the admin."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite.people import signed_in
from postings import services, tasks
from postings.admin.figures import FiguresFollow, ReadOnlyAdmin
from postings.forms import PostingsFileField
from postings.models import Rejection, Source, Upload


@admin.register(Source)
class SourceAdmin(FiguresFollow):
    """The name stands in every snapshot, so new figures follow a change."""

    list_display = ("name", "kind", "licence", "keep_until", "uploads_of")
    list_filter = ("kind",)
    search_fields = ("name", "query", "notes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(n_uploads=Count("uploads"))

    @admin.display(description="uploads", ordering="n_uploads")
    def uploads_of(self, source: Source) -> int:
        return int(getattr(source, "n_uploads", 0))


class UploadForm(forms.ModelForm):
    handed_in = PostingsFileField(label="File", help_text="CSV, JSON or JSON Lines, also as .gz")

    class Meta:
        model = Upload
        fields = ("source", "seen_on")


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """A file can be handed in here as on the Uploads page; what became of it is read-only."""

    list_display = ("name", "source", "state", "rows", "new", "changed", "repeated", "rejected", "accepted_at", "by")
    list_filter = ("state", "source")
    search_fields = ("name", "checksum")
    list_select_related = ("source", "by")
    counts: ClassVar[tuple[str, ...]] = ("rows", "new", "changed", "repeated", "rejected")
    form = UploadForm
    shown = (
        "page",
        "name",
        "source",
        "state",
        "error",
        *counts,
        "size",
        "checksum",
        "format",
        "columns",
        "seen_on",
        "by",
    )

    def get_fields(self, request: HttpRequest, obj: Upload | None = None) -> tuple[str, ...]:
        return self.shown if obj else ("handed_in", "source", "seen_on")

    def get_readonly_fields(self, request: HttpRequest, obj: Upload | None = None) -> tuple[str, ...]:
        return self.shown if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        return {"seen_on": timezone.localdate().isoformat()}

    def has_change_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        return False  # postings rest on their upload; they go together, by source

    def save_model(self, request: HttpRequest, obj: Upload, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        file = form.cleaned_data["handed_in"]
        accepted = services.accept_upload(
            file.chunks(), name=file.name, source=obj.source, seen_on=obj.seen_on, by=signed_in(request)
        )
        obj.pk = accepted.upload.pk
        obj.refresh_from_db()
        if not accepted.is_new:
            self.message_user(request, "This file was handed in before; this is what became of it.")
        tasks.ingest_upload_task.delay_on_commit(obj.pk)

    @admin.display(description="page")
    def page(self, upload: Upload) -> SafeString:
        return format_html('<a href="{}">report and progress</a>', upload.get_absolute_url())


@admin.register(Rejection)
class RejectionAdmin(ReadOnlyAdmin):
    list_display = ("upload", "line", "column", "value", "reason")
    list_filter = ("upload__source",)
    search_fields = ("reason", "upload__name")
    list_select_related = ("upload",)
