"""Ads shaped like real ones, made from the words of the sample: number -> ad, the same for the same seed.

Lengths of texts are lognormal (median 3,350 characters, sigma 0.5, so a mean near 3,800), between 600 and 20,000.
Companies, title endings and places follow Zipf's law; one ad in three states pay; dates come in four shapes.
"""

from __future__ import annotations

import html
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import NormalDist
from struct import Struct

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from postings.sample.material import load_material
from postings.sample.plan import make_plan
from postings.sample.prose import Writer

COLUMNS = (
    "job_id", "title", "company", "location", "date_posted", "salary", "employment_type", "remote", "url", "site",
    "description",
)  # fmt: skip
Row = tuple[str, ...]

PLANS = 1500
LAST_DAY = date(2026, 7, 31)
MEDIAN_LENGTH, SIGMA, SHORTEST, LONGEST = 3350, 0.5, 600, 20_000
# Quantiles of the lognormal distribution: a draw from these is a draw from it.
LENGTHS = tuple(
    min(LONGEST, max(SHORTEST, MEDIAN_LENGTH * math.exp(SIGMA * NormalDist().inv_cdf((i + 0.5) / 2000))))
    for i in range(2000)
)
SYLLABLES = ("ba", "cor", "del", "fen", "gra", "hol", "ist", "jun", "kel", "lor", "mar", "nev", "ost", "pra", "quin",
             "ros", "sel", "tam", "ulm", "ver", "wick", "xan", "yor", "zel")  # fmt: skip
ENDINGS = ("Group", "Labs", "GmbH", "Ltd", "Inc.", "Systems", "& Sons", "Holding", "Partners", "AG", "Works", "")
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SIXTEEN = Struct("<16I").unpack
CONTRACTS = ("Full-time", "Contract")
REMOTE = ("On-site", "Hybrid", "Remote", "")
HEADINGS = ("What you will do", "What you bring", "Nice to have", "What we offer")


@dataclass(frozen=True)
class Site:
    """An invented board: the prefix of its numbers, and how it shows an opening, a heading and the lines below it."""

    name: str
    prefix: str
    opening: str
    before: str
    between: str
    after: str
    is_html: bool = False


SITES = (
    Site("northboard", "NB", "{}", "\n\n{}\n- ", "\n- ", ""),
    Site("pinejobs", "PJ", "<p>{}</p>", "<h3>{}</h3><ul><li>", "</li><li>", "</li></ul>", is_html=True),
    Site("ferrywork", "FW", "{}", "\n\n{}:\n• ", "\n• ", ""),
    Site("openings", "OP", "{}", "\n\n{}\n", ". ", "."),
)


class Lines:
    """Lines to draw from, joined once in each site's way: a stretch of them is then one slice of a long string."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.mean = sum(map(len, lines)) / len(lines) + 4
        self._count = len(lines)
        self._joined = {site.name: self._join(lines, site) for site in SITES}

    def _join(self, lines: Sequence[str], site: Site) -> tuple[str, list[int]]:
        shown = [html.escape(line, quote=False) for line in lines] if site.is_html else lines
        starts = list(accumulate((len(line) + len(site.between) for line in shown), initial=0))
        return site.between.join(shown) + site.between, starts

    def stretch(self, site: Site, where: float, count: int) -> str:
        """`count` lines as `site` shows them, from a place that `where`, on [0, 1), decides."""
        joined, starts = self._joined[site.name]
        count = min(count, self._count)
        first = int(where * (self._count - count + 1))
        return joined[starts[first] : starts[first + count] - len(site.between)]


@dataclass(frozen=True)
class Words:
    """Lines and values to draw from."""

    about: Lines
    tasks: Lines
    musts: Lines
    nices: Lines
    offers: Lines
    titles: Sequence[str]
    places: Sequence[str]
    pays: Sequence[str]


@cache
def load_words() -> Words:
    """The words of some 1,500 ads of the sample, taken apart; the same every time."""
    material, chance = load_material(), Random(3)
    parts: list[dict[str, None]] = [{} for _ in range(7)]
    titles: dict[str, None] = {}
    pays: dict[str, None] = {}
    for _ in range(PLANS):
        plan = make_plan(chance.choice(material.companies), LAST_DAY, chance.random(), material, chance)
        titles[plan.title.split(" (")[0].split(" - ")[0]] = None
        pays[plan.pay] = None
        for found, part in zip(parts, Writer(plan, material, chance).parts(), strict=True):
            found.update(dict.fromkeys(part.items or part.sentences))
    first, second, tasks, musts, nices, offers, _ = (_shuffled(found, chance) for found in parts)
    places = [place.location for found in material.places.values() for place in found]
    wide = [f"Greater {place.split(',')[0]} Area" for place in places[::3]]
    stated = [pay for pay in pays if pay]
    places += [*wide, "Remote", ""]
    return Words(Lines(first + second), *map(Lines, (tasks, musts, nices, offers)), list(titles), places, stated)


def _shuffled(lines: dict[str, None], chance: Random) -> list[str]:
    found = list(lines)
    chance.shuffle(found)
    return found


class Ads:
    """Ads by number. `row(n)` is the same whenever it is asked for, so a repeat costs no memory."""

    def __init__(self, *, rows: int, seed: int) -> None:
        self._seed = seed
        self._words = load_words()
        self._companies = max(50, rows // 8)
        self._headings = {site.name: [site.before.format(heading) for heading in HEADINGS] for site in SITES}
        self._house = lru_cache(maxsize=5000)(self._said_by)

    def row(self, number: int, *, version: int = 0, shift: int = 0) -> Row:
        """The cells of an ad, in the order of COLUMNS.

        `version` counts how often its employer has changed it, `shift` moves it to another board, some days later.
        """
        words, chance = self._words, drawn(self._seed, number)
        site = SITES[(int(chance[0] * len(SITES)) + shift) % len(SITES)]
        rank = zipf(chance[1], self._companies)
        title = words.titles[zipf(chance[2], len(words.titles))] + _ending(chance[3])
        place = words.places[zipf(chance[4], len(words.places))]
        date_posted = _dated(max(0, int(chance[5] * 700) - 3 * shift), chance[6])
        pay = words.pays[int(chance[7] * len(words.pays))] if chance[8] < 0.33 else ""
        code = f"{site.prefix}-{10_000_000 + number}"
        text = self._text(site, rank, number, chance[11:])
        if version:
            text += f"\n\nThis ad was changed for the {version}. time."
        return (
            code, title, company_named(rank), place, date_posted, pay, CONTRACTS[chance[9] < 0.1],
            REMOTE[int(chance[10] * 4)], f"https://{site.name}.example/jobs/{code}", site.name, text,
        )  # fmt: skip

    def _text(self, site: Site, rank: int, number: int, chance: Sequence[float]) -> str:
        """An opening of its own, what the company says in all its ads, and lines up to the length drawn."""
        words = self._words
        about, offers = self._house(site, rank)
        first = f"{company_named(rank)} builds {made_word(zipf(chance[0], 9000))} and {made_word(number % 9973)}."
        tasks, musts, nices, _ = self._headings[site.name]
        left = max(300.0, LENGTHS[int(chance[1] * len(LENGTHS))] - len(about) - len(offers) - 120)
        return (
            f"{site.opening.format(first)}{about}"
            f"{tasks}{words.tasks.stretch(site, chance[2], int(left * 0.45 / words.tasks.mean) + 1)}{site.after}"
            f"{musts}{words.musts.stretch(site, chance[3], int(left * 0.35 / words.musts.mean) + 1)}{site.after}"
            f"{nices}{words.nices.stretch(site, chance[4], int(left * 0.20 / words.nices.mean) + 1)}{site.after}"
            f"{offers}"
        )

    def _said_by(self, site: Site, rank: int) -> tuple[str, str]:
        """What a company says of itself and offers, in all its ads."""
        chance = drawn(self._seed, -rank)
        about = self._words.about.stretch(site, chance[0], 3)
        offers = self._words.offers.stretch(site, chance[1], 6)
        return (
            f"{site.before.format('About us')}{about}{site.after}",
            f"{self._headings[site.name][3]}{offers}{site.after}",
        )


def drawn(seed: int, number: int) -> list[float]:
    """Sixteen numbers on [0, 1) that belong to `number`: seeding a Random for each ad would cost four times as much."""
    return [whole / 2**32 for whole in SIXTEEN(blake2b(b"%d %d" % (seed, number)).digest())]


def zipf(chance: float, size: int) -> int:
    """A rank from 0 below `size`, rank r as often as 1 / (r + 1); `chance` is uniform on [0, 1)."""
    return int(math.exp(chance * math.log(size + 1))) - 1


@cache
def company_named(rank: int) -> str:
    return f"{made_word(rank * 7 + 11).capitalize()} {ENDINGS[rank % len(ENDINGS)]}".strip()


@cache
def made_word(number: int) -> str:
    """A pronounceable word, another one for each number below 14,000 or so."""
    word = ""
    while number or not word:
        number, place = divmod(number, len(SYLLABLES))
        word += SYLLABLES[place]
    return word


def _ending(chance: float) -> str:
    if chance < 0.5:
        return ""
    if chance < 0.6:
        return " (m/f/d)"
    # From 0.6 to 0.9, made even again: the rank of a team's name.
    return f" - {made_word(zipf((chance - 0.6) / 0.3, 4000)).capitalize()}" if chance < 0.9 else " (Remote)"


def _dated(ago: int, chance: float) -> str:
    day = LAST_DAY - timedelta(days=ago)
    if chance < 0.6:
        return day.isoformat()
    if chance < 0.8:
        return f"{MONTHS[day.month]} {day.day}, {day.year}"
    if chance < 0.95:
        return f"{ago % 30 + 1} days ago"
    return ""
