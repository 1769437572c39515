"""What every screen of figures has around it: the question, the published run, the strip and the filter bar."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics import tasks
from analytics.questions import Question
from analytics.selectors.filterbar import filter_bar, strip
from analytics.selectors.published import Published, published
from analytics.snapshot import DamagedSnapshot

View = Callable[..., HttpResponse]
LEVEL = "profiles"
"""profiles=coarse or profiles=fine in any address: the level of profiles that figures are told by."""


@dataclass(frozen=True)
class Frame:
    """One request to a screen of figures. `keep` are the parts of its address that are no filter (tab, q, a, b)."""

    request: HttpRequest
    question: Question
    shown: Published
    keep: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...]

    def render(self, template: str, **context: object) -> HttpResponse:
        """Place a screen inside the frame."""
        bar = filter_bar(self.question, self.shown, action=self.request.path, keep=self.keep, fixed=self.fixed)
        around = {"strip": strip(self.question, self.shown), "filters": bar, "run": self.shown.run}
        return render(self.request, template, around | context)


def figures_page(*, keep: tuple[str, ...] = (), fixed: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Give a view its Frame as second argument; without a published run say what to do instead.

    `keep` names the query parameters that survive a change of filter, `fixed` the filters that the screen itself
    decides (a role's page is about that role).
    """

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                shown = published(request.GET.get(LEVEL, ""))
            except DamagedSnapshot as damaged:
                tasks.mend_published()
                return render(request, "analytics/nothing_yet.html", {"damaged": str(damaged)}, status=503)
            if shown is None:
                return render(request, "analytics/nothing_yet.html")
            question = Question.from_query(request.GET)
            for problem in question.problems:
                messages.warning(request, problem)
            kept = tuple((name, value) for name in (*keep, LEVEL) for value in request.GET.getlist(name) if value)
            return view(request, Frame(request, question, shown, kept, fixed), *args, **kwargs)

        return page

    return decorate
