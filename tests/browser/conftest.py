from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.house import open_house
from tests.browser.orchard import MAKE_CORA, write_ads
from tests.browser.samples import make_samples
from tests.browser.visits import TIMEOUT, Visits

CHROMIUM = Path("/usr/bin/chromium")

expect.set_options(timeout=TIMEOUT)


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        sentence = f"These tests drive {CHROMIUM}, which is not here: install it with `apt-get install chromium`."
        pytest.fail(sentence, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory, chromium):
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="session")
def all_visits(house, chromium):
    return Visits(house, chromium)


@pytest.fixture(scope="session")
def orchard_visits(tmp_path_factory, chromium):
    """Visits to a house of its own for those who decide: the sample, and ads that name what no alias names."""
    folder = tmp_path_factory.mktemp("orchard")
    ads = write_ads(folder / "ads.csv")
    reading = (("ingest", str(ads)), ("extract",), ("group_copies",), ("refresh",))
    with open_house(folder, *reading, ("shell", "-c", MAKE_CORA)) as opened:
        yield Visits(opened, chromium)


@pytest.fixture(scope="session")
def samples(house):
    """What tests/browser/samples.py makes: a second reader, and samples in every state."""
    make_samples(house)


@pytest.fixture
def visits(all_visits):
    """Open pages with it. No page of a test may have shown an error, broken the policy or missed a file."""
    yield all_visits
    assert_no_faults(all_visits)


@pytest.fixture
def visits_to_orchard(orchard_visits):
    """As `visits`, of the house where everything may be decided."""
    yield orchard_visits
    assert_no_faults(orchard_visits)


def assert_no_faults(visits):
    faults = visits.end()
    assert not faults, "\n".join(faults)
