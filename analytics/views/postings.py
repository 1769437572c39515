"""The postings behind the figures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from analytics.questions import Question
from analytics.selectors.narrowing import KEEP
from analytics.selectors.posting import posting_screen
from analytics.selectors.posting_list import posting_list_screen
from analytics.selectors.published import NoSuchRunError, Published, published
from analytics.snapshot import DamagedSnapshot
from analytics.views.frame import Frame, figures_page
from postings.models import Posting
from postings.selectors.posting_mentions import mentions_part

MAY_MARK = ("postings.add_wrongmention", "postings.delete_wrongmention")


@figures_page(keep=KEEP, is_frozen=False)
def posting_list(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Made anew each time: the run says which postings, and their rows are those of this moment."""
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
    question = Question.from_query(request.GET)
    mentions = mentions_part(found) if request.user.has_perms(MAY_MARK) else None
    screen = posting_screen(found, _published_if_readable(request), question, mentions=mentions)
    kept = {"query": question.query, "hidden": question.pairs()}
    return render(request, "analytics/posting.html", {"screen": screen, "filters": kept})


def _published_if_readable(request: HttpRequest) -> Published | None:
    """A posting is a fact: its page opens whatever happened to the figures."""
    try:
        return published(run=request.GET.get("run", ""))
    except (DamagedSnapshot, NoSuchRunError):
        return None
