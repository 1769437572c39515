"""What people decided about copies; decided on the page of the pair and in the queue, taken back here as well."""

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite.models import Change, DecisionRow
from postings import selectors
from postings.admin.deciding import DecidingAdmin, Proposal
from postings.copies import readable_name
from postings.models import CopyDecision


@admin.register(CopyDecision)
class CopyDecisionAdmin(DecidingAdmin):
    list_display = ("verdict", "by", "at", "why", "first", "second")
    list_filter = ("verdict",)
    search_fields = ("one", "other")
    readonly_fields = ("first", "second", "compared", "verdict", "why", "by", "at")
    fields = readonly_fields
    actions = ("forget",)
    change_list_template = "admin/postings/copydecision/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False  # by the action, which is written down

    def has_forget_permission(self, request: HttpRequest) -> bool:
        return super().has_delete_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CopyDecision]:
        """With who decided, when and why, as the ledger tells."""
        rows = DecisionRow.objects.filter(table="postings.copydecision", row=OuterRef("pk"))
        last = rows.exclude(change=Change.DELETED).order_by("-pk")
        told = {name: Subquery(last.values(f"decision__{name}")[:1]) for name in ("by_name", "why", "at")}
        return super().get_queryset(request).annotate(**{f"told_{name}": value for name, value in told.items()})

    @admin.display(description="posting", ordering="one")
    def first(self, decision: CopyDecision) -> str:
        return readable_name(decision.one)

    @admin.display(description="and posting", ordering="other")
    def second(self, decision: CopyDecision) -> str:
        return readable_name(decision.other)

    @admin.display(description="why")
    def why(self, decision: CopyDecision) -> str:
        return getattr(decision, "told_why", "") or ""

    @admin.display(description="by", ordering="told_by_name")
    def by(self, decision: CopyDecision) -> str:
        return getattr(decision, "told_by_name", "") or ""

    @admin.display(description="at", ordering="told_at")
    def at(self, decision: CopyDecision) -> object:
        return getattr(decision, "told_at", None)

    @admin.display(description="side by side")
    def compared(self, decision: CopyDecision) -> str | SafeString:
        found = selectors.postings_named((decision.one, decision.other))
        if len(found) < 2:
            return "Not both postings are here now. The decision waits for them."
        address = reverse("posting_copy", args=[found[decision.one].pk, found[decision.other].pk])
        return format_html('<a href="{}">Compare the two postings</a>', address)

    @admin.action(description="Let the texts decide again …", permissions=["forget"])
    def forget(self, request: HttpRequest, decisions: QuerySet[CopyDecision]) -> HttpResponse:
        chosen = list(decisions)
        proposal = Proposal(
            question=f"Take back what was decided on {len(chosen)} pair{'s' if len(chosen) > 1 else ''} of postings?",
            action="copies.forget",
            words={"pairs": [[decision.one, decision.other] for decision in chosen]},
            rests_on=lambda: CopyDecision.objects.filter(pk__in=[decision.pk for decision in chosen]),
            notes=(
                *(f"{decision.get_verdict_display()}: {_both(decision)}" for decision in chosen),
                "The texts decide again; groups and figures follow.",
            ),
        )
        return self.ask(request, proposal, title="Let the texts decide")


def _both(decision: CopyDecision) -> str:
    return f"“{readable_name(decision.one)}” and “{readable_name(decision.other)}”"
