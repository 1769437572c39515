"""One search box over roles, skills, companies and titles."""

from django.http import HttpRequest, HttpResponse

from analytics.selectors.search import search_screen
from analytics.views.frame import Frame, figures_page


@figures_page(keep=("q",), is_frozen=False)
def search(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Made anew each time: what the words stand in are the postings of this moment, not those of the run."""
    query = request.GET.get("q", "").strip()
    screen = search_screen(query, frame.question, frame.shown)
    return frame.render("analytics/search.html", screen=screen, query=query)
