"""Who may read the dashboards."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

OPEN_PAGES = {"login", "logout", "health"}


class DashboardLoginMiddleware:
    """Send visitors to the log-in, unless PUBLIC_DASHBOARDS lets anyone read. Writing asks for rights of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        match = request.resolver_match or resolve(request.path_info)
        is_open = settings.PUBLIC_DASHBOARDS or match.url_name in OPEN_PAGES or match.app_name == "admin"
        if is_open or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path())
