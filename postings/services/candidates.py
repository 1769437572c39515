"""Candidates: phrases that look like skills and are in no alias; counted over ads, decided by curators."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models.functions import Coalesce

from postings import skills
from postings.bulk import insert_rows
from postings.models import IS_COPY, Alias, Candidate, CandidateState, Extraction, Posting

FEWEST_POSTINGS = 2
"""A phrase in one ad only is no candidate yet."""
RECENT = timedelta(days=90)
SAMPLES = 3
_COUNTED = (
    "phrase", "spelling", "postings", "companies", "first_seen", "last_seen", "recent", "before", "samples",
    "suggested_id", "guess",
)  # fmt: skip
LONGEST = 120


@dataclass(frozen=True)
class _Ad:
    """An ad with phrases that no alias names; `spelled_out`: phrase -> id of the alias that stands beside it for it."""

    posting: int
    company: int | None
    day: date
    phrases: set[str]
    spelled_out: dict[str, int]


@dataclass
class _Phrase:
    """What is known of one phrase, whatever its case."""

    spellings: Counter[str] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)
    postings: list[int] = field(default_factory=list)
    companies: dict[int | None, int] = field(default_factory=dict)
    spelled_out: Counter[int] = field(default_factory=Counter)

    def add(self, ad: _Ad) -> None:
        self.days.append(ad.day)
        self.postings.append(ad.posting)
        self.companies[ad.company] = ad.posting

    def between(self, first: date, last: date) -> int:
        return sum(first < day <= last for day in self.days)

    def samples(self) -> list[int]:
        """The last postings, of as many employers as there are."""
        apart = list(self.companies.values())[-SAMPLES:]
        rest = [posting for posting in self.postings if posting not in apart]
        return sorted([*apart, *rest[len(rest) - SAMPLES + len(apart) :]]) if len(apart) < SAMPLES else sorted(apart)


def count_candidates() -> int:
    """Count in how many ads each unlinked phrase stands and since when; return how many phrases there are.

    Copies of an ad count once. A curator's decision (accepted, ignored) is kept whatever the count.
    """
    phrases: dict[str, _Phrase] = defaultdict(_Phrase)
    for ad in _found():
        for key in {key_of(phrase) for phrase in ad.phrases}:
            phrases[key].add(ad)
        for phrase in sorted(ad.phrases):
            phrases[key_of(phrase)].spellings[phrase[:LONGEST]] += 1
        for phrase, alias in ad.spelled_out.items():
            phrases[key_of(phrase)].spelled_out[alias] += 1
    counted = {key: phrase for key, phrase in sorted(phrases.items()) if len(phrase.postings) >= FEWEST_POSTINGS}
    latest = max((max(phrase.days) for phrase in counted.values()), default=date.max)
    guesses = _Guesses()
    rows = [(key, CandidateState.WAITING.value, *_values(phrase, latest, guesses)) for key, phrase in counted.items()]
    with transaction.atomic():
        Candidate.objects.filter(state=CandidateState.WAITING).update(postings=0)
        insert_rows(Candidate, ("key", "state", *_COUNTED), rows, conflict=("key",), update=_COUNTED)
        Candidate.objects.filter(state=CandidateState.WAITING, postings=0).delete()
    return len(rows)


def key_of(phrase: str) -> str:
    """Return what tells a candidate from all others: its phrase whatever the case."""
    return phrase.casefold()[:LONGEST]


class _Guesses:
    """Which skill a phrase may name: a known one of the same letters, one that spells it out beside it, one like it."""

    def __init__(self) -> None:
        aliases = list(Alias.objects.values_list("pk", "phrase", "skill_id"))
        self._skills = {pk: skill for pk, _, skill in aliases}
        self._likeness = skills.Likeness({phrase: skill for _, phrase, skill in aliases})

    def of(self, spelling: str, phrase: _Phrase) -> tuple[int | None, int]:
        likely = self._likeness.nearest(spelling)
        if likely and likely.guess == skills.Guess.SAME_LETTERS:
            return likely.skill, likely.guess.value
        for alias, _ in phrase.spelled_out.most_common():
            if alias in self._skills:
                return self._skills[alias], skills.Guess.SPELLED_OUT.value
        return (likely.skill, likely.guess.value) if likely else (None, skills.Guess.NONE.value)


def _found() -> Iterator[_Ad]:
    """Each ad that has unlinked phrases. An ad without a date counts when it was first seen."""
    day = Coalesce("posting__date_posted", "posting__first_seen")
    ads = Extraction.objects.exclude(posting__in=_copies()).order_by("pk")
    rows = ads.annotate(day=day).values_list("pk", "posting__company", "record", "posting__text_row__text", "day")
    for pk, company, record, text, seen in rows.iterator(chunk_size=500):
        reading = skills.unpack(bytes(record))
        if reading.candidates:
            phrases = {text[span.start : span.end] for span in reading.candidates}
            yield _Ad(pk, company, seen, phrases, _spelled_out(text, reading))


def _spelled_out(text: str, reading: skills.Reading) -> dict[str, int]:
    """Phrase -> id of the alias that it is short for, in "linear programming (LP)" and "LP (linear programming)"."""
    ends = {mention.end: mention for mention in reading.mentions}
    starts = {mention.start: mention for mention in reading.mentions}
    found = {}
    for span in reading.candidates:
        short = text[span.start : span.end]
        behind, is_inside = text[span.end : span.end + 2], text[span.start - 2 : span.start] == " ("
        mention = ends.get(span.start - 2) if is_inside and behind[:1] == ")" else None
        if mention is None and behind == " (":
            mention = starts.get(span.end + 2)
        if mention and skills.is_short_for(short, text[mention.start : mention.end]):
            found[short] = mention.alias_id
    return found


def _copies() -> models.QuerySet:
    return Posting.objects.filter(IS_COPY).values("pk")


def _values(phrase: _Phrase, latest: date, guesses: _Guesses) -> tuple[object, ...]:
    """The values of _COUNTED."""
    spelling = phrase.spellings.most_common(1)[0][0]
    return (
        spelling,
        skills.spelling_of(spelling)[:LONGEST],
        len(phrase.postings),
        len(phrase.companies),
        min(phrase.days),
        max(phrase.days),
        phrase.between(latest - RECENT, latest),
        phrase.between(latest - 2 * RECENT, latest - RECENT),
        phrase.samples(),
        *guesses.of(spelling, phrase),
    )
