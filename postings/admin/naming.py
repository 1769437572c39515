"""Fields of forms that name a row, where a list to choose from would hold thousands."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite.decisions import RefusedError

LONGEST = 120


class NameInput(forms.TextInput):
    """A text field that offers names as one types; without scripts a name is typed in full.

    `offers` is the name of the address that answers with them, by `offered`.
    """

    def __init__(self, offers: str) -> None:
        super().__init__({"class": "vTextField", "autocomplete": "off", "spellcheck": "false"})
        self.offers = offers

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        names = f"{(attrs or {}).get('id', name)}_names"
        asking = {
            "list": names,
            "hx-get": reverse(self.offers),
            "hx-trigger": "input changed delay:120ms",
            "hx-target": f"#{names}",
            "hx-sync": "this:replace",
        }
        field = super().render(name, value, {**(attrs or {}), **asking}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', field, names)


class NamedField(forms.CharField):
    """Takes a name and gives the row that `find` returns; its RefusedError is told at the field. "" is None."""

    def __init__(self, find: Callable[[str], Model], *, offers: str, **told: Any) -> None:
        super().__init__(max_length=LONGEST, widget=NameInput(offers), **told)
        self.find = find

    def clean(self, value: Any) -> Any:
        name = " ".join(super().clean(value).split())
        try:
            return self.find(name) if name else None
        except RefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused


def offered(
    section: ModelAdmin, request: HttpRequest, options: Callable[[str], Iterable[tuple[str, str]]]
) -> HttpResponse:
    """Answer a NameInput with names that may be meant, and a word about each."""
    if not section.has_view_permission(request):
        raise PermissionDenied
    typed = " ".join(" ".join(map(str, request.GET.values())).split())[:LONGEST]
    return TemplateResponse(request, "admin/_names.html", {"options": options(typed) if typed else ()})
