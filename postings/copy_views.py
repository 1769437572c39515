"""Two postings beside each other, and a person's word on whether they are the same ad."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jobsite.people import signed_in
from postings import selectors, services, tasks
from postings.models import CopyVerdict, Posting

PAIR = ("title", "company", "source", "text_row", "ad_group")


class DecisionForm(forms.Form):
    """What a person says of a pair; "forget" takes it back."""

    verdict = forms.ChoiceField(choices=[*CopyVerdict.choices, ("forget", "let the texts decide")])
    why = forms.CharField(max_length=300, required=False, strip=True)


@require_safe
def posting_copy(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    screen = selectors.pair_screen(*_pair(pk, other))
    return render(request, "postings/posting_copy.html", {"screen": screen})


@login_required
@permission_required(("postings.add_copydecision", "postings.delete_copydecision"), raise_exception=True)
@require_POST
def posting_copy_decide(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    pair = _pair(pk, other)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That was not kept. Choose one of the buttons; a reason has at most 300 characters.")
        return redirect("posting_copy", pk, other)
    verdict = form.cleaned_data["verdict"]
    if verdict == "forget":
        services.forget_decision(*pair)
        done = "Taken back: the texts decide again."
    else:
        try:
            services.decide_copies(*pair, verdict, by=signed_in(request), why=form.cleaned_data["why"])
        except services.SamePostingError as problem:
            messages.error(request, str(problem))
            return redirect("posting", pk)
        done = "Kept, also for when these postings come again."
    tasks.copies_decided()
    messages.success(request, f"{done} Groups and figures follow in a moment.")
    return redirect("posting_copy", pk, other)


def _pair(pk: int, other: int) -> tuple[Posting, Posting]:
    postings = Posting.objects.select_related(*PAIR)
    return get_object_or_404(postings, pk=pk), get_object_or_404(postings, pk=other)
