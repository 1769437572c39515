"""Every page of the admin, wide and narrow, light and dark: no error, the policy kept, nothing for axe to find."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from playwright.sync_api import expect

from tests.browser.house import ROOT, environment_of
from tests.browser.visits import LOOKS, SCREENSHOTS, sideways_overflow, sign_in

pytestmark = pytest.mark.browser

axe = Axe()
NO_PRELOAD = {"preload": False}
"""Left to itself, axe copies imported style sheets into the page, which the policy forbids."""
OPPOSITES = (LOOKS[0], LOOKS[-1])
"""Both widths and both themes: axe takes a second a look, and colours do not hang on the width."""

SECTIONS = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.fixture(scope="session")
def pages(house):
    """Label of a model -> page -> address, with a row of everything."""
    script = (Path(__file__).parent / "admin_pages.py").read_text()
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
        cwd=ROOT, env=environment_of(house.data), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def faults_of(page, name):
    """Look at an open page in every look, and return what is wrong with it."""
    for look in LOOKS:
        page.set_viewport_size({"width": look.width, "height": 844})
        page.emulate_media(color_scheme=look.theme)
        page.evaluate("Promise.all(document.getAnimations().map((change) => change.finished))")
        page.screenshot(path=SCREENSHOTS / f"admin-{name}-{look}.png", full_page=True)
        if look in OPPOSITES and (found := axe.run(page, options=NO_PRELOAD)).violations_count:
            yield f"{name} {look}: {found.generate_report()}"
        if over := sideways_overflow(page):
            yield f"{name} {look}: {over} pixels too wide"


@pytest.mark.parametrize("section", [*SECTIONS, "others"])
def test_the_pages_of_a_section_break_nothing(section, visits, pages):
    page, faults = visits.page(signed_in=True), []

    for name, address in pages[section].items():
        assert page.goto(address).status == 200, address
        expect(page.locator("h1").first).to_be_attached()
        faults += faults_of(page, f"{section}-{name}")

    assert not faults, "\n".join(faults)


def test_too_many_wrong_passwords_lead_to_a_page_that_says_so_and_keep_nobody_else_out(visits, house):
    page = visits.newcomer(refusals=(429,))
    page.goto("/login/")
    for _ in range(5):
        page.get_by_label("Username").fill("nobody-at-all")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1, name="Too many attempts to sign in")).to_be_visible()
    faults = list(faults_of(page, "locked"))
    assert not faults, "\n".join(faults)
    other = visits.newcomer()
    sign_in(other, house)
    expect(other.get_by_role("button", name="Sign out")).to_be_attached()
