from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from postings.impact import Edit, Impact


class AnalyticsConfig(AppConfig):
    name = "analytics"
    verbose_name = "Analytics (conclusions)"

    def ready(self) -> None:
        from analytics import models, receivers, tasks
        from analytics.services import curation  # noqa: F401  (registers what can be decided)
        from jobsite.chores import register_chore
        from jobsite.decisions import follow_with
        from jobsite.work import register_sender
        from postings import counted, impact

        register_sender(models.Run, tasks.refresh_run_task.delay)
        register_sender(models.Verification, tasks.verify_run_task.delay)
        register_chore("arrays of old runs", tasks.remove_old_arrays)
        register_chore("runs that were not finished off", tasks.finish_off_published)
        follow_with("titles", tasks.ask_for_run)
        impact.register(_edit_impact)
        counted.register(_ads_by_skill)
        receivers.connect()


def _edit_impact(edit: "Edit") -> "Impact | None":
    from analytics.selectors.impact import edit_impact  # what counts figures is slow to import

    return edit_impact(edit)


def _ads_by_skill() -> dict[str, int]:
    from analytics.selectors.ads_by_skill import ads_by_skill

    return ads_by_skill()
