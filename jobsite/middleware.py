"""Who may read the dashboards."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import resolve

OPEN_PAGES = {"login", "logout", "health"}


class DashboardLoginMiddleware:
    """Send visitors to the log-in, unless PUBLIC_DASHBOARDS lets anyone read. Writing asks for rights of its own.

    A part of a page that htmx asks for would get the log-in into its place: there the whole page is sent to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") and _leads_to_login(response):
            return _whole_page_to_login(request, response)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        match = request.resolver_match or resolve(request.path_info)
        is_open = settings.PUBLIC_DASHBOARDS or match.url_name in OPEN_PAGES or match.app_name == "admin"
        if is_open or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path())


def _leads_to_login(response: HttpResponse) -> bool:
    is_redirect = isinstance(response, HttpResponseRedirect)
    return is_redirect and urlsplit(response.headers["Location"]).path == resolve_url(settings.LOGIN_URL)


def _whole_page_to_login(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return an answer without content; after signing in people come back to the page they were on."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    page = f"{here.path}?{here.query}" if here.query else here.path
    # Only the path is taken, and a path of two slashes would name another site.
    is_ours = page.startswith("/") and not page.startswith("//")
    address = redirect_to_login(page).headers["Location"] if is_ours else response.headers["Location"]
    return HttpResponse(status=200, headers={"HX-Redirect": address})
