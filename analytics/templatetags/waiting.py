"""A tag that says what waits for a curator: {% waiting_work as waiting %}."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse

from analytics.models import OpenTitle
from postings.selectors.candidate_queue import waiting_candidates
from postings.selectors.copy_queue import waiting_pairs

register = template.Library()


@dataclass(frozen=True)
class Waiting:
    """One queue: how it is called, where it is, and how much waits there; None where that is not counted."""

    label: str
    url: str
    count: int | None = None


@register.simple_tag(takes_context=True)
def waiting_work(context: Context) -> tuple[Waiting, ...]:
    """Return the queues for those who may decide; nothing for others."""
    user = getattr(getattr(context, "request", None), "user", None)
    if not user or not user.has_perm("jobsite.add_decision"):
        return ()
    return (
        Waiting("Phrases that look like skills", _page("postings_candidate_queue"), waiting_candidates().count()),
        Waiting("Spellings that may be one", _page("postings_candidate_clusters")),
        Waiting("Titles", _page("analytics_opentitle_changelist"), OpenTitle.objects.all().waiting().count()),
        Waiting("Pairs that may be copies", reverse("copy_queue"), waiting_pairs().count()),
        Waiting("Samples to read", reverse("sample_list")),
    )


def _page(name: str) -> str:
    return reverse(f"admin:{name}")
