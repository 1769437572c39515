"""Companies: all of them, one, and pairs whose different titles are the same work."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from analytics.selectors.companies import KEEP, companies_screen
from analytics.selectors.company import company_screen
from analytics.selectors.twin_pair import twin_pair_screen
from analytics.selectors.twins import KEEP as KEEP_TWINS
from analytics.selectors.twins import twins_screen
from analytics.views.frame import Frame, figures_page
from postings.models import Company


@figures_page(keep=KEEP)
def company_list(request: HttpRequest, frame: Frame) -> HttpResponse:
    screen = companies_screen(frame.question, frame.shown, request.GET)
    return frame.render("analytics/company_list.html", screen=screen)


@figures_page(keep=("tab",), fixed=("company",), is_frozen=False)
def company(request: HttpRequest, frame: Frame, pk: int) -> HttpResponse:
    row = get_object_or_404(Company.objects.select_related("merged_into"), pk=pk)
    if row.merged_into:
        messages.info(request, f"“{row.name}” was merged into “{row.merged_into.name}”, which was kept.")
        return redirect(row.merged_into.get_absolute_url() + frame.question.query_with(tab=request.GET.get("tab", "")))
    screen = company_screen(row, frame.question, frame.shown, request.GET)
    return frame.render("analytics/company.html", screen=screen)


@figures_page(keep=KEEP_TWINS)
def twins(request: HttpRequest, frame: Frame) -> HttpResponse:
    return frame.render("analytics/twin_list.html", screen=twins_screen(frame.question, frame.shown, request.GET))


@figures_page(fixed=("company", "role"), is_frozen=False)
def twin_pair(request: HttpRequest, frame: Frame, one: str, other: str) -> HttpResponse:
    screen = twin_pair_screen((_cell(one), _cell(other)), frame.question, frame.shown)
    return frame.render("analytics/twin_pair.html", screen=screen)


def _cell(named: str) -> tuple[Company, str]:
    """Return the company and the role (its slug) of "12:data-scientist"."""
    pk, _, role = named.partition(":")
    if not pk.isdecimal():
        raise Http404(f"“{named}” names no company and role, as in 12:data-scientist.")
    return get_object_or_404(Company, pk=int(pk)), role
