"""The curator's tools for skills. What is done here is a decision: asked about with what would follow, kept, undone."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, Model, OuterRef, QuerySet, Value
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite.admin.decisions import decisions_about
from postings import services
from postings.admin.deciding import KeepForm, Proposal, first_few, told
from postings.admin.exchanging import ExchangingAdmin
from postings.admin.forms_decided import DecidedFormAdmin
from postings.admin.naming import offered
from postings.admin.skill_forms import (
    AliasInline,
    DeprecateForm,
    KindForm,
    MergeIntoForm,
    ReferenceInline,
    RegroupForm,
    SplitForm,
    skill_words,
)
from postings.admin.skill_list import SkillList
from postings.impact import Edit, NewAlias
from postings.models import Alias, Skill
from postings.selectors import edits
from postings.selectors.candidate_queue import skill_options

Chosen = QuerySet[Skill]


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    states: dict[str, tuple[str, Callable[[Chosen], Chosen]]] = {  # noqa: RUF012  (never changed)
        "shown": ("shown", lambda rows: rows.shown()),  # type: ignore[attr-defined]
        "hidden": ("hidden", lambda rows: rows.filter(is_hidden=True, is_deprecated=False)),
        "merged": ("merged into another", lambda rows: rows.exclude(merged_into=None).filter(is_deprecated=False)),
        "deprecated": ("deprecated", lambda rows: rows.filter(is_deprecated=True)),
        "bare": (
            "without aliases",
            lambda rows: rows.filter(~Exists(Alias.objects.filter(skill=OuterRef("pk"))), merged_into=None),
        ),
    }

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(key, words) for key, (words, _) in self.states.items()]

    def queryset(self, request: HttpRequest, queryset: Chosen) -> Chosen:
        _, narrow = self.states.get(self.value() or "", ("", lambda rows: rows))
        return narrow(queryset)


@admin.register(Skill)
class SkillAdmin(ExchangingAdmin, DecidedFormAdmin):
    list_display = ("name", "ads_of", "kind", "state", "aliases_of", "groups_of")
    list_filter = (StateFilter, "kind", "groups")
    search_fields = ("name", "aliases__phrase")
    fields = ("name", "kind", "definition", "groups")
    filter_horizontal = ("groups",)
    inlines = (AliasInline, ReferenceInline)
    actions = ("merge", "hide", "show", "deprecate", "regroup", "change_kind")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Chosen:
        rows = super().get_queryset(request).select_related("merged_into").prefetch_related("groups", "aliases")
        return rows.annotate(ads=Value(0))  # told, and sorted by, in SkillList

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[SkillList]:
        return SkillList

    @admin.display(description="ads", ordering="ads")
    def ads_of(self, skill: Skill) -> str | SafeString:
        ads: int | None = getattr(skill, "ads", None)
        return "–" if ads is None else format_html('<a href="{}">{}</a>', skill.get_absolute_url(), f"{ads:,}")

    @admin.display(description="state")
    def state(self, skill: Skill) -> str | SafeString:
        if skill.merged_into:
            done = "deprecated for" if skill.is_deprecated else "merged into"
            address = reverse("admin:postings_skill_change", args=[skill.merged_into.pk])
            return format_html('{} <a href="{}">{}</a>', done, address, skill.merged_into)
        if skill.is_deprecated:
            return "deprecated"
        return "hidden" if skill.is_hidden else "shown"

    @admin.display(description="aliases")
    def aliases_of(self, skill: Skill) -> str:
        return first_few([alias.phrase for alias in skill.aliases.all()])

    @admin.display(description="groups")
    def groups_of(self, skill: Skill) -> str:
        return first_few([group.name for group in skill.groups.all()])

    # The form of one skill.

    def rows_seen(self, row: Skill) -> list[Model]:
        return seen_with([row])

    def proposal_of(
        self, request: HttpRequest, row: Skill | None, form: forms.ModelForm, formsets: list[BaseInlineFormSet]
    ) -> Proposal | None:
        words = skill_words(row, form, formsets)
        if row is None:
            added = _new_aliases(words["aliases"], None, words["name"])
            return Proposal(f"Make the skill “{words['name']}”?", "skill.create", words, list, Edit(added=added))
        if not words:
            return None
        removed = [services.alias_row(alias) for alias in words.get("aliases_removed", ())]
        edit = Edit(
            added=_new_aliases(words.get("aliases_added", ()), row, row.name),
            removed=frozenset(alias.pk for alias in removed),
        )
        seen = lambda: seen_with([row])  # noqa: E731
        return Proposal(f"Change “{row}”?", "skill.edit", {"skill": row.name} | words, seen, edit)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        links = self._links(request, object_id) if object_id else []
        return super().changeform_view(request, object_id, form_url, {"links": links} | (extra_context or {}))

    def _links(self, request: HttpRequest, object_id: str) -> list[tuple[str, str]]:
        skill = Skill.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        if skill is None:
            return []
        links = [(decisions_about(skill), "Decisions about it")]
        if skill.merged_into_id or not self.has_change_permission(request):
            return links
        own = {"split": "Split …", "merge_into": "Merge into …", "deprecate": "Deprecate …", "remove": "Delete …"}
        addresses = [(reverse(f"admin:postings_skill_{name}", args=[skill.pk]), said) for name, said in own.items()]
        return [*addresses, (skill.get_absolute_url(), "See its figures"), *links]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("named/", view(self.named_view), name="postings_skill_named"),
            path("<int:pk>/split/", view(self.split_view), name="postings_skill_split"),
            path("<int:pk>/merge-into/", view(self.merge_into_view), name="postings_skill_merge_into"),
            path("<int:pk>/deprecate/", view(self.deprecate_view), name="postings_skill_deprecate"),
            path("<int:pk>/remove/", view(self.remove_view), name="postings_skill_remove"),
        ]
        return own + super().get_urls()

    def named_view(self, request: HttpRequest) -> HttpResponse:
        """Offer skills for what is typed into a field that names one."""
        return offered(self, request, lambda typed: [(one.name, one.alias or one.kind) for one in skill_options(typed)])

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        skill = self._one(request, pk)
        form = SplitForm(told(request), skill=skill)
        proposal = None
        if form.is_valid():
            leaving, name = list(form.cleaned_data["aliases"]), form.cleaned_data["name"]
            proposal = Proposal(
                question=f"Split {services.quoted(leaving)} from “{skill}” as “{name}”?",
                action="skill.split",
                words={
                    "skill": skill.name,
                    "aliases": [services.alias_words(alias) for alias in leaving],
                    "name": name,
                    "kind": form.cleaned_data["kind"],
                },
                rests_on=lambda: seen_with([skill]),
                edit=edits.edit_of_split(leaving, name=name),
                notes=("It joins the same groups. No text is read again.",),
            )
        return self.ask(request, proposal, title="Split a skill", form=form, back=_page_of(skill))

    def merge_into_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        skill = self._one(request, pk)
        form = MergeIntoForm(told(request))
        proposal = _merge(form.cleaned_data["keep"], [skill]) if form.is_valid() else None
        return self.ask(request, proposal, title="Merge a skill", form=form, back=_page_of(skill))

    def deprecate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        skill = self._one(request, pk)
        return self._ask_deprecate(request, skill, back=_page_of(skill))

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        skill = self._one(request, pk)
        proposal = Proposal(
            question=f"Delete “{skill}”?",
            action="skill.delete",
            words={"skill": skill.name},
            rests_on=lambda: seen_with([skill]),
            notes=("It goes with its aliases. Only a skill that no text has named can be deleted.",),
        )
        back = "" if "confirm" in request.POST else _page_of(skill)
        return self.ask(request, proposal, title="Delete a skill", back=back)

    def _ask_deprecate(self, request: HttpRequest, skill: Skill, back: str = "") -> HttpResponse:
        form = DeprecateForm(told(request))
        proposal = None
        if form.is_valid() or not form.is_bound:
            proposal = _deprecation(skill, form.cleaned_data["redirect"] if form.is_bound else None)
        return self.ask(request, proposal, title="Deprecate a skill", form=form, back=back)

    def _one(self, request: HttpRequest, pk: int) -> Skill:
        self._refuse_who_may_not(request, get_object_or_404(Skill, pk=pk))
        return get_object_or_404(Skill, pk=pk)

    # Decisions about several skills of the list.

    @admin.action(description="Merge into one skill …", permissions=["change"])
    def merge(self, request: HttpRequest, skills: Chosen) -> HttpResponse | None:
        if skills.count() < 2:
            self.message_user(request, "Choose the two or more skills that are one.", messages.WARNING)
            return None
        form = KeepForm(told(request), rows=skills)
        keep = form.cleaned_data["keep"] if form.is_valid() else skills[0]
        return self.ask(request, _merge(keep, [one for one in skills if one != keep]), title="Merge skills", form=form)

    @admin.action(description="Hide from all figures …", permissions=["change"])
    def hide(self, request: HttpRequest, skills: Chosen) -> HttpResponse:
        question = f"Hide {services.quoted(skills)} from all figures?"
        proposal = _about(skills, "skill.hide", question, edit=edits.edit_of_hide(skills))
        return self.ask(request, proposal, title="Hide skills")

    @admin.action(description="Show in figures again …", permissions=["change"])
    def show(self, request: HttpRequest, skills: Chosen) -> HttpResponse:
        question = f"Show {services.quoted(skills)} in figures again?"
        proposal = _about(skills, "skill.show", question, edit=edits.edit_of_show(skills))
        return self.ask(request, proposal, title="Show skills again")

    @admin.action(description="Deprecate …", permissions=["change"])
    def deprecate(self, request: HttpRequest, skills: Chosen) -> HttpResponse | None:
        if skills.count() != 1:
            self.message_user(request, "Choose the one skill to deprecate: each leads to its own.", messages.WARNING)
            return None
        return self._ask_deprecate(request, skills.get())

    @admin.action(description="Put into groups, take out of groups …", permissions=["change"])
    def regroup(self, request: HttpRequest, skills: Chosen) -> HttpResponse:
        form = RegroupForm(told(request))
        proposal = None
        if form.is_valid():
            moved = {name: [group.slug for group in form.cleaned_data[name]] for name in ("add", "remove")}
            proposal = _about(skills, "skill.regroup", f"Regroup {services.quoted(skills)}?", words=moved)
        return self.ask(request, proposal, title="Regroup skills", form=form)

    @admin.action(description="Change the kind …", permissions=["change"])
    def change_kind(self, request: HttpRequest, skills: Chosen) -> HttpResponse:
        form = KindForm(told(request))
        proposal = None
        if form.is_valid():
            kind = form.cleaned_data["kind"]
            proposal = _about(skills, "skill.kind", f"Call {services.quoted(skills)} {kind}?", words={"kind": kind})
        return self.ask(request, proposal, title="Change the kind of skills", form=form)


def seen_with(skills: Iterable[Skill]) -> list[Model]:
    """Return skills as they are now with what a person sees of them: aliases, references, the groups they are in."""
    ids = [skill.pk for skill in skills]
    models = (Skill.groups.through, Alias, Skill.references.rel.related_model)
    hanging = [row for model in models for row in model._default_manager.filter(skill__in=ids)]
    return [*Skill.objects.filter(pk__in=ids), *hanging]


def _about(
    skills: Chosen, action: str, question: str, *, words: dict[str, Any] | None = None, edit: Edit | None = None
) -> Proposal:
    chosen = list(skills)
    told = {"skills": [skill.name for skill in chosen]} | (words or {})
    return Proposal(question, action, told, lambda: seen_with(chosen), edit)


def _merge(keep: Skill, absorb: Sequence[Skill]) -> Proposal:
    return Proposal(
        question=f"Merge {services.quoted(absorb)} into “{keep}”?",
        action="skill.merge",
        words={"keep": keep.name, "absorb": [skill.name for skill in absorb]},
        rests_on=lambda: seen_with([keep, *absorb]),
        edit=edits.edit_of_merge(keep=keep, absorb=absorb),
        notes=("What is merged stays as a pointer. No text is read again.",),
    )


def _deprecation(skill: Skill, redirect: Skill | None) -> Proposal:
    return Proposal(
        question=f"Deprecate “{skill}”{f', for “{redirect}”' if redirect else ''}?",
        action="skill.deprecate",
        words={"skill": skill.name, "redirect": redirect.name if redirect else ""},
        rests_on=lambda: seen_with([skill, *([redirect] if redirect else [])]),
        edit=edits.edit_of_deprecate(skill, redirect=redirect),
        notes=("Its aliases stay with it, and its page leads on. No text is read again.",),
    )


def _new_aliases(aliases: Iterable[dict[str, Any]], skill: Skill | None, name: str) -> tuple[NewAlias, ...]:
    return tuple(
        NewAlias(one["phrase"], one["exact_case"], one["context"], skill.pk if skill else None, name, one["not_in"])
        for one in aliases
    )


def _page_of(skill: Skill) -> str:
    return reverse("admin:postings_skill_change", args=[skill.pk])
