"""Roles side by side."""

from django.http import HttpRequest, HttpResponse

from analytics.selectors.compare import KEEP, compare_screen
from analytics.views.frame import Frame, figures_page


@figures_page(keep=KEEP, fixed=("role",))
def compare(request: HttpRequest, frame: Frame) -> HttpResponse:
    screen = compare_screen(frame.question, frame.shown, request.GET)
    response = frame.render("analytics/compare.html", screen=screen)
    if screen.unknown:
        response.status_code = 404
    return response
