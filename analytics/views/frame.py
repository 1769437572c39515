"""What every screen of figures has around it: the question, the run, the strip, the filter bar, and its exports."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_http_methods

from analytics import tasks
from analytics.frozen import has_figures
from analytics.questions import Question
from analytics.selectors.filterbar import FilterBar, Strip, filter_bar, strip
from analytics.selectors.published import NoSuchRunError, Published, published
from analytics.snapshot import DamagedSnapshot
from analytics.views.downloads import download
from jobsite.release import release_stamp

View = Callable[..., HttpResponse]
TIMED = {"report", "export"}
"""Parts of an address whose page says when it was made."""


@dataclass(frozen=True)
class Frame:
    """One request to a screen of figures. `keep` are the parts of its address that are no filter (tab, q, side)."""

    request: HttpRequest
    question: Question
    shown: Published
    keep: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...]

    def render(self, template: str, *, screen: object, **context: object) -> HttpResponse:
        """Place a screen inside the frame, or send one of its tables when the address asks for an export."""
        address = self.request.GET
        bar = filter_bar(self.question, self.shown, action=self.request.path, keep=self.keep, fixed=self.fixed)
        around = strip(self.question, self.shown, address=address)
        if "export" in address:
            return download(self.request, screen, self.shown, bar, around)
        return render(self.request, template, self._context(bar, around) | context | {"screen": screen})

    def _context(self, bar: FilterBar, around: Strip) -> dict[str, object]:
        self.request.has_exports = True  # type: ignore[attr-defined]  # {% chart %} and {% sheet %} offer them
        return {"strip": around, "filters": bar, "run": self.shown.run, "report": "report" in self.request.GET}

    def unless_known(self, answer: Callable[[], HttpResponse], *, rests_on: object = ()) -> HttpResponse:
        """Answer 304 where the browser holds the very page; one with a message or the time on it is never kept.

        `rests_on` is what the page hangs on besides its run and the names that people gave: something whose repr says
        all of it.
        """
        request = self.request
        if TIMED & request.GET.keys() or len(messages.get_messages(request)):
            return answer()
        etag = self._etag(rests_on)
        response = get_conditional_response(request, etag=etag) or answer()
        if response.status_code in (200, 304):
            response["ETag"] = etag
            response["Cache-Control"] = "private, no-cache"
            patch_vary_headers(response, ("Cookie",))
        return response

    def _etag(self, rests_on: object) -> str:
        """Return what a page of figures depends on, as one word: the same word, the same page."""
        request, shown = self.request, self.shown
        user = request.user
        person = (user.pk, user.get_username(), getattr(user, "is_staff", False), request.COOKIES.get("csrftoken", ""))
        run = (shown.run.pk, shown.is_published, shown.names, has_figures(shown.run.input_key or ""))
        parts = (release_stamp(), *run, request.get_full_path(), *person, rests_on)
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def figures_page(
    *,
    keep: tuple[str, ...] = (),
    fixed: tuple[str, ...] = (),
    is_frozen: bool = True,
    methods: tuple[str, ...] = ("GET", "HEAD"),
) -> Callable[[View], View]:
    """Give a view its Frame as second argument; without a published run say what to do instead.

    `keep` names the query parameters that survive a change of filter, `fixed` the filters that the screen itself
    decides (a role's page is about that role). What `is_frozen` hangs on nothing but the run and the names that people
    gave: a browser that has it already is told so, and nothing is counted. A view that hangs on more calls
    `unless_known` itself, if it can say on what. `methods` are those that are answered.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            shown = _shown(request)
            if isinstance(shown, HttpResponse):
                return shown
            question = Question.from_query(request.GET)
            for problem in question.problems:
                messages.warning(request, problem)
            kept = tuple((name, value) for name in keep for value in request.GET.getlist(name) if value)
            frame = Frame(request, question, shown, kept, fixed)

            def answer() -> HttpResponse:
                return view(request, frame, *args, **kwargs)

            return frame.unless_known(answer) if is_frozen else answer()

        return require_http_methods(methods)(page)

    return decorate


def _shown(request: HttpRequest) -> Published | HttpResponse:
    """Return the run that the address asks for, or the page that says why there is none."""
    try:
        found = published(request.GET.get("profiles", ""), request.GET.get("run", ""))
    except NoSuchRunError as missing:
        return render(request, "analytics/nothing_yet.html", {"missing": str(missing)}, status=404)
    except DamagedSnapshot as damaged:
        tasks.mend_published()
        return render(request, "analytics/nothing_yet.html", {"damaged": str(damaged)}, status=503)
    return found or render(request, "analytics/nothing_yet.html")
