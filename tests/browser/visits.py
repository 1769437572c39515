"""Visits by Chromium: a page in one of four looks, watched for everything that must not happen."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

from tests.browser.house import House

TIMEOUT = 30_000
"""Milliseconds that a page or an expectation may take: generous, since the machine may be busy."""

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`Content-Security-Policy broken: ${event.violatedDirective} by ${event.blockedURI} ${event.sample}`);
});
"""


@dataclass(frozen=True)
class Look:
    """How wide the window is, and which theme the system asks for."""

    width: int
    theme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}"


WIDE, DARK, NARROW, NARROW_DARK = Look(1280, "light"), Look(1280, "dark"), Look(390, "light"), Look(390, "dark")
LOOKS = (WIDE, DARK, NARROW, NARROW_DARK)


@dataclass
class Watch:
    """What went wrong on a page since it was opened. `refusals` are the HTTP statuses that the visit provokes."""

    refusals: tuple[int, ...] = ()
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("requestfailed", self._see_failure)
        page.on("response", self._see_answer)

    def _hear(self, message: ConsoleMessage) -> None:
        provoked = any(f"status of {status}" in message.text for status in self.refusals)
        if message.type == "error" and not provoked:
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _see_failure(self, request: Request) -> None:
        # Leaving a page ends what it was still asking for, and so does a download that takes over.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"request failed: {request.url} ({request.failure})")

    def _see_answer(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.refusals:
            self.faults.append(f"HTTP {response.status}: {response.url}")


@dataclass
class Visits:
    """Opens pages. Visitors of one look share their cache; `newcomer` has nothing, not even a cookie."""

    house: House
    browser: Browser
    contexts: dict[tuple[Look, bool], BrowserContext] = field(default_factory=dict)
    watched: list[tuple[Page, Watch]] = field(default_factory=list)
    fresh: list[BrowserContext] = field(default_factory=list)
    cookies: list = field(default_factory=list)

    def page(self, look: Look = WIDE, *, signed_in: bool = False, refusals: tuple[int, ...] = ()) -> Page:
        key = (look, signed_in)
        if key not in self.contexts:
            self.contexts[key] = self._context(look)
            if signed_in:
                self.contexts[key].add_cookies(self._admin_cookies())
        return self._open(self.contexts[key], refusals)

    def newcomer(self, look: Look = WIDE, *, javascript: bool = True, refusals: tuple[int, ...] = ()) -> Page:
        self.fresh.append(self._context(look, javascript=javascript))
        return self._open(self.fresh[-1], refusals)

    def end(self) -> list[str]:
        """Close the pages of one test and return the faults that were seen on them."""
        faults = [f"{page.url}: {fault}" for page, watch in self.watched for fault in watch.faults]
        for page, _ in self.watched:
            page.close()
        for context in self.fresh:
            context.close()
        self.watched.clear()
        self.fresh.clear()
        return faults

    def _context(self, look: Look, *, javascript: bool = True) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.house.url,
            viewport={"width": look.width, "height": 844},
            color_scheme=look.theme,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(TIMEOUT)
        context.add_init_script(TELL_VIOLATIONS)
        return context

    def _open(self, context: BrowserContext, refusals: tuple[int, ...]) -> Page:
        page = context.new_page()
        watch = Watch(refusals)
        watch.over(page)
        self.watched.append((page, watch))
        return page

    def _admin_cookies(self) -> list:
        if not self.cookies:
            page = self.newcomer()
            sign_in(page, self.house)
            self.cookies = page.context.cookies()
        return self.cookies


def sign_in(page: Page, house: House, *, name: str = "admin", password: str = "") -> None:
    """Sign in through the form, as a person would; ends wherever that leads."""
    page.goto("/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password or house.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_attached()


def settle(page: Page) -> None:
    """Wait until everything on the page is there: charts are drawn when they come near the screen."""
    page.wait_for_load_state("load")
    for figure in page.locator("figure[data-chart]").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".chart-frame.is-drawn")).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")


def sideways_overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def query_of(page):
    return parse_qs(urlsplit(page.url).query)


def counted(page):
    """The figure over the list of postings."""
    return int(page.locator("#count").inner_text().replace(",", ""))


def choose(page, field, option):
    """Tick an option of the filter bar and close the list, which sends it."""
    page.locator(f"#pick-{field}").click()
    page.locator(f"input[name={field}][value='{option}']").check()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(f"{field}="))
    expect(page.locator(f"#pick-{field}")).to_have_class("has-choice")
