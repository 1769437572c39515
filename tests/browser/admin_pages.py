"""Run inside a house, by `manage.py shell`: see to a row of everything that the admin shows, and print its pages.

Prints JSON: label of the model -> {page: address}, for those pages that an administrator may open.
"""

import json

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from analytics.models import KnownProfile, OpenTitle, ProfilePin, Publication, Role, TitlePin
from jobsite.decisions import decide, hand_in_one, run_batch
from jobsite.models import Decision, DecisionBatch
from postings.models import Candidate, CopyDecision, Posting, Rejection, Removal, Skill, Title, Upload


def fill() -> None:
    """Add what the sample has nothing of."""
    TitlePin.objects.get_or_create(title=Title.objects.first(), defaults={"role": Role.objects.first()})
    ProfilePin.objects.get_or_create(profile=KnownProfile.objects.first(), defaults={"name": "a name given by hand"})
    samples = list(Posting.objects.order_by("pk").values_list("pk", flat=True)[:3])
    found = {"phrase": "pipelines", "postings": 40, "recent": 9, "before": 4, "samples": samples}
    found |= {"state": "ignored"}  # one that waits goes with the next count of texts: none holds it
    Candidate.objects.get_or_create(key="pipelines", defaults=found)
    shown, other = Publication.objects.get().run, Title.objects.last()
    unmapped = {"postings": 7, "reading": "unknown", "certainty": 0.4, "skills": ["Python"], "why": ["SQL"]}
    OpenTitle.objects.get_or_create(run=shown, title=other, defaults=unmapped)
    Removal.objects.get_or_create(source="an old board", defaults={"reason": "asked to", "postings": 3})
    upload = Upload.objects.first()
    Rejection.objects.get_or_create(upload=upload, row=1, defaults={"line": 2, "reason": "no title", "raw": {"a": "b"}})
    first, second = Posting.objects.select_related("source")[:2]
    names = sorted(f"{posting.source.name}\x1f{posting.key}" for posting in (first, second))
    CopyDecision.objects.get_or_create(one=names[0], other=names[1], defaults={"verdict": "different"})
    for name in ("Grafting", "Pruning"):
        Skill.objects.get_or_create(name=name, defaults={"kind": "method"})
    if Skill.objects.filter(name="Pruning", merged_into=None).exists():
        decide("skill.merge", {"keep": "Grafting", "absorb": ["Pruning"]}, by=User.objects.get(username="admin"))
    if not DecisionBatch.objects.exists():
        words = {"skills": ["Grafting", "nothing"]}
        run_batch(hand_in_one("skill.hide", words, name="two skills", by=User.objects.get(username="admin")).pk)


def pages() -> dict[str, dict[str, str]]:
    request = HttpRequest()
    request.user = User.objects.get(username="admin")
    return {model._meta.label_lower: _pages(model, request) for model in admin.site._registry}


def _pages(model: type[Model], request: HttpRequest) -> dict[str, str]:
    tool, name = admin.site._registry[model], f"admin:{model._meta.app_label}_{model._meta.model_name}"
    found = {"list": reverse(f"{name}_changelist")}
    if tool.has_add_permission(request):
        found["add"] = reverse(f"{name}_add")
    row = tool.get_queryset(request).first()
    assert row is not None, f"no {model._meta.verbose_name} to show: make one above"
    found |= {"change": reverse(f"{name}_change", args=[row.pk]), "history": reverse(f"{name}_history", args=[row.pk])}
    if tool.has_delete_permission(request):
        found["delete"] = reverse(f"{name}_delete", args=[row.pk])
    return found


def others() -> dict[str, str]:
    """The pages that belong to no model."""
    decision = Decision.objects.order_by("pk").first()
    return {
        "index": reverse("admin:index"),
        "section": reverse("admin:app_list", args=["postings"]),
        "apply": reverse("admin:jobsite_decision_apply"),
        "undo": reverse("admin:jobsite_decision_undo", args=[decision.pk]),
        "password": reverse("admin:auth_user_password_change", args=[User.objects.get(username="admin").pk]),
    }


fill()
print(json.dumps(pages() | {"others": others()}))  # noqa: T201  (for the test that asked)
