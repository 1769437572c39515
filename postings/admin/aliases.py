"""The curator's tools for the phrases that name skills, and for groups of skills."""

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse

from jobsite.admin.filtering import NamedValuesFilter
from postings import services
from postings.admin.deciding import Proposal, as_now, quoted
from postings.admin.forms_decided import DecidedFormAdmin, changed_values
from postings.admin.skill_forms import TOLD, AliasForm, MoveForm
from postings.impact import Edit, NewAlias
from postings.models import Alias, SkillGroup
from postings.selectors import edits


@admin.register(Alias)
class AliasAdmin(DecidedFormAdmin):
    form = AliasForm
    list_display = ("phrase", "skill", "exact_case", "context", "not_in")
    list_filter = ("exact_case", ("context", NamedValuesFilter), ("not_in", NamedValuesFilter), "skill__kind")
    search_fields = ("phrase", "skill__name")
    autocomplete_fields = ("skill",)
    list_select_related = ("skill",)
    actions = ("move", "remove")

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
            told = {"skill": skill.name, "aliases": [words]}
            return Proposal(question, "alias.add", told, lambda: as_now([skill]), Edit(added=added))
        changed = changed_values(form, TOLD)
        if not changed:
            return None
        told = {"alias": services.alias_words(row)} | changed
        edit = edits.edit_of_respelling(row, **{name: filled[name] for name in TOLD})
        return Proposal(f"Change “{row}” of “{row.skill}”?", "alias.edit", told, lambda: as_now([row]), edit)

    @admin.action(description="Move to another skill …", permissions=["change"])
    def move(self, request: HttpRequest, aliases: QuerySet[Alias]) -> HttpResponse:
        form = MoveForm(request.POST if "skill" in request.POST else None)
        proposal = None
        if form.is_valid():
            skill, chosen = form.cleaned_data["skill"], list(aliases)
            proposal = Proposal(
                question=f"Move {quoted(chosen)} to “{skill}”?",
                action="alias.move",
                words={"aliases": [services.alias_words(alias) for alias in chosen], "skill": skill.name},
                rests_on=lambda: as_now([skill, *chosen]),
                edit=edits.edit_of_move(chosen, to=skill),
                notes=("No text is read again.",),
            )
        return self.ask(request, proposal, title="Move aliases", form=form)

    @admin.action(description="Remove …", permissions=["change"])
    def remove(self, request: HttpRequest, aliases: QuerySet[Alias]) -> HttpResponse:
        chosen = list(aliases)
        proposal = Proposal(
            question=f"Remove {quoted(chosen)}?",
            action="alias.remove",
            words={"aliases": [services.alias_words(alias) for alias in chosen]},
            rests_on=lambda: as_now(chosen),
            edit=edits.edit_of_removal(chosen),
            notes=("Texts that hold them are read again, and may name other skills there.",),
        )
        return self.ask(request, proposal, title="Remove aliases")


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
