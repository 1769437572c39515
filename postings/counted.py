"""How many ads name each skill, for lists of the taxonomy.

Figures belong to analytics/, which postings/ does not know: it registers the function that tells them.
"""

from collections.abc import Callable

Teller = Callable[[], dict[str, int]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Have `teller` answer from now on, instead of whoever did before."""
    _tellers[:] = [teller]


def ads_by_skill() -> dict[str, int]:
    """Return name -> ads of the published run, copies left out; without the skills that the run does not know."""
    return _tellers[0]() if _tellers else {}
