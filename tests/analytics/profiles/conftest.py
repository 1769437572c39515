import pytest

from analytics.profiles import fit_profiles
from tests.analytics.profiles.make_planted import NESTED, make_nested, make_postings


@pytest.fixture(scope="session")
def nested():
    """Five families of two kinds of work each, planted."""
    return make_nested()


@pytest.fixture(scope="session")
def nested_fit(nested):
    """What a fit with ten profiles finds in them; it takes seconds."""
    return fit_profiles(make_postings(nested.X), settings=NESTED)
