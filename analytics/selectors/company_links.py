"""Where the companies of a snapshot have their pages."""

from collections.abc import Iterable, Mapping

from analytics.questions import Question
from analytics.selectors.links import path_of
from postings.models import Company


def company_paths(keys: Iterable[str]) -> Mapping[str, str]:
    """Return the path of each company's page by its key, in one query; one that is gone has none."""
    wanted = {key for key in keys if key}
    rows = Company.objects.filter(key__in=wanted).values_list("key", "pk") if wanted else ()
    return {key: path_of("company", pk) for key, pk in rows}


def company_urls(keys: Iterable[str], question: Question) -> Mapping[str, str]:
    """Return the same within the other filters of a page."""
    query = question.without("company").query
    return {key: path + query for key, path in company_paths(keys).items()}
