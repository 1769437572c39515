"""The ledger in the admin: looked through, undone one by one, exported, applied from a file. Nothing here is edited."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite import decisions, log
from jobsite.admin.filtering import NamedValuesFilter
from jobsite.models import Decision, EventKind
from jobsite.people import signed_in
from jobsite.tasks import decide_batch_task

LARGEST_FILE = 20_000_000
"""Bytes of a file of decisions; a hundred thousand of them are less."""
MOST_ROWS = 500
"""Rows that a page shows of a decision; one that changed more is undone by a worker."""


class ApplyForm(forms.Form):
    file = forms.FileField(label="File of decisions", help_text="As “Export the decisions that stand” writes it.")

    def clean_file(self) -> str:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise forms.ValidationError("The file is no text in UTF-8.") from wrong


class ActionFilter(admin.SimpleListFilter):
    title = "kind of decision"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        labels = {name: one.label for name, one in decisions.actions().items()}
        made = Decision.objects.order_by("action").values_list("action", flat=True).distinct()
        return [(name, labels.get(name, name)) for name in made]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        return queryset.filter(action=self.value()) if self.value() else queryset


class AboutFilter(admin.SimpleListFilter):
    """Those that touched one row or what hangs on it: `about=postings.skill:12`; pages of rows link here."""

    title = "what it is about"
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        about = request.GET.get(self.parameter_name, "")
        return [(about, about)] if about else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        table, _, row = (self.value() or "").partition(":")
        if not table:
            return queryset
        if not row.isdecimal():
            return queryset.none()
        pointer = f"{table.rpartition('.')[2]}_id"
        hangs_on_it = Q(**{f"rows__before__{pointer}": int(row)}) | Q(**{f"rows__after__{pointer}": int(row)})
        return queryset.filter(Q(rows__table=table, rows__row=int(row)) | hangs_on_it).distinct()


class StandsFilter(admin.BooleanFieldListFilter):
    def __init__(self, *told: Any, **named: Any) -> None:
        super().__init__(*told, **named)
        self.title = "whether it stands"


class WhoFilter(NamedValuesFilter):
    def __init__(self, *told: Any, **named: Any) -> None:
        super().__init__(*told, **named)
        self.title = "who decided"


class WhenFilter(admin.DateFieldListFilter):
    def __init__(self, *told: Any, **named: Any) -> None:
        super().__init__(*told, **named)
        self.title = "day"


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    list_display = ("number", "summary", "who", "at", "why", "is_standing")
    list_display_links = ("number", "summary")
    list_filter = (("stands", StandsFilter), ActionFilter, ("by_name", WhoFilter), ("at", WhenFilter), AboutFilter)
    search_fields = ("summary", "why", "rows__name")
    date_hierarchy = "at"
    change_list_template = "admin/jobsite/decision/change_list.html"
    change_form_template = "admin/jobsite/decision/change_form.html"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Decision | None = None) -> tuple[str, ...]:
        return ("who", "at", "why", "is_standing", "of_undoing", "applied_from")

    @admin.display(description="no.", ordering="pk")
    def number(self, decision: Decision) -> int:
        return decision.pk

    @admin.display(description="who", ordering="by_name")
    def who(self, decision: Decision) -> str:
        return decision.by_name

    @admin.display(description="stands", boolean=True, ordering="stands")
    def is_standing(self, decision: Decision) -> bool:
        return decision.stands

    @admin.display(description="undoes, undone by")
    def of_undoing(self, decision: Decision) -> str | SafeString:
        related = [decision.undoes] if decision.undoes else list(decision.undone_by.order_by("-pk")[:1])
        link = '<a href="{}">decision {}</a>'
        return format_html(link, related[0].get_absolute_url(), related[0].pk) if related else "–"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("export/", view(self.export), name="jobsite_decision_export"),
            path("apply/", view(self.apply), name="jobsite_decision_apply"),
            path("<int:pk>/undo/", view(self.undo), name="jobsite_decision_undo"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"may_decide": may_decide(request), "title": "Decisions"}
        return super().changelist_view(request, context | (extra_context or {}))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        decision = Decision.objects.filter(pk=object_id or 0).first() if (object_id or "").isdecimal() else None
        context: dict[str, Any] = {"rows": shown(decision) if decision else (), "title": str(decision or "")}
        context["rows_beyond"] = rows_beyond(decision) if decision else 0
        if decision and may_decide(request):
            context["why_not"] = why_not_undone(decision)
            context["may_decide"] = True
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, say what becomes of each row, and take the decision back once that is confirmed."""
        refuse_who_may_not(request)
        decision = get_object_or_404(Decision, pk=pk)
        if request.method == "POST" and decision.stands and rows_beyond(decision):
            return self._undo_by_worker(request, decision)
        if request.method == "POST":
            try:
                undone = decisions.undo(decision, by=signed_in(request), why=request.POST.get("why", ""))
            except decisions.CannotUndoError as refused:
                self.message_user(request, str(refused), messages.ERROR)
                return redirect(decision.get_absolute_url())
            self.message_user(request, f"{undone.summary} New figures follow in a moment.")
            return redirect(undone.get_absolute_url())
        context = {
            **self.admin_site.each_context(request),
            "title": "Undo one decision",
            "opts": self.opts,
            "decision": decision,
            "rows": shown(decision),
            "rows_beyond": rows_beyond(decision),
            "why_not": why_not_undone(decision),
        }
        return TemplateResponse(request, "admin/jobsite/decision/undo.html", context)

    def _undo_by_worker(self, request: HttpRequest, decision: Decision) -> HttpResponse:
        words, name = {decisions.DECISION: str(decision.key)}, f"Undo decision {decision.pk}"
        try:
            batch = decisions.hand_in_one(
                decisions.UNDO, words, name=name, by=signed_in(request), why=request.POST.get("why", "")
            )
        except decisions.RefusedError as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(decision.get_absolute_url())
        decide_batch_task.delay_on_commit(batch.pk)
        return redirect(batch)

    def export(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            refuse_who_may_not(request)
        name = f"rolescope-decisions-{timezone.localdate():%Y-%m-%d}.json"
        response = HttpResponse(
            content_type="application/json", headers={"Content-Disposition": f"attachment; filename={name}"}
        )
        rows = decisions.export_decisions(response)  # type: ignore[arg-type]  # it has the write() of a text file
        log.note(EventKind.EXPORT, "The decisions that stand", by=request.user, rows=rows)
        return response

    def apply(self, request: HttpRequest) -> HttpResponse:
        """Take a file, and have a worker say what it would do."""
        refuse_who_may_not(request)
        form = ApplyForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Apply decisions of another installation",
            "opts": self.opts,
            "form": form,
        }
        if form.is_valid():
            name = getattr(request.FILES["file"], "name", "")
            try:
                batch = decisions.hand_in_file(form.cleaned_data["file"], name=name, by=signed_in(request))
            except decisions.RefusedError as refused:
                form.add_error("file", str(refused))
            else:
                decide_batch_task.delay_on_commit(batch.pk)
                return redirect(batch)
        return TemplateResponse(request, "admin/jobsite/decision/apply.html", context)


def decisions_about(row: Model) -> str:
    """Return the address of the decisions that touched a row or what hangs on it."""
    return f"{reverse('admin:jobsite_decision_changelist')}?about={row._meta.label_lower}:{row.pk}"


def may_decide(request: HttpRequest) -> bool:
    """Return whether this person may take decisions back and apply those of others."""
    return signed_in(request).has_perm("jobsite.add_decision")


def refuse_who_may_not(request: HttpRequest) -> None:
    if not may_decide(request):
        raise PermissionDenied


def shown(decision: Decision) -> list[decisions.ShownRow]:
    return decisions.shown_rows(decision.rows.all()[:MOST_ROWS])


def rows_beyond(decision: Decision) -> int:
    """Return how many rows a decision changed beside those that a page shows."""
    return max(decision.rows.count() - MOST_ROWS, 0)


def why_not_undone(decision: Decision) -> decisions.CannotUndoError | None:
    """Return why a decision cannot be undone; of one of many rows, only whether it stands: a worker finds out."""
    if decision.stands and rows_beyond(decision):
        return None
    return decisions.why_not_undone(decision)


def undo_link(decision: Decision) -> SafeString:
    """Return what a message says after a decision: what was done, with the way back."""
    address = reverse("admin:jobsite_decision_undo", args=[decision.pk])
    return format_html('{} <a href="{}">Undo</a>', decision.summary, address)
