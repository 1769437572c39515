"""The queue of titles: worked through with the keyboard, each decision answered at once; or by plain forms."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from analytics.admin.roles import WITHOUT
from analytics.models import OpenTitle, Role, TitlePin
from analytics.selectors.titles_queue import next_after, roles_like, titles_queue
from analytics.selectors.typed_role import role_typed
from jobsite.admin.decisions import undo_link
from jobsite.decisions import CannotUndoError, RefusedError, Seen, decide, undo, version_of
from jobsite.models import Decision
from jobsite.people import signed_in

PAGE = "admin/analytics/opentitle/queue.html"
PART = "admin/analytics/opentitle/_answer.html"
DETAIL = "admin/analytics/opentitle/_detail.html"
ROLES = "admin/analytics/opentitle/_roles.html"


@admin.register(OpenTitle)
class OpenTitleAdmin(admin.ModelAdmin):
    search_fields = ("title__text",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OpenTitle | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OpenTitle | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        roles = path("roles/", self.admin_site.admin_view(self.roles), name="analytics_opentitle_roles")
        return [roles, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the queue; a POST decides first. An htmx request is answered with the part that changes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        said: SafeString | str = ""
        is_good, at = True, request.GET.get("at", "")
        if request.method == "POST":
            said, is_good, at = self._decided(request)
            if not request.headers.get("HX-Request"):
                self.message_user(request, said, messages.SUCCESS if is_good else messages.ERROR)
                return redirect(_address(_told(request, "tab"), _told(request, "q"), at))
        return self._queue(request, at=at, said=said, is_good=is_good)

    def roles(self, request: HttpRequest) -> HttpResponse:
        """Answer a search for roles with options to choose from."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = " ".join(request.GET.get("role", "").split())
        return TemplateResponse(request, ROLES, {"roles": roles_like(words) if words else ()})

    def _queue(self, request: HttpRequest, *, at: str, said: str, is_good: bool) -> HttpResponse:
        tab, words = _told(request, "tab"), _told(request, "q")
        queue = titles_queue(tab=tab, words=words, at=int(at) if at.isdecimal() else None, by=signed_in(request))
        context = {
            **self.admin_site.each_context(request),
            "title": "Titles to decide",
            "opts": self.opts,
            "queue": queue,
            "said": said,
            "is_good": is_good,
            "version": version_of(()),
            "may_decide": _may_decide(request),
            "address": _address(),
        }
        return TemplateResponse(request, _template(request), context)

    def _decided(self, request: HttpRequest) -> tuple[SafeString | str, bool, str]:
        """Do what the form says; return what was done or why it was not, which of both, and the title to open."""
        if not _may_decide(request):
            raise PermissionDenied
        at, told = _told(request, "at"), request.POST.get("decide", "")
        if told.startswith("undo:"):
            return _undone(request, told.removeprefix("undo:"), at)
        marked = [int(pk) for pk in request.POST.getlist("mark") if pk.isdecimal()] or (
            [int(at)] if at.isdecimal() else []
        )
        current = OpenTitle.objects.filter(asks=_told(request, "tab"), title__in=marked).current()
        rows = list(current.select_related("title", "proposed"))
        place = int(at) if at.isdecimal() else None
        following = next_after(_told(request, "tab"), _told(request, "q"), place, [row.title_id for row in rows])
        try:
            with transaction.atomic():
                decisions = _decide(request, told, rows)
        except RefusedError as refused:
            return str(refused), False, at
        return format_html_join(" ", "{}", ((undo_link(one),) for one in decisions)), True, str(following or "")


def _decide(request: HttpRequest, told: str, rows: list[OpenTitle]) -> list[Decision]:
    """Make the decision about all rows; a proposal that is accepted is one for each role."""
    if not rows:
        raise RefusedError("These titles wait no longer: somebody else decided, or a new run is out.")
    if told != "accept":
        return [_one(request, rows, *_words(request, told, [row.title.text for row in rows]))]
    by_role: dict[Role, list[OpenTitle]] = {}
    for row in rows:
        if row.proposed:
            by_role.setdefault(row.proposed, []).append(row)
    if not by_role:
        raise RefusedError("Nothing is proposed here: choose a role.")
    return [
        _one(request, of_role, "title.assign", {"titles": [row.title.text for row in of_role], "role": role.slug})
        for role, of_role in by_role.items()
    ]


def _words(request: HttpRequest, told: str, titles: list[str]) -> tuple[str, dict[str, Any]]:
    """Return the action and its words, as the form says them."""
    if told in WITHOUT.values():
        return told, {"titles": titles}
    if told == "create":
        name, family = request.POST.get("name", ""), request.POST.get("family", "")
        return "role.create", {"name": name, "family": family, "titles": titles}
    if told.startswith("role:"):
        return "title.assign", {"titles": titles, "role": told.removeprefix("role:")}
    wanted = " ".join(request.POST.get("role", "").split())
    if not wanted:
        raise RefusedError("Choose a role.")
    return "title.assign", {"titles": titles, "role": role_typed(wanted).slug}


def _one(request: HttpRequest, rows: list[OpenTitle], action: str, words: dict[str, Any]) -> Decision:
    if action == "role.create" and not request.user.has_perm("analytics.add_role"):
        raise PermissionDenied
    titles = [row.title_id for row in rows]
    seen = Seen(request.POST.get("version", ""), lambda: TitlePin.objects.filter(title__in=titles))
    return decide(action, words, by=signed_in(request), why=request.POST.get("why", ""), seen=seen)


def _undone(request: HttpRequest, number: str, at: str) -> tuple[SafeString | str, bool, str]:
    decision = Decision.objects.filter(pk=int(number) if number.isdecimal() else 0, by=signed_in(request)).first()
    if decision is None:
        return "There is nothing of yours to take back.", False, at
    try:
        undone = undo(decision, by=signed_in(request))
    except CannotUndoError as refused:
        return str(refused), False, at
    back = (
        OpenTitle.objects.all()
        .waiting()
        .filter(asks=_told(request, "tab"), title__text__in=decision.words.get("titles", []))
    )
    first = back.first()
    return undone.summary, True, str(first.title_id) if first else at


def _template(request: HttpRequest) -> str:
    """Return what an answer holds: the page, the queue with what was said, or the one title that was chosen."""
    if not request.headers.get("HX-Request"):
        return PAGE
    return DETAIL if request.headers.get("HX-Target") == "queue-detail" else PART


def _may_decide(request: HttpRequest) -> bool:
    return signed_in(request).has_perm("analytics.add_titlepin")


def _told(request: HttpRequest, name: str) -> str:
    return " ".join((request.POST.get(name) or request.GET.get(name, "")).split())


def _address(tab: str = "", words: str = "", at: str = "") -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {"tab": tab, "q": words, "at": at}.items() if value})
    page = reverse("admin:analytics_opentitle_changelist")
    return f"{page}?{query.urlencode()}" if query else page
