"""Postings that state pay, drawn once: pay is title + skills + company + chance."""

from datetime import date
from random import Random

from tests.make_run import PREFERRED, REQUIRED, Ad

SKILLS = ("Python", "SQL", "Spark", "Excel", "dbt")
WORTH = {"Spark": 0.3}
TITLES = {"data analyst": 0.0, "data engineer": 0.25, "machine learning engineer": 0.5}


def make_paid_ads(count=300, *, seed=1, currency="USD", silent=100):
    """`count` postings that state pay and `silent` ones that do not, of three roles and 25 companies."""
    chance = Random(seed)
    ads = []
    for number in range(count + silent):
        role = chance.choice(list(TITLES))
        leaning = 0.7 if role == "machine learning engineer" else 0.25
        held = [name for name in SKILLS if chance.random() < (leaning if name == "Spark" else 0.4)]
        log = 11 + TITLES[role] + sum(WORTH.get(name, 0.0) for name in held) + chance.gauss(0, 0.15)
        ads.append(
            Ad(
                role=role,
                skills={name: chance.choice((REQUIRED, PREFERRED)) for name in held},
                day=date(2026, chance.choice((1, 4, 7)), 10) if number % 5 else None,
                company=f"Firm {chance.randrange(25)}" if number % 9 else "",
                country=chance.choice(("US", "US", "GB")),
                place=chance.choice(("Boston", "Leeds", "Austin", "Troy")),
                seniority=chance.choice(("senior", "junior", "")),
                source=chance.choice(("a board", "a feed")),
                pay=round(2.718281828**log, 0) if number < count else None,
                currency=currency,
            )
        )
    return ads
