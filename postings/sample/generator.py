"""The sample as rows of one file: ads, copies of some of them, and a few damaged rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from postings.sample.boards import BOARDS, Board
from postings.sample.grammar import seeded
from postings.sample.material import Company, Material, load_material
from postings.sample.plan import Plan, make_plan
from postings.sample.prose import Part, Writer

COLUMNS = (
    "job_id", "title", "company", "location", "date_posted", "salary", "employment_type", "remote", "url",
    "description", "site",
)  # fmt: skip
MONTHS = 24
ADS = 668
COPIES = 44
REMOTE_WORDS = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "On-site"}
# What is wrong with the damaged rows: column -> value, one row each.
DAMAGE = (
    {"title": ""}, {"title": "N/A"}, {"description": ""}, {"description": "N/A"}, {"description": "-"},
    {"title": "", "description": ""}, {"date_posted": "32/13/2025"}, {"date_posted": "########"},
    {"date_posted": "soon"}, {"salary": "-1"}, {"location": "", "company": ""},
)  # fmt: skip


@dataclass(frozen=True)
class Ad:
    """A posting on a board: who wants whom since when, and the parts of its text."""

    plan: Plan
    board: Board
    parts: Sequence[Part]


def write_sample(path: Path, *, until: date, seed: int = 2026) -> int:
    """Write the sample to `path` as CSV (UTF-8) and return how many rows it has.

    The same seed and `until`, the last possible day, give the same bytes.
    """
    rows = sample_rows(until=until, seed=seed)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())
    return len(rows)


def sample_rows(*, until: date, seed: int = 2026) -> list[dict[str, str]]:
    """Return the rows of the sample, the oldest first: 24 months that end with `until`."""
    material = load_material()
    ads = list(_ads(material, until=until, seed=seed))
    rng = seeded(seed, "copies")
    copies = [_copy(ad, until, material, rng) for ad in rng.sample(ads, COPIES)]
    shown = sorted([*ads, *copies], key=lambda ad: (ad.plan.day, ad.plan.company.name, ad.board.name))
    rows = [_row(number, ad) for number, ad in enumerate(shown)]
    for place, damage in zip(sorted(rng.sample(range(len(rows)), len(DAMAGE))), DAMAGE, strict=True):
        rows[place].update(damage)
    return rows


def _ads(material: Material, *, until: date, seed: int) -> Iterator[Ad]:
    for number, company in enumerate(_employers(material.companies, ADS)):
        rng = seeded(seed, "ad", number)
        month, day = _day(until, rng)
        plan = make_plan(company, day, month / (MONTHS - 1), material, rng)
        # Most of a company's ads stand on one board.
        home = BOARDS[len(company.name) % len(BOARDS)]
        board = home if rng.random() < 0.7 else rng.choice(BOARDS)
        yield Ad(plan, board, Writer(plan, material, rng).parts())


def _employers(companies: Sequence[Company], ads: int) -> list[Company]:
    """Return the company of each ad, in proportion to the weights, none left out."""
    total = sum(company.weight for company in companies)
    ends = [round(ads * sum(c.weight for c in companies[: i + 1]) / total) for i in range(len(companies))]
    return [company for company, first, last in zip(companies, [0, *ends], ends, strict=False)
            for _ in range(last - first)]  # fmt: skip


def _day(until: date, rng: Random) -> tuple[int, date]:
    """Return a month (the last is that of `until`) and a day in it; later months have more ads."""
    month = rng.choices(range(MONTHS), [10 + 0.4 * m for m in range(MONTHS)])[0]
    serial = until.year * 12 + until.month - 1 - (MONTHS - 1 - month)
    first = date(serial // 12, serial % 12 + 1, 1)
    following = date((serial + 1) // 12, (serial + 1) % 12 + 1, 1)
    last = min(until, following - timedelta(days=1))
    return month, first + timedelta(days=rng.randrange((last - first).days + 1))


def _copy(ad: Ad, until: date, material: Material, rng: Random) -> Ad:
    """Return the same ad again some days later: on another board, or on the same one for another town."""
    plan = replace(ad.plan, day=min(until, ad.plan.day + timedelta(days=rng.randint(0, 9))))
    towns = [place for place in material.places[plan.place.country] if place != plan.place]
    if not towns or rng.random() < 0.6:
        return Ad(plan, rng.choice([board for board in BOARDS if board != ad.board]), ad.parts)
    town = rng.choice(towns)
    moved = replace(plan, place=town, title=plan.title.replace(plan.place.city, town.city))
    return Ad(moved, ad.board, [_in_town(part, plan.place.city, town.city) for part in ad.parts])


def _in_town(part: Part, old: str, new: str) -> Part:
    return replace(part, sentences=tuple(sentence.replace(old, new) for sentence in part.sentences))


def _row(number: int, ad: Ad) -> dict[str, str]:
    plan, board = ad.plan, ad.board
    # Numbers with gaps, as boards have them.
    serial = 40_000 + 37 * number + len(plan.title)
    return {
        "job_id": f"{board.prefix}-{serial}",
        "title": plan.title,
        "company": plan.company.name,
        "location": plan.place.location,
        "date_posted": board.dated(plan.day),
        "salary": plan.pay,
        "employment_type": plan.employment,
        "remote": REMOTE_WORDS[plan.mode],
        "url": f"https://{board.name}.example/jobs/{board.prefix}-{serial}",
        "description": board.show(ad.parts),
        "site": board.name,
    }
