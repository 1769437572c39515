"""A tag that says what goes on after a change: {% work_progress %}."""

from collections.abc import Mapping

from django import template
from django.template import Context

from analytics.selectors.work_progress import work_progress

register = template.Library()


@register.inclusion_tag("_work_progress.html", takes_context=True, name="work_progress")
def place_work_progress(context: Context) -> Mapping[str, object]:
    """Say what goes on to those who may decide; nothing to others."""
    user = getattr(getattr(context, "request", None), "user", None)
    return {"work": work_progress() if user and user.has_perm("jobsite.add_decision") else None}
