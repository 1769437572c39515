"""Who fills other employers' places, told by the name."""

import pytest

from postings.ingest.agencies import is_staffing_agency


@pytest.mark.parametrize(
    "name",
    [
        "Randstad Digital",
        "Robert Half",
        "Fernhollow Recruitment Ltd",
        "Plum Staffing Solutions",
        "Quince Talent Partners",
        "Quincetalent",
        "DAHLIE Personalservice GmbH",
        "Medlar Search Group",
        "QuinceJobs",
        "Hays",
        "Zeitarbeit Birnbaum",
    ],
)
def test_agencies(name):
    assert is_staffing_agency(name)


@pytest.mark.parametrize(
    "name",
    ["", "Fernhollow", "Haystone Orchards", "Elder Research", "Dicentra", "Birne Personal Finance", "Searchlight Labs"],
)
def test_employers(name):
    assert not is_staffing_agency(name)
