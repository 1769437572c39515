"""Deciding in the admin: ask, with what would follow, and decide once that is confirmed."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from jobsite.admin.decisions import decisions_about, undo_link
from jobsite.batching import batched
from jobsite.decisions import RefusedError, Seen, decide, foresee, hand_in_one, shown_rows, version_of
from jobsite.people import signed_in
from jobsite.tasks import decide_batch_task
from postings.impact import Edit, impact_of

TEMPLATE = "admin/decide.html"
_OURS = {"csrfmiddlewaretoken", "confirm", "why", "version"}
ASKED, ROWS, ALL, FILTERS = "decide", "rows", "all", "_changelist_filters"
"""In the address of a page that asks about rows of a list: the action, the ids that were ticked, whether all that the
list showed were, and what it was narrowed by."""
FILLED_IN = "look"
"""The button "Say what would change"; in an address it says that the form's fields stand there."""
LONGEST_ADDRESS = 3_000
"""Characters; web servers take some four thousand in all."""
MOST_AT_ONCE = 500
"""Rows that a decision may rest on to be tried, and made, while a person waits; with more, a worker makes it."""
LISTED = 3
"""Names of those that hang on a row of a list; the rest are counted."""


@dataclass(frozen=True)
class Proposal:
    """A decision that a person is asked to confirm.

    `action` and `words` are what `jobsite.decisions.decide` takes; `rests_on` reads the rows that the person sees when
    deciding: had one of them changed by the time of confirming, nothing is saved. `edit` is what the impact is told
    from; None where a decision changes no figure. `notes` are sentences said above the impact.
    """

    question: str
    action: str
    words: dict[str, Any]
    rests_on: Callable[[], Iterable[Model]]
    edit: Edit | None = None
    notes: tuple[str, ...] = ()


class KeepForm(forms.Form):
    """Asks which of the chosen rows stays: the first unless told."""

    keep: forms.ModelChoiceField = forms.ModelChoiceField(QuerySet(), label="Keep", empty_label=None)

    def __init__(self, data: QueryDict | None, *, rows: QuerySet) -> None:
        super().__init__(data)
        field = self.fields["keep"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class DecidingAdmin(admin.ModelAdmin):
    """A list or page that decides by `jobsite.decisions`. Views and actions call `ask`.

    Each of its `actions` asks at an address of its own, so that Back, a reload and a second window find the page again.
    The address holds the ids that were ticked, at most a page of the list, or, when all were meant, what the list was
    narrowed by: it stays short for any number of rows, and needs no memory on the server that could be too old.

    The history of a row is the decisions about it, each with its way back.
    """

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, or the page that asks about rows of it."""
        return (
            self._ask_about_chosen(request) if ASKED in request.GET else super().changelist_view(request, extra_context)
        )

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().get_actions(request) or {}
        if ASKED in request.GET:
            return {name: action for name, action in found.items() if name in (self.actions or ())}
        return {
            name: (_lead_to(name) if name in (self.actions or ()) else action[0], *action[1:])
            for name, action in found.items()
        }

    def _ask_about_chosen(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        action = self.get_actions(request).get(request.GET[ASKED])
        if action is None:
            raise PermissionDenied
        rows = self._rows_chosen(request)
        if rows is None or not rows.exists():
            self.message_user(request, "What was chosen is not there any more. Choose again.", messages.WARNING)
            return redirect(self._list_address(request))
        answer: HttpResponse | None = action[0](self, request, rows)
        return answer or redirect(self._list_address(request))

    def _rows_chosen(self, request: HttpRequest) -> QuerySet | None:
        """Return the rows that the address names, in the order of the list; None where it cannot be read."""
        listed = copy(request)
        listed.GET = QueryDict(request.GET.get(FILTERS, ""))
        try:
            rows = self.get_changelist_instance(listed).get_queryset(listed)
        except IncorrectLookupParameters:
            return None
        if ALL in request.GET:
            return rows
        return rows.filter(pk__in=[pk for pk in request.GET.get(ROWS, "").split(",") if pk.isdecimal()])

    def _list_address(self, request: HttpRequest) -> str:
        """Return the address of the list, narrowed as it was."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        filters = request.GET.get(FILTERS, "")
        return f"{address}?{filters}" if filters else address

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return redirect(decisions_about(row))

    def ask(
        self,
        request: HttpRequest,
        proposal: Proposal | None,
        *,
        title: str,
        form: forms.Form | None = None,
        back: str = "",
    ) -> HttpResponse:
        """Show what a decision would do; once the person confirms, make it and go `back` (the list, unless told).

        `form` holds what there is to choose (which skill stays), as `told` has it, and what it says is in `proposal`
        already. No proposal: the form has to be filled in first. What is filled in goes into the address where that is
        not too long. All else that was posted comes with the page again.
        """
        back = back or self._list_address(request)
        if form is not None and request.method == "POST" and "confirm" not in request.POST:
            address = _address_with(request, form)
            if len(address) <= LONGEST_ADDRESS:
                return redirect(address)
        is_refused = False
        rests_on = list(proposal.rests_on()) if proposal else []
        by_worker = len(rests_on) > MOST_AT_ONCE
        if "confirm" in request.POST and proposal is not None and (form is None or form.is_valid()):
            try:
                return self._decide_by_worker(request, proposal) if by_worker else self._decide(request, proposal, back)
            except RefusedError as refused:
                is_refused = True
                self.message_user(request, str(refused), messages.ERROR)
        foreseen = foresee(proposal.action, proposal.words) if proposal and not by_worker else None
        edit = proposal.edit if proposal and foreseen and not foreseen.why_not else None
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "proposal": proposal,
            "why_not": foreseen.why_not if foreseen else "",
            "rows": shown_rows(foreseen.rows) if foreseen else (),
            "impact": impact_of(edit) if edit else None,
            "form": form,
            "back": back,
            "by_worker": len(rests_on) if by_worker else 0,
            "version": version_for(request, rests_on, anew=is_refused) if proposal else "",
            "why": _sent(request, "why"),
            "posted": _posted(request, form),
        }
        return TemplateResponse(request, TEMPLATE, context)

    def _decide(self, request: HttpRequest, proposal: Proposal, back: str) -> HttpResponse:
        seen = Seen(request.POST.get("version", ""), proposal.rests_on)
        why = request.POST.get("why", "")
        decision = decide(proposal.action, proposal.words, by=signed_in(request), why=why, seen=seen)
        self.message_user(request, undo_link(decision))
        return redirect(back)

    def _decide_by_worker(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        Seen(request.POST.get("version", ""), proposal.rests_on).check()
        batch = hand_in_one(
            proposal.action,
            proposal.words,
            name=proposal.question,
            by=signed_in(request),
            why=request.POST.get("why", ""),
        )
        decide_batch_task.delay_on_commit(batch.pk)
        return redirect(batch)


def told(request: HttpRequest) -> QueryDict | None:
    """Return what was filled in on a page that asks: posted, or kept in its address; None on the first look."""
    if request.method == "POST":
        return request.POST
    return request.GET if FILLED_IN in request.GET else None


def first_few(names: Sequence[str]) -> str:
    """Return names for a cell of a list: a, b, c and 14 more."""
    said = ", ".join(names[:LISTED])
    return said if len(names) <= LISTED else f"{said} and {len(names) - LISTED} more"


def as_now(rows: Iterable[Any]) -> list[Model]:
    """Return the rows as the database has them now, without those that are gone."""
    rows = list(rows)
    ids: dict[type[Model], list[Any]] = {}
    for row in rows:
        ids.setdefault(type(row), []).append(row.pk)
    found = {
        (model, pk): row
        for model, pks in ids.items()
        for few in batched(pks, MOST_AT_ONCE)
        for pk, row in model._base_manager.in_bulk(few).items()
    }
    return [found[type(row), row.pk] for row in rows if (type(row), row.pk) in found]


def version_for(request: HttpRequest, rows: Iterable[Model], *, anew: bool = False) -> str:
    """Return the version that the person saw first; that of today's rows on the first page, and `anew`."""
    sent = _sent(request, "version")
    return sent if sent and not anew else version_of(rows)


def _sent(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")


def _lead_to(action: str) -> Callable[[admin.ModelAdmin, HttpRequest, QuerySet], HttpResponse]:
    """Return what leads from a list to the page where an action asks about the chosen rows."""

    def lead(section: admin.ModelAdmin, request: HttpRequest, rows: QuerySet) -> HttpResponse:
        address = QueryDict(mutable=True)
        address[ASKED] = action
        if request.POST.get("select_across") == "1":
            address[ALL] = "1"
        else:
            address[ROWS] = ",".join(request.POST.getlist(ACTION_CHECKBOX_NAME))
        if request.GET:
            address[FILTERS] = request.GET.urlencode()
        return redirect(f"{request.path}?{address.urlencode(safe=',')}")

    return lead


def _address_with(request: HttpRequest, form: forms.Form) -> str:
    """Return the address of this page with what is filled in on it."""
    address = request.GET.copy()
    for name in form.fields:
        address.pop(form.add_prefix(name), None)
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and any(values):
            address.setlist(name, values)
    address[FILLED_IN] = "1"
    return f"{request.path}?{address.urlencode(safe=',')}"


def _posted(request: HttpRequest, form: forms.Form | None) -> list[tuple[str, str]]:
    own = _OURS | ({form.add_prefix(name) for name in form.fields} if form else set())
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
