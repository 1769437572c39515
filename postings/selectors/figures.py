"""What templates place: one count, one stage of work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One count, as _figures.html places it."""

    label: str
    value: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of an upload, as _progress.html places it; `total` 0 means that there is nothing to measure it by."""

    label: str
    detail: str
    done: int
    total: int
