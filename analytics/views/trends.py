"""Trends: emerging and declining skills, and any skills and roles over time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from analytics.selectors.trends import trends_screen
from analytics.selectors.trends_choice import KEEP
from analytics.views.frame import Frame, figures_page


@figures_page(keep=KEEP)
def trends(request: HttpRequest, frame: Frame) -> HttpResponse:
    screen = trends_screen(frame.question, frame.shown, request.GET)
    for problem in screen.problems:
        messages.warning(request, problem)
    return frame.render("analytics/trends.html", screen=screen)
