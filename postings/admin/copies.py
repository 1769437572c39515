"""What people decided about copies: looked up here, and taken back. Decisions are made on the page of a pair."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from postings import selectors, tasks
from postings.admin.figures import FiguresFollow
from postings.models import CopyDecision


@admin.register(CopyDecision)
class CopyDecisionAdmin(FiguresFollow):
    list_display = ("first", "second", "verdict", "why", "by", "at")
    list_filter = ("verdict",)
    list_select_related = ("by",)
    search_fields = ("one", "other", "why")
    readonly_fields = ("first", "second", "compared", "verdict", "why", "by", "at")
    fields = readonly_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def ask_for_figures(self, request: HttpRequest, done: str = "") -> None:
        tasks.copies_decided()
        self.message_user(request, f"{done} Groups and figures follow in a moment.".strip())

    @admin.display(description="posting", ordering="one")
    def first(self, decision: CopyDecision) -> str:
        return _readable(decision.one)

    @admin.display(description="and posting", ordering="other")
    def second(self, decision: CopyDecision) -> str:
        return _readable(decision.other)

    @admin.display(description="side by side")
    def compared(self, decision: CopyDecision) -> str | SafeString:
        found = selectors.postings_named((decision.one, decision.other))
        if len(found) < 2:
            return "Not both postings are here now. The decision waits for them."
        address = reverse("posting_copy", args=[found[decision.one].pk, found[decision.other].pk])
        return format_html('<a href="{}">Compare the two postings</a>', address)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CopyDecision]:
        return super().get_queryset(request).select_related("by")


def _readable(name: str) -> str:
    """Return "source, key" as a decision names a posting."""
    return name.replace("\x1f", ", ")
