from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.house import open_house
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


@pytest.fixture
def visits(all_visits):
    """Open pages with it. No page of a test may have shown an error, broken the policy or missed a file."""
    yield all_visits
    faults = all_visits.end()
    assert not faults, "\n".join(faults)
