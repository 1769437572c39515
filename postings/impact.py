"""What an edit of the taxonomy or of titles would do to figures, before it is saved: the words, and who answers.

Figures belong to analytics/, which postings/ does not know: it registers the function that tells the impact.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NewAlias:
    """A phrase that would name a skill. `skill` is its id, None for one that does not exist yet."""

    phrase: str
    exact_case: bool
    context: str
    skill: int | None
    skill_name: str
    not_in: str = ""


@dataclass(frozen=True)
class Edit:
    """What would be otherwise. Renaming, kinds and groups move no count and need no word here.

    moved: alias id -> id of the skill that it would name, None when it would name nothing; a negative id is a skill
    that does not exist yet, called as `new_skills` says. removed: ids of aliases. narrowed: alias id -> the languages
    that it would be read in no more ("it pt"). hidden, shown: ids of skills.
    titles: title id -> name of the role that it would have, maybe a new one; None for a title that says nothing.
    """

    moved: Mapping[int, int | None] = field(default_factory=dict)
    new_skills: Mapping[int, str] = field(default_factory=dict)
    added: tuple[NewAlias, ...] = ()
    removed: frozenset[int] = frozenset()
    narrowed: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()
    titles: Mapping[int, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class RoleImpact:
    """A role whose twenty commonest skills, or whose size, would be others. `n`, `n_after`: its ads, copies left out.

    `name` is spelled as screens do. `entered` and `left` are the skills that would come into the top 20 and go from it.
    """

    name: str
    n: int
    n_after: int
    entered: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShareChange:
    """A share that would be another: of the `n` ads of `role` ("" for all ads) `before` named the skill, 0..1.

    `n_after` is their number afterwards. `change` is after less before, -1..1, with its 95% interval `low` to `high`.
    """

    role: str
    skill: str
    n: int
    n_after: int
    before: float
    after: float
    change: float
    low: float
    high: float


@dataclass(frozen=True)
class Impact:
    """What an edit would do to the figures of run number `run`.

    `postings` would name other skills, or have another role; `ads` are those of them that are no copies. `top_changed`:
    roles whose top 20 would be another. `largest`: the largest changes of shares, the surest first. `notes` say in
    sentences what these figures leave out. `seconds` is how long it took to tell.
    """

    run: int
    postings: int
    ads: int
    roles: tuple[RoleImpact, ...]
    largest: tuple[ShareChange, ...]
    notes: tuple[str, ...]
    seconds: float

    @property
    def top_changed(self) -> tuple[RoleImpact, ...]:
        return tuple(role for role in self.roles if role.entered or role.left)


Teller = Callable[[Edit], Impact | None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Have `teller` answer from now on, instead of whoever did before."""
    _tellers[:] = [teller]


def impact_of(edit: Edit) -> Impact | None:
    """Return what `edit` would do, None while there are no figures to compare with. Nothing is written."""
    return _tellers[0](edit) if _tellers else None
