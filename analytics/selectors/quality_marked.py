"""On the quality page: what curators marked as no skill where it stands, alias by alias, the worst first."""

from dataclasses import dataclass

from analytics.figures import interval_text, number, percent
from analytics.measures import wilson_interval
from analytics.selectors.quality import EstimateText
from postings.selectors.mentions import WrongAlias, WrongExample, wrong_aliases

NOTHING = EstimateText("–", "", "", "")


@dataclass(frozen=True)
class MarkedAlias:
    """`share` is that of the marked among all mentions of the phrase; `taken` says how many are taken still."""

    phrase: str
    exact_case: bool
    skill: str
    skill_url: str
    marked: str
    mentions: str
    share: EstimateText
    taken: str
    examples: tuple[WrongExample, ...]


@dataclass(frozen=True)
class MarkedScreen:
    """`said` tells in a sentence how today's phrases do on all marks."""

    said: str
    aliases: tuple[MarkedAlias, ...]


def marked_screen() -> MarkedScreen:
    aliases = wrong_aliases()
    marked = sum(alias.count.marked for alias in aliases)
    taken = [alias.taken for alias in aliases if alias.taken is not None]
    if len(taken) < len(aliases):
        said = f"{number(marked)} marked; the workers read them with today's phrases in a moment."
    else:
        said = f"Today's phrases still take {number(sum(taken))} of the {number(marked)} for a skill."
    return MarkedScreen(said if aliases else "", tuple(_marked(alias) for alias in aliases))


def _marked(alias: WrongAlias) -> MarkedAlias:
    mentions = alias.count.mentions
    return MarkedAlias(
        phrase=alias.phrase,
        exact_case=alias.exact_case,
        skill=alias.skill,
        skill_url=alias.skill_url,
        marked=number(alias.count.marked),
        mentions="–" if mentions is None else number(mentions),
        share=_share(alias.count.marked, mentions) if mentions else NOTHING,
        taken="–" if alias.taken is None else f"{number(alias.taken)} of {number(alias.count.marked)}",
        examples=alias.examples,
    )


def _share(marked: int, mentions: int) -> EstimateText:
    low, high = wilson_interval(marked, mentions)
    share = marked / mentions
    return EstimateText(
        percent(share), interval_text(float(low), float(high)), str(share), f"of {number(mentions)} mentions"
    )
