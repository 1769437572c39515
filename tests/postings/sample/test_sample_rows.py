"""Promises of the demo sample: the same bytes for the same seed, and enough of everything to show."""

import csv
import io
import itertools
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from postings.sample import COLUMNS, sample_rows, write_sample
from postings.sample.generator import COPIES, DAMAGE

UNTIL = date(2026, 11, 20)
ROLE_WORDS = {
    "ML engineer": r"machine learning engineer|ml engineer|software engineer, machine learning",
    "data scientist": r"data scientist",
    "data engineer": r"data engineer",
    "data analyst": r"data analyst",
    "software engineer": r"software engineer|backend engineer|developer",
    "MLOps engineer": r"mlops|ml platform|machine learning operations",
    "BI analyst": r"\bbi analyst|business intelligence",
    "analytics engineer": r"analytics engineer",
    "AI engineer": r"\bai engineer|llm engineer|artificial intelligence engineer",
    "research scientist": r"research scientist",
    "DevOps engineer": r"devops|site reliability|platform engineer",
    "product analyst": r"product (data )?analyst|growth analyst",
}


@pytest.fixture(scope="module")
def rows():
    return sample_rows(until=UNTIL)


def good(rows):
    return [r for r in rows if len(r["title"]) > 3 and len(r["description"]) > 100]


def words(description):
    return re.findall(r"\w+", re.sub(r"<[^>]+>", " ", description).lower())


def shingles(description, width=5):
    tokens = words(description)
    return {tuple(tokens[i : i + width]) for i in range(len(tokens) - width + 1)}


def iso_day(row):
    found = re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["date_posted"])
    return date.fromisoformat(row["date_posted"]) if found else None


@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_bytes(tmp_path):
    first, second, other = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    count = write_sample(first, until=UNTIL, seed=7)
    write_sample(second, until=UNTIL, seed=7)
    write_sample(other, until=UNTIL, seed=8)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes() != other.read_bytes()
    parsed = list(csv.DictReader(io.StringIO(first.read_text(encoding="utf-8"))))
    assert len(parsed) == count
    assert tuple(parsed[0]) == COLUMNS


def test_there_are_at_least_640_postings_besides_copies_and_damage(rows):
    assert len(rows) - COPIES - len(DAMAGE) >= 640


def test_dates_cover_the_24_months_that_end_with_the_given_day(rows):
    days = [day for row in rows if (day := iso_day(row))]
    assert len({(day.year, day.month) for day in days}) == 24
    assert max(days) <= UNTIL
    assert min(days) >= date(2024, 12, 1)


@pytest.mark.slow
@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2024, 2, 29), date(2025, 12, 31)])
def test_any_last_day_will_do(until):
    days = [day for row in sample_rows(until=until, seed=1) if (day := iso_day(row))]
    assert max(days) <= until
    assert until - max(days) < timedelta(days=62)


def test_every_one_of_the_twelve_roles_is_offered_often_enough_to_count(rows):
    titles = [row["title"].lower() for row in good(rows)]
    counts = {role: sum(bool(re.search(form, t)) for t in titles) for role, form in ROLE_WORDS.items()}
    assert min(counts.values()) >= 20, counts


def test_eighty_companies_in_several_countries_are_hiring(rows):
    assert len({row["company"] for row in rows if row["company"]}) == 80
    assert len({row["location"].rsplit(", ", 1)[-1] for row in rows}) >= 10


def test_pay_is_stated_in_about_a_third_and_in_several_currencies(rows):
    stated = [row["salary"] for row in rows if row["salary"]]
    assert 0.28 <= len(stated) / len(rows) <= 0.42
    text = " ".join(stated)
    assert all(mark in text for mark in ("$", "£", "€", "PLN", "₹"))


def test_remote_hybrid_and_on_site_all_occur(rows):
    assert set(Counter(row["remote"] for row in rows)) == {"Remote", "Hybrid", "On-site"}


@pytest.mark.slow
def test_about_six_percent_are_copies_on_another_board_or_in_another_town(rows):
    known = [(row["company"], row["job_id"], shingles(row["description"])) for row in good(rows)]
    copies = 0
    for _, group in itertools.groupby(sorted(known, key=lambda item: item[:2]), key=lambda item: item[0]):
        pairs = itertools.combinations([item[2] for item in group], 2)
        copies += sum(len(a & b) / len(a | b) > 0.8 for a, b in pairs)
    assert 0.04 <= copies / len(rows) <= 0.08


@pytest.mark.slow
def test_different_ads_of_one_company_are_never_near_copies(rows):
    known = sorted((r["company"], r["job_id"], shingles(r["description"])) for r in good(rows))
    for _, group in itertools.groupby(known, key=lambda item: item[0]):
        for a, b in itertools.combinations([item[2] for item in group], 2):
            likeness = len(a & b) / min(len(a), len(b))
            assert likeness < 0.55 or likeness > 0.75


@pytest.mark.slow
def test_sentences_do_not_repeat_too_much(rows):
    seen: Counter = Counter()
    for row in good(rows):
        tokens = words(row["description"])
        seen.update(tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4))
    assert len(seen) / seen.total() >= 0.38


def test_damaged_rows_are_there_for_the_report(rows):
    assert sum(row["title"] in ("", "N/A") for row in rows) >= 2
    assert sum(row["description"] in ("", "N/A", "-") for row in rows) >= 2
    assert "32/13/2025" in {row["date_posted"] for row in rows}


def test_generative_ai_rises(rows):
    dated = sorted((day, row) for row in good(rows) if (day := iso_day(row)) for row in [row["description"]])
    third = len(dated) // 3
    first, last = (
        sum(bool(re.search(r"LLMs|generative AI|RAG\b", text)) for _, text in part) / third
        for part in (dated[:third], dated[-third:])
    )
    assert last > 3 * first


def test_a_title_means_another_mix_at_a_company_with_its_own_habits(rows):
    def share(at_tallowmere, pattern):
        texts = [
            row["description"]
            for row in good(rows)
            if re.search(ROLE_WORDS["ML engineer"], row["title"].lower())
            and (row["company"] == "Tallowmere Analytics") == at_tallowmere
        ]
        return sum(bool(re.search(pattern, text)) for text in texts) / len(texts)

    statistics, engineering = r"statistics|[Rr]egression", r"PyTorch|TensorFlow|MLOps|Docker|Kubernetes|LLMs"
    assert share(at_tallowmere=True, pattern=statistics) > share(at_tallowmere=False, pattern=statistics) + 0.3
    assert share(at_tallowmere=True, pattern=engineering) < share(at_tallowmere=False, pattern=engineering) - 0.3


def test_no_slot_and_no_choice_is_left_open(rows):
    assert not [row["job_id"] for row in rows if re.search(r"[{}]|\[[^\]]*\|", row["description"])]


def test_nobody_can_be_called_or_mailed(rows):
    for row in rows:
        assert not re.search(r"@|\+\d{6,}|\d{3}[- ]\d{3}[- ]\d{4}", row["description"])
        assert re.fullmatch(r"https://\w+\.example/jobs/[A-Z]{2}-\d+", row["url"])
