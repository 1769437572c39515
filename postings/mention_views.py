"""Doors by which curators say that a marked phrase is no skill where it stands, and take that back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jobsite.admin.decisions import undo_link
from jobsite.decisions import RefusedError, decide
from jobsite.people import signed_in
from postings.models import Alias, Posting, WrongMention
from postings.selectors import posting_mentions

READ_AGAIN = "The posting was read again meanwhile, and this is no mention now. Nothing was saved."

GONE = "This posting was removed meanwhile. Nothing was saved. Here are those that are left."


class WrongForm(forms.Form):
    """Names a mention by its alias and where it begins in the text."""

    alias = forms.IntegerField()
    start = forms.IntegerField(min_value=0)
    why = forms.CharField(max_length=300, required=False, strip=True)


class RightForm(forms.Form):
    mark = forms.ModelChoiceField(WrongMention.objects.all())


@login_required
@permission_required("postings.add_wrongmention", raise_exception=True)
@require_POST
def mention_wrong(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one mention, in all copies of the ad that say the same sentence."""
    posting = Posting.objects.select_related("source", "text_row", "extraction").filter(pk=pk).first()
    if posting is None:
        return _gone(request)
    form = WrongForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That was not kept. Choose a mention; a reason has at most 300 characters.")
        return redirect(posting)
    alias = Alias.objects.filter(pk=form.cleaned_data["alias"]).first()
    mention = posting_mentions.mention_at(posting, alias=alias.pk, start=form.cleaned_data["start"]) if alias else None
    if alias is None or mention is None:
        messages.error(request, READ_AGAIN)
        return redirect(posting)
    passage = posting_mentions.passage_of(posting, mention)
    words = {
        "postings": posting_mentions.postings_that_say(posting, passage),
        "phrase": alias.phrase,
        "exact_case": alias.exact_case,
        "place": {"passage": passage.text, "start": passage.start, "end": passage.end},
    }
    return _decided(request, posting, "mention.wrong", words, why=form.cleaned_data["why"])


@login_required
@permission_required("postings.delete_wrongmention", raise_exception=True)
@require_POST
def mention_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mark away, from the copies of the ad as well."""
    posting = Posting.objects.select_related("source", "text_row").filter(pk=pk).first()
    if posting is None:
        return _gone(request)
    form = RightForm(request.POST)
    if not form.is_valid():
        messages.error(request, "This mark was taken away already. Nothing was saved.")
        return redirect(posting)
    mark = form.cleaned_data["mark"]
    words = {
        "postings": posting_mentions.same_marks(posting, mark) or [mark.posting],
        "phrase": mark.phrase,
        "exact_case": mark.exact_case,
        "place": {"passage": mark.passage, "start": mark.start, "end": mark.end},
    }
    return _decided(request, posting, "mention.right", words)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, GONE)
    return redirect("posting_list")


def _decided(request: HttpRequest, posting: Posting, action: str, words: dict[str, Any], why: str = "") -> HttpResponse:
    try:
        decision = decide(action, words, by=signed_in(request), why=why)
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, undo_link(decision))
    return redirect(f"{posting.get_absolute_url()}#mentions")
