"""What joins two ads and what keeps them apart, beyond the share of text that they have in common."""

from __future__ import annotations

import pytest

from tests.postings.copies.make_ads import keys_of_groups, make_ad, make_text

DUTIES = make_text(("duties", 300))


def asking(years: str) -> str:
    return f"{DUTIES} You bring {years} years of experience with harbour lamps."


def test_years_of_experience_part_two_ads_under_one_title():
    ads = [make_ad("a", "Lamp Trimmer", asking("3+")), make_ad("b", "Lamp Trimmer", asking("5+"))]
    assert keys_of_groups(ads) == []


def test_a_range_that_holds_the_other_s_years_parts_nothing():
    ads = [make_ad("a", "Lamp Trimmer", asking("1-3")), make_ad("b", "Lamp Trimmer", asking("2+"))]
    assert keys_of_groups(ads) == [["a", "b"]]


def test_job_numbers_of_one_make_part_two_ads():
    ads = [make_ad(key, "Lamp Trimmer", f"{DUTIES} Requisition number: {key}") for key in ("R01998", "R01999")]
    assert keys_of_groups(ads) == []


def test_the_same_job_number_makes_up_for_titles_that_only_overlap():
    def ad(key, title, number):
        return make_ad(key, title, f"{make_text(('duties', 220), (key, 80))} Job ID: {number}")

    titles = ("Harbour Lamp Trimmer, Quay", "Harbour Lamp Clerk, Quay")
    assert keys_of_groups([ad("a", titles[0], "88213"), ad("b", titles[1], "88213")]) == [["a", "b"]]
    assert keys_of_groups([ad("a", titles[0], "88213"), ad("b", titles[1], "bell")]) == []


def test_the_name_of_the_place_in_a_title_makes_no_other_title():
    ads = [
        make_ad(town, f"Lamp Trimmer {town} Quay", make_text(("duties", 150), (town, 40)), place=f"{town}, Norway")
        for town in ("Bergen", "Molde", "Narvik", "Vardø", "Alta")
    ]
    # Under five titles the duties would be boilerplate; under one they are the ad.
    assert [len(group) for group in keys_of_groups(ads)] == [5]


def stock(employer: str, town: str) -> dict[str, str]:
    text = make_text(("stock", 250), (employer, 30))
    return make_ad(employer, "Data Analyst", text, company=employer, city=town)


EMPLOYERS = ("north", "south", "west", "east", "middle")
TOWNS = ("Bergen", "Molde", "Narvik", "Alta", "Hamar")


def test_a_stock_text_makes_unrelated_employers_no_copies():
    assert keys_of_groups(stock(*pair) for pair in zip(EMPLOYERS, TOWNS, strict=True)) == []


def test_the_same_stock_text_word_for_word_makes_them_no_copies_either():
    ads = [
        make_ad(name, "Data Analyst", DUTIES, company=name, city=town)
        for name, town in zip(EMPLOYERS, TOWNS, strict=True)
    ]
    assert keys_of_groups(ads) == []


def test_one_ad_through_many_agencies_in_one_town_is_one_ad():
    assert [len(group) for group in keys_of_groups(stock(employer, "Bergen") for employer in EMPLOYERS)] == [5]


@pytest.mark.parametrize("city", ["Bergen", ""])
def test_an_opening_renamed_is_the_same_ad_in_the_same_town_only(city):
    ads = [
        make_ad("a", "Harbour Clerk", DUTIES + " brass", city="Bergen"),
        make_ad("b", "Tide Analyst", DUTIES + " lamp", city=city),
    ]
    assert keys_of_groups(ads) == ([["a", "b"]] if city else [])


def test_an_opening_renamed_with_other_pay_is_another_ad():
    def pair(first, second):
        texts = {"Harbour Clerk": f"{DUTIES} Pay: {first}", "Tide Analyst": f"{DUTIES} Pay: {second}"}
        return [make_ad(title[0], title, text, city="Bergen") for title, text in texts.items()]

    assert keys_of_groups(pair("$150,000", "$225,000")) == []
    assert keys_of_groups(pair("$150,000", "$150k")) == [["H", "T"]]


def test_a_level_in_the_title_alone_parts_no_ads_but_a_level_in_one_text_does():
    told = DUTIES.replace(" ", " junior ", 1)
    plain = make_ad("a", "Lamp Trimmer", DUTIES, city="Bergen")
    assert keys_of_groups([plain, make_ad("b", "Junior Lamp Trimmer", DUTIES, city="Bergen")]) == [["a", "b"]]
    assert keys_of_groups([plain, make_ad("b", "Junior Lamp Trimmer", told, city="Bergen")]) == []


def test_two_levels_in_two_titles_are_two_ads_unless_both_texts_name_one_of_them():
    def pair(text):
        titles = {"a": "Junior Lamp Trimmer", "b": "Senior Lamp Trimmer"}
        return [make_ad(key, title, text, city="Bergen") for key, title in titles.items()]

    assert keys_of_groups(pair(DUTIES)) == []
    assert keys_of_groups(pair(DUTIES + " You are our senior trimmer.")) == [["a", "b"]]


def test_a_speciality_that_runs_through_one_text_asks_for_more_in_common():
    whale = make_text(("duties", 220), ("of whales", 60)) + " whale songs and whale maps"
    plain = make_text(("duties", 220), ("of tides", 60))
    ads = [make_ad("a", "Data Scientist", plain), make_ad("b", "Data Scientist, Whale", whale)]
    assert keys_of_groups(ads) == []
    assert keys_of_groups([ads[0], make_ad("b", "Data Scientist, Quay", whale)]) == [["b", "a"]]


def test_paragraphs_dropped_by_a_board_make_no_other_ad_in_the_same_town():
    words = DUTIES.split()
    dropped = " ".join(words[:20] + words[60:90] + words[140:165] + words[230:260]) + " " + make_text(("board", 30))
    whole = make_ad("a", "Lamp Trimmer", DUTIES, city="Bergen")
    assert keys_of_groups([whole, make_ad("b", "Lamp Trimmer", dropped, city="Bergen")]) == [["a", "b"]]
    assert keys_of_groups([whole, make_ad("b", "Lamp Trimmer", dropped, city="Molde")]) == []


def test_masked_names_and_contacts_make_no_other_ad():
    def ad(key, name):
        return make_ad(key, "Lamp Trimmer", f"{name} seeks help. {DUTIES} Write to {name} or ring {name}.")

    assert keys_of_groups([ad("a", "[COMPANY]"), ad("b", "Harbour Lamps"), ad("c", "•••••")]) == [["b", "a", "c"]]
