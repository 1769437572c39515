"""Roles with their synonyms and families, and the pins of titles. What is saved here is decided in the ledger."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from analytics.models import NoRole, Role, Seniority, TitlePin
from analytics.selectors.titles_queue import roles_like
from analytics.selectors.typed_role import role_typed
from analytics.services.title_edits import (
    edit_of_new_role,
    edit_of_role,
    edit_of_role_merge,
    edit_of_role_removal,
    edit_of_titles,
    edit_of_unpin,
)
from jobsite.admin.decisions import decisions_about
from jobsite.admin.filtering import NamedValuesFilter
from postings.admin.deciding import DecidingAdmin, KeepForm, Proposal, first_few, told
from postings.admin.naming import NamedField, offered
from postings.models import Title

WITHOUT = {NoRole.UNKNOWN: "title.meaningless", NoRole.OTHER: "title.other"}


class RoleForm(forms.Form):
    name = forms.CharField(max_length=80)
    family = forms.CharField(max_length=60, required=False, help_text="Roles that belong together: “data engineering”.")
    synonyms = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One phrase a line. A title that holds one is read as this role.",
    )

    def clean_synonyms(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["synonyms"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class FamilyForm(forms.Form):
    family = forms.CharField(max_length=60, required=False, help_text="Leave it empty to take them out of theirs.")


class FamilyNameForm(forms.Form):
    name = forms.CharField(max_length=60, label="New name of the family")


def decisions_link(row: Model) -> SafeString:
    """Return a link to what people decided about a row."""
    return format_html('<a href="{}" aria-label="decisions about {}">who and why</a>', decisions_about(row), row)


class DecidedAdmin(DecidingAdmin):
    """Rows are added, changed and deleted by decisions alone."""

    def get_actions(self, request: HttpRequest) -> dict:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def row_or_refuse(self, request: HttpRequest, object_id: str, right: str) -> Any:
        """Return the row that a page is about; who lacks the right ("change", "delete") is refused."""
        row = get_object_or_404(self.model, pk=object_id)
        if not getattr(self, f"has_{right}_permission")(request, row):
            raise PermissionDenied
        return row


@admin.register(Role)
class RoleAdmin(DecidedAdmin):
    list_display = ("name", "family", "synonyms_of", "pins_of", "merged_into", "decisions")
    list_filter = (("family", NamedValuesFilter), ("merged_into", admin.EmptyFieldListFilter))
    list_select_related = ("merged_into",)
    search_fields = ("name", "family", "synonyms__phrase")
    actions = ("merge", "move", "rename_family")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        return (
            super().get_queryset(request).prefetch_related("synonyms").annotate(n_pins=Count("pins")).order_by("name")
        )

    @admin.display(description="synonyms")
    def synonyms_of(self, role: Role) -> str:
        return first_few(_phrases(role))

    @admin.display(description="pinned titles", ordering="n_pins")
    def pins_of(self, role: Role) -> int:
        return int(getattr(role, "n_pins", 0))

    @admin.display(description="decisions")
    def decisions(self, role: Role) -> SafeString:
        return decisions_link(role)

    def get_urls(self) -> list[URLPattern]:
        named = path("named/", self.admin_site.admin_view(self.named_view), name="analytics_role_named")
        return [named, *super().get_urls()]

    def named_view(self, request: HttpRequest) -> HttpResponse:
        """Offer roles for what is typed into a field that names one."""
        return offered(self, request, lambda typed: [(one.name, "") for one in roles_like(typed)])

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RoleForm(told(request))
        return self.ask(request, self._creation(form) if form.is_valid() else None, title="Make a role", form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        role: Role = self.row_or_refuse(request, object_id, "change")
        now = {"name": role.name, "family": role.family, "synonyms": "\n".join(_phrases(role))}
        form = RoleForm(told(request), initial=now)
        return self.ask(request, _change(role, form) if form.is_valid() else None, title=f"Role “{role}”", form=form)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        role: Role = self.row_or_refuse(request, object_id, "delete")
        proposal = Proposal(
            question=f"Delete the role “{role}”?",
            action="role.delete",
            words={"role": role.slug},
            rests_on=lambda: _rows_of(role),
            edit=edit_of_role_removal(role),
            notes=("Its titles will be read as another role or as none. Merging it into another keeps them together.",),
        )
        return self.ask(request, proposal, title="Delete a role")

    def _creation(self, form: RoleForm) -> Proposal:
        words = form.cleaned_data
        return Proposal(
            question=f"Make the role “{words['name']}”?",
            action="role.create",
            words=words,
            rests_on=tuple,
            edit=edit_of_new_role(words["name"], words["synonyms"]),
        )

    @admin.action(description="Merge into one role …", permissions=["change"])
    def merge(self, request: HttpRequest, roles: QuerySet[Role]) -> HttpResponse | None:
        if roles.count() < 2:
            self.message_user(request, "Choose the two or more roles that are one.", messages.WARNING)
            return None
        form = KeepForm(told(request), rows=roles)
        keep = form.cleaned_data["keep"] if form.is_valid() else roles[0]
        absorb = [role for role in roles if role != keep]
        proposal = Proposal(
            question=f"Merge {', '.join(f'“{role}”' for role in absorb)} into “{keep}”?",
            action="role.merge",
            words={"keep": keep.slug, "absorb": [role.slug for role in absorb]},
            rests_on=lambda: [row for role in (keep, *absorb) for row in _rows_of(role)],
            edit=edit_of_role_merge(keep, absorb),
            notes=("What is merged stays as a pointer, with its synonyms. No title is read again.",),
        )
        return self.ask(request, proposal, title="Merge roles", form=form)

    @admin.action(description="Move to a family …", permissions=["change"])
    def move(self, request: HttpRequest, roles: QuerySet[Role]) -> HttpResponse:
        form = FamilyForm(told(request))
        proposal = None
        if form.is_valid():
            family = form.cleaned_data["family"]
            proposal = Proposal(
                question=f"Move {_counted(roles.count())} to “{family}”?"
                if family
                else "Take them out of their families?",
                action="family.move",
                words={"roles": [role.slug for role in roles], "family": family},
                rests_on=lambda: Role.objects.filter(pk__in=[role.pk for role in roles]),
            )
        return self.ask(request, proposal, title="Move roles to a family", form=form)

    @admin.action(description="Rename their family …", permissions=["change"])
    def rename_family(self, request: HttpRequest, roles: QuerySet[Role]) -> HttpResponse | None:
        families = {role.family for role in roles}
        if len(families) != 1 or "" in families:
            self.message_user(request, "Choose roles of one family: all of its roles follow.", messages.WARNING)
            return None
        family = families.pop()
        form = FamilyNameForm(told(request), initial={"name": family})
        proposal = None
        if form.is_valid():
            name = form.cleaned_data["name"]
            proposal = Proposal(
                question=f"Call the family “{family}” “{name}”?",
                action="family.rename",
                words={"family": family, "name": name},
                rests_on=lambda: Role.objects.filter(family=family),
            )
        return self.ask(request, proposal, title=f"Rename the family “{family}”", form=form)


def _change(role: Role, form: RoleForm) -> Proposal | None:
    """Return what the form changes of a role, None when it changes nothing."""
    said, phrases = form.cleaned_data, _phrases(role)
    added = [phrase for phrase in said["synonyms"] if phrase not in phrases]
    removed = [phrase for phrase in phrases if phrase not in said["synonyms"]]
    words: dict[str, Any] = {name: said[name] for name in ("name", "family") if said[name] != getattr(role, name)}
    words |= {name: value for name, value in {"synonyms_added": added, "synonyms_removed": removed}.items() if value}
    if not words:
        form.add_error(None, "Nothing is changed.")
        return None
    return Proposal(
        question=f"Change the role “{role}”: {_in_words(words)}?",
        action="role.edit",
        words={"role": role.slug} | words,
        rests_on=lambda: _rows_of(role),
        edit=edit_of_role(role, added=added, removed=removed) if added or removed else None,
    )


def _in_words(words: Mapping[str, Any]) -> str:
    called = {"name": "name", "family": "family", "synonyms_added": "add", "synonyms_removed": "remove"}
    values = {name: value if isinstance(value, str) else ", ".join(value) for name, value in words.items()}
    return "; ".join(f"{called[name]} “{value}”" for name, value in values.items())


def _counted(roles: int) -> str:
    return f"{roles} role{pluralize(roles)}"


def _phrases(role: Role) -> list[str]:
    return [synonym.phrase for synonym in role.synonyms.all()]


def _rows_of(role: Role) -> Iterable[Model]:
    return [*Role.objects.filter(pk=role.pk), *role.synonyms.all(), *role.pins.all()]


class PinForm(forms.Form):
    """What a title means."""

    role = NamedField(
        role_typed,
        offers="admin:analytics_role_named",
        required=False,
        help_text="The name of a role, or one of its synonyms. Left empty, the title has none.",
    )
    without = forms.ChoiceField(choices=NoRole.choices, label="Without a role it", required=False)
    seniority = forms.ChoiceField(
        choices=[("", "as the title says"), *Seniority.choices], required=False, help_text="Not asked without a role."
    )


class NewPinForm(PinForm):
    title = forms.CharField(max_length=300, help_text="As it is listed, to the letter.")
    field_order = ("title", "role", "without", "seniority")

    def clean_title(self) -> Title:
        title = Title.objects.filter(text=self.cleaned_data["title"]).first()
        if title is None:
            raise forms.ValidationError("No posting here has this title.")
        return title


@admin.register(TitlePin)
class TitlePinAdmin(DecidedAdmin):
    list_display = ("title", "means", "seniority", "decisions")
    list_select_related = ("title", "role")
    list_filter = (("role", admin.EmptyFieldListFilter), "role")
    search_fields = ("title__text",)
    actions = ("unpin",)

    @admin.display(description="role", ordering="role__name")
    def means(self, pin: TitlePin) -> str:
        return str(pin.role) if pin.role else pin.get_without_display()

    @admin.display(description="decisions")
    def decisions(self, pin: TitlePin) -> SafeString:
        return decisions_link(pin)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewPinForm(told(request))
        proposal = _pinning(form.cleaned_data["title"], form) if form.is_valid() else None
        return self.ask(request, proposal, title="Say what a title means", form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        pin: TitlePin = self.row_or_refuse(request, object_id, "change")
        now = {"role": pin.role, "without": pin.without, "seniority": pin.seniority}
        form = PinForm(told(request), initial=now)
        proposal = _pinning(pin.title, form) if form.is_valid() else None
        return self.ask(request, proposal, title=f"What “{pin.title}” means", form=form)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        pin: TitlePin = self.row_or_refuse(request, object_id, "delete")
        return self.ask(request, _unpinning([pin]), title="Let the machine read a title again")

    @admin.action(description="Let the machine read them again …", permissions=["delete"])
    def unpin(self, request: HttpRequest, pins: QuerySet[TitlePin]) -> HttpResponse:
        chosen = list(pins.select_related("title"))
        return self.ask(request, _unpinning(chosen), title="Let the machine read titles again")


def _pinning(title: Title, form: PinForm) -> Proposal:
    role, seniority = form.cleaned_data["role"], form.cleaned_data["seniority"]
    without = NoRole(form.cleaned_data["without"] or NoRole.UNKNOWN)
    assigned = {"titles": [title.text], "role": role.slug, "seniority": seniority} if role else None
    return Proposal(
        question=f"“{title}” {f'is “{role}”' if role else without.label}?",
        action="title.assign" if assigned else WITHOUT[without],
        words=assigned or {"titles": [title.text]},
        rests_on=lambda: TitlePin.objects.filter(title=title),
        edit=edit_of_titles([title], role=role or without),
    )


def _unpinning(pins: list[TitlePin]) -> Proposal:
    texts = [pin.title.text for pin in pins]
    named = f"“{texts[0]}”" if len(texts) == 1 else f"these {len(texts)} titles"
    return Proposal(
        question=f"Let the machine read {named} again?",
        action="title.unpin",
        words={"titles": texts},
        rests_on=lambda: TitlePin.objects.filter(pk__in=[pin.pk for pin in pins]),
        edit=edit_of_unpin(pins),
    )
