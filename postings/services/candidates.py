"""Candidates: phrases that look like skills and are in no alias; counted over ads, decided by curators."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models.functions import Coalesce

from postings import skills
from postings.bulk import insert_rows
from postings.models import IS_COPY, Alias, Candidate, CandidateState, Extraction, Posting, Skill
from postings.services.taxonomy import plain_aliases, why_not_an_alias

FEWEST_POSTINGS = 2
"""A phrase in one ad only is no candidate yet."""
RECENT = timedelta(days=90)
SAMPLES = 3
_COUNTED = ("phrase", "postings", "first_seen", "last_seen", "recent", "before", "samples", "suggested_id")


@dataclass
class _Phrase:
    """What is known of one phrase, whatever its case."""

    spellings: Counter[str] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)
    postings: list[int] = field(default_factory=list)

    def between(self, first: date, last: date) -> int:
        return sum(first < day <= last for day in self.days)


def count_candidates() -> int:
    """Count in how many ads each unlinked phrase stands and since when; return how many phrases there are.

    Copies of an ad count once. A curator's decision (accepted, ignored) is kept whatever the count.
    """
    phrases: dict[str, _Phrase] = defaultdict(_Phrase)
    for posting, day, found in _found():
        for key in {phrase.casefold()[:120] for phrase in found}:
            phrases[key].days.append(day)
            phrases[key].postings.append(posting)
        for phrase in sorted(found):
            phrases[phrase.casefold()[:120]].spellings[phrase[:120]] += 1
    counted = {key: phrase for key, phrase in sorted(phrases.items()) if len(phrase.postings) >= FEWEST_POSTINGS}
    latest = max((max(phrase.days) for phrase in counted.values()), default=date.max)
    likeness = skills.Likeness(dict(Alias.objects.values_list("phrase", "skill_id")))
    rows = [(key, CandidateState.WAITING.value, *_values(phrase, latest, likeness)) for key, phrase in counted.items()]
    with transaction.atomic():
        Candidate.objects.filter(state=CandidateState.WAITING).update(postings=0)
        insert_rows(Candidate, ("key", "state", *_COUNTED), rows, conflict=("key",), update=_COUNTED)
        Candidate.objects.filter(state=CandidateState.WAITING, postings=0).delete()
    return len(rows)


def _found() -> Iterator[tuple[int, date, set[str]]]:
    """Id, day and unlinked phrases of each ad that has some. An ad without a date counts when it was first seen."""
    day = Coalesce("posting__date_posted", "posting__first_seen")
    ads = Extraction.objects.exclude(posting__in=_copies()).order_by("pk")
    rows = ads.annotate(day=day).values_list("pk", "record", "posting__text_row__text", "day")
    for pk, record, text, seen in rows.iterator(chunk_size=500):
        if found := {text[span.start : span.end] for span in skills.unpack(bytes(record)).candidates}:
            yield pk, seen, found


def _copies() -> models.QuerySet:
    return Posting.objects.filter(IS_COPY).values("pk")


def _values(phrase: _Phrase, latest: date, likeness: skills.Likeness) -> tuple[object, ...]:
    """The values of _COUNTED."""
    spelling = phrase.spellings.most_common(1)[0][0]
    return (
        spelling,
        len(phrase.postings),
        min(phrase.days),
        max(phrase.days),
        phrase.between(latest - RECENT, latest),
        phrase.between(latest - 2 * RECENT, latest - RECENT),
        phrase.postings[-SAMPLES:],
        likeness.nearest(spelling),
    )


def accept_candidate(candidate: Candidate) -> Alias:
    """Make the phrase an alias of the candidate's skill. Ads that contain it are stale from now on.

    Raises ValueError, with a sentence, when that cannot be.
    """
    skill = candidate.skill
    why = why_not_an_alias(candidate.phrase, skill)
    if why or skill is None:
        raise ValueError(why)
    with transaction.atomic():
        alias = plain_aliases(candidate.phrase).first() or Alias.objects.create(phrase=candidate.phrase, skill=skill)
        candidate.state = CandidateState.ACCEPTED
        candidate.save(update_fields=["state", "skill"])
    return alias


def accept_as_new_skill(candidate: Candidate, *, name: str, kind: str) -> Alias:
    """Make a skill of the candidate and its phrase the first alias; raise ValueError as `accept_candidate` does."""
    if why := why_not_a_new_skill(candidate.phrase, name):
        raise ValueError(why)
    with transaction.atomic():
        candidate.skill = Skill.objects.create(name=name, kind=kind)
        alias = accept_candidate(candidate)
        if not plain_aliases(name).exists():  # the phrase itself, mostly
            Alias.objects.create(phrase=name, skill=candidate.skill)
    return alias


def why_not_a_new_skill(phrase: str, name: str) -> str:
    """Return the sentence that says why no skill called `name` can be made for `phrase`, or ""."""
    if Skill.objects.filter(name__iexact=name).exists():
        return f"There is a skill called “{name}” already: choose it."
    taken = next((alias for words in (phrase, name) for alias in plain_aliases(words).select_related("skill")), None)
    return f"“{taken.phrase}” is an alias of {taken.skill} already." if taken else ""


def accept_suggestions(candidates: models.QuerySet[Candidate]) -> int:
    """Make aliases of the suggested skills of those that wait and have one; return how many."""
    waiting = candidates.filter(state=CandidateState.WAITING).exclude(suggested=None).select_related("suggested")
    taken = 0
    for candidate in waiting:
        if not why_not_an_alias(candidate.phrase, candidate.suggested):
            candidate.skill = candidate.suggested
            accept_candidate(candidate)
            taken += 1
    return taken


def ignore_candidates(candidates: models.QuerySet[Candidate]) -> int:
    """Take the waiting ones among them from the list for ever; return how many. What was accepted stays accepted."""
    return candidates.filter(state=CandidateState.WAITING).update(state=CandidateState.IGNORED)
