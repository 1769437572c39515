"""The curator's tools for the phrases that name skills, and for groups of skills."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse

from jobsite.admin.filtering import NamedValuesFilter
from postings import services
from postings.admin.deciding import Proposal, as_now, told
from postings.admin.forms_decided import DecidedFormAdmin, changed_values
from postings.admin.skill_forms import TOLD, AliasForm, MoveForm, NewAliasForm, RespellForm
from postings.impact import Edit, NewAlias
from postings.models import Alias, SkillGroup
from postings.selectors import edits

MOST_LOOKED_FOR = 100
"""Aliases whose texts are looked for before a decision: each is a search over all texts, tens of milliseconds."""


@admin.register(Alias)
class AliasAdmin(DecidedFormAdmin):
    list_display = ("phrase", "skill", "exact_case", "context", "not_in")
    list_filter = ("exact_case", ("context", NamedValuesFilter), ("not_in", NamedValuesFilter), "skill__kind")
    search_fields = ("phrase", "skill__name")
    list_select_related = ("skill",)
    actions = ("move", "respell", "remove")

    def get_form(
        self,
        request: HttpRequest,
        obj: Alias | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        return super().get_form(request, obj, change, form=AliasForm if obj else NewAliasForm, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Alias | None = None) -> tuple[str, ...]:
        return ("skill",) if obj else ()  # moved by the action of the list, with what would follow

    def proposal_of(
        self, request: HttpRequest, row: Alias | None, form: forms.ModelForm, formsets: list[BaseInlineFormSet]
    ) -> Proposal | None:
        filled = form.cleaned_data
        if row is None:
            skill = filled["skill"]
            words = {name: filled[name] for name in TOLD}
            added = (NewAlias(skill=skill.pk, skill_name=skill.name, **words),)
            question = f"Let “{filled['phrase']}” name “{skill}”?"
            decided = {"skill": skill.name, "aliases": [words]}
            return Proposal(question, "alias.add", decided, lambda: as_now([skill]), Edit(added=added))
        changed = changed_values(form, TOLD)
        return _respelling([row], changed) if changed else None

    @admin.action(description="Move to another skill …", permissions=["change"])
    def move(self, request: HttpRequest, aliases: QuerySet[Alias]) -> HttpResponse:
        form = MoveForm(told(request))
        proposal = None
        if form.is_valid():
            skill, chosen = form.cleaned_data["skill"], list(aliases)
            proposal = Proposal(
                question=f"Move {services.quoted(chosen)} to “{skill}”?",
                action="alias.move",
                words={"aliases": [services.alias_words(alias) for alias in chosen], "skill": skill.name},
                rests_on=lambda: as_now([skill, *chosen]),
                edit=edits.edit_of_move(chosen, to=skill),
                notes=("No text is read again.",),
            )
        return self.ask(request, proposal, title="Move aliases", form=form)

    @admin.action(description="Change how they are read …", permissions=["change"])
    def respell(self, request: HttpRequest, aliases: QuerySet[Alias]) -> HttpResponse:
        form = RespellForm(told(request))
        proposal = None
        if form.is_valid():
            changed = {name: value for name, value in form.cleaned_data.items() if value is not None}
            proposal = _respelling(list(aliases), changed)
        return self.ask(request, proposal, title="Change how aliases are read", form=form)

    @admin.action(description="Remove …", permissions=["change"])
    def remove(self, request: HttpRequest, aliases: QuerySet[Alias]) -> HttpResponse:
        chosen = list(aliases)
        proposal = Proposal(
            question=f"Remove {services.quoted(chosen)}?",
            action="alias.remove",
            words={"aliases": [services.alias_words(alias) for alias in chosen]},
            rests_on=lambda: as_now(chosen),
            edit=edits.edit_of_removal(chosen),
            notes=("Texts that hold them are read again, and may name other skills there.",),
        )
        return self.ask(request, proposal, title="Remove aliases")


def _respelling(aliases: list[Alias], changed: dict[str, Any]) -> Proposal:
    said = {
        "phrase": lambda phrase: f"spelt “{phrase}”",
        "exact_case": lambda is_exact: "only with these capitals" if is_exact else "whatever the capitals",
        "context": lambda rule: f"by the rule “{rule}”" if rule else "by no rule",
        "not_in": lambda codes: (
            f"not in texts in {codes.replace(' ', ' or ')}" if codes else "in texts of all languages"
        ),
    }
    of = f" of “{aliases[0].skill}”" if len(aliases) == 1 else ""
    is_looked_for = len(aliases) <= MOST_LOOKED_FOR
    not_told = f"Of more than {MOST_LOOKED_FOR} aliases it is not said beforehand what would change."
    becomes = ", ".join(said[name](value) for name, value in changed.items())
    return Proposal(
        question=f"Read {services.quoted(aliases)}{of} {becomes}?",
        action="alias.edit",
        words={"aliases": [services.alias_words(alias) for alias in aliases]} | changed,
        rests_on=lambda: as_now(aliases),
        edit=edits.edit_of_respelling(aliases, **changed) if is_looked_for else None,
        notes=("Texts that can hold them are read again.", *(() if is_looked_for else (not_told,))),
    )


@admin.register(SkillGroup)
class SkillGroupAdmin(DecidedFormAdmin):
    list_display = ("name", "set", "slug", "skills_of")
    list_filter = ("set",)
    search_fields = ("name", "slug")
    fields = ("slug", "name", "set", "definition")
    actions = ("remove",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SkillGroup]:
        return super().get_queryset(request).annotate(n_skills=Count("skills"))

    def get_readonly_fields(self, request: HttpRequest, obj: SkillGroup | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()  # files and decisions know a group by it

    @admin.display(description="skills", ordering="n_skills")
    def skills_of(self, group: SkillGroup) -> int:
        return int(getattr(group, "n_skills", 0))

    def proposal_of(
        self, request: HttpRequest, row: SkillGroup | None, form: forms.ModelForm, formsets: list[BaseInlineFormSet]
    ) -> Proposal | None:
        if row is None:
            words = {name: form.cleaned_data[name] for name in self.fields or ()}
            return Proposal(f"Make the group “{words['name']}”?", "group.create", words, list)
        changed = changed_values(form, ("name", "set", "definition"))
        words = {"group": row.slug} | changed
        return (
            Proposal(f"Change the group “{row.name}”?", "group.edit", words, lambda: as_now([row])) if changed else None
        )

    @admin.action(description="Remove the group …", permissions=["change"])
    def remove(self, request: HttpRequest, groups: QuerySet[SkillGroup]) -> HttpResponse | None:
        if groups.count() != 1:
            self.message_user(request, "Choose one group.")
            return None
        group = groups.get()
        size = group.skills.count()
        notes = (f"{size} skill{'' if size == 1 else 's'} will no longer be in it; they stay.",)
        proposal = Proposal(
            f"Remove the group “{group.name}”?",
            "group.delete",
            {"group": group.slug},
            lambda: as_now([group]),
            None,
            notes,
        )
        return self.ask(request, proposal, title="Remove a group")
