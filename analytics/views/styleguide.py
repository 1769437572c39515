"""The style guide: every part that screens are made of, with invented figures."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics.styleguide import sample


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(1412), 50).page(2)
    return render(request, "styleguide.html", {**sample(), "page": page})
