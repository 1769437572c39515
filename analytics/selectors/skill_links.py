"""Where a skill of the snapshot has its page."""

from collections.abc import Mapping
from functools import lru_cache

from django.urls import reverse

from analytics.questions import Question
from postings.models import Skill


@lru_cache(maxsize=4)
def skill_urls(run_id: int) -> Mapping[str, str]:
    """Return the address of each skill's page by its name; read once per run and process."""
    return {name: reverse("skill", args=[pk]) for pk, name in Skill.objects.values_list("pk", "name")}


def skill_page(name: str, question: Question, run_id: int) -> str:
    """Return the page of a skill within the filters of the question; "" when the skill is gone."""
    url = skill_urls(run_id).get(name)
    return url + question.query if url else ""
