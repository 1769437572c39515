from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class JobsiteConfig(AppConfig):
    name = "jobsite"
    verbose_name = "Rolescope"

    def ready(self) -> None:
        from jobsite import (
            checks,  # noqa: F401  (registers the system checks)
            log,
            receivers,
            signing_in,
            tasks,
        )
        from jobsite.chores import register_chore
        from jobsite.models import DecisionBatch
        from jobsite.work import register_sender

        receivers.connect()
        register_sender(DecisionBatch, tasks.decide_batch_task.delay)
        register_chore("log-in attempts that count no longer", signing_in.forget_attempts)
        register_chore("sessions that ended", signing_in.forget_sessions)
        register_chore("lines of the log that are too old", log.forget_events)


class RolescopeAdminConfig(AdminConfig):
    default_site = "jobsite.admin_site.RolescopeAdminSite"
