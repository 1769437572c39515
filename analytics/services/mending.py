"""What happens when the figures on the screens cannot be read."""

from datetime import datetime, timedelta

from django.utils import timezone

from analytics.models import Run
from analytics.services.refresh import request_run
from jobsite.work import State

TRY_AGAIN_AFTER = timedelta(minutes=10)


def request_mending(*, now: datetime | None = None) -> int | None:
    """Ask for a run because the published one cannot be read; None when one is under way or has just failed."""
    recently = (now or timezone.now()) - TRY_AGAIN_AFTER
    tried = Run.objects.filter(state=State.FAILED, queued_at__gt=recently)
    if Run.objects.all().unfinished().exists() or tried.exists():
        return None
    return request_run()
