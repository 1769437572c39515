"""What this data says today."""

from django.http import HttpRequest, HttpResponse

from analytics.selectors.overview import overview_screen, since_run
from analytics.views.frame import Frame, figures_page


@figures_page(is_frozen=False)
def overview(request: HttpRequest, frame: Frame) -> HttpResponse:
    since = since_run(frame.shown.run)
    return frame.unless_known(
        lambda: frame.render("analytics/overview.html", screen=overview_screen(frame.question, frame.shown, since)),
        rests_on=(since.before and since.before.run.pk, since.notices),
    )
