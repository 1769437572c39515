"""What is written down of a source, on its page and in the admin."""

from typing import Any, ClassVar

from django import forms

from postings.models import Source

THRESHOLDS = ("most_rejected", "most_unreadable", "most_incomplete", "most_repeated")


class SourceForm(forms.ModelForm):
    """A threshold that is left empty stays as it is."""

    class Meta:
        model = Source
        fields = (
            "name",
            "kind",
            "query",
            "cap",
            "collected_by",
            "licence",
            "contact",
            "keep_until",
            "notes",
            *THRESHOLDS,
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "keep_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "query": forms.Textarea(attrs={"rows": 2}),
            "notes": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in THRESHOLDS:
            self.fields[name].required = False

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        for name in THRESHOLDS:
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = getattr(self.instance, name)
        return cleaned


class RemovalForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        label="Why it goes",
        help_text="It stays in the log, with your name.",
        error_messages={"required": "Say why: the log keeps it when the source is gone."},
    )

    def clean_reason(self) -> str:
        return str(self.cleaned_data["reason"]).strip()
