"""What the screens of profiles share: which postings a profile has within a question, and its badges."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.questions import Question
from analytics.selectors.membership import leading_of
from analytics.selectors.published import UNSTABLE_UNDER, ProfileName, Published
from analytics.selectors.selected import selected
from analytics.snapshot import Selection, Snapshot
from analytics.snapshot.select import pick


@dataclass(frozen=True)
class Badge:
    """`tone` is a class of .badge: "good", "warn", "info" or ""; `title` explains it."""

    text: str
    tone: str
    title: str


@dataclass(frozen=True, eq=False)
class Leaning:
    """The postings of a question by leading profile: `of` [len(selection)] is its number, -1 too thin to tell."""

    selection: Selection
    of: NDArray[np.int8]

    @property
    def thin(self) -> int:
        return int(np.count_nonzero(self.of < 0))

    def sizes(self, profiles: int) -> NDArray[np.int64]:
        return np.bincount(self.of[self.of >= 0], minlength=profiles)

    def rows(self, number: int) -> NDArray[np.int32]:
        """Rows of the snapshot that lean to profile `number`, or with NOBODY are too thin to tell."""
        return self.selection.rows[self.of == number]

    def other_rows(self, number: int) -> NDArray[np.int32]:
        """Rows of the snapshot that lean to another profile; the thin ones belong to neither side."""
        return self.selection.rows[(self.of >= 0) & (self.of != number)]


def leaning_of(question: Question, shown: Published) -> Leaning:
    selection = selected(shown.snapshot, question.filter)
    input_key = None if shown.memberships is None else shown.run.input_key
    return _leaning_of(shown.snapshot, selection, input_key, shown.level)


@lru_cache(maxsize=4)
def _leaning_of(snapshot: Snapshot, selection: Selection, input_key: str | None, level: str) -> Leaning:
    return Leaning(selection, leading_of(snapshot, input_key, level)[selection.rows])


@lru_cache(maxsize=16)
def postings_leaning(leaning: Leaning, number: int) -> Selection:
    """Return the postings that lean to profile `number`; kept, and with them all that is counted of them."""
    return pick(leaning.rows(number))


def badges_of(profile: ProfileName) -> tuple[Badge, ...]:
    """Return what has to be said before a profile's figures are read: stability, residue."""
    badges = [_stability(profile)]
    if profile.is_residue:
        badges.append(
            Badge(
                "residue", "warn", "What is left over: its postings have in common how few technical skills they name."
            )
        )
    return tuple(badge for badge in badges if badge)


def _stability(profile: ProfileName) -> Badge | None:
    if profile.stability is None:
        return None
    how = f"Learned again from resamples, {profile.stability:.2f} of it comes back (mean Jaccard)"
    if profile.is_unstable:
        return Badge("unstable", "warn", f"{how}: under {UNSTABLE_UNDER}, so its edges are a matter of chance.")
    return Badge("stable", "good", f"{how}.")
