"""Roles: all of them, and one."""

from django.http import Http404, HttpRequest, HttpResponse

from analytics.selectors.role import role_screen
from analytics.selectors.role_map import role_map_screen
from analytics.selectors.role_names import role_named
from analytics.selectors.roles import roles_screen
from analytics.views.frame import Frame, figures_page


@figures_page(keep=("tab", "set"))
def role_list(request: HttpRequest, frame: Frame) -> HttpResponse:
    screen = roles_screen(frame.question, frame.shown, request.GET)
    return frame.render("analytics/role_list.html", screen=screen)


@figures_page(fixed=("role",))
def role_map(request: HttpRequest, frame: Frame) -> HttpResponse:
    return frame.render("analytics/role_map.html", screen=role_map_screen(frame.question, frame.shown))


@figures_page(keep=("tab", "currency"), fixed=("role",))
def role(request: HttpRequest, frame: Frame, slug: str) -> HttpResponse:
    name = role_named(slug, frame.shown.snapshot)
    if name is None:
        raise Http404(f"No posting of {frame.shown.run} has the role “{slug}”.")
    screen = role_screen(name, frame.question, frame.shown, request.GET)
    return frame.render("analytics/role.html", screen=screen)
