"""Ads of our own words, for those who decide: each names two dozen things that no alias names.

Names become candidates where they stand in a list with known skills, in at least two ads that are no copies of each
other: so each ad has a filling of its own, and an employer of its own.
"""

import csv
import random
import sqlite3
from pathlib import Path

from tests.browser.house import House

LETTERS = "abcdefghijklmnopqrstuvwxyz"
UNLIKE = [f"Orchard{letter}DB" for letter in LETTERS[:18]]
"""Like nothing that is known."""
ALIKE = [f"Tableau{letter}" for letter in LETTERS[:6]]
"""One letter off a known name."""
SPELLINGS = ["Grovecast DB", "GrovecastDB", "Grovecast-DBs"]
"""Of one thing."""
ADS = 4

CORA, PASSWORD = "cora", "orchard-lane-43"
MAKE_CORA = f"""
from django.contrib.auth.models import Group, User
User.objects.create_user("{CORA}", password="{PASSWORD}").groups.add(Group.objects.get(name="curator"))
"""
"""A curator who is no administrator."""


def write_ads(file: Path) -> Path:
    chance = random.Random(4)
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, ["title", "company", "date_posted", "description"])
        rows.writeheader()
        for number in range(ADS):
            filling = " ".join("".join(chance.choices(LETTERS, k=7)) for _ in range(400))
            told = f"Requirements: Python, {', '.join(UNLIKE + ALIKE + SPELLINGS)}, SQL. {filling}."
            row = {"title": "Data Engineer", "company": f"Orchard {number}", "date_posted": "2026-07-01"}
            rows.writerow(row | {"description": told})
    return file


def leave_two_pairs_open(house: House) -> None:
    """Make two pairs of which a pass over the copies was not sure: the sample has none."""
    with sqlite3.connect(house.data / "rolescope.sqlite3", timeout=30) as database:
        ids = [pk for (pk,) in database.execute("select id from postings_posting order by id limit 4")]
        database.execute("delete from postings_openpair")
        database.executemany(
            "insert into postings_openpair (one_id, other_id, doubt, is_copy) values (?, ?, 0.05, 0)",
            [(ids[0], ids[1]), (ids[2], ids[3])],
        )
