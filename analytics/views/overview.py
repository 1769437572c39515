"""What this data says today."""

from django.http import HttpRequest, HttpResponse

from analytics.selectors.overview import overview_screen
from analytics.views.frame import Frame, figures_page


@figures_page(is_frozen=False)
def overview(request: HttpRequest, frame: Frame) -> HttpResponse:
    return frame.render("analytics/overview.html", screen=overview_screen(frame.question, frame.shown))
