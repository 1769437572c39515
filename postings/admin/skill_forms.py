"""Forms about skills: the change form with its inlines, and what is chosen for a bulk decision."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import QueryDict

from jobsite.decisions import RefusedError
from postings import services
from postings.admin.naming import NamedField
from postings.models import Alias, Kind, Scheme, Skill, SkillGroup, SkillReference
from postings.selectors.typed_skill import skill_typed
from postings.skills import esco_identifier
from postings.skills.context import RULES

TOLD = ("phrase", "exact_case", "context", "not_in")
"""What decisions tell of an alias, beside the skill that it names."""
NO_RULE = "-"


def skill_field(**told: Any) -> NamedField:
    """Return a field that takes the name, or an alias, of a shown skill."""
    return NamedField(skill_typed, offers="admin:postings_skill_named", **told)


def _languages_typed(codes: str) -> str:
    try:
        return services.not_in_named(codes)
    except RefusedError as refused:
        raise forms.ValidationError(str(refused)) from refused


class AliasForm(forms.ModelForm):
    """Readers of texts stop at a rule that they do not know, and cannot tell aliases that differ in case alone."""

    context = forms.ChoiceField(
        choices=[("", "none"), *((name, name) for name in sorted(RULES))],
        required=False,
        help_text="The rule that decides, for everyday words.",
    )

    class Meta:
        model = Alias
        fields = ("phrase", "skill", *TOLD[1:])

    def clean_phrase(self) -> str:
        return " ".join(self.cleaned_data["phrase"].split())

    def clean_not_in(self) -> str:
        return _languages_typed(self.cleaned_data["not_in"])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("phrase") and not cleaned.get("exact_case"):
            other = services.plain_aliases(cleaned["phrase"]).exclude(pk=self.instance.pk).first()
            if other:
                self.add_error("phrase", f"“{other.phrase}” is an alias of {other.skill} already.")
        return cleaned


class NewAliasForm(AliasForm):
    skill = skill_field(help_text="The name of a skill, or one of its aliases.")


class AliasInline(admin.TabularInline):
    model = Alias
    form = AliasForm
    extra = 1
    fields = TOLD


class ReferenceForm(forms.ModelForm):
    """The address of an ESCO concept does as well as its last part."""

    class Meta:
        model = SkillReference
        fields = ("scheme", "identifier", "label")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("scheme") == Scheme.ESCO and cleaned.get("identifier"):
            cleaned["identifier"] = esco_identifier(cleaned["identifier"])
        return cleaned


class ReferenceInline(admin.TabularInline):
    model = SkillReference
    form = ReferenceForm
    extra = 0
    fields = ("scheme", "identifier", "label")


class DeprecateForm(forms.Form):
    redirect = skill_field(
        required=False, label="Count its mentions for", help_text="Left empty, its mentions count for no skill."
    )


class SplitForm(forms.Form):
    aliases: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        Alias.objects.none(), widget=forms.CheckboxSelectMultiple, label="Aliases that leave"
    )
    name = forms.CharField(max_length=120, label="Name of the new skill")
    kind = forms.ChoiceField(choices=Kind.choices)

    def __init__(self, data: QueryDict | None, *, skill: Skill) -> None:
        super().__init__(data, initial={"kind": skill.kind})
        field = self.fields["aliases"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = skill.aliases.all()


class MergeIntoForm(forms.Form):
    keep = skill_field(label="Merge it into", help_text="The name of a skill, or one of its aliases.")


class MoveForm(forms.Form):
    skill = skill_field(label="Move to", help_text="The name of a skill, or one of its aliases.")


class RespellForm(forms.Form):
    """Says of several aliases how they are read; what is left as it is stays."""

    exact_case = forms.TypedChoiceField(
        choices=[("", "as it is"), ("yes", "only with these capitals"), ("no", "whatever the capitals")],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    context = forms.TypedChoiceField(
        choices=[("", "as it is"), (NO_RULE, "no rule"), *((name, name) for name in sorted(RULES))],
        coerce=lambda said: "" if said == NO_RULE else said,
        empty_value=None,
        required=False,
        label="Context rule",
        help_text="The rule that decides, for everyday words.",
    )
    not_in = forms.CharField(
        max_length=40,
        required=False,
        empty_value=None,
        label="Not in",
        help_text=f"Codes of languages in which the phrase is another word (it pt); “{NO_RULE}” for none.",
    )

    def clean_not_in(self) -> str | None:
        typed = self.cleaned_data["not_in"]
        return typed and _languages_typed("" if typed == NO_RULE else typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and all(value is None for value in cleaned.values()):
            raise forms.ValidationError("Choose what is to be otherwise.")
        return cleaned


class RegroupForm(forms.Form):
    add: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        SkillGroup.objects.all(), required=False, label="Put into"
    )
    remove: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        SkillGroup.objects.all(), required=False, label="Take out of"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("add") or cleaned.get("remove")):
            raise forms.ValidationError("Choose at least one group.")
        return cleaned


class KindForm(forms.Form):
    kind = forms.ChoiceField(choices=Kind.choices)


def skill_words(row: Skill | None, form: forms.ModelForm, formsets: list[BaseInlineFormSet]) -> dict[str, Any]:
    """Return what was filled in as the words of `skill.create` and `skill.edit`; of an edit, only what was changed."""
    by_model = {formset.model: formset for formset in formsets}
    aliases, references = by_model[Alias], by_model[SkillReference]
    if row is None:
        filled = form.cleaned_data
        return {
            "name": filled["name"],
            "kind": filled["kind"],
            "definition": filled["definition"],
            "groups": [group.slug for group in filled["groups"]],
            "aliases": [_alias_words(one.cleaned_data) for one in _new(aliases)],
            "references": [_reference_words(one.cleaned_data) for one in _new(references)],
        }
    words: dict[str, Any] = {
        name: form.cleaned_data[name] for name in ("name", "kind", "definition") if name in form.changed_data
    }
    before, after = set(row.groups.all()), set(form.cleaned_data["groups"])
    words["groups_added"] = sorted(group.slug for group in after - before)
    words["groups_removed"] = sorted(group.slug for group in before - after)
    words["aliases_added"] = [_alias_words(one.cleaned_data) for one in _new(aliases)]
    words["aliases_changed"] = [_alias_edit(one) for one in _changed(aliases)]
    words["aliases_removed"] = [services.alias_words(one) for one in _removed(aliases)]
    # A reference has no more to it than what names it: a changed one is another one.
    gone = [*_removed(references), *(_as_it_was(one) for one in _changed(references))]
    words["references_removed"] = [_reference_words(vars(one)) for one in gone]
    words["references_added"] = [
        _reference_words(one.cleaned_data) for one in (*_new(references), *_changed(references))
    ]
    return {name: value for name, value in words.items() if value or name in form.changed_data}


def _new(formset: BaseInlineFormSet) -> list[forms.ModelForm]:
    return [one for one in formset.extra_forms if one.has_changed() and not one.cleaned_data.get("DELETE")]


def _changed(formset: BaseInlineFormSet) -> list[forms.ModelForm]:
    return [one for one in formset.initial_forms if one.has_changed() and not one.cleaned_data.get("DELETE")]


def _removed(formset: BaseInlineFormSet) -> list[Any]:
    return [_as_it_was(one) for one in formset.initial_forms if one.cleaned_data.get("DELETE")]


def _as_it_was(form: forms.ModelForm) -> Model:
    """Return the row as the database has it: the form has written into its own."""
    return type(form.instance)._base_manager.get(pk=form.instance.pk)


def _alias_words(filled: dict[str, Any]) -> dict[str, Any]:
    return {name: filled[name] for name in TOLD}


def _alias_edit(form: forms.ModelForm) -> dict[str, Any]:
    was = _as_it_was(form)
    assert isinstance(was, Alias)
    return services.alias_words(was) | {f"new_{name}": form.cleaned_data[name] for name in form.changed_data}


def _reference_words(filled: dict[str, Any]) -> dict[str, Any]:
    return {name: filled[name] for name in ("scheme", "identifier", "label")}
