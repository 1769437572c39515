"""Forms of the admin whose saving is a decision: what was filled in becomes the words of an action."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jobsite.decisions import foresee
from postings.admin.deciding import DecidingAdmin, Proposal, version_for


class _Refused:
    refusal: str

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError(self.refusal)


class DecidedFormAdmin(DecidingAdmin):
    """The forms for a new row and for a change of one, with their inlines, lead to the page that asks.

    A subclass says what was filled in as a `Proposal`; nothing is written but by its action. Rows are not deleted here:
    where they can be, that is an action of its own.
    """

    change_form_template = "admin/decided_form.html"

    def proposal_of(
        self, request: HttpRequest, row: Any | None, form: forms.ModelForm, formsets: list[BaseInlineFormSet]
    ) -> Proposal | None:
        """Return what the valid forms ask for, None when nothing was changed. `row` is None for a new one."""
        raise NotImplementedError

    def rows_seen(self, row: Any) -> list[Model]:
        """Return the row and what hangs on it, as the form shows them."""
        return [row]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and (row or not object_id):
            self._refuse_who_may_not(request, row)
            answer = self._ask_about_form(request, row)
            if answer is not None:
                return answer
        context = {"version": version_for(request, self.rows_seen(row)) if row else "", "why": ""}
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def _refuse_who_may_not(self, request: HttpRequest, row: Any | None) -> None:
        may = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        if not may:
            raise PermissionDenied

    def _ask_about_form(self, request: HttpRequest, row: Any | None) -> HttpResponse | None:
        """Return the page that asks, None when the form has to be shown with its errors."""
        form_class = self.get_form(request, row, change=row is not None)
        form = form_class(request.POST, request.FILES, instance=row)
        is_valid = form.is_valid()
        shown = form.instance if row is None else row
        formsets, _ = self._create_formsets(request, shown, change=row is not None)  # type: ignore[attr-defined]  # not in the stubs
        if not (all(formset.is_valid() for formset in formsets) and is_valid):
            return None
        if row is not None:
            row.refresh_from_db()  # the form has written into it
        proposal = self.proposal_of(request, row, form, formsets)
        if proposal is None:
            self.message_user(request, "Nothing was changed.", messages.WARNING)
            return redirect(request.path)
        if why_not := foresee(proposal.action, proposal.words).why_not:
            request.refusal = why_not  # type: ignore[attr-defined]  # the form shows it, with all that was filled in
            return None
        title = f"Change {self.opts.verbose_name}" if row else f"New {self.opts.verbose_name}"
        return self.ask(request, proposal, title=title)

    def get_form(
        self,
        request: HttpRequest,
        obj: Any | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        """Return the form; once a decision has been refused, one that says so."""
        form: type[forms.ModelForm] = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type(form.__name__, (_Refused, form), {"refusal": refusal}) if refusal else form

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        raise AssertionError("Only an action writes here.")


def changed_values(form: forms.ModelForm, names: tuple[str, ...]) -> dict[str, Any]:
    """Return those of the fields that were changed, with their new values."""
    return {name: form.cleaned_data[name] for name in names if name in form.changed_data}
