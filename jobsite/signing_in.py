"""How the door is watched: where a request comes from, how often somebody may try, and what is said then.

django-axes counts. What is kept of a failed attempt is a keyed digest of the name that was typed (people type passwords
into the wrong field), the address and the time; no password, no browser, nothing else that was sent.
"""

from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

NAMES_OF_ONE_ADDRESS = 10
"""An address that tries many names is locked out after this many times the failures of one name."""


def client_address(request: HttpRequest) -> str | None:
    """Return where the request comes from: the network of 2^64 addresses that one household has, for IPv6.

    With TRUSTED_PROXIES, what the outermost of them noted in X-Forwarded-For: what stands before that anybody can
    invent.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    behind = settings.TRUSTED_PROXIES
    stated = hops[-behind] if 0 < behind <= len(hops) else peer
    return _address(stated) or _address(peer)


def _address(stated: str) -> str | None:
    try:
        found = ip_address(stated.strip())
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False).network_address)


def disguised_name(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """Return what stands for the typed name among the attempts."""
    typed = (credentials or request.POST).get("username") or ""
    return salted_hmac("jobsite.signing_in", typed, algorithm="sha256").hexdigest()


class WatchedDoor(AxesDatabaseHandler):
    """Locks out a name at an address, and an address that tries many names."""

    def user_login_failed(
        self, sender: object, credentials: dict, request: HttpRequest | None = None, **kwargs: object
    ) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""  # type: ignore[attr-defined]  # axes put them there
        super().user_login_failed(sender, credentials, request, **kwargs)

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        of_name: int = super().get_failures(request, credentials)
        address = request.axes_ip_address  # type: ignore[attr-defined]  # axes put it there
        recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=get_cool_off_threshold(request))
        of_address = recent.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
        return max(of_name, of_address // NAMES_OF_ONE_ADDRESS)


def keep_nothing_that_was_sent(instance: AccessAttempt, **_: object) -> None:
    instance.get_data = instance.post_data = ""


def locked_page(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """Say how long to wait; the same whether or not the name exists."""
    minutes = settings.LOGIN_PAUSE_MINUTES
    answer = render(request, "registration/locked.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(60 * minutes)
    return answer


def forget_attempts(today: date) -> int:
    """Delete the attempts that count no longer; a chore is told the day, whether it needs it or not."""
    return AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()[0]


def forget_sessions(today: date) -> int:
    """Delete the sessions whose cookies have run out."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
