"""Writing the log, and forgetting it in time. Doors say what came in and what was taken away; signals tell the rest."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from jobsite.models import Decision, DecisionRow, Event, EventKind
from jobsite.signing_in import client_address

COMMAND_LINE, HOUSE, VISITOR, UNKNOWN = "command line", "Rolescope", "visitor", "somebody"

DONE = {ADDITION: "Added", CHANGE: "Changed", DELETION: "Deleted"}

SAME_REQUEST = timedelta(seconds=10)
"""What somebody decided about a row this short a time before the admin writes it down was one deed."""

Person = User | AnonymousUser | str | None
"""None is whoever types commands on the machine."""


def note(kind: EventKind, what: str, *, by: Person, rows: int | None = None, link: str = "") -> Event:
    """Add a line to the log; what is too long for it is cut."""
    return _add(kind, what, who=_name_of(by), rows=rows, link=link)


def note_log_in(request: HttpRequest, user: User, **_: object) -> None:
    _add(EventKind.LOG_IN, f"Signed in {_whence(request)}", who=user.get_username())


def note_log_out(request: HttpRequest, user: User | None, **_: object) -> None:
    if user is not None:
        because = getattr(request, "ended_because", "")
        _add(EventKind.LOG_OUT, f"Was signed out {because}" if because else "Signed out", who=user.get_username())


def note_refusal(credentials: dict[str, str], request: HttpRequest | None = None, **_: object) -> None:
    """Note a wrong name or password; knocking on a closed door is not worth a line each time."""
    if request is None or not getattr(request, "axes_locked_out", False):
        _add(EventKind.REFUSED, f"Wrong name or password {_whence(request)}", who=_known(credentials.get("username")))


def note_lock(request: HttpRequest, **_: object) -> None:
    if request.axes_failures_since_start is None:  # type: ignore[attr-defined]  # axes counts there
        return  # it was closed before
    minutes = settings.LOGIN_PAUSE_MINUTES
    what = f"Wrong name or password too often, closed for {minutes} minutes {_whence(request)}"
    _add(EventKind.LOCKED, what, who=_known(request.POST.get("username")))


def note_decision(instance: Decision, created: bool, **_: object) -> None:  # noqa: FBT001  (the signal's signature)
    """An entry of the ledger: there it says which rows changed, and can be undone."""
    if created:
        by = instance.by or ("" if instance.applied_from else instance.by_name)
        note(EventKind.EDIT, instance.summary, by=by, link=instance.get_absolute_url())


def note_admin_entry(instance: LogEntry, created: bool, **_: object) -> None:  # noqa: FBT001  (the signal's signature)
    """What Django's admin writes down of a row that somebody added, changed or deleted."""
    if created and not _is_decided(instance):
        kind = instance.content_type.name if instance.content_type else "row"
        how = f": {instance.get_change_message()}" if instance.action_flag == CHANGE else ""
        what = f"{DONE[instance.action_flag]} {kind} “{instance.object_repr}”{how}"
        note(EventKind.EDIT, what, by=instance.user, link=_page_of(instance))


def note_deletions(rows: Iterable[Model], *, by: Person) -> None:
    """Note many rows that are deleted at once, for which Django's admin sends no signal."""
    for row in rows:
        note(EventKind.EDIT, f"Deleted {row._meta.verbose_name} “{row}”", by=by)


def forget_events(today: date) -> int:
    """Remove what is older than LOG_DAYS."""
    return Event.objects.filter(at__lt=timezone.now() - timedelta(days=settings.LOG_DAYS)).delete()[0]


def _add(kind: EventKind, what: str, *, who: str, rows: int | None = None, link: str = "") -> Event:
    return Event.objects.create(kind=kind, who=who[:150], what=what[:500], rows=rows, link=link[:500])


def _name_of(by: Person) -> str:
    if by is None or isinstance(by, str):
        return by or COMMAND_LINE
    return by.get_username() or VISITOR


def _known(typed: str | None) -> str:
    """Return the name if an account has it: anything else that was typed may be a password."""
    return typed if typed and User.objects.filter(username=typed).exists() else UNKNOWN


def _whence(request: HttpRequest | None) -> str:
    address = client_address(request) if request is not None else None
    return f"from {address}" if address else "from an unknown address"


def _is_decided(entry: LogEntry) -> bool:
    """Return whether the ledger has just taken this down: the admin saves there what is curated."""
    row = str(entry.object_id)  # a number until it is read back
    if entry.content_type is None or not row.isdecimal():
        return False
    table = f"{entry.content_type.app_label}.{entry.content_type.model}"
    recently = timezone.now() - SAME_REQUEST
    rows = DecisionRow.objects.filter(table=table, row=int(row), decision__at__gte=recently)
    return rows.filter(decision__by=entry.user).exists()


def _page_of(entry: LogEntry) -> str:
    return "" if entry.action_flag == DELETION else entry.get_admin_url() or ""
