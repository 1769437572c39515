"""When somebody is signed out: after so long without a request, and after so long in any case."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN, SEEN = "signed_in_at", "seen_at"
POLLED = "X-Polled"
"""A header of requests that a page sends by itself: an open page is nobody's presence."""

NOTED_EVERY = timedelta(minutes=1)
"""Presence is written down at most this often."""


class SessionEndMiddleware:
    """Sign out whoever was away for too long, or has been here for too long, before anything is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if because := why_over(request.session):
                request.ended_because = because  # type: ignore[attr-defined]  # for the log
                logout(request)
                messages.info(request, f"You were signed out {because}.")
            elif POLLED not in request.headers:
                note_presence(request.session)
        return self.get_response(request)


def begin(request: HttpRequest, user: User, **_: object) -> None:
    """Start the clocks of a session; connected to the signal of signing in."""
    request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()


def why_over(session: SessionBase) -> str:
    """Return why the session has ended, as the end of a sentence, or ""."""
    now = timezone.now().timestamp()
    if now - session.get(BEGAN, 0) > settings.SESSION_HOURS * 3600:
        return f"after {settings.SESSION_HOURS} hours"
    if now - session.get(SEEN, 0) > settings.SESSION_IDLE_MINUTES * 60:
        return f"after {settings.SESSION_IDLE_MINUTES} minutes without a request"
    return ""


def note_presence(session: SessionBase) -> None:
    now = timezone.now().timestamp()
    if now - session[SEEN] > NOTED_EVERY.total_seconds():
        session[SEEN] = now
