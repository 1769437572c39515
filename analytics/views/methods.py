"""How figures are computed, and what postings can and cannot tell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics.methods import METHODS
from analytics.selectors.limits import limits_screen
from analytics.views.frame import Frame, figures_page


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    return render(request, "analytics/methods.html", {"methods": METHODS})


@figures_page(is_frozen=False)
def limits(request: HttpRequest, frame: Frame) -> HttpResponse:
    return frame.render("analytics/limits.html", screen=limits_screen(frame.question, frame.shown))
