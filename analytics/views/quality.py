"""How well skills are found, measured on marked postings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics.selectors.quality import quality_screen


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    return render(request, "analytics/quality.html", {"screen": quality_screen()})
