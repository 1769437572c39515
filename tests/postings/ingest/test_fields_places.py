"""Places as boards write them: city, region, country."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.ingest.places import is_no_place, parse_place

PLACES = {
    "Leeds, England, United Kingdom": ("Leeds", "England", "GB"),
    "Leeds, UK": ("Leeds", "", "GB"),
    "London, SW1A 1AA": ("London", "SW1A 1AA", "GB"),
    "London SW1A 1AA": ("London", "", "GB"),
    "Greater London": ("", "Greater London", "GB"),
    "London Area, United Kingdom": ("London", "London Area", "GB"),
    "Cambridge, UK": ("Cambridge", "", "GB"),
    "Cambridge, MA": ("Cambridge", "Massachusetts", "US"),
    "San Francisco, CA 94105 (SoMa area)": ("San Francisco", "California", "US"),
    "San Francisco Bay Area": ("San Francisco", "San Francisco Bay Area", "US"),
    "New York, NY": ("New York", "New York", "US"),
    "New York City Metropolitan Area": ("New York City", "New York City Metropolitan Area", "US"),
    "US-CA-Menlo Park": ("Menlo Park", "California", "US"),
    "US, NY, New York": ("New York", "New York", "US"),
    "Austin, TX, USA": ("Austin", "Texas", "US"),
    "Austin, Texas, United States": ("Austin", "Texas", "US"),
    "Texas, United States": ("", "Texas", "US"),
    "United States": ("", "", "US"),
    "Hybrid remote in Austin, TX": ("Austin", "Texas", "US"),
    "Remote in Austin, TX 78701": ("Austin", "Texas", "US"),
    "Remote - US": ("", "", "US"),
    "Remote, US": ("", "", "US"),
    "US Remote": ("", "", "US"),
    "Remote (Germany)": ("", "", "DE"),
    "Remote": ("", "", ""),
    "Anywhere": ("", "", ""),
    "Anywhere in Germany": ("", "", "DE"),
    "Worldwide": ("", "", ""),
    "Work from home": ("", "", ""),
    "Télétravail": ("", "", ""),
    "Home Office": ("", "", ""),
    "2 locations": ("", "", ""),
    "Multiple Locations": ("", "", ""),
    "3 Standorte": ("", "", ""),
    "Mehrere Standorte": ("", "", ""),
    "Berlin +2 weitere": ("Berlin", "", "DE"),
    "Austin, TX and 3 more locations": ("Austin", "Texas", "US"),
    "Berlin": ("Berlin", "", "DE"),
    "Berlin, Deutschland": ("Berlin", "", "DE"),
    "Berlin-Mitte": ("Berlin", "", "DE"),
    "Leinfelden-Echterdingen": ("Leinfelden-Echterdingen", "", "DE"),
    "10115 Berlin": ("Berlin", "", "DE"),
    "D-80331 München": ("München", "", "DE"),
    "Frankfurt am Main, Hessen": ("Frankfurt am Main", "Hessen", "DE"),
    "Germany - Berlin": ("Berlin", "", "DE"),
    "Deutschlandweit": ("", "", "DE"),
    "Wien, Österreich": ("Wien", "", "AT"),
    "1010 Wien": ("Wien", "", "AT"),
    "Zürich, Schweiz": ("Zürich", "", "CH"),
    "Paris 8e": ("Paris", "", "FR"),
    "Paris 15ème arrondissement": ("Paris", "", "FR"),
    "75008 Paris": ("Paris", "", "FR"),
    "Paris (75)": ("Paris", "", "FR"),
    "Paris - 75": ("Paris", "", "FR"),
    "Lyon, Auvergne-Rhône-Alpes, France": ("Lyon", "Auvergne-Rhône-Alpes", "FR"),
    "Greater Paris Metropolitan Region": ("Paris", "Greater Paris Metropolitan Region", "FR"),
    "Dublin 2": ("Dublin", "", "IE"),
    "Praha 4": ("Praha", "", "CZ"),
    "Amsterdam, Noord-Holland": ("Amsterdam", "Noord-Holland", "NL"),
    "The Randstad, Netherlands": ("", "The Randstad", "NL"),
    "Madrid, Comunidad de Madrid, España": ("Madrid", "Comunidad de Madrid", "ES"),
    "Milano, Lombardia, Italia": ("Milano", "Lombardia", "IT"),
    "Warszawa, mazowieckie": ("Warszawa", "mazowieckie", "PL"),
    "Kraków, Polska": ("Kraków", "", "PL"),
    "São Paulo, SP": ("São Paulo", "São Paulo", "BR"),
    "São Paulo/SP": ("São Paulo", "São Paulo", "BR"),
    "Campinas - SP": ("Campinas", "São Paulo", "BR"),
    "Rio de Janeiro, RJ, Brasil": ("Rio de Janeiro", "Rio de Janeiro", "BR"),
    "Toronto, ON": ("Toronto", "Ontario", "CA"),
    "Toronto, Ontario, Canada": ("Toronto", "Ontario", "CA"),
    "Sydney NSW 2000": ("Sydney", "New South Wales", "AU"),
    "Bengaluru, Karnataka, India": ("Bengaluru", "Karnataka", "IN"),
    "Tel Aviv, IL": ("Tel Aviv", "", "IL"),
    "London; Manchester": ("London", "", "GB"),
    "Austin, TX; Denver, CO": ("Austin", "Texas", "US"),
    "Berlin / Hamburg": ("Berlin", "", "DE"),
    "Berlin/Hamburg": ("Berlin", "", "DE"),
    "Remote / Berlin": ("Berlin", "", "DE"),
    "Berlin or Remote": ("Berlin", "", "DE"),
    "Frankfurt/Main": ("Frankfurt/Main", "", "DE"),
    "Wallisellen / Hof, Zurich, Switzerland": ("Wallisellen", "Zurich", "CH"),
    "Dubai · UAE": ("Dubai", "", "AE"),
    "Kleinkleckersdorf": ("Kleinkleckersdorf", "", ""),
    "EMEA": ("", "", ""),
    "N/A": ("", "", ""),
    "Georgia": ("", "Georgia", ""),
    "Tbilisi, Georgia": ("Tbilisi", "", "GE"),
}


@pytest.mark.parametrize("written", PLACES)
def test_a_place_is_read(written):
    place = parse_place(written)
    assert (place.city, place.region, place.country) == PLACES[written]


@pytest.mark.parametrize("written", ["Remote", "Worldwide", "2 locations", "EMEA", "Anywhere", "Home Office"])
def test_what_names_no_place_is_told_from_what_cannot_be_read(written):
    assert is_no_place(written)
    assert not is_no_place("Narnia")


PARTS = st.sampled_from(
    [
        "Berlin",
        "Austin",
        "TX",
        "UK",
        "Remote",
        ",",
        ";",
        "/",
        "-",
        "(",
        ")",
        "in",
        "75008",
        "8e",
        "2 locations",
        "São Paulo",
    ]
)


@settings(deadline=None)  # the names of countries are loaded by the first of them
@given(st.text(max_size=60) | st.lists(PARTS, max_size=8).map(" ".join), st.text(max_size=8), st.text(max_size=8))
def test_reading_a_place_never_fails_and_gives_a_country_s_code(written, region, country):
    place = parse_place(written, region=region, country=country)

    assert place.country == "" or (len(place.country) == 2 and place.country.isupper())
    assert "\n" not in place.place + place.city + place.region
    assert len(place.city) <= max(len(written), len(region), len(country)) + 1


@given(st.lists(PARTS, max_size=6).map(" ".join))
def test_reading_what_was_kept_as_the_place_gives_the_same(written):
    once = parse_place(written)
    again = parse_place(once.place)
    assert (again.city, again.region, again.country) == (once.city, once.region, once.country)
