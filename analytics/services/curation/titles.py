"""Decisions about what titles mean. A pin outranks the reader of titles and survives every run."""

from collections.abc import Sequence

from django.template.defaultfilters import pluralize

from analytics.models import NoRole, Role, Seniority, TitlePin
from analytics.services.curation.naming import named_titles, role_called, titles_called
from analytics.services.roles import current_roles
from analytics.titles import TitleReader
from jobsite.decisions import Changes, RefusedError, action
from postings.ingest.contacts import mask_contacts
from postings.models import Title

TITLES = "titles"
"""A run follows: no text is read again."""


@action("title.assign", "Assign titles to a role", follow=TITLES)
def assign_titles(changes: Changes, *, titles: Sequence[str], role: str, seniority: str = "") -> str:
    """Pin the titles to a role; each keeps the seniority that it states unless one is said."""
    if seniority and seniority not in Seniority.values:
        raise RefusedError(f"“{seniority}” is no seniority; there are {', '.join(Seniority.values)}.")
    chosen = role_called(role)
    pin_titles(changes, titles_called(titles), chosen, seniority=seniority)
    level = f", {Seniority(seniority).label}," if seniority else ""
    return f"{named_titles(titles)} {pluralize(titles, 'is,are')} “{chosen}”{level} now."


@action("title.meaningless", "Mark titles as meaningless", follow=TITLES)
def mark_meaningless(changes: Changes, *, titles: Sequence[str]) -> str:
    """Pin the titles to no role: they say nothing about the work, count as unknown, and ask nobody again."""
    pin_titles(changes, titles_called(titles), NoRole.UNKNOWN)
    return f"{named_titles(titles)} {pluralize(titles, 'says,say')} nothing about the work."


@action("title.other", "Mark titles as another trade", follow=TITLES)
def mark_other(changes: Changes, *, titles: Sequence[str]) -> str:
    """Pin the titles to no role: they are work that the catalogue does not tell apart, and ask nobody again."""
    pin_titles(changes, titles_called(titles), NoRole.OTHER)
    return f"{named_titles(titles)} {pluralize(titles, 'is,are')} another trade."


@action("title.unpin", "Take titles back from their roles", follow=TITLES)
def unpin_titles(changes: Changes, *, titles: Sequence[str]) -> str:
    """Let the reader of titles decide again."""
    pins = {pin.title.text: pin for pin in TitlePin.objects.filter(title__text__in=titles).select_related("title")}
    for title in titles:
        if title not in pins:
            raise RefusedError(f"Nobody has decided what “{mask_contacts(title)}” means.")
        changes.delete(pins[title])
    return f"{named_titles(titles)} {pluralize(titles, 'is,are')} read by the machine again."


def pin_titles(changes: Changes, titles: Sequence[Title], role: Role | NoRole, *, seniority: str = "") -> None:
    """Pin each title to `role`, in place of what was decided about it; its seniority is what it states, unless said."""
    means = {"role": role, "without": ""} if isinstance(role, Role) else {"role": None, "without": role.value}
    reader = TitleReader(current_roles().catalogue)
    pins = {pin.title_id: pin for pin in TitlePin.objects.filter(title__in=titles)}
    for title in titles:
        level = seniority or reader.read(title.text).seniority
        if title.pk in pins:
            changes.update(pins[title.pk], seniority=level, **means)
        else:
            changes.create(TitlePin, title=title, seniority=level, **means)
