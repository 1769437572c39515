"""What people fill in about files of postings."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone

from postings.ingest import CONSTANT_FIELDS, FALLBACK_FIELDS, ColumnMap
from postings.ingest.language import stated_language
from postings.ingest.money import currency_of
from postings.ingest.places import country_code
from postings.models import PayPeriod, Upload
from postings.selectors.preview import PreviewColumn, field_of_column
from postings.selectors.words import FIELD_GROUPS, FIELD_LABELS
from postings.upload_handler import StreamedFile

FILES_TAKEN = "CSV, TSV, Excel (.xlsx), JSON or JSON Lines, also as .gz or as the one file in a .zip."


class PostingsFileField(forms.FileField):
    """A file of postings that has arrived on disk (postings.upload_handler); what was refused says why."""

    default_error_messages = {  # noqa: RUF012  (Django reads it, nobody changes it)
        "empty": "The file is empty.",
        "required": "Choose a file first.",
    }

    def clean(self, data: StreamedFile | None, initial: object = None) -> StreamedFile:
        if data and data.refusal:
            raise forms.ValidationError(data.refusal, code="refused")
        return cast("StreamedFile", super().clean(data, initial))


class UploadForm(forms.Form):
    file = PostingsFileField(label="File", help_text=f"{FILES_TAKEN} You see what is in it before anything is stored.")
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
    def most_bytes() -> int:
        return int(settings.UPLOAD_MAX_MB) * 1024 * 1024


class MendForm(forms.Form):
    file = PostingsFileField(label="The mended list", help_text="The list above, with its first column as it was.")


MOST_COLUMNS = 400
"""Of a wider file, only the first ones can be chosen for a field here."""
FEW_COLUMNS = 10
"""Up to so many, all columns are in view; of more, those that are not used fold away."""
_FIXED_HELP = {
    "company": "One employer, as on a career site.",
    "country": "A name or a code: Poland, PL.",
    "pay_currency": "A name, sign or code: PLN, €.",
    "pay_period": "Where pay is stated without one.",
    "language": "A name or a code: German, de.",
}


Line = tuple[PreviewColumn, BoundField | None]


@dataclass(frozen=True)
class ColumnParts:
    """The columns that are shown, and those that fold away."""

    shown: list[Line]
    folded: list[Line]

    @property
    def folded_names(self) -> str:
        return ", ".join(column.name or "(no name)" for column, _ in self.folded)


class PreviewForm(forms.Form):
    """How the columns of a held file are understood, as a person settles it."""

    seen_on = forms.DateField(
        label="Seen on",
        help_text="The day the postings were collected; “3 days ago” counts from here.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    anyway = forms.BooleanField(required=False, label="Take it anyway")
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str] | None = None, *, upload: Upload, header: Iterable[str]) -> None:
        super().__init__(data, initial={"seen_on": upload.seen_on})
        self.header = list(header)
        for number, column in enumerate(self.header[:MOST_COLUMNS]):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column, required=False, choices=field_choices(), widget=_select(number)
            )
        for name in CONSTANT_FIELDS:
            self.fields[f"fixed-{name}"] = _constant_field(name)

    def fill(self, columns: ColumnMap) -> None:
        """Show `columns` as what was chosen, and remember that they were shown."""
        for number, column in enumerate(self.header[:MOST_COLUMNS]):
            self.initial[f"column-{number}"] = field_of_column(columns, column)
        for name in CONSTANT_FIELDS:
            self.initial[f"fixed-{name}"] = columns.constants.get(name, "")
        self.initial["shown"] = fingerprint(columns, self.initial["seen_on"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in CONSTANT_FIELDS:
            value = cleaned.get(f"fixed-{name}")
            if value and not _READERS[name](value):
                what = FIELD_LABELS[name].lower()
                self.add_error(f"fixed-{name}", f"“{value}” is not known as a {what}: write its usual name or code.")
        holders: dict[str, str] = {}
        for key, column, choice in self._choices(cleaned):
            if choice in holders and choice not in FALLBACK_FIELDS:
                label = FIELD_LABELS[choice.partition(" (")[0]].lower()
                self.add_error(key, f"“{holders[choice]}” is the {label} already: choose one of the two.")
            holders.setdefault(choice, column)
        return cleaned

    def columns(self) -> ColumnMap:
        """Return what was chosen. A field's second choice becomes the first where there is none."""
        chosen: dict[str, list[tuple[int, str]]] = {}
        for _key, column, choice in self._choices(self.cleaned_data):
            name, _, turn = choice.partition(" (")
            chosen.setdefault(name, []).append((int(turn.rstrip(")") or 1), column))
        # Sorted by turn alone: columns with the same one stay in the order of the file.
        in_turn = {
            name: [column for _, column in sorted(found, key=lambda pair: pair[0])] for name, found in chosen.items()
        }
        constants = {name: self.cleaned_data.get(f"fixed-{name}", "") for name in CONSTANT_FIELDS}
        return ColumnMap(
            {name: found[0] for name, found in in_turn.items()},
            {name: tuple(found[1:]) for name, found in in_turn.items() if found[1:]},
            {name: value.strip() for name, value in constants.items() if value.strip()},
        )

    def is_as_shown(self) -> bool:
        """Whether what is sent is what the page showed the rows of."""
        return self.cleaned_data["shown"] == fingerprint(self.columns(), self.cleaned_data["seen_on"])

    def column_parts(self, columns: Iterable[PreviewColumn]) -> ColumnParts:
        """Each column of the file with the field that says what it is; of a wide file, the unused ones apart."""
        names = [f"column-{number}" for number in range(len(self.header))]
        lines = [
            (column, self[name] if name in self.fields else None) for column, name in zip(columns, names, strict=False)
        ]
        unused = [line for line in lines if not line[0].chosen]
        is_wrong = any(field is not None and field.errors for _, field in unused)
        if len(lines) <= FEW_COLUMNS or is_wrong or {"title", "description"} - {line[0].chosen for line in lines}:
            return ColumnParts(lines, [])
        return ColumnParts([line for line in lines if line[0].chosen], unused)

    def constant_fields(self) -> list[BoundField]:
        return [self[f"fixed-{name}"] for name in CONSTANT_FIELDS]

    def _choices(self, cleaned: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        keys = [(f"column-{number}", column) for number, column in enumerate(self.header[:MOST_COLUMNS])]
        return [(key, column, choice) for key, column in keys if (choice := cleaned.get(key))]


_READERS: dict[str, Callable[[str], str]] = {
    "company": str,
    "country": country_code,
    "pay_currency": currency_of,
    "pay_period": str,
    "language": stated_language,
}


def _select(number: int) -> forms.Select:
    return forms.Select(attrs={"aria-labelledby": f"name-of-column-{number}"})


def _constant_field(name: str) -> forms.Field:
    label, help_text = FIELD_LABELS[name], _FIXED_HELP[name]
    if name == "pay_period":
        periods = [("", "As each row says"), *((value, text) for value, text in PayPeriod.choices if value)]
        return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=periods)
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=80)


def field_choices() -> list[tuple[str, Any]]:
    """Return our fields in groups, as a select takes them."""
    groups = [
        (group, [pair for name, label in fields for pair in _turns(name, label)]) for group, fields in FIELD_GROUPS
    ]
    return [("", "Not used"), *groups]


def _turns(name: str, label: str) -> list[tuple[str, str]]:
    if name not in FALLBACK_FIELDS:
        return [(name, label)]
    turns = [(f"{name} ({turn})", f"{label}: {words} choice") for turn, words in ((2, "second"), (3, "third"))]
    return [(name, label), *turns]


def fingerprint(columns: ColumnMap, seen_on: date | str) -> str:
    """Another one for other columns, other constants or another day."""
    said = json.dumps([columns.to_dict(), str(seen_on)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
