"""Deciding in the admin: ask, with what would follow, and decide once that is confirmed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from jobsite.admin.decisions import decisions_about, undo_link
from jobsite.decisions import RefusedError, Seen, decide, foresee, shown_rows, version_of
from jobsite.models import Decision
from jobsite.people import signed_in
from postings.impact import Edit, impact_of

TEMPLATE = "admin/decide.html"
_OURS = {"csrfmiddlewaretoken", "confirm", "why", "version"}


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

    The history of a row is the decisions about it, each with its way back.
    """

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

        `form` holds what there is to choose (which skill stays); it is posted with the page, and what it says is in
        `proposal` already. No proposal: the form has to be filled in first. All that was posted comes with the page
        again, so that an action of a list knows its rows.
        """
        back = back or reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        is_refused = False
        if "confirm" in request.POST and proposal is not None and (form is None or form.is_valid()):
            try:
                decision = self._decide(request, proposal)
            except RefusedError as refused:
                is_refused = True
                self.message_user(request, str(refused), messages.ERROR)
            else:
                self.message_user(request, undo_link(decision))
                return redirect(back)
        foreseen = foresee(proposal.action, proposal.words) if proposal else None
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
            "version": version_for(request, proposal.rests_on(), anew=is_refused) if proposal else "",
            "why": request.POST.get("why", ""),
            "posted": _posted(request, form),
        }
        return TemplateResponse(request, TEMPLATE, context)

    def _decide(self, request: HttpRequest, proposal: Proposal) -> Decision:
        seen = Seen(request.POST.get("version", ""), proposal.rests_on)
        why = request.POST.get("why", "")
        return decide(proposal.action, proposal.words, by=signed_in(request), why=why, seen=seen)


def as_now(rows: Iterable[Any]) -> list[Model]:
    """Return the rows as the database has them now, without those that are gone."""
    found = [type(row)._base_manager.filter(pk=row.pk).first() for row in rows]
    return [row for row in found if row is not None]


def version_for(request: HttpRequest, rows: Iterable[Model], *, anew: bool = False) -> str:
    """Return the version that the person saw first; that of today's rows on the first page, and `anew`."""
    sent = request.POST.get("version")
    return sent if sent and not anew else version_of(rows)


def _posted(request: HttpRequest, form: forms.Form | None) -> list[tuple[str, str]]:
    own = _OURS | ({form.add_prefix(name) for name in form.fields} if form else set())
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
