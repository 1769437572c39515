"""Pay as ads state it: by country, in many spellings, and mostly not at all."""

from __future__ import annotations

from random import Random

STATED = 0.35  # of all postings
ROLE_FACTORS = {
    "ML engineer": 1.15, "AI engineer": 1.2, "MLOps engineer": 1.12, "research scientist": 1.3,
    "data scientist": 1.05, "data engineer": 1.05, "DevOps engineer": 1.05, "data analyst": 0.74,
    "BI analyst": 0.76, "product analyst": 0.84,
}  # fmt: skip
SENIORITY_FACTORS = {"junior": 0.72, "mid": 1.0, "senior": 1.28, "lead": 1.5}
# Country -> middle of the range for a year (or month, where `{}` says so) and the spellings of a range.
SCALES: dict[str, tuple[int, tuple[str, ...]]] = {
    "US": (
        128_000,
        ("${low:,} - ${high:,} a year", "${low:,} - ${high:,}", "${low_k}K - ${high_k}K per year"),
    ),
    "GB": (
        60_000,
        ("£{low:,} - £{high:,} per annum", "£{low_k}k - £{high_k}k", "£{low:,} to £{high:,} a year"),
    ),
    "DE": (68_000, ("€{low:,} - €{high:,} a year", "{low:,} - {high:,} EUR per year")),
    "NL": (64_000, ("€{low:,} - €{high:,} per year",)),
    "IE": (66_000, ("€{low_k}k - €{high_k}k", "€{low:,} - €{high:,} a year")),
    "FR": (54_000, ("{low_k} - {high_k} k€ per year", "€{low:,} - €{high:,} a year")),
    "ES": (44_000, ("€{low:,} - €{high:,} a year",)),
    "CA": (104_000, ("CA${low:,} - CA${high:,} a year", "{low:,} - {high:,} CAD per year")),
    "PL": (19_000, ("{low:,} - {high:,} PLN per month", "{low:,} - {high:,} PLN / month")),
    "SE": (51_000, ("{low:,} - {high:,} SEK per month",)),
    "IN": (2_300_000, ("₹{low:,} - ₹{high:,} a year", "{low:,} - {high:,} INR per year")),
}
HOURLY = {"US": "${low} - ${high} an hour", "GB": "£{low} - £{high} per hour"}


def stated_pay(country: str, role: str, seniority: str, employment: str, rng: Random) -> str:
    """Return the pay as the ad would state it, or "" where it says nothing."""
    if rng.random() > STATED or employment == "Internship":
        return ""
    base, spellings = SCALES[country]
    middle = base * ROLE_FACTORS.get(role, 1.0) * SENIORITY_FACTORS[seniority] * rng.uniform(0.88, 1.14)
    half = middle * rng.uniform(0.06, 0.16)
    if employment == "Contract" and country in HOURLY:
        # About 2,000 paid hours a year, and a fifth more for the risk.
        return HOURLY[country].format(low=round((middle - half) / 1700), high=round((middle + half) / 1700))
    low, high = (_rounded(amount) for amount in (middle - half, middle + half))
    return rng.choice(spellings).format(low=low, high=high, low_k=low // 1000, high_k=high // 1000)


def _rounded(amount: float) -> int:
    step = 50_000 if amount > 500_000 else 1000
    return round(amount / step) * step
