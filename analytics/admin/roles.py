"""Roles, their synonyms, and pins of titles."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from analytics import tasks
from analytics.models import Role, RoleSynonym, TitlePin
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
