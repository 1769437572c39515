"""What must exist outside the code, told with a hint before anything fails on it."""

from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register()
def front_end_files_are_installed(**_: object) -> list[CheckMessage]:
    if (Path(settings.BASE_DIR) / "static" / "vendor").is_dir():
        return []
    return [
        Warning(
            "The front-end files (Chart.js, htmx, Pico) are not installed: pages will look bare.",
            hint="Run `make setup`, or `python -m jobsite.frontend`.",
            id="jobsite.W001",
        )
    ]


@register()
def a_server_database_goes_with_a_server_broker(**_: object) -> list[CheckMessage]:
    embedded = settings.BROKER_URL.startswith("embedded://")
    if embedded and not settings.DATABASE_URL.startswith("sqlite"):
        return [
            Warning(
                "DATABASE_URL names a server, the broker is the embedded one: workers elsewhere get no work.",
                hint="Set BROKER_URL to a RabbitMQ or Redis address, or ignore this on a single machine.",
                id="jobsite.W002",
            )
        ]
    return []


@register()
def the_data_folder_can_be_written(**_: object) -> list[CheckMessage]:
    try:
        with TemporaryFile(dir=settings.DATA_DIR):  # a name of its own: web, workers and beat start at once
            pass
    except OSError as error:
        return [
            Error(f"DATA_DIR {settings.DATA_DIR} cannot be written: {error}.", hint="Set DATA_DIR.", id="jobsite.E001")
        ]
    return []


@register()
def limits_leave_something(**_: object) -> list[CheckMessage]:
    """With no attempt, or a session of no minutes, nobody would come in any more."""
    names = ("LOGIN_ATTEMPTS", "LOGIN_PAUSE_MINUTES", "SESSION_IDLE_MINUTES", "SESSION_HOURS", "LOG_DAYS")
    return [
        Error(f"{name} is {getattr(settings, name)}.", hint="It must be 1 or more.", id="jobsite.E002")
        for name in names
        if getattr(settings, name) < 1
    ]
