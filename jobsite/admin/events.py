"""The log, to look things up in and to take away; nobody edits it."""

import csv
from collections.abc import Iterator

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite import log
from jobsite.models import Event, EventKind
from jobsite.people import signed_in

COLUMNS = ("at", "kind", "who", "what", "rows", "link")
FORMULA = ("=", "+", "-", "@")
"""What a name may begin with, and a spreadsheet would run."""


class Echo:
    """A file that hands each line to whoever wrote it."""

    def write(self, line: str) -> str:
        return line


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ("at", "kind", "who", "what", "rows", "page")
    list_display_links = None
    list_filter = ("kind", "at", "who")
    search_fields = ("who", "what")
    date_hierarchy = "at"
    fields = ("at", "kind", "who", "what", "rows", "page")
    readonly_fields = fields
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        return [path("export/", export, name="jobsite_event_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Log"} | (extra_context or {}))

    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        """The lines that the list shows with this address, all pages of them, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        events = self.get_changelist_instance(request).get_queryset(request)
        log.note(EventKind.EXPORT, "The log as CSV", by=signed_in(request), rows=events.count())
        response = StreamingHttpResponse(_lines(events.values_list(*COLUMNS)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="rolescope-log.csv"'
        return response

    @admin.display(description="page")
    def page(self, event: Event) -> str | SafeString:
        return format_html('<a href="{}">open</a>', event.link) if event.link else ""


def _lines(rows: QuerySet) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"
    yield writer.writerow(COLUMNS)
    for at, *cells in rows.iterator():
        yield writer.writerow([at.isoformat(timespec="seconds"), *map(_safe, cells)])


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
