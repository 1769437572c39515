from datetime import date

from django import forms
from django.utils import timezone

from postings.models import Source


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV, JSON or JSON Lines, also as .gz. Columns are recognised by their names.",
        error_messages={"empty": "The file is empty.", "required": "Choose a file first."},
    )
    source = forms.CharField(
        max_length=120,
        required=False,
        label="Source",
        help_text="Where the postings come from, e.g. “LinkedIn, data analyst, Berlin”. Left empty: the file's name.",
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    seen_on = forms.DateField(
        required=False,
        label="Seen on",
        help_text="The day the postings were collected; “3 days ago” counts from here. Left empty: today.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_source(self) -> str:
        return self.cleaned_data["source"].strip()

    def clean_seen_on(self) -> date:
        return self.cleaned_data["seen_on"] or timezone.localdate()

    @staticmethod
    def known_sources() -> list[str]:
        return list(Source.objects.values_list("name", flat=True))
