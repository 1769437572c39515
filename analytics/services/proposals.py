"""Titles without a role: how each is read, and which role its words and skills propose."""

from dataclasses import dataclass, replace

import numpy as np

from analytics.services.roles import CurrentRoles, current_roles
from analytics.snapshot import Snapshot
from analytics.titles import NO_ROLE, OTHER, TitleReader, TitleReading
from analytics.titles.proposing import Codes, Guess, Guesses, TitledAds, TooFewTitlesError, evenly_picked, guess_roles

SURE = 0.9
"""So surely read, a title teaches its role."""
CLEARLY_OTHER = 0.6
"""So surely read as another trade, a title gets no proposal."""
MOST_TITLES = 3000
"""The commonest titles without a role are listed; the long tail behind them is not."""
ADS_OF_A_TITLE = 25
ADS_OF_A_ROLE = 400
ADS_OF_AN_UNMAPPED_TITLE = 5
SHOWN_SKILLS = 5


@dataclass(frozen=True)
class Unmapped:
    """A title without a role as the published screens count it; `role` is proposed, "" where nothing is.

    `why` are the words and the skills that speak for the proposed role.
    """

    title: str
    postings: int
    reading: str
    certainty: float
    skills: tuple[str, ...]
    role: str = ""
    confidence: float | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposals:
    """The commonest unmapped titles, and the measured worth of the proposals among them (see Guesses)."""

    titles: tuple[Unmapped, ...]
    tried: int = 0
    said: int = 0
    right: float = 0.0


def propose_roles(snapshot: Snapshot) -> Proposals:
    """Return the MOST_TITLES commonest titles without a role, with the roles that are proposed for them.

    Copies are left out. The time is bounded: of each title and each role only so many ads are looked at.
    """
    roles = current_roles()
    reader = TitleReader(roles.catalogue)
    common = commonest_unmapped(snapshot)
    if not len(common):
        return Proposals(())
    ads, rows = titled_ads(snapshot, common, roles, reader)
    titles = np.unique(snapshot.title[rows])
    try:
        found = guess_roles(ads)
    except TooFewTitlesError:
        found = Guesses((), 0, 0, 0.0)
    guesses = {int(titles[guess.title]): guess for guess in found.guesses}
    return Proposals(_described(snapshot, common, guesses, reader), found.tried, found.said, found.right)


def commonest_unmapped(snapshot: Snapshot) -> Codes:
    """Return the codes of the commonest titles without a role, the commonest first, by name among equals."""
    rows = snapshot.everything.rows
    unmapped = rows[np.isin(snapshot.role[rows], snapshot.codes_of("role", NO_ROLE))]
    codes, counts = np.unique(snapshot.title[unmapped], return_counts=True)
    order = np.lexsort((codes, -counts))[:MOST_TITLES]
    return np.asarray(codes[order], np.int64)


def titled_ads(snapshot: Snapshot, common: Codes, roles: CurrentRoles, reader: TitleReader) -> tuple[TitledAds, Codes]:
    """Return the ads that teach roles and those of the titles that are asked about, and their rows in the snapshot."""
    rows = _sampled(snapshot, common)
    titles, title = np.unique(snapshot.title[rows], return_inverse=True)
    role = np.empty(len(titles), np.int64)
    role[title] = snapshot.role[rows]
    called = [OTHER if name in NO_ROLE else name for name in (snapshot.roles[code] for code in role)]
    readings = [reader.read(snapshot.titles[code]) for code in titles]
    pairs = list(zip(called, readings, strict=True))
    teaches = [name == OTHER or _teaches(reading, name, roles) for name, reading in pairs]
    asked = np.array([name == OTHER and reading.confidence < CLEARLY_OTHER for name, reading in pairs], np.bool_)
    keep = np.array(teaches, np.bool_)
    kept = keep[title]
    ads = TitledAds(
        name=[snapshot.titles[code] for code in titles[keep]],
        words=[reader.words_beside(snapshot.titles[code]) for code in titles[keep]],
        role=[name for name, is_kept in zip(called, keep, strict=True) if is_kept],
        is_asked=asked[keep],
        title=(np.cumsum(keep) - 1)[title[kept]],
        skills=snapshot.matrix(rows[kept]),
    )
    return ads, rows[kept]


def _sampled(snapshot: Snapshot, common: Codes) -> Codes:
    """Return the rows to look at: so many ads of each title and each role, spread over its time."""
    rows = snapshot.everything.rows
    is_common = np.zeros(len(snapshot.titles), np.bool_)
    is_common[common] = True
    is_mapped = ~np.isin(snapshot.role[rows], snapshot.codes_of("role", NO_ROLE))
    mapped, unmapped = rows[is_mapped], rows[~is_mapped]
    unmapped = unmapped[is_common[snapshot.title[unmapped]]]
    unmapped = unmapped[evenly_picked(snapshot.title[unmapped], ADS_OF_AN_UNMAPPED_TITLE)]
    mapped = mapped[evenly_picked(snapshot.title[mapped], ADS_OF_A_TITLE)]
    mapped = mapped[evenly_picked(snapshot.role[mapped], ADS_OF_A_ROLE)]
    return np.concatenate((mapped, unmapped)).astype(np.int64)


def _teaches(reading: TitleReading, role: str, roles: CurrentRoles) -> bool:
    """Tell whether the reader alone, without any pin, surely reads this role."""
    return reading.confidence >= SURE and roles.renamed.get(reading.role, reading.role) == role


def _described(
    snapshot: Snapshot, common: Codes, guesses: dict[int, Guess], reader: TitleReader
) -> tuple[Unmapped, ...]:
    counts = snapshot.tally(snapshot.everything, "title")
    listed = []
    for code, skills in zip(common.tolist(), commonest_skills(snapshot, common), strict=True):
        title = snapshot.titles[code]
        reading = reader.read(title)
        found = Unmapped(title, int(counts[code]), reading.role, reading.confidence, skills)
        if guess := guesses.get(code):
            why = (*guess.words, *(snapshot.skills[skill] for skill in guess.skills))
            found = replace(found, role=guess.role, confidence=round(guess.confidence, 4), why=why)
        listed.append(found)
    return tuple(listed)


def commonest_skills(snapshot: Snapshot, common: Codes) -> list[tuple[str, ...]]:
    """Return for each title, given by code, the SHOWN_SKILLS skills that most of its ads name."""
    from scipy.sparse import csr_matrix  # nobody but a run needs it

    place = np.full(len(snapshot.titles), -1, np.int64)
    place[common] = np.arange(len(common))
    rows = snapshot.everything.rows
    rows = rows[place[snapshot.title[rows]] >= 0]
    rows = rows[evenly_picked(snapshot.title[rows], ADS_OF_A_TITLE)]
    ones = (np.ones(len(rows)), (place[snapshot.title[rows]], np.arange(len(rows))))
    counts = csr_matrix(ones, (len(common), len(rows))) @ snapshot.matrix(rows)
    named = []
    for start, end in zip(counts.indptr[:-1], counts.indptr[1:], strict=True):
        skills, count = counts.indices[start:end], counts.data[start:end]
        best = skills[np.lexsort((skills, -count))[:SHOWN_SKILLS]]
        named.append(tuple(snapshot.skills[skill] for skill in best))
    return named
