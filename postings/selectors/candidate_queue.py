"""The queue of phrases that wait for a curator: which, in which order, and what there is to know of one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from postings import skills
from postings.models import Alias, Candidate, CandidateState, Guess, PostingText, Skill, SkillGroup
from postings.selectors.candidates import PhraseInText, sentences_with
from postings.selectors.search import search_postings

PAGE = 100
OPTIONS = 10
"""Skills offered while a name is typed."""
FEWEST_FOR_A_TREND = 10
SHORT = 5
"""Letters of an acronym that also stands for other things."""
READ_AT_MOST = 1000
"""Texts looked at for how a phrase is written in them."""
FAR_MORE = 3
"""A phrase that stands in so many times more postings than in lists of skills is a word of everyday texts, too."""
ORDERS = {
    "spread": "most employers first",
    "count": "most ads first",
    "rising": "rising first",
    "alike": "most alike first",
    "new": "newest first",
}
_SUREST_FIRST = Case(When(guess=Guess.NONE, then=Value(9)), default=F("guess"), output_field=IntegerField())
_ORDERED = {
    "spread": ("-companies", "-postings", "phrase"),
    "count": ("-postings", "phrase"),
    "rising": (F("before") - F("recent"), "-postings", "phrase"),
    "alike": (_SUREST_FIRST, "-postings", "phrase"),
    "new": ("-first_seen", "-postings", "phrase"),
}


@dataclass(frozen=True)
class Wanted:
    """What a curator wants to see. `guess`: "" all, "any" with a suggestion, "none" without, or a value of Guess."""

    q: str = ""
    fewest: int = 0
    guess: str = ""
    order: str = "spread"
    page: int = 1


@dataclass(frozen=True)
class CandidateQueue:
    """`found` are those wanted, of which `rows` are one page; `waiting` are all. `chosen` is one of `rows`."""

    rows: list[Candidate]
    chosen: Candidate | None
    found: int
    waiting: int
    page: int
    pages: int


@dataclass(frozen=True)
class Spark:
    """Two bars of a height of 0 to 20 units, and what they say."""

    before: int
    recent: int
    says: str

    @property
    def tops(self) -> tuple[int, int]:
        """Where the bars begin below the top of the picture."""
        return 20 - self.before, 20 - self.recent


@dataclass(frozen=True)
class CandidateScreen:
    """What there is to know of a candidate. `context` and `exact_case` are proposed, `caution` says why."""

    candidate: Candidate
    spark: Spark
    sentences: list[PhraseInText]
    like: str
    caution: str
    exact_case: bool
    context: str


@dataclass(frozen=True)
class WhereElse:
    """A phrase stands in `postings`, whatever its case; of the first `read` of them `exact` have it as written.

    `is_everyday`: in far more than beside other skills.
    """

    postings: int
    read: int
    exact: int
    is_everyday: bool


@dataclass(frozen=True)
class SkillOption:
    """A skill that may be meant by what is typed, and the alias that says so where its name does not."""

    name: str
    kind: str
    alias: str


def waiting_candidates() -> QuerySet[Candidate]:
    """Return the phrases that wait, without those that are only another spelling of an ignored one."""
    ignored = Candidate.objects.filter(state=CandidateState.IGNORED, spelling=OuterRef("spelling")).exclude(spelling="")
    return Candidate.objects.filter(~Exists(ignored), state=CandidateState.WAITING, postings__gt=0)


def wanted_candidates(wanted: Wanted) -> QuerySet[Candidate]:
    """Return those of the waiting that are wanted, in their order."""
    rows = waiting_candidates().select_related("suggested")
    if wanted.q:
        rows = rows.filter(Q(phrase__icontains=wanted.q) | Q(suggested__name__icontains=wanted.q))
    if wanted.fewest:
        rows = rows.filter(postings__gte=wanted.fewest)
    if wanted.guess == "any":
        rows = rows.exclude(suggested=None)
    elif wanted.guess == "none":
        rows = rows.filter(suggested=None)
    elif wanted.guess:
        rows = rows.filter(guess=int(wanted.guess)).exclude(suggested=None)
    return rows.order_by(*_ORDERED[wanted.order])


def candidate_queue(wanted: Wanted, *, at: str = "") -> CandidateQueue:
    """Return one page of the queue, with the candidate whose key is `at` chosen, or the first."""
    found = wanted_candidates(wanted)
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(wanted.page, 1), pages)
    rows = list(found[(page - 1) * PAGE : page * PAGE])
    chosen = next((row for row in rows if row.key == at), rows[0] if rows else None)
    return CandidateQueue(rows, chosen, count, waiting_candidates().count(), page, pages)


def key_after(rows: Sequence[Candidate], at: str, decided: Sequence[str]) -> str:
    """Return the key where to go on once `decided` are gone: the next below `at`, else the next above, else ""."""
    keys = [row.key for row in rows]
    place = keys.index(at) if at in keys else 0
    order = keys[place:] + keys[:place][::-1]
    return next((key for key in order if key not in decided), "")


def candidate_screen(candidate: Candidate) -> CandidateScreen:
    caution, exact_case, context = _proposed(candidate.phrase)
    return CandidateScreen(
        candidate=candidate,
        spark=spark_of(candidate.before, candidate.recent),
        sentences=sentences_with(candidate.phrase, candidate.samples),
        like=like_what(candidate),
        caution=caution,
        exact_case=exact_case,
        context=context,
    )


def like_what(candidate: Candidate) -> str:
    """Return which alias of the suggested skill the phrase is like, and how: "one letter off “Kafka”"."""
    if not candidate.suggested:
        return ""
    if candidate.guess == Guess.SPELLED_OUT:
        return Guess.SPELLED_OUT.label
    aliases = Alias.objects.filter(skill=candidate.suggested).values_list("phrase", flat=True)
    for phrase in sorted(aliases):
        likely = skills.Likeness({phrase: 0}).nearest(candidate.phrase)
        if likely and likely.guess == candidate.guess:
            how = "a known name with more to it" if likely.guess == Guess.NAME_AND_MORE else Guess(likely.guess).label
            return f"{how}: “{phrase}”"
    return ""


def spark_of(before: int, recent: int) -> Spark:
    """Return the two counts as bars, with what they allow to say: a difference of two Poisson counts, 95%."""
    tallest = max(before, recent, 1)
    if before + recent < FEWEST_FOR_A_TREND:
        says = "too few for a trend"
    elif abs(recent - before) <= 1.96 * (recent + before) ** 0.5:
        says = "no clear change"
    else:
        says = "more than before" if recent > before else "fewer than before"
    return Spark(round(20 * before / tallest), round(20 * recent / tallest), says)


def where_else(candidate: Candidate) -> WhereElse:
    """Return in how many postings the phrase stands at all, and in how many of them as it is written here."""
    ids = search_postings(f'"{candidate.phrase}"')
    texts = PostingText.objects.filter(pk__in=ids[:READ_AT_MOST].tolist()).values_list("text", flat=True)
    exact = re.compile(rf"(?<!\w){re.escape(candidate.phrase)}(?!\w)")
    is_everyday = len(ids) >= FAR_MORE * max(candidate.postings, 1)
    return WhereElse(
        len(ids), min(len(ids), READ_AT_MOST), sum(bool(exact.search(text)) for text in texts), is_everyday
    )


def skill_options(typed: str) -> list[SkillOption]:
    """Return skills whose name or alias holds what is typed: those that begin with it first, names before aliases."""
    typed = " ".join(typed.split())
    if not typed:
        return []
    usable = Skill.objects.shown().filter(is_deprecated=False)
    found: dict[str, SkillOption] = {}
    for match in ("istartswith", "icontains"):
        for skill in usable.filter(**{f"name__{match}": typed}).order_by("name")[:OPTIONS]:
            found.setdefault(skill.name, SkillOption(skill.name, skill.get_kind_display(), ""))
        aliases = Alias.objects.filter(skill__in=usable, **{f"phrase__{match}": typed}).select_related("skill")
        for alias in aliases.order_by("phrase")[:OPTIONS]:
            option = SkillOption(alias.skill.name, alias.skill.get_kind_display(), alias.phrase)
            found.setdefault(option.name, option)
        if len(found) >= OPTIONS:
            break
    exact_first = sorted(found.values(), key=lambda option: option.name.casefold() != typed.casefold())
    return exact_first[:OPTIONS]


def skill_meant(typed: str) -> Skill | None:
    """Return the skill that is called so, or that has an alias spelt so, whatever the case; None where none is."""
    typed = " ".join(typed.split())
    usable = Skill.objects.shown().filter(is_deprecated=False)
    exact = usable.filter(name=typed).first() or usable.filter(name__iexact=typed).first()
    return exact or usable.filter(aliases__phrase__iexact=typed).order_by("aliases__exact_case").first()


def _proposed(phrase: str) -> tuple[str, bool, str]:
    """Why a phrase needs care as an alias, whether its case should count, and which rule should decide."""
    if len(phrase) <= skills.TOO_SHORT:
        return f"“{phrase}” is so short that it stands for other things, too.", True, "listed"
    if skills.is_everyday(phrase):
        return f"“{phrase}” is a word of everyday texts, too.", phrase != phrase.lower(), "listed"
    if phrase.isupper() and len(phrase) <= SHORT:
        return f"Letters like “{phrase}” stand for other things, too.", True, "listed" if len(phrase) < SHORT else ""
    return "", False, ""


def groups_to_choose() -> QuerySet[SkillGroup]:
    """Return the groups that a new skill may join."""
    return SkillGroup.objects.order_by("set", "name")
