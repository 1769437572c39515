"""A person's own skills against the roles: picked in the address, or read from a text that is kept nowhere."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from analytics.selectors.my_skills import KEEP, my_skills_screen
from analytics.selectors.my_skills_text import OwnText, own_text
from analytics.services.own_text import LONGEST, TextRefused, read_own_text
from analytics.views.frame import Frame, figures_page


@sensitive_post_parameters("text")
@figures_page(keep=KEEP, is_frozen=False, methods=("GET", "HEAD", "POST"))
def my_skills(request: HttpRequest, frame: Frame) -> HttpResponse:
    text = _pasted(request, frame) if request.method == "POST" else None
    if text is not None:
        # From here on the page is the one that the skills alone would give: its links and exports name them.
        address = request.GET.copy()
        address.setlist("have", list(dict.fromkeys([*address.getlist("have"), *text.skills])))
        request.GET = address  # type: ignore[assignment]
        kept = [(name, value) for name in KEEP for value in address.getlist(name) if value]
        frame = replace(frame, keep=tuple(kept))
    screen = my_skills_screen(frame.question, frame.shown, request.GET, text)
    for problem in screen.problems:
        messages.warning(request, problem)
    response = frame.render("analytics/my_skills.html", screen=screen, longest=LONGEST)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def _pasted(request: HttpRequest, frame: Frame) -> OwnText | None:
    stated = request.POST.get("text", "")
    try:
        return own_text(stated, read_own_text(stated), frame.shown)
    except TextRefused as refused:
        messages.error(request, str(refused))
        return None
