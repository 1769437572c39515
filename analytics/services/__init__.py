"""Everything that writes conclusions: the role catalogue, titles without a role, runs, profiles, publication."""

from analytics.services.afterwards import finish_off, finish_off_published
from analytics.services.figures import freeze_figures
from analytics.services.keeping import NotKeepable, keep_run, let_run_go, remove_old_arrays
from analytics.services.mending import request_mending
from analytics.services.open_titles import find_open_titles, store_open_titles
from analytics.services.proposals import propose_roles
from analytics.services.publishing import NotPublishable, publish_run
from analytics.services.refresh import RunReport, refresh_now, refresh_run, request_run
from analytics.services.roles import current_roles, load_roles
from analytics.services.verifying import NotVerifiable, request_verification, verify, verify_now

__all__ = [
    "NotKeepable",
    "NotPublishable",
    "NotVerifiable",
    "RunReport",
    "current_roles",
    "find_open_titles",
    "finish_off",
    "finish_off_published",
    "freeze_figures",
    "keep_run",
    "let_run_go",
    "load_roles",
    "propose_roles",
    "publish_run",
    "refresh_now",
    "refresh_run",
    "remove_old_arrays",
    "request_mending",
    "request_run",
    "request_verification",
    "store_open_titles",
    "verify",
    "verify_now",
]
