"""How often aliases took what is no skill: what people marked, counted by alias."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from postings.ingest.contacts import mask_contacts
from postings.models import Alias, Posting, WrongMention, WrongMentionReport
from postings.selectors.copies import postings_named
from postings.selectors.posting_mentions import shown_around
from postings.skills import Passage

EXAMPLES = 3
AliasName = tuple[str, bool]
"""Phrase, and whether its case has to be as written."""


@dataclass(frozen=True)
class WrongCount:
    """`marked` of the `mentions` of an alias were marked wrong; None until the workers counted the mentions."""

    marked: int
    mentions: int | None

    def __str__(self) -> str:
        return f"{self.marked:,}" if self.mentions is None else f"{self.marked:,} of {self.mentions:,}"


@dataclass(frozen=True)
class WrongExample:
    """A marked place. `url` is "" when its posting is not here now; `taken` None until today's lexicon read it."""

    title: str
    url: str
    before: str
    hit: str
    after: str
    taken: bool | None


@dataclass(frozen=True)
class WrongAlias:
    """The marks of one alias. `skill` is "" when no such alias is here now; `taken` as in the examples, of all."""

    phrase: str
    exact_case: bool
    skill: str
    skill_url: str
    count: WrongCount
    taken: int | None
    examples: tuple[WrongExample, ...]


def wrong_counts(aliases: Iterable[int]) -> dict[int, WrongCount]:
    """Return alias id -> how often it was marked wrong, for those that were; three queries for all."""
    counted = _counted(WrongMention.objects.order_by().values_list("phrase", "exact_case"))
    if not counted:
        return {}
    wanted = Alias.objects.filter(pk__in=list(aliases)).values_list("pk", "phrase", "exact_case")
    return {pk: counted[phrase, case] for pk, phrase, case in wanted if (phrase, case) in counted}


def wrong_aliases(*, most: int = 50) -> tuple[WrongAlias, ...]:
    """Return the aliases that people marked wrong, those with the largest marked share of their mentions first."""
    marks: dict[AliasName, list[WrongMention]] = defaultdict(list)
    for mark in WrongMention.objects.order_by("pk"):
        marks[mark.phrase, mark.exact_case].append(mark)
    if not marks:
        return ()
    counted = _counted(name for name, of_alias in marks.items() for _ in of_alias)
    worst = sorted(counted, key=lambda name: (-_share(counted[name]), -counted[name].marked, name))[:most]
    here = Alias.objects.filter(phrase__in=[phrase for phrase, _ in worst]).select_related("skill__merged_into")
    aliases = {(alias.phrase, alias.exact_case): alias for alias in here}
    report = WrongMentionReport.objects.first()
    return tuple(_wrong_alias(name, marks[name], counted[name], aliases.get(name), report) for name in worst)


def _counted(names: Iterable[AliasName]) -> dict[AliasName, WrongCount]:
    """Marked ones are in no record, so they are added to the mentions that are left."""
    marked = Counter(names)
    report = WrongMentionReport.objects.first() if marked else None
    left = {(phrase, case): count for phrase, case, count in report.mentions} if report else {}
    return {
        name: WrongCount(count, left[name] + count if name in left else None) for name, count in sorted(marked.items())
    }


def _share(count: WrongCount) -> float:
    return count.marked / count.mentions if count.mentions else 0.0


def _wrong_alias(
    name: AliasName,
    marks: list[WrongMention],
    count: WrongCount,
    alias: Alias | None,
    report: WrongMentionReport | None,
) -> WrongAlias:
    taken = set(report.taken) if report else None
    skill = (alias.skill.merged_into or alias.skill) if alias else None
    # Those that are still taken are what there is to do: they come first. Copies of an ad say the same.
    by_need = sorted(marks, key=lambda mark: (taken is None or mark.pk not in taken, mark.pk))
    shown = list({(mark.passage, mark.start): mark for mark in reversed(by_need)}.values())[::-1][:EXAMPLES]
    postings = postings_named([mark.posting for mark in shown])
    return WrongAlias(
        phrase=name[0],
        exact_case=name[1],
        skill=str(skill or ""),
        skill_url=skill.get_absolute_url() if skill else "",
        count=count,
        taken=None if taken is None else sum(mark.pk in taken for mark in marks),
        examples=tuple(_example(mark, postings.get(mark.posting), taken) for mark in shown),
    )


def _example(mark: WrongMention, posting: Posting | None, taken: set[int] | None) -> WrongExample:
    before, hit, after = shown_around(Passage(mark.passage, mark.start, mark.end))
    return WrongExample(
        title=mask_contacts(posting.title.text) if posting else "a posting that is not here now",
        url=posting.get_absolute_url() if posting else "",
        before=before,
        hit=hit,
        after=after,
        taken=None if taken is None else mark.pk in taken,
    )
