"""The queue of candidates: one after another, with the keyboard or by plain forms, each decision answered at once.

No version is sent along as other pages do: what a decision rests on, that the phrases still wait, is checked by the
action itself, and counts that a worker refreshes meanwhile are no reason to ask again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from jobsite import decisions
from jobsite.admin.decisions import may_decide
from jobsite.models import Decision
from jobsite.people import signed_in
from postings.admin.deciding import DecidingAdmin
from postings.impact import impact_of
from postings.models import Candidate, Guess, Kind, Skill
from postings.selectors import candidate_queue as queues
from postings.selectors.edits import edit_of_candidates
from postings.selectors.typed_skill import no_skill_called
from postings.services import key_of
from postings.skills.context import RULES

FOLDER = "admin/postings/candidate"
ACTIONS = "candidate."
GUESSES = (
    ("", "all"),
    ("any", "with a suggestion"),
    ("none", "without one"),
    *((str(value), label) for value, label in Guess.choices if value),
)


class WantedForm(forms.Form):
    """Which candidates are wanted; what cannot be read is as if it were not said."""

    q = forms.CharField(required=False, label="Phrase or skill", widget=forms.TextInput(attrs={"type": "search"}))
    fewest = forms.IntegerField(required=False, min_value=0, label="Fewest ads")
    guess = forms.ChoiceField(required=False, choices=GUESSES, label="Suggestion")
    order = forms.ChoiceField(required=False, choices=list(queues.ORDERS.items()), label="Order")
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def wanted(self) -> queues.Wanted:
        self.full_clean()
        said = getattr(self, "cleaned_data", {})
        return queues.Wanted(**{name: value for name, value in said.items() if value})


class DecisionForm(forms.Form):
    """What a curator decides about phrases; `decide` is "suggested", "alias", "skill:<kind>" or "ignore"."""

    decide = forms.CharField()
    at = forms.CharField(required=False)
    suggested = forms.CharField(required=False)
    skill = forms.CharField(required=False)
    name = forms.CharField(required=False, max_length=120)
    definition = forms.CharField(required=False)
    is_named = forms.BooleanField(required=False)
    groups = forms.ModelMultipleChoiceField(queues.groups_to_choose(), required=False, to_field_name="slug")
    phrase = forms.CharField(required=False, max_length=120)
    exact_case = forms.BooleanField(required=False)
    context = forms.ChoiceField(required=False, choices=[("", "none"), *((rule, rule) for rule in sorted(RULES))])
    why = forms.CharField(required=False, max_length=300)


@dataclass(frozen=True)
class Said:
    """What became of a decision, for the line that tells it; `at` is the key of what was undone."""

    text: str
    is_good: bool = True
    at: str = ""


class CandidateQueueAdmin(DecidingAdmin):
    def queue(self, request: HttpRequest) -> HttpResponse:
        """Show the queue, or only the chosen candidate to htmx; a POST decides and shows what comes next."""
        if request.method == "POST":
            return self._decided(request)
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = request.GET.get("at", "")
        if request.headers.get("HX-Target") == "queue-detail":
            candidate = get_object_or_404(Candidate.objects.select_related("suggested"), key=at)
            context = self._chosen(request, candidate, _wanted(request))
            return TemplateResponse(request, f"{FOLDER}/_chosen.html", context)
        return TemplateResponse(request, f"{FOLDER}/queue.html", self._context(request, at))

    def queue_impact(self, request: HttpRequest) -> HttpResponse:
        """Tell what accepting the chosen phrases would do to figures, and which others they are near to."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = DecisionForm(request.GET)
        form.full_clean()
        chosen = _chosen_rows(request.GET.getlist("mark"), "" if "of" in request.GET else request.GET.get("at", ""))
        typed = form.data.get("skill") or form.data.get("suggested") or ""
        skill = queues.skill_meant(typed) if typed else None
        edit = edit_of_candidates(
            [row.phrase for row in chosen],
            skill=skill,
            name=form.data.get("name") or (chosen[0].phrase if chosen else ""),
            exact_case="exact_case" in form.data,
            context=form.data.get("context", ""),
        )
        context = {
            "impact": impact_of(edit) if chosen else None,
            "skill": skill,
            "chosen": chosen,
            "elsewhere": queues.where_else(chosen[0]) if len(chosen) == 1 else None,
        }
        return TemplateResponse(request, f"{FOLDER}/_later.html", context)

    def queue_skills(self, request: HttpRequest) -> HttpResponse:
        """Offer skills for what is typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        options = queues.skill_options(request.GET.get("skill", "") or request.GET.get("q", ""))
        return TemplateResponse(request, f"{FOLDER}/_options.html", {"options": options})

    def decide_or_undo(self, request: HttpRequest) -> tuple[Said, list[str]]:
        """Do what was posted; return what became of it and the keys that were decided, none where it was refused."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            return (_undo(request), []) if request.POST.get("decide") == "undo" else _decide(request)
        except decisions.RefusedError as refused:
            return Said(str(refused), is_good=False), []

    def told_and_back(self, request: HttpRequest, said: Said, address: str) -> HttpResponse:
        """Answer a plain form: say what became of it on the page that follows."""
        self.message_user(request, said.text, messages.SUCCESS if said.is_good else messages.ERROR)
        return redirect(address)

    def _decided(self, request: HttpRequest) -> HttpResponse:
        wanted, at = _wanted(request), request.POST.get("at", "")
        before = queues.candidate_queue(wanted, at=at).rows
        said, decided = self.decide_or_undo(request)
        at = said.at or (queues.key_after(before, at, decided) if decided else at)
        if request.headers.get("HX-Request"):
            context = self._context(request, at) | {"said": said, "is_answer": True}
            return TemplateResponse(request, f"{FOLDER}/_queue.html", context)
        return self.told_and_back(request, said, f"{self._address()}?{_query(wanted, at=at)}")

    def _context(self, request: HttpRequest, at: str) -> dict[str, Any]:
        wanted = _wanted(request)
        queue = queues.candidate_queue(wanted, at=at)
        context = {
            **self.admin_site.each_context(request),
            "title": "Candidates: phrases that look like skills",
            "opts": self.opts,
            "queue": queue,
            "items": [(row, _query(wanted, at=row.key)) for row in queue.rows],
            "filters": WantedForm(initial={name: value for name, value in vars(wanted).items() if value}),
            "decided": decided_today(),
            "last": last_of(request) if may_decide(request) else None,
            "before": _query(wanted, page=queue.page - 1) if queue.page > 1 else "",
            "after": _query(wanted, page=queue.page + 1) if queue.page < queue.pages else "",
        }
        return context | (self._chosen(request, queue.chosen, wanted) if queue.chosen else {})

    def _chosen(self, request: HttpRequest, candidate: Candidate, wanted: queues.Wanted) -> dict[str, Any]:
        return {
            "screen": queues.candidate_screen(candidate),
            "kinds": Kind.choices,
            "groups": queues.groups_to_choose(),
            "rules": sorted(RULES),
            "may_change": self.has_change_permission(request),
            "here": f"{self._address()}?{_query(wanted, at=candidate.key)}",
        }

    def _address(self) -> str:
        return reverse("admin:postings_candidate_queue")


def _decide(request: HttpRequest) -> tuple[Said, list[str]]:
    """Decide about the marked phrases, or the chosen one; return what was done and the keys that it was about."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise decisions.RefusedError(" ".join(str(why) for field in form.errors.values() for why in field))
    # Of a cluster only what is ticked is meant; in the list the chosen phrase is, where none is marked.
    at = "" if "of" in request.POST else form.cleaned_data["at"]
    rows = _chosen_rows(request.POST.getlist("mark"), at)
    action, words = _words(form.cleaned_data, [row.phrase for row in rows])
    made = decisions.decide(action, words, by=signed_in(request), why=form.cleaned_data["why"])
    return Said(made.summary), [row.key for row in rows]


def _undo(request: HttpRequest) -> Said:
    """Take back this person's last decision here."""
    if not may_decide(request):
        raise PermissionDenied
    last = last_of(request)
    if last is None:
        return Said("There is nothing of yours to undo here.", is_good=False)
    undone = decisions.undo(last, by=signed_in(request))
    return Said(undone.summary, at=key_of(last.words["candidates"][0]))


def _wanted(request: HttpRequest) -> queues.Wanted:
    return WantedForm(request.GET).wanted()


def _query(wanted: queues.Wanted, *, at: str = "", page: int = 0) -> str:
    """Return the address's query of what is wanted, without what is so anyway."""
    said = vars(wanted) | ({"page": page} if page else {}) | {"at": at}
    usual = vars(queues.Wanted())
    return urlencode({name: value for name, value in said.items() if value and value != usual.get(name)})


def _chosen_rows(marked: Sequence[str], at: str) -> list[Candidate]:
    """Return the marked candidates, or the one at hand where none is marked."""
    keys = list(dict.fromkeys(marked)) or [at]
    there = {row.key: row for row in Candidate.objects.filter(key__in=keys)}
    return [there[key] for key in keys if key in there]


def _words(said: dict[str, Any], phrases: list[str]) -> tuple[str, dict[str, Any]]:
    """Return the action that a curator's answer asks for, and its words; raise RefusedError where none does."""
    decide, _, kind = said["decide"].partition(":")
    rule = {"exact_case": said["exact_case"], "context": said["context"]}
    if said["phrase"] and not Candidate.objects.filter(key=said["at"], phrase=said["phrase"]).exists():
        rule["phrase"] = said["phrase"]
    if decide == "ignore":
        return "candidate.ignore", {"candidates": phrases}
    if decide == "skill":
        made = {"name": said["name"], "kind": kind, "definition": said["definition"], "is_named": said["is_named"]}
        made["groups"] = [group.slug for group in said["groups"]]
        return "candidate.skill", {"candidates": phrases} | made | rule
    if decide in ("suggested", "alias"):
        typed = said["suggested"] if decide == "suggested" else said["skill"]
        return "candidate.alias", {"candidates": phrases, "skill": _meant(typed).name} | rule
    raise decisions.RefusedError("Choose what to do with the phrase.")


def _meant(typed: str) -> Skill:
    if not typed.strip():
        raise decisions.RefusedError("Say which skill the phrase names.")
    skill = queues.skill_meant(typed)
    if skill is None:
        raise decisions.RefusedError(no_skill_called(typed))
    return skill


def last_of(request: HttpRequest) -> Decision | None:
    """Return the last decision of this person about candidates that stands."""
    mine = Decision.objects.filter(action__startswith=ACTIONS, by=signed_in(request), stands=True, undoes=None)
    return mine.order_by("-pk").first()


def decided_today() -> int:
    """Return how many phrases were decided today by all, what was taken back left out."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Decision.objects.filter(action__startswith=ACTIONS, at__gte=midnight, stands=True, undoes=None)
    return sum(len(words.get("candidates", ())) for words in today.values_list("words", flat=True))
