from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"
    verbose_name = "Analytics (conclusions)"

    def ready(self) -> None:
        from analytics import models, receivers, tasks
        from jobsite.chores import register_chore
        from jobsite.work import register_sender

        register_sender(models.Run, tasks.refresh_run_task.delay)
        register_sender(models.Verification, tasks.verify_run_task.delay)
        register_chore("arrays of old runs", tasks.remove_old_arrays)
        receivers.connect()
