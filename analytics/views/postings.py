"""The postings behind the figures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from analytics.selectors.narrowing import KEEP
from analytics.selectors.posting import posting_screen
from analytics.selectors.posting_list import posting_list_screen
from analytics.selectors.published import Published, published
from analytics.snapshot import DamagedSnapshot
from analytics.views.frame import Frame, figures_page
from postings.models import Posting


@figures_page(keep=KEEP)
def posting_list(request: HttpRequest, frame: Frame) -> HttpResponse:
    screen = posting_list_screen(frame.question, frame.shown, request.GET)
    for problem in screen.problems:
        messages.warning(request, problem)
    return frame.render("analytics/posting_list.html", screen=screen)


@require_safe
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    related = (
        "title",
        "company__merged_into",
        "source",
        "upload",
        "first_upload",
        "text_row",
        "extraction",
        "ad_group",
    )
    found = get_object_or_404(Posting.objects.select_related(*related), pk=pk)
    return render(request, "analytics/posting.html", {"screen": posting_screen(found, _published_if_readable())})


def _published_if_readable() -> Published | None:
    """A posting is a fact: its page opens whatever happened to the figures."""
    try:
        return published()
    except DamagedSnapshot:
        return None
