"""Runs, and the names that people give to profiles."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from analytics import services
from analytics.admin.roles import DecidedAdmin, decisions_link
from analytics.models import KnownProfile, Profile, ProfilePin, Publication, Run
from analytics.services.curation.profiles import words_for
from jobsite.log import note
from jobsite.models import EventKind
from jobsite.people import signed_in
from postings.admin.deciding import Proposal, told

NAMING = "Name a profile"


def latest_name(known: str) -> Subquery:
    """Return the name that the newest run proposed for the profile to which the field `known` points."""
    profiles = Profile.objects.filter(known=OuterRef(known)).order_by("-run_id")
    return Subquery(profiles.values("proposed_name")[:1])


@admin.register(Run)
class RunAdmin(admin.ModelAdmin):
    list_display = ("__str__", "state", "is_shown", "postings", "ads", "snapshot", "queued_at", "error")
    list_filter = ("state",)
    readonly_fields = (
        "state",
        "snapshot",
        "parameters",
        "lexicon",
        "taxonomy",
        "titles",
        "code",
        "libraries",
        "threads",
        "fitted_by",
        "postings",
        "ads",
        "quality",
        "stages",
        "is_kept",
    )
    actions = ("publish",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        published = Publication.objects.filter(run=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_on_screens=Exists(published))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Run | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Run | None = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether the action is offered: to whom the Runs page offers it."""
        return request.user.has_perm("analytics.change_publication")

    @admin.display(description="published", boolean=True)
    def is_shown(self, run: Run) -> bool:
        return bool(getattr(run, "is_on_screens", False))

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, runs: QuerySet[Run]) -> None:
        if runs.count() != 1:
            self.message_user(request, "Choose the one run that all screens shall show.", messages.WARNING)
            return
        run = runs.get()
        try:
            services.publish_run(run, by_hand=True)
        except services.NotPublishable as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            note(EventKind.EDIT, f"Published run {run.pk}", by=signed_in(request), link=run.get_absolute_url())
            self.message_user(request, "All screens show this run now.")


@admin.register(KnownProfile)
class KnownProfileAdmin(admin.ModelAdmin):
    list_display = ("name", "first_run")
    list_select_related = ("first_run",)
    search_fields = ("profiles__proposed_name", "pin__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[KnownProfile]:
        return super().get_queryset(request).annotate(called=Coalesce("pin__name", latest_name("pk")))

    @admin.display(ordering="called")
    def name(self, profile: KnownProfile) -> str:
        return getattr(profile, "called", None) or f"profile {profile.pk}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: KnownProfile | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: KnownProfile | None = None) -> bool:
        return False


class NameForm(forms.Form):
    name = forms.CharField(max_length=120, help_text="Shown on all screens at once, in place of the proposed one.")


class ProfileNameForm(NameForm):
    profile: forms.ModelChoiceField = forms.ModelChoiceField(Profile.objects.none(), empty_label=None)
    field_order = ("profile", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["profile"]
        assert isinstance(field, forms.ModelChoiceField)
        published = Publication.objects.filter(run__isnull=False).values("run")
        field.queryset = Profile.objects.filter(run__in=published).order_by("level", "number")


@admin.register(ProfilePin)
class ProfilePinAdmin(DecidedAdmin):
    """A name is shown at once; no new run is needed."""

    list_display = ("name", "instead_of", "decisions")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProfilePin]:
        return super().get_queryset(request).annotate(proposed=latest_name("profile"))

    @admin.display(description="instead of", ordering="proposed")
    def instead_of(self, pin: ProfilePin) -> str:
        """Return the name that the latest run proposed."""
        return getattr(pin, "proposed", None) or ""

    @admin.display(description="decisions")
    def decisions(self, pin: ProfilePin) -> SafeString:
        return decisions_link(pin)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ProfileNameForm(told(request))
        said = form.cleaned_data if form.is_valid() else None
        return self.ask(request, _naming(said["profile"], said["name"]) if said else None, title=NAMING, form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        pin: ProfilePin = self.row_or_refuse(request, object_id, "change")
        form = NameForm(told(request), initial={"name": pin.name})
        proposal = _naming(_newest(pin.profile), form.cleaned_data["name"]) if form.is_valid() else None
        return self.ask(request, proposal, title=NAMING, form=form)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        pin: ProfilePin = self.row_or_refuse(request, object_id, "delete")
        profile = _newest(pin.profile)
        proposal = Proposal(
            question=f"Let the profile “{pin}” be called “{profile}” again, as the machine proposes?",
            action="profile.unname",
            words=words_for(profile),
            rests_on=lambda: ProfilePin.objects.filter(pk=pin.pk),
        )
        return self.ask(request, proposal, title="Take a profile's name back")


def _naming(profile: Profile, name: str) -> Proposal:
    return Proposal(
        question=f"Call the profile “{profile}” “{name}”?",
        action="profile.name",
        words=words_for(profile) | {"name": name},
        rests_on=lambda: ProfilePin.objects.filter(profile=profile.known_id),
        notes=("On another installation it is found by the skills that set it apart, or not at all.",),
    )


def _newest(known: KnownProfile) -> Profile:
    """Return the profile as the newest run that has it found it; 404 where none is kept."""
    found = known.profiles.order_by("-run_id").first()
    if found is None:
        raise Http404("No run is kept that found this profile.")
    return found
