"""What every admin of facts shares: facts are looked up, or changed with new figures to follow."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from postings import tasks


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class FiguresFollow(admin.ModelAdmin):
    """Whatever is saved or deleted here changes figures: what became stale is read again, then a run is asked for."""

    changed = staticmethod(tasks.facts_changed)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            self.ask_for_figures(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self.ask_for_figures(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)
        self.ask_for_figures(request)

    def ask_for_figures(self, request: HttpRequest, done: str = "") -> None:
        self.changed()
        self.message_user(request, f"{done} New figures follow in a moment.".strip())
