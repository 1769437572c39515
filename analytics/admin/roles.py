"""Roles, their synonyms, pins of titles, and titles that have no role."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from analytics import services, tasks
from analytics.models import Role, RoleSynonym, TitlePin, UnmappedTitle
from jobsite.people import signed_in


class NewFiguresAdmin(SimpleHistoryAdmin):
    """What is saved here changes what titles mean, so a new run is asked for."""

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        super().save_related(request, form, formsets, change)
        tasks.ask_for_run()
        self.message_user(request, "New figures follow in a moment.")

    def delete_model(self, request: HttpRequest, obj: object) -> None:
        super().delete_model(request, obj)
        tasks.ask_for_run()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)
        tasks.ask_for_run()


class SynonymInline(admin.TabularInline):
    model = RoleSynonym
    extra = 1


@admin.register(Role)
class RoleAdmin(NewFiguresAdmin):
    list_display = ("name", "family", "synonyms_of")
    list_filter = ("family",)
    search_fields = ("name", "synonyms__phrase")
    inlines = (SynonymInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        return super().get_queryset(request).prefetch_related("synonyms")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Role | None = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Role | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()  # the reader of titles knows a renamed role by it

    @admin.display(description="synonyms")
    def synonyms_of(self, role: Role) -> str:
        return ", ".join(synonym.phrase for synonym in role.synonyms.all())


@admin.register(TitlePin)
class TitlePinAdmin(NewFiguresAdmin):
    list_display = ("title", "role", "seniority", "by", "at", "why")
    list_select_related = ("title", "role", "by")
    list_filter = ("role",)
    search_fields = ("title__text",)
    autocomplete_fields = ("title", "role")
    readonly_fields = ("by", "at")

    def save_model(self, request: HttpRequest, obj: TitlePin, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        obj.by = signed_in(request)
        super().save_model(request, obj, form, change)


class AssignForm(ActionForm):
    """What goes with the action that assigns a role."""

    role = forms.ModelChoiceField(Role.objects.all(), required=False)
    why = forms.CharField(max_length=300, required=False)


class ProposalFilter(admin.SimpleListFilter):
    title = "proposal"
    parameter_name = "proposal"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> tuple[tuple[str, str], ...]:
        return (("yes", "with a proposal"), ("no", "without"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[UnmappedTitle]) -> QuerySet[UnmappedTitle]:
        return queryset.filter(proposed__isnull=self.value() == "no") if self.value() else queryset


@admin.register(UnmappedTitle)
class UnmappedTitleAdmin(admin.ModelAdmin):
    """The titles of the published run that have no role, the commonest first; what is decided leaves the list."""

    list_display = (
        "title",
        "postings",
        "reading",
        "certainty",
        "proposed",
        "confidence",
        "speaks_for_it",
        "its_skills",
    )
    list_select_related = ("title", "proposed")
    list_filter = ("reading", ProposalFilter, "proposed")
    search_fields = ("title__text",)
    action_form = AssignForm
    actions = ("accept_proposals", "assign_role")

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnmappedTitle]:
        waiting: QuerySet[UnmappedTitle] = super().get_queryset(request).waiting()  # type: ignore[attr-defined]
        return waiting

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: UnmappedTitle | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: UnmappedTitle | None = None) -> bool:
        return False

    def has_pin_permission(self, request: HttpRequest) -> bool:
        """Return whether the actions are offered: to those who may pin titles."""
        return request.user.has_perm("analytics.add_titlepin")

    @admin.display(description="because of")
    def speaks_for_it(self, row: UnmappedTitle) -> str:
        return ", ".join(row.why)

    @admin.display(description="skills")
    def its_skills(self, row: UnmappedTitle) -> str:
        return ", ".join(row.skills)

    @admin.action(description="Accept the proposed roles", permissions=["pin"])
    def accept_proposals(self, request: HttpRequest, rows: QuerySet[UnmappedTitle]) -> None:
        self._report(request, services.accept_proposals(rows, by=signed_in(request)))

    @admin.action(description="Assign the role chosen here", permissions=["pin"])
    def assign_role(self, request: HttpRequest, rows: QuerySet[UnmappedTitle]) -> None:
        role = Role.objects.filter(pk=request.POST.get("role") or 0).first()
        if role is None:
            self.message_user(request, "Choose the role that these titles shall have.", messages.WARNING)
            return
        why = request.POST.get("why", "")
        self._report(request, services.assign_role(rows, role, why=why, by=signed_in(request)))

    def _report(self, request: HttpRequest, pinned: int) -> None:
        if not pinned:
            self.message_user(request, "None of these titles has a proposed role.", messages.WARNING)
            return
        tasks.ask_for_run()
        self.message_user(request, f"{pinned} titles have a role now. New figures follow in a moment.")
