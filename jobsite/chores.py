"""What has to be looked after now and then, whether or not anybody asks: each app says what."""

from collections.abc import Callable
from datetime import date

Chore = Callable[[date], int]
"""Is told which day it is; returns how many things it did."""

_chores: dict[str, Chore] = {}


def register_chore(name: str, do: Chore) -> None:
    """Have `do` done every hour and at the start of a worker. It must be repeatable; `name` says what it counts."""
    _chores[name] = do


def do_chores(today: date) -> dict[str, int]:
    """Do everything that is due; return name -> count of what was done."""
    counts = {name: do(today) for name, do in _chores.items()}
    return {name: n for name, n in counts.items() if n}
