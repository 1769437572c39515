"""What postings say they pay."""

from django.http import HttpRequest, HttpResponse

from analytics.selectors.pay import KEEP, pay_screen
from analytics.views.frame import Frame, figures_page


@figures_page(keep=KEEP)
def pay(request: HttpRequest, frame: Frame) -> HttpResponse:
    return frame.render("analytics/pay.html", screen=pay_screen(frame.question, frame.shown, request.GET))
