"""Everything that writes conclusions: the role catalogue, runs, profiles, publication."""

from analytics.services.keeping import remove_old_arrays
from analytics.services.mending import request_mending
from analytics.services.publishing import NotPublishable, publish_run
from analytics.services.refresh import RunReport, refresh_now, refresh_run, request_run
from analytics.services.roles import current_roles, load_roles
from analytics.services.verifying import NotVerifiable, request_verification, verify, verify_now

__all__ = [
    "NotPublishable",
    "NotVerifiable",
    "RunReport",
    "current_roles",
    "load_roles",
    "publish_run",
    "refresh_now",
    "refresh_run",
    "remove_old_arrays",
    "request_mending",
    "request_run",
    "request_verification",
    "verify",
    "verify_now",
]
