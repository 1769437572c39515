"""What postings can and cannot tell, with what this installation's own postings show of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.countries import language_name
from analytics.selectors.links import path_of, postings_url
from analytics.selectors.narrowing import ANY_PAY, TOO_THIN
from analytics.selectors.profile_parts import leaning_of
from analytics.selectors.published import Published
from analytics.selectors.selected import paid_count, selected
from analytics.selectors.shares import share_of
from analytics.snapshot import Selection
from analytics.tables import SHARE, Cell, Column, Row, Sheet, Table, n_cell, share_cell, text_cell
from analytics.titles import OTHER, UNKNOWN
from postings.models import QualityReport
from postings.skills.quality import Quality

MOST_SOURCES = 3
MOST_LANGUAGES = 4


@dataclass(frozen=True)
class Limit:
    """One thing to mind: what it does to figures, and where to look further (texts and names of screens)."""

    key: str
    title: str
    text: str
    links: tuple[tuple[str, str], ...] = ()


LIMITS = (
    Limit(
        "copies",
        "The same ad stands on many boards",
        "An ad is copied to boards, towns and agencies. Counted as they come, the loudest employers would "
        "lead every list. Copies are grouped by their text, and each ad counts once; the filter bar counts "
        "them all if asked. An ad that was rewritten for each board is still counted twice.",
    ),
    Limit(
        "ghosts",
        "Not every ad is a job",
        "Some ads collect applicants, some stay up after the place is taken, some come again every month. "
        "Postings tell what employers say they want, not whom they hire or how many. Read shares inside a "
        "role rather than counts of vacancies.",
    ),
    Limit(
        "who",
        "Who posts, and where",
        "Small firms, public bodies and whole countries fill places without boards. A board has its own "
        "employers, and a search by one title brings what that title is. Compare inside one source where you "
        "can; intervals say nothing of what was never collected.",
        (("The postings", "posting_list"),),
    ),
    Limit(
        "companies",
        "One company can look like a trend",
        "Ads of one employer are alike, and share whole paragraphs. Where a figure speaks of change or of "
        "companies, whole companies are drawn for its interval; what one company does alone is never called "
        "sure.",
    ),
    Limit(
        "boilerplate",
        "Part of every ad is about the company",
        "“We are a cloud company” is no skill that is asked for. Sections and sentences about the employer, "
        "benefits and equal opportunity are left out where they can be told; some slip through, mostly "
        "domains.",
        (("What is got wrong, with examples", "quality"),),
    ),
    Limit(
        "lists",
        "Long lists are wishes",
        "An ad names more skills than one person has. Required, preferred and mentioned are read from "
        "headings and wording; “mentioned” means that the ad does not tell.",
    ),
    Limit(
        "titles",
        "Titles inflate and drift",
        "“Senior” and “engineer” mean other things elsewhere, and words become fashionable: a rising title "
        "may be old work under a new name. That is why profiles are learned without titles, and why each "
        "title shows what stands behind it.",
        (("Profiles behind the titles", "profile_list"),),
    ),
    Limit(
        "pay",
        "Few state pay, and they are not like the rest",
        "Law, country and level decide who states pay. A median stands for those that do, never for all, so "
        "the share that states it stands beside every figure. Currencies are never converted. A premium is a "
        "difference beside like ads, and no cause.",
        (("Pay, and who states it", "pay"),),
    ),
    Limit(
        "languages",
        "Other languages than English are read worse",
        "Names of products are found in any language, phrases mostly in English. Where languages mix, a "
        "difference between countries may be one of reading: choose one language in the filter bar to compare"
        " like with like.",
        (("How well skills are found", "quality"),),
    ),
    Limit(
        "reading",
        "Reading is not perfect",
        "Skills are found by names and rules, and measured on marked postings. What is found is mostly right;"
        " what is said as a duty, without a name, is mostly missed. A skill that nobody names has no share at"
        " all.",
        (("Precision and recall", "quality"),),
    ),
    Limit(
        "small",
        "Few postings say little",
        "A share of fewer than 30 postings is greyed, of fewer than 10 withheld. Of many comparisons some "
        "stand out by chance; lists of differences are adjusted for how many were looked at.",
        (("How each figure is computed", "methods"),),
    ),
    Limit(
        "runs",
        "Figures belong to a run",
        "Every figure comes from one run: these postings, this taxonomy, this code. A run can be computed "
        "again and compared; a new one may differ because postings came, words were mended or rules changed, "
        "and says which.",
        (("Runs", "run_list"),),
    ),
)


@dataclass(frozen=True)
class LimitsScreen:
    """`quality` is None before the first measurement."""

    n: int
    here: Sheet
    quality: Sheet | None
    limits: tuple[Limit, ...]


def limits_screen(question: Question, shown: Published) -> LimitsScreen:
    selection = selected(shown.snapshot, question.filter)
    return LimitsScreen(
        n=selection.n,
        here=Sheet(
            key="here",
            title="What these postings are made of",
            table=Table(
                (Column("Of these postings", is_number=False), Column("Share", unit=SHARE), Column("Postings")),
                tuple(_lines(selection, question, shown)),
            ),
            method="postings",
        ),
        quality=_quality(),
        limits=LIMITS,
    )


@dataclass(frozen=True, eq=False)
class _Asked:
    """The postings that a page is about."""

    selection: Selection
    question: Question
    shown: Published

    def counts(self, column: str) -> NDArray[np.int64]:
        return tally(self.shown.snapshot, self.selection, column)


def _lines(selection: Selection, question: Question, shown: Published) -> Iterator[Row]:
    asked = _Asked(selection, question, shown)
    yield _copies(question, shown)
    stating = paid_count(shown.snapshot, selection)
    yield _line("state yearly pay", stating, selection.n, postings_url(question, pay=ANY_PAY))
    yield _line("carry no date", int(asked.counts("month")[0]), selection.n)
    yield from _commonest("source", asked, most=MOST_SOURCES)
    yield from _commonest("language", asked, most=MOST_LANGUAGES)
    for column, value, text in _VALUES:
        yield _valued(column, value, text, asked)
    if shown.profiles:
        thin = leaning_of(question, shown).thin
        url = postings_url(question, profile=TOO_THIN)
        yield _line("name too few technical skills to lean to a profile", thin, selection.n, url)


_VALUES = (
    ("company", "", "name no company"),
    ("country", "", "name no country"),
    ("seniority", "", "say nothing of the level in their title"),
    ("role", OTHER, "have a title outside our catalogue of roles"),
    ("role", UNKNOWN, "have a title that says nothing about the work"),
)


def _copies(question: Question, shown: Published) -> Row:
    """Return how many of the postings as collected are further copies of an ad: these alone are not in the others."""
    with_copies = question.changed({"copies": True})
    collected = selected(shown.snapshot, with_copies.filter).n
    kept = selected(shown.snapshot, question.changed({"copies": False}).filter).n
    note = f"of {number(collected)} as collected; marked in their list"
    label = text_cell("are copies of an ad that counts already", postings_url(with_copies), note=note)
    return label, share_cell(share_of(collected - kept, collected)), n_cell(collected - kept)


def _commonest(column: str, asked: _Asked, *, most: int) -> Iterator[Row]:
    counts, names = asked.counts(column), asked.shown.snapshot.vocabulary(column)
    for code in np.argsort(-counts, kind="stable")[:most]:
        if counts[code]:
            yield _valued(column, names[code], _said(column, names[code]), asked)


def _said(column: str, name: str) -> str:
    if column == "language":
        return f"are in {language_name(name)}" if name else "are in a language that is not known"
    return f"come from {name or 'a source that is not known'}"


def _valued(column: str, value: str, text: str, asked: _Asked) -> Row:
    code = asked.shown.snapshot.code(column, value)
    count = 0 if code is None else int(asked.counts(column)[code])
    return _line(text, count, asked.selection.n, postings_url(asked.question.narrowed(**{column: value})))


def _line(text: str, count: int, n: int, url: str = "") -> Row:
    link = url if count else ""
    return text_cell(text), share_cell(share_of(count, n), link), Cell(number(count), value=count, url=link)


def _quality() -> Sheet | None:
    report = QualityReport.objects.first()
    if report is None:
        return None
    quality = Quality.from_figures(report.figures)
    lines = (
        ("of what is found is right (precision)", quality.overall.precision),
        ("of what is there is found (recall)", quality.overall.recall),
        ("of the levels are right", quality.level_accuracy),
    )
    rows = tuple(
        (
            text_cell(text, path_of("quality")),
            Cell(SHARE.text(one.value), value=round(one.value * 100, 4)),
            Cell(SHARE.interval(one.low, one.high), low=round(one.low * 100, 4), high=round(one.high * 100, 4)),
            n_cell(one.n),
        )
        for text, one in lines
        if one.value is not None and one.low is not None and one.high is not None
    )
    columns = (
        Column("On marked postings", is_number=False),
        Column("Share", unit=SHARE),
        Column("95% interval", unit=SHARE),
        Column("Marks"),
    )
    return Sheet("quality", "How well skills are found", Table(columns, rows), method="quality")
