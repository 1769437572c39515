"""Merging, as every list that offers it does: choose rows, say which one stays, see what follows, confirm."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from postings.admin.figures import FiguresFollow

Row = TypeVar("Row", bound=Model)


class MergeForm(forms.Form):
    keep: forms.ModelChoiceField = forms.ModelChoiceField(QuerySet(), label="Keep", empty_label=None)


class MergeAdmin(FiguresFollow, Generic[Row]):
    """Rows that turn out to be one are merged into the one that a person keeps.

    An action of the list calls `ask_and_merge`; `admin/postings/<model>/merge.html` says what follows.
    """

    choose_more: str
    """Said when fewer than two rows are chosen."""

    def merge_consequences(self, *, keep: Row, absorb: Sequence[Row]) -> Sequence[Any]:
        """Return what the template says, one item for each row that goes into `keep`."""
        raise NotImplementedError

    def merge_rows(self, *, keep: Row, absorb: Sequence[Row]) -> str:
        """Merge and return the sentence that says so; raise ValueError, with a sentence, when it is refused."""
        raise NotImplementedError

    def ask_and_merge(self, request: HttpRequest, rows: QuerySet[Row]) -> HttpResponse | None:
        """Ask which of the rows stays, the first unless chosen, and say what follows; merge once that is confirmed."""
        if rows.count() < 2:
            self.message_user(request, self.choose_more, messages.WARNING)
            return None
        form = _merge_form(request, rows)
        keep: Row = form.cleaned_data["keep"] if form.is_valid() else rows[0]
        absorb = [row for row in rows if row != keep]
        if "confirm" in request.POST and form.is_valid():
            return self._merge(request, keep, absorb)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Merge {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "form": form,
            "keep": keep,
            "rows": rows,
            "consequences": self.merge_consequences(keep=keep, absorb=absorb),
        }
        return TemplateResponse(request, f"admin/postings/{self.opts.model_name}/merge.html", context)

    def _merge(self, request: HttpRequest, keep: Row, absorb: Sequence[Row]) -> HttpResponse:
        try:
            done = self.merge_rows(keep=keep, absorb=absorb)
        except ValueError as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            self.ask_for_figures(request, done)
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))


def _merge_form(request: HttpRequest, rows: QuerySet[Row]) -> MergeForm:
    """Return the form that asks which of `rows` stays; bound once the question has been answered."""
    form = MergeForm(request.POST if "keep" in request.POST else None)
    field = form.fields["keep"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return form
