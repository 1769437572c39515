"""The admin's own ways: one log-in for all doors, and every deletion in the log."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.actions import delete_selected as django_delete_selected
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
def delete_selected(model_admin: ModelAdmin, request: HttpRequest, rows: QuerySet) -> HttpResponse | None:
    """Delete as Django does, and note each row: it sends a signal for a single one only."""
    from jobsite.log import note_deletions  # models are not there yet when the site is made

    chosen = list(rows)
    with transaction.atomic():
        answer: HttpResponse | None = django_delete_selected(model_admin, request, rows)
        if answer is None and len(chosen) > 1:
            note_deletions(chosen, by=request.user)
    return answer


class RolescopeAdminSite(AdminSite):
    site_header = "Rolescope"
    site_title = "Rolescope admin"
    index_title = "Curation and records"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.add_action(delete_selected, "delete_selected")

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002  (Django's signature)
        """Say 403 to whoever is signed in without the right: another log-in form would be no answer."""
        page = super().admin_view(view, cacheable)

        @wraps(page)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request):
                return page(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())

        return cast("View", door)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Lead to the one log-in there is."""
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:  # type: ignore[override]  # it renders nothing
        """Lead to the one page for that, which is open to all who sign in."""
        return redirect("password")
