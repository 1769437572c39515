"""Sources and uploads in the admin."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite.people import signed_in
from jobsite.work import State
from postings import services, tasks
from postings.admin.figures import FiguresFollow, ReadOnlyAdmin
from postings.forms import FILES_TAKEN, PostingsFileField
from postings.ingest import UnreadableFile, sniff_format
from postings.models import Rejection, Removal, Source, Upload
from postings.source_forms import SourceForm
from postings.upload_handler import StreamedFile


@admin.register(Source)
class SourceAdmin(FiguresFollow):
    """The name stands in every snapshot, so new figures follow a change."""

    form = SourceForm
    changed = staticmethod(tasks.postings_changed)
    list_display = ("name", "kind", "licence", "keep_until", "uploads_of")
    list_filter = ("kind",)
    search_fields = ("name", "query", "notes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(n_uploads=Count("uploads"))

    def save_model(self, request: HttpRequest, obj: Source, form: SourceForm, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            services.let_decisions_follow(form.initial["name"], obj.name, by=signed_in(request))

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False  # on its page, where a reason is asked for and the log written

    @admin.display(description="uploads", ordering="n_uploads")
    def uploads_of(self, source: Source) -> int:
        return int(getattr(source, "n_uploads", 0))

    def view_on_site(self, source: Source) -> str:
        return reverse("source", args=[source.pk])


@admin.register(Removal)
class RemovalAdmin(ReadOnlyAdmin):
    list_display = ("source", "at", "by", "postings", "reason")
    search_fields = ("source", "reason")
    list_select_related = ("by",)


class UploadForm(forms.ModelForm):
    handed_in = PostingsFileField(
        label="File", help_text=f"{FILES_TAKEN} You see what is in it before anything is stored."
    )

    class Meta:
        model = Upload
        fields = ("source", "seen_on")

    def clean_handed_in(self) -> StreamedFile:
        file: StreamedFile = self.cleaned_data["handed_in"]
        try:
            sniff_format(file.arrived.path, name=str(file.name))
        except UnreadableFile as problem:
            raise forms.ValidationError(str(problem)) from problem
        return file


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
            file.arrived, name=file.name, source=obj.source, seen_on=obj.seen_on, by=signed_in(request), hold=True
        )
        obj.pk = accepted.upload.pk
        obj.refresh_from_db()
        if not accepted.is_new:
            self.message_user(request, "This file was handed in before; this is what became of it.")
        if obj.state == State.QUEUED:
            tasks.ingest_upload_task.delay_on_commit(obj.pk)

    def response_add(self, request: HttpRequest, obj: Upload, post_url_continue: str | None = None) -> HttpResponse:
        """Go on to the preview, as from the Uploads page."""
        return redirect(obj)

    @admin.display(description="page")
    def page(self, upload: Upload) -> SafeString:
        return format_html('<a href="{}">preview, progress and report</a>', upload.get_absolute_url())


@admin.register(Rejection)
class RejectionAdmin(ReadOnlyAdmin):
    list_display = ("upload", "line", "column", "value", "reason")
    list_filter = ("upload__source",)
    search_fields = ("reason", "upload__name")
    list_select_related = ("upload",)
