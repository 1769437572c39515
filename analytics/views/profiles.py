"""Profiles: what the skills themselves say, whatever the titles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from analytics.models import KnownProfile
from analytics.selectors.profile import gone_profile_screen, profile_screen
from analytics.selectors.profiles import profile_list_screen
from analytics.views.frame import Frame, figures_page


@figures_page()
def profile_list(request: HttpRequest, frame: Frame) -> HttpResponse:
    return frame.render("analytics/profile_list.html", screen=profile_list_screen(frame.question, frame.shown))


@figures_page(keep=("tab",))
def profile(request: HttpRequest, frame: Frame, known: int) -> HttpResponse:
    found = frame.shown.profile(known)
    if found is None:
        gone = gone_profile_screen(get_object_or_404(KnownProfile, pk=known), frame.shown)
        return frame.render("analytics/profile_gone.html", screen=gone)
    shown = frame.shown.at(found.level)
    screen = profile_screen(found, frame.question, shown, tab=request.GET.get("tab", ""))
    return frame.render("analytics/profile.html", screen=screen)
