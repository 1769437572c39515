import pytest

from postings.ingest.places import country_code, parse_place


@pytest.mark.parametrize(
    ("written", "city", "region", "country"),
    [
        ("Seattle, WA", "Seattle", "Washington", "US"),
        ("Pittsburgh, PA 15289", "Pittsburgh", "Pennsylvania", "US"),
        ("Baltimore, MD 21224 (Canton Industrial Area area)", "Baltimore", "Maryland", "US"),
        ("Andover, MA, USA", "Andover", "Massachusetts", "US"),
        ("California, United States", "", "California", "US"),
        ("New York, United States", "New York", "", "US"),
        ("Austin, Texas Metropolitan Area", "Austin", "Texas", "US"),
        ("San Francisco Bay Area", "San Francisco", "San Francisco Bay Area", "US"),
        ("Alameda County, CA", "", "California", "US"),
        ("Mill Valley, CA", "Mill Valley", "California", "US"),
        ("US, NY, New York", "New York", "New York", "US"),
        ("US-CA-Menlo Park", "Menlo Park", "California", "US"),
        ("Atlanta, Georgia", "Atlanta", "Georgia", "US"),
        ("Tbilisi, Georgia", "Tbilisi", "", "GE"),
        ("Georgia", "", "Georgia", ""),
        ("Holland, MI", "Holland", "Michigan", "US"),
        ("Mexico, Missouri, United States", "Mexico", "Missouri", "US"),
        ("Lebanon, PA", "Lebanon", "Pennsylvania", "US"),
        ("London, England, United Kingdom", "London", "England", "GB"),
        ("London", "London", "", "GB"),
        ("London, ON", "London", "Ontario", "CA"),
        ("London Area, United Kingdom", "London", "London Area", "GB"),
        ("Cardiff, Wales", "Cardiff", "Wales", "GB"),
        ("Berlin", "Berlin", "", "DE"),
        ("Berlin, DE", "Berlin", "", "DE"),
        ("Dover, DE", "Dover", "Delaware", "US"),
        ("80331 München", "München", "", "DE"),
        ("Garching b.München", "Garching b.München", "", "DE"),
        ("Germany, DE", "", "", "DE"),
        ("Deutschland", "", "", "DE"),
        ("Stuttgart, Baden-Württemberg", "Stuttgart", "Baden-Württemberg", "DE"),
        ("Wien, Österreich", "Wien", "", "AT"),
        ("Zürich, Schweiz", "Zürich", "", "CH"),
        ("Chicago, IL", "Chicago", "Illinois", "US"),
        ("Tel Aviv, IL", "Tel Aviv", "", "IL"),
        ("Petah-Tikva / Yokneam, Israel", "Petah-Tikva", "", "IL"),
        ("Dubai · UAE", "Dubai", "", "AE"),
        ("Metro Manila, Philippines", "", "Metro Manila", "PH"),
        ("Cebu City, Cebu, Philippines (+1 other)", "Cebu City", "Cebu", "PH"),
        ("Flemish Region, Belgium", "", "Flemish Region", "BE"),
        ("The Randstad, Netherlands", "", "The Randstad", "NL"),
        ("Greater Barcelona Metropolitan Area", "Barcelona", "Greater Barcelona Metropolitan Area", "ES"),
        ("Sydney NSW 2000", "Sydney", "New South Wales", "AU"),
        ("Perth, WA", "Perth", "WA", "AU"),
        ("Kraków", "Kraków", "", "PL"),
        ("Luxembourg, Luxembourg, Luxembourg", "Luxembourg", "", "LU"),
        ("Canada, Moyen-Chari, Chad", "", "", "CA"),
        ("Remote", "", "", ""),
        ("Anywhere", "", "", ""),
        ("European Union", "", "", ""),
        ("Remote, US", "", "", "US"),
        ("Remote (United States)", "", "", "US"),
        ("Remote in Austin, TX", "Austin", "Texas", "US"),
        ("Hybrid remote in New York, NY 10001", "New York", "New York", "US"),
        ("Kleinkleckersdorf", "Kleinkleckersdorf", "", ""),
        ("CA", "", "", ""),
        ("N/A", "", "", ""),
    ],
)
def test_a_place_is_read(written, city, region, country):
    place = parse_place(written)
    assert (place.city, place.region, place.country) == (city, region, country)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"city": "Milwaukee", "region": "WI"}, ("Milwaukee, WI", "Milwaukee", "Wisconsin", "US")),
        ({"region": "CA"}, ("CA", "", "California", "US")),
        ({"country": "CA"}, ("CA", "", "", "CA")),
        ({"city": "Berlin", "country": "Deutschland"}, ("Berlin, Deutschland", "Berlin", "", "DE")),
        (
            {"city": "Boston", "region": "Massachusetts, United States"},
            ("Boston, Massachusetts, United States", "Boston", "Massachusetts", "US"),
        ),
        ({"city": "Remote"}, ("Remote", "", "", "")),
    ],
)
def test_fields_of_their_own_make_a_place(cells, expected):
    place = parse_place("", **cells)
    assert (place.place, place.city, place.region, place.country) == expected


def test_the_field_for_the_country_comes_before_what_the_place_seems_to_say():
    assert parse_place("London", country="Canada").country == "CA"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("de", "DE"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("Côte d’Ivoire", "CI"),
        ("Україна", "UA"),
        ("Narnia", ""),
        ("", ""),
        ("ZZ", ""),
        ("XX", ""),
    ],
)
def test_countries_are_known_by_name_and_code(name, code):
    assert country_code(name) == code
