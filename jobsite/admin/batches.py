"""Batches of decisions in the admin: what was tried, confirmed, is being made, was made and was refused, and why."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from jobsite import decisions
from jobsite.admin.decisions import may_decide, refuse_who_may_not
from jobsite.models import BatchedDecision, DecisionBatch, Outcome
from jobsite.tasks import decide_batch_task
from jobsite.work import State

PAGE = 200
"""Decisions on a page."""
CALLED = {
    Outcome.REFUSED: ("Refused", "Refused"),
    Outcome.MADE: ("Would be made", "Made"),
    Outcome.KNOWN: ("Would be passed over", "Passed over"),
    Outcome.WAITING: ("Not tried", "Not made yet"),
}
"""What became of decisions, in the order of the page -> how it is called before a person confirms, and after."""


@admin.register(DecisionBatch)
class DecisionBatchAdmin(admin.ModelAdmin):
    list_display = ("name", "by_name", "asked_at", "state_now", "total", "made", "known", "refused")
    list_filter = ("state",)
    search_fields = ("name", "by_name", "entries__summary", "entries__told")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DecisionBatch | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DecisionBatch | None = None) -> bool:
        return False

    @admin.display(description="state", ordering="state")
    def state_now(self, batch: DecisionBatch) -> str:
        return _state(batch)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/confirm/", view(require_POST(self.confirm)), name="jobsite_decisionbatch_confirm"),
            path("<int:pk>/discard/", view(require_POST(self.discard)), name="jobsite_decisionbatch_discard"),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one batch; htmx asks for the part that follows the work alone."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        batch = get_object_or_404(DecisionBatch, pk=object_id if object_id.isdecimal() else 0)
        template = "_batch.html" if "HX-Request" in request.headers else "change_form.html"
        context = {
            **self.admin_site.each_context(request),
            "title": f"Decisions: {batch}",
            "opts": self.opts,
            "batch": batch,
            "state": _state(batch),
            "stage": _stage(batch) if batch.is_unfinished else None,
            "may_confirm": may_decide(request) and batch.state == State.HELD,
            "only": _only(batch) if batch.total == 1 else None,
            **_entries(batch, request),
        }
        response = TemplateResponse(request, f"admin/jobsite/decisionbatch/{template}", context)
        # Without it, the way back in the browser may lead to the fragment alone.
        patch_vary_headers(response, ["HX-Request"])
        return response

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have a worker make what was tried."""
        refuse_who_may_not(request)
        batch = get_object_or_404(DecisionBatch, pk=pk)
        try:
            decisions.confirm(batch)
        except decisions.TakenAlreadyError:
            self.message_user(request, "Somebody has decided about this batch already.", messages.WARNING)
        else:
            decide_batch_task.delay_on_commit(batch.pk)
        return redirect(batch)

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forget a batch that was only tried."""
        refuse_who_may_not(request)
        batch = get_object_or_404(DecisionBatch, pk=pk)
        try:
            decisions.discard(batch)
        except decisions.TakenAlreadyError:
            self.message_user(request, "Somebody has decided about this batch already.", messages.WARNING)
            return redirect(batch)
        self.message_user(request, f"“{batch}” is discarded: nothing of it was decided.")
        return redirect("admin:jobsite_decision_changelist")


def _state(batch: DecisionBatch) -> str:
    if batch.state == State.HELD:
        return "tried, waits to be confirmed"
    if batch.state == State.RUNNING:
        return "being made" if batch.is_confirmed else "being tried"
    return str(batch.get_state_display())


def _stage(batch: DecisionBatch) -> dict[str, object]:
    """Return what `_progress.html` shows; how far a try is nobody can see before its end."""
    if batch.state == State.QUEUED:
        waits = "Waits for a worker" if not batch.place else f"{batch.place:,} of {batch.total:,}, waits for its turn"
        return {"label": "Waiting", "detail": waits, "done": 0, "total": 0}
    if not batch.is_confirmed:
        most = f"at most {decisions.MOST_TRIED:.0f} seconds"
        return {"label": "Trying", "detail": f"{batch.total:,} decisions, {most}", "done": 0, "total": 0}
    if batch.total == 1:
        return {"label": "Being made", "detail": "whole or not at all", "done": 0, "total": 0}
    return {
        "label": "Being made",
        "detail": f"{batch.place:,} of {batch.total:,}",
        "done": batch.place,
        "total": batch.total,
    }


def _only(batch: DecisionBatch) -> BatchedDecision | None:
    return batch.entries.select_related("decision").first()


def _entries(batch: DecisionBatch, request: HttpRequest) -> dict[str, object]:
    """Return the kinds of what became of the decisions, each with its count, and a page of those of one kind."""
    counts = {Outcome.REFUSED: batch.refused, Outcome.MADE: batch.made, Outcome.KNOWN: batch.known}
    counts[Outcome.WAITING] = batch.total - sum(counts.values())
    kinds = [(one, CALLED[one][batch.is_confirmed], count) for one, count in counts.items() if count]
    asked = request.GET.get("show", "")
    shown = asked if asked in {one for one, _, _ in kinds} else (kinds[0][0] if kinds else Outcome.WAITING)
    entries = batch.entries.filter(outcome=shown).select_related("decision").order_by("place")
    return {
        "kinds": kinds,
        "shown": shown,
        "called": CALLED[Outcome(shown)][batch.is_confirmed],
        "page": Paginator(entries, PAGE).get_page(request.GET.get("page")),
        "untried": counts[Outcome.WAITING] if batch.state == State.HELD else 0,
        "to_make": batch.made + counts[Outcome.WAITING],
    }
