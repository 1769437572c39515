"""Two postings beside each other, and a person's word on whether they are the same ad; one pair, or a queue of them."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jobsite import decisions
from jobsite.admin.decisions import undo_link
from jobsite.decisions import RefusedError, Seen
from jobsite.models import Decision
from jobsite.people import signed_in
from postings import selectors
from postings.models import CopyVerdict, OpenPair, Posting
from postings.selectors import copy_queue
from postings.selectors.copies import decision_on

PAIR = ("title", "company", "source", "text_row", "ad_group")
MAY_DECIDE = ("postings.add_copydecision", "postings.delete_copydecision")
NOT_KEPT = "That was not kept. Choose one of the buttons; a reason has at most 300 characters."


class DecisionForm(forms.Form):
    """What a person says of a pair; "forget" takes it back. `version` is of what the page showed."""

    verdict = forms.ChoiceField(choices=[*CopyVerdict.choices, ("forget", "let the texts decide")])
    why = forms.CharField(max_length=300, required=False, strip=True)
    version = forms.CharField(max_length=16, required=False)


class QueueForm(forms.Form):
    """Where the queue is opened: `at` a pair that waits."""

    at = forms.IntegerField(required=False)


class QueuedForm(DecisionForm):
    """A pair of the queue, and the one that comes next."""

    pair = forms.ModelChoiceField(OpenPair.objects.all())
    following = forms.IntegerField(required=False)


class UndoForm(forms.Form):
    decision = forms.ModelChoiceField(Decision.objects.filter(action="copies.decide"))


@require_safe
def posting_copy(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    screen = selectors.pair_screen(*_pair(pk, other))
    return render(request, "postings/posting_copy.html", {"screen": screen})


@login_required
@permission_required(MAY_DECIDE, raise_exception=True)
@require_POST
def posting_copy_decide(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    pair = _pair(pk, other)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_KEPT)
        return redirect("posting_copy", pk, other)
    _decide(request, pair, form)
    return redirect("posting_copy", pk, other)


@login_required
@permission_required(MAY_DECIDE, raise_exception=True)
@require_safe
def copy_queue_page(request: HttpRequest) -> HttpResponse:
    form = QueueForm(request.GET)
    at = (form.cleaned_data["at"] if form.is_valid() else None) or 0
    screen = copy_queue.queue_screen(signed_in(request), at=at)
    return render(request, "postings/copy_queue.html", {"queue": screen, "screen": screen.pair})


@login_required
@permission_required(MAY_DECIDE, raise_exception=True)
@require_POST
def copy_queue_decide(request: HttpRequest) -> HttpResponse:
    """Decide on the pair that was shown, then show the next one."""
    form = QueuedForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That was not kept: this pair waits no more, or the reason is too long.")
        return redirect("copy_queue")
    pair = form.cleaned_data["pair"]
    is_kept = _decide(request, _pair(pair.one_id, pair.other_id), form)
    return redirect(_queue_at((form.cleaned_data["following"] or 0) if is_kept else pair.pk))


@login_required
@permission_required((*MAY_DECIDE, "jobsite.add_decision"), raise_exception=True)
@require_POST
def copy_queue_undo(request: HttpRequest) -> HttpResponse:
    """Take back what this person decided last, and show that pair again."""
    form = UndoForm(request.POST)
    if not form.is_valid() or form.cleaned_data["decision"].by != signed_in(request):
        messages.error(request, "Here you can undo what you decided yourself. Others' decisions are in the ledger.")
        return redirect("copy_queue")
    decision = form.cleaned_data["decision"]
    try:
        undone = decisions.undo(decision, by=signed_in(request))
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, undone.summary)
    return redirect(_queue_at(copy_queue.open_pair_of(decision)))


def _decide(request: HttpRequest, pair: tuple[Posting, Posting], form: DecisionForm) -> bool:
    """Decide on a pair as the form says, and say what was done or why not; return whether it was done."""
    one, other = selectors.pair_names(*pair)
    verdict = form.cleaned_data["verdict"]
    seen = Seen(form.cleaned_data["version"], lambda: [row for row in [decision_on(*pair)] if row])
    by, why = signed_in(request), form.cleaned_data["why"]
    try:
        if verdict == "forget":
            done = decisions.decide("copies.forget", {"pairs": [[one, other]]}, by=by, why=why, seen=seen)
        else:
            words = {"one": one, "other": other, "verdict": verdict}
            done = decisions.decide("copies.decide", words, by=by, why=why, seen=seen)
    except RefusedError as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, undo_link(done))
    return True


def _queue_at(pair: int) -> str:
    return f"{reverse('copy_queue')}?at={pair}" if pair else reverse("copy_queue")


def _pair(pk: int, other: int) -> tuple[Posting, Posting]:
    postings = Posting.objects.select_related(*PAIR)
    return get_object_or_404(postings, pk=pk), get_object_or_404(postings, pk=other)
