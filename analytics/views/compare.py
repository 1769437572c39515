"""Roles, profiles, companies and periods side by side."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from analytics.selectors.compare import KEEP, compare_screen
from analytics.views.frame import Frame, figures_page


@figures_page(keep=KEEP)
def compare(request: HttpRequest, frame: Frame) -> HttpResponse:
    screen = compare_screen(frame.question, frame.shown, request.GET)
    # What is compared takes the place of the filter of its kind.
    frame = replace(frame, question=screen.question, fixed=screen.fixed)
    response = frame.render("analytics/compare.html", screen=screen)
    if screen.unknown:
        response.status_code = 404
    return response
