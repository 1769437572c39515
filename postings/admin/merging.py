"""The question that every merge begins with: which of the chosen rows stays."""

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest


class MergeForm(forms.Form):
    keep: forms.ModelChoiceField = forms.ModelChoiceField(QuerySet(), label="Keep", empty_label=None)


def merge_form(request: HttpRequest, rows: QuerySet[Model]) -> MergeForm:
    """Return the form that asks which of `rows` stays; bound once the question has been answered."""
    form = MergeForm(request.POST if "keep" in request.POST else None)
    field = form.fields["keep"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return form
