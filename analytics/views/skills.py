"""Skills: what is asked for, whoever asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from analytics.selectors.skill import skill_about, skill_screen
from analytics.selectors.skills import KEEP, skill_list_screen
from analytics.views.frame import Frame, figures_page
from postings.models import Skill


@figures_page(keep=KEEP)
def skill_list(request: HttpRequest, frame: Frame) -> HttpResponse:
    screen = skill_list_screen(frame.question, frame.shown, request.GET)
    for problem in screen.problems:
        messages.warning(request, problem)
    return frame.render("analytics/skill_list.html", screen=screen)


@figures_page(keep=("tab",), is_frozen=False)
def skill(request: HttpRequest, frame: Frame, pk: int) -> HttpResponse:
    row = get_object_or_404(Skill.objects.select_related("merged_into"), pk=pk)
    if row.merged_into:
        done = "is deprecated: its mentions count for" if row.is_deprecated else "was merged into"
        messages.info(request, f"“{row.name}” {done} “{row.merged_into.name}”.")
        return redirect(row.merged_into.get_absolute_url() + frame.question.query_with(tab=request.GET.get("tab", "")))
    tab, currency = (request.GET.get(name, "") for name in ("tab", "currency"))
    about = skill_about(row, frame.question)

    def answer() -> HttpResponse:
        screen = skill_screen(about, frame.question, frame.shown, tab=tab, currency=currency)
        return frame.render("analytics/skill.html", screen=screen, skill=row)

    # Sentences are those that the postings hold now: texts are removed, and read again, without a new run.
    return answer() if tab == "sentences" else frame.unless_known(answer, rests_on=about)
