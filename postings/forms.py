from datetime import date

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from postings.models import Source


class PostingsFileField(forms.FileField):
    """A file of postings, of at most UPLOAD_MAX_MB."""

    default_error_messages = {  # noqa: RUF012  (Django reads it, nobody changes it)
        "empty": "The file is empty.",
        "required": "Choose a file first.",
        "too_big": "The file has %(size)s; at most %(most)s are taken. Compress it to .gz, or split it.",
    }

    def clean(self, data: UploadedFile | None, initial: object = None) -> UploadedFile:
        file: UploadedFile = super().clean(data, initial)
        size, most = file.size or 0, settings.UPLOAD_MAX_MB * 1024 * 1024
        if size > most:
            sizes = {"size": filesizeformat(size), "most": filesizeformat(most)}
            raise forms.ValidationError(self.error_messages["too_big"], code="too_big", params=sizes)
        return file


class UploadForm(forms.Form):
    file = PostingsFileField(
        label="File", help_text="CSV, JSON or JSON Lines, also as .gz. Columns are recognised by their names."
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
