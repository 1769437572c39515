"""Everything that writes conclusions: the role catalogue, runs, profiles, publication."""

from analytics.services.figures import freeze_figures, freeze_missing_figures
from analytics.services.publishing import NotPublishable, publish_run
from analytics.services.refresh import RunReport, refresh_now, refresh_run, request_run
from analytics.services.roles import current_roles, load_roles

__all__ = [
    "NotPublishable",
    "RunReport",
    "current_roles",
    "freeze_figures",
    "freeze_missing_figures",
    "load_roles",
    "publish_run",
    "refresh_now",
    "refresh_run",
    "request_run",
]
