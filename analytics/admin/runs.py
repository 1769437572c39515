"""Runs, and the names that people give to profiles."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from analytics import services
from analytics.models import KnownProfile, Profile, ProfilePin, Publication, Run
from jobsite.people import signed_in


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
        try:
            services.publish_run(runs.get(), by_hand=True)
        except services.NotPublishable as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
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


@admin.register(ProfilePin)
class ProfilePinAdmin(SimpleHistoryAdmin):
    """A name is shown at once; no new run is needed."""

    list_display = ("name", "instead_of", "by", "at", "why")
    list_select_related = ("by",)
    autocomplete_fields = ("profile",)
    readonly_fields = ("by", "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProfilePin]:
        return super().get_queryset(request).annotate(proposed=latest_name("profile"))

    @admin.display(description="instead of", ordering="proposed")
    def instead_of(self, pin: ProfilePin) -> str:
        """Return the name that the latest run proposed."""
        return getattr(pin, "proposed", None) or ""

    def save_model(self, request: HttpRequest, obj: ProfilePin, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        obj.by = signed_in(request)
        super().save_model(request, obj, form, change)
