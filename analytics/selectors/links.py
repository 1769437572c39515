"""Addresses that a figure leads to: the postings behind it, and the screens of the things that it is about."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.text import slugify

from analytics.questions import Question


def postings_url(question: Question, **extra: str | int) -> str:
    """Return the list of the postings that `question` lets through, narrowed by skill=, level= or profile=."""
    return path_of("posting_list") + question.query_with(**extra)


def monthly_urls(question: Question, months: Iterable[int], **extra: str | int) -> list[str]:
    """Return `postings_url` of each month, counted from January 1970."""
    path, pairs = path_of("posting_list"), [(name, str(value)) for name, value in extra.items() if value != ""]
    spans = [(first_day_of(month), first_day_of(month + 1) - timedelta(days=1)) for month in months]
    return [path + query for query in question.queries_between(spans, pairs)]


def path_of(name: str, *args: object) -> str:
    """Return the path of a screen; a page has hundreds of links, and Django works each path out anew."""
    return _path_of(get_script_prefix(), name, *args)


@lru_cache(maxsize=4096)
def _path_of(prefix: str, name: str, *args: object) -> str:
    return reverse(name, args=args)


def role_url(name: str, question: Question, **extra: str | int) -> str:
    """Return the page of a role within the other filters; a role without a name has none: ""."""
    return role_path(name) + question.without("role").query_with(**extra) if name else ""


def role_path(name: str) -> str:
    return path_of("role", _slug(name))


@lru_cache(maxsize=1024)
def _slug(name: str) -> str:
    return slugify(name)


def compare_url(first: str, second: str, question: Question) -> str:
    """Return the comparison of two roles; without a second the first waits for one."""
    return sides_url([f"role:{name}" for name in (first, second) if name], question.without("role"))


def sides_url(keys: Iterable[str], question: Question, **extra: str | int) -> str:
    """Return the comparison of what these keys name ("role:data engineer", "company:acme@2024")."""
    pairs = [("side", key) for key in keys]
    return path_of("compare") + question.query_and([*pairs, *((n, str(v)) for n, v in extra.items() if v != "")])


def between(question: Question, since: date | None, until: date | None) -> Question:
    """Return the question narrowed to these days as well; what it narrows already stays."""
    asked = question.filter
    since = max((day for day in (since, asked.since) if day), default=None)
    until = min((day for day in (until, asked.until) if day), default=None)
    return question.changed({"since": since, "until": until})


def first_day_of(month: int) -> date:
    return date(1970 + month // 12, month % 12 + 1, 1)
