"""What each posting of the sample is, before a word of it is written."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from postings.sample.material import Company, Material, Place, Role
from postings.sample.pay import stated_pay

# How much more (or less) often a skill is drawn in the last month than in the first.
TRENDS = {
    "LLMs": 12.0, "generative AI": 12.0, "RAG": 15.0, "prompt engineering": 10.0, "vector databases": 12.0,
    "LangChain": 8.0, "fine-tuning": 5.0, "OpenAI API": 6.0, "dbt": 2.5, "Databricks": 2.0, "FastAPI": 2.0,
    "Hadoop": 0.15, "Hive": 0.15, "TensorFlow": 0.5, "Keras": 0.3, "SAS": 0.4, "Jenkins": 0.5, "SSRS": 0.4,
}  # fmt: skip
GROWING_ROLES = {"AI engineer": 5.0, "MLOps engineer": 1.5, "BI analyst": 0.7}
# Work that takes up generative AI over the months, and how likely at the end.
TAKES_UP_GENAI = {
    "learning": 0.6,
    "statistics": 0.4,
    "research": 0.5,
    "software": 0.25,
    "serving": 0.35,
    "product": 0.2,
}
EVERYWHERE = ("Python", "SQL", "Git", "Agile", "AWS", "Excel", "data analysis", "CI/CD")
GENAI_FIRST = ("LLMs", "generative AI", "RAG", "prompt engineering")

SENIORITIES = {"junior": 14, "mid": 44, "senior": 30, "lead": 12}
SENIOR_WORDS = {
    "junior": ("Junior {}", "{} (Junior)", "Graduate {}", "{} Intern"),
    "mid": ("{}", "{}", "{}", "{} II"),
    "senior": ("Senior {}", "Senior {}", "Sr. {}", "{} III"),
    "lead": ("Lead {}", "Principal {}", "Staff {}"),
}  # fmt: skip
MODES = {"onsite": 25, "hybrid": 45, "remote": 30}


@dataclass(frozen=True)
class Plan:
    """One posting: `must`, `nice` and `around` are skills required, preferred and merely mentioned."""

    company: Company
    role: str
    craft: str
    title: str
    seniority: str
    place: Place
    day: date
    must: tuple[str, ...]
    nice: tuple[str, ...]
    around: tuple[str, ...]
    pay: str
    mode: str
    employment: str


def make_plan(company: Company, day: date, progress: float, material: Material, rng: Random) -> Plan:
    """Return a posting of `company`; `progress` runs from 0 (first month) to 1 (last)."""
    role = _role(company, progress, material, rng)
    craft = company.habits.get(role.name) or _pick(role.crafts, rng)
    skills = _skills(craft, role, progress, material, rng)
    cut, end = round(len(skills) * 0.55), round(len(skills) * 0.8)
    seniority = _pick(SENIORITIES, rng)
    title = rng.choice(SENIOR_WORDS[seniority]).format(rng.choice(role.titles))
    place = rng.choice(material.places[rng.choice(company.countries)])
    employment = _employment(title, rng)
    return Plan(
        company=company,
        role=role.name,
        craft=craft,
        title=_decorated(title, place, rng),
        seniority=seniority,
        place=place,
        day=day,
        must=skills[:cut],
        nice=skills[cut:end],
        around=skills[end:],
        pay=stated_pay(place.country, role.name, seniority, employment, rng),
        mode=_pick(MODES, rng),
        employment=employment,
    )


def _role(company: Company, progress: float, material: Material, rng: Random) -> Role:
    """Return the role of the next posting; a company writes most often the titles it has habits about."""
    weights = [
        role.share * GROWING_ROLES.get(role.name, 1.0) ** progress * (6 if role.name in company.habits else 1)
        for role in material.roles
    ]
    return rng.choices(material.roles, weights)[0]


def _skills(craft: str, role: Role, progress: float, material: Material, rng: Random) -> tuple[str, ...]:
    """Return about a dozen skills, the central ones first: of the craft, of a second, of any, of the day."""
    main = material.crafts[craft]
    skills = [s for s in main.core if rng.random() < 0.62 * _trend(s, progress)]
    skills += _drawn(main.more, max(rng.randint(1, 3), 6 - len(skills)), progress, rng)
    second = material.crafts[rng.choice([*main.near, *role.crafts])]
    skills += _drawn(second.core + second.more, rng.choice([0, 2, 3, 4, 6]), progress, rng)
    skills += [skill for skill in EVERYWHERE if rng.random() < 0.15]
    if rng.random() < TAKES_UP_GENAI.get(craft, 0.0) * progress**1.5:
        skills += rng.sample(GENAI_FIRST, 2)
    # The centre of the work stays in front, yet any skill may turn out required or merely nice to have.
    ranked = sorted(enumerate(dict.fromkeys(skills)), key=lambda item: item[0] + rng.uniform(0, 5))
    return tuple(skill for _, skill in ranked)


def _drawn(skills: Sequence[str], count: int, progress: float, rng: Random) -> list[str]:
    """Return `count` of the skills, without repeats, weighted by the trend."""
    keyed = [(rng.random() ** (1 / max(_trend(skill, progress), 0.02)), skill) for skill in skills]
    return [skill for _, skill in sorted(keyed, reverse=True)[:count]]


def _trend(skill: str, progress: float) -> float:
    last = TRENDS.get(skill, 1.0)
    # A rising skill starts at 1/last and ends at 1; a falling one starts at 1 and ends at `last`.
    return math.pow(last, progress - 1 if last > 1 else progress)


def _decorated(title: str, place: Place, rng: Random) -> str:
    """Return the title as boards show it, some with what does not belong to a title."""
    if place.country == "DE" and rng.random() < 0.6:
        return f"{title} (m/f/d)"
    return title + rng.choices(["", " (Remote)", f" - {place.city}", " (Hybrid)"], [86, 4, 6, 4])[0]


def _employment(title: str, rng: Random) -> str:
    if "Intern" in title:
        return "Internship"
    return rng.choices(["Full-time", "Contract", "Part-time"], [88, 8, 4])[0]


def _pick(weights: Mapping[str, int], rng: Random) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
