"""The curator's tools for skills, aliases, groups and candidates."""

from collections.abc import Sequence

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from simple_history.admin import SimpleHistoryAdmin

from postings import selectors, services
from postings.admin.figures import FiguresFollow
from postings.admin.merging import MergeAdmin
from postings.models import Alias, Scheme, Skill, SkillGroup, SkillReference
from postings.skills import esco_identifier
from postings.skills.context import RULES


class AliasForm(forms.ModelForm):
    """Readers of texts stop at a rule that they do not know, and cannot tell aliases that differ in case alone."""

    context = forms.ChoiceField(
        choices=[("", "none"), *((name, name) for name in sorted(RULES))],
        required=False,
        help_text="The rule that decides, for everyday words.",
    )

    class Meta:
        model = Alias
        fields = ("phrase", "skill", "exact_case", "context")

    def clean_phrase(self) -> str:
        return " ".join(self.cleaned_data["phrase"].split())

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("phrase") and not cleaned.get("exact_case"):
            other = services.plain_aliases(cleaned["phrase"]).exclude(pk=self.instance.pk).first()
            if other:
                self.add_error("phrase", f"“{other.phrase}” is an alias of {other.skill} already.")
        return cleaned


class AliasInline(admin.TabularInline):
    model = Alias
    form = AliasForm
    extra = 1
    fields = ("phrase", "exact_case", "context")


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


@admin.register(Skill)
class SkillAdmin(MergeAdmin[Skill], SimpleHistoryAdmin):
    list_display = ("name", "kind", "aliases_of", "groups_of", "is_hidden", "merged_into")
    list_filter = ("kind", "is_hidden", "groups")
    search_fields = ("name", "aliases__phrase")
    filter_horizontal = ("groups",)
    readonly_fields = ("merged_into",)
    inlines = (AliasInline, ReferenceInline)
    actions = ("merge", "hide", "show")
    choose_more = "Choose the two or more skills that are one."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return super().get_queryset(request).select_related("merged_into").prefetch_related("groups", "aliases")

    @admin.display(description="aliases")
    def aliases_of(self, skill: Skill) -> str:
        return ", ".join(alias.phrase for alias in skill.aliases.all())

    @admin.display(description="groups")
    def groups_of(self, skill: Skill) -> str:
        return ", ".join(group.name for group in skill.groups.all())

    @admin.action(description="Hide from all figures", permissions=["change"])
    def hide(self, request: HttpRequest, skills: QuerySet[Skill]) -> None:
        self._set_hidden(request, skills, hidden=True)

    @admin.action(description="Show in figures again", permissions=["change"])
    def show(self, request: HttpRequest, skills: QuerySet[Skill]) -> None:
        self._set_hidden(request, skills, hidden=False)

    def _set_hidden(self, request: HttpRequest, skills: QuerySet[Skill], *, hidden: bool) -> None:
        for skill in skills:
            skill.is_hidden = hidden
            skill.save()
        count = len(skills)
        self.ask_for_figures(request, f"{count} skill{pluralize(count)} {'hidden' if hidden else 'shown'}.")

    @admin.action(description="Merge into one skill …", permissions=["change"])
    def merge(self, request: HttpRequest, skills: QuerySet[Skill]) -> HttpResponse | None:
        return self.ask_and_merge(request, skills)

    def merge_consequences(self, *, keep: Skill, absorb: Sequence[Skill]) -> Sequence[selectors.MergeConsequence]:
        return [selectors.merge_consequence(keep=keep, absorb=skill) for skill in absorb]

    def merge_rows(self, *, keep: Skill, absorb: Sequence[Skill]) -> str:
        with transaction.atomic():
            for skill in absorb:
                services.merge_skills(keep=keep, absorb=skill)
        return f"{', '.join(skill.name for skill in absorb)} merged into {keep}; no text has to be read again."


@admin.register(Alias)
class AliasAdmin(FiguresFollow, SimpleHistoryAdmin):
    form = AliasForm
    list_display = ("phrase", "skill", "exact_case", "context")
    list_filter = ("exact_case", "context", "skill__kind")
    search_fields = ("phrase", "skill__name")
    autocomplete_fields = ("skill",)
    list_select_related = ("skill",)


@admin.register(SkillGroup)
class SkillGroupAdmin(FiguresFollow, SimpleHistoryAdmin):
    list_display = ("name", "set", "slug", "skills_of")
    list_filter = ("set",)
    search_fields = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SkillGroup]:
        return super().get_queryset(request).annotate(n_skills=Count("skills"))

    @admin.display(description="skills", ordering="n_skills")
    def skills_of(self, group: SkillGroup) -> int:
        return int(getattr(group, "n_skills", 0))
