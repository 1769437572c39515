"""One skill: how often it is asked for, by whom, since when, with what, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from analytics.charts import Chart
from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.context_rules import rule_text
from analytics.selectors.countries import language_name
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.links import path_of
from analytics.selectors.one_skill import OneSkill
from analytics.selectors.premium import PremiumCard, premium_card
from analytics.selectors.profile_levels import NamedLink
from analytics.selectors.published import Published
from analytics.selectors.sentences import Sentence, sentences
from analytics.selectors.shares import WITHHELD, postings_text, share_of
from analytics.selectors.skill_choice import group_url
from analytics.selectors.skill_firmness import Firmness, skill_firmness, spread_text
from analytics.selectors.skill_replaces import Replaces, skill_replaces
from analytics.selectors.skill_roles import SkillByRole, skill_by_role
from analytics.selectors.skill_time import skill_over_time
from analytics.selectors.skill_together import Together, skill_together
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at
from postings.models import Alias, Skill

TABS = {
    "roles": "By role",
    "time": "Over time",
    "with": "Comes with",
    "replaces": "Seems to replace",
    "pay": "Pay",
    "sentences": "In sentences",
}
HIDDEN = "A curator has hidden this skill: it is found in texts, but no figure counts it."


@dataclass(frozen=True)
class AliasText:
    """A phrase that names the skill; `note` says when it is taken, "" for always."""

    pk: int
    phrase: str
    note: str


@dataclass(frozen=True)
class ReferenceText:
    """What another list calls the skill; `url` is "" where the list has no page for it."""

    scheme: str
    label: str
    url: str


@dataclass(frozen=True)
class SkillScreen:
    """The part of the chosen tab is filled, the others are None. `absent` says why there are no figures at all."""

    pk: int
    name: str
    kind: str
    definition: str
    groups: tuple[NamedLink, ...]
    aliases: tuple[AliasText, ...]
    references: tuple[ReferenceText, ...]
    absent: str
    n: int = 0
    postings: str = ""
    postings_url: str = ""
    figures: tuple[KeyFigure, ...] = ()
    tabs: tuple[Tab, ...] = ()
    roles: SkillByRole | None = None
    spread: str = ""
    time: Chart | None = None
    firmness: Firmness | None = None
    together: Together | None = None
    replaces: Replaces | None = None
    pay: PremiumCard | None = None
    sentences: tuple[Sentence, ...] | None = None


def skill_about(row: Skill, question: Question) -> SkillScreen:
    """Return what curators say of a skill, without any figure."""
    return SkillScreen(
        pk=row.pk,
        name=row.name,
        kind=row.get_kind_display(),
        definition=row.definition,
        groups=tuple(NamedLink(group.name, group_url(group.slug, question)) for group in row.groups.all()),
        aliases=_alias_texts(row.aliases.order_by("phrase")),
        references=tuple(
            ReferenceText(ref.get_scheme_display(), ref.label or ref.identifier, ref.url)
            for ref in row.references.all()
        ),
        absent=HIDDEN if row.is_hidden else "",
    )


def skill_screen(
    about: SkillScreen, question: Question, shown: Published, *, tab: str, currency: str = ""
) -> SkillScreen:
    """Return the page of a skill that is not merged away; pay is told in the commonest currency unless one is asked."""
    code = shown.snapshot.code("skill", about.name)
    if about.absent:
        return about
    if code is None:
        return replace(about, absent=_why_unknown(shown))
    skill = OneSkill(code, question, shown)
    tab = chosen_tab(tab, TABS)
    return replace(
        about,
        n=skill.naming.n,
        postings=postings_text(skill.naming.n),
        postings_url=skill.postings_url(),
        figures=_figures(skill),
        tabs=tabs_at(path_of("skill", about.pk), question, TABS, tab),
        roles=skill_by_role(skill) if tab == "roles" else None,
        spread=spread_text(skill) if tab == "roles" else "",
        time=skill_over_time(skill) if tab == "time" else None,
        firmness=skill_firmness(skill) if tab == "time" else None,
        together=skill_together(skill) if tab == "with" else None,
        replaces=skill_replaces(skill) if tab == "replaces" else None,
        pay=premium_card(about.name, question, shown, currency) if tab == "pay" else None,
        sentences=sentences(skill.naming, {one.pk for one in about.aliases}, shown) if tab == "sentences" else None,
    )


def _why_unknown(shown: Published) -> str:
    return (
        f"The published run {shown.run.pk} does not know this skill by this name: it was added, shown again or renamed "
        "since. Its figures follow with the next run."
    )


def _alias_texts(aliases: Iterable[Alias]) -> tuple[AliasText, ...]:
    texts = []
    for alias in aliases:
        notes = ["only with these capitals"] if alias.exact_case else []
        if alias.context:
            notes.append(rule_text(alias.context))
        if alias.not_in:
            notes.append(f"not in texts in {' or '.join(map(language_name, alias.not_in.split()))}")
        texts.append(AliasText(alias.pk, alias.phrase, ", ".join(notes)))
    return tuple(texts)


def _figures(skill: OneSkill) -> tuple[KeyFigure, ...]:
    counts, n = skill.counts, skill.naming.n
    share = share_of(n, skill.selection.n)
    is_withheld = share.state == WITHHELD
    rank = int(np.count_nonzero(counts.any > n)) + 1
    levels = (("Required", counts.required), ("Preferred", counts.preferred), ("Only mentioned", counts.mentioned))
    return (
        KeyFigure("Postings that name it", number(n), url=skill.postings_url() if n else ""),
        KeyFigure(
            "Share of postings",
            "withheld" if is_withheld else share.percent,
            note=f"of {share.n}" if is_withheld else f"({share.interval}) of {share.n}",
        ),
        *(_level_figure(label, int(of_level[skill.code]), n, skill) for label, of_level in levels),
        KeyFigure(
            "Rank",
            number(rank) if n else "–",
            note=f"of {number(int(np.count_nonzero(counts.any)))} skills named",
        ),
    )


def _level_figure(label: str, count: int, n: int, skill: OneSkill) -> KeyFigure:
    """Return one level's share of the postings that name the skill."""
    share = share_of(count, n)
    level = label.rsplit(" ", maxsplit=1)[-1].lower()
    url = skill.postings_url(level=level) if count else ""
    if share.state == WITHHELD:
        return KeyFigure(label, "withheld", note=f"{postings_text(count)} of {number(n)}", url=url)
    return KeyFigure(label, share.percent, note=f"({share.interval}), {postings_text(count)}", url=url)
