from __future__ import annotations

import pytest

from postings.copies.titles import Agreement, agreement, title_words


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Data Engineer", "DATA ENGINEER (m/w/d)", Agreement.SAME),
        ("Data Engineer", "Data Engineer - Remote (6 month contract)", Agreement.SAME),
        ("Sr. Data Engineer", "Senior Data Engineer", Agreement.SAME),
        ("ML Engineer", "Machine Learning Engineer", Agreement.SAME),
        ("Data Engineer 2", "Data Engineer II", Agreement.SAME),
        ("Data Engineer", "Data Engineer, Tromsø", Agreement.NESTED),
        ("Ads Ranking Engineer", "Maps Ranking Engineer", Agreement.OVERLAP),
        ("Data Engineer", "Senior Data Engineer", Agreement.NONE),
        ("Data Engineer II", "Data Engineer III", Agreement.NONE),
        ("PHP Developer", "C++ Developer", Agreement.NONE),
        ("C++ Developer", "C# Developer", Agreement.NONE),
        ("Data Engineer", "Beekeeper", Agreement.NONE),
        ("", "Data Engineer", Agreement.NONE),
        ("", "", Agreement.SAME),
    ],
)
def test_titles_agree_as_far_as_level_and_words_go(one, other, expected):
    assert agreement(title_words(one), title_words(other)) == expected
    assert agreement(title_words(other), title_words(one)) == expected
