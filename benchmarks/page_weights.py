"""What a page weighs and when it can be read, by the browser's own timings: HTML, scripts, requests, first paint.

    python benchmarks/page_weights.py http://127.0.0.1:8000 [/path/ ...] [--json OUT]

Each page is opened twice in Debian's Chromium: by somebody who has nothing (cold), and again (warm, what did not change
is not sent again). Medians of `--rounds` visits.
"""

import argparse
import json
import statistics
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PATHS = ("/", "/roles/", "/profiles/", "/compare/", "/skills/", "/trends/", "/companies/", "/pay/", "/postings/")
PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").length && resolve())
    .observe({ type: "paint", buffered: true });
})"""
TIMINGS = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const parts = performance.getEntriesByType("resource");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const weigh = (some) => some.reduce((sum, one) => sum + one.transferSize, 0);
  return {
    html: page.transferSize,
    html_unpacked: page.decodedBodySize,
    scripts: weigh(parts.filter((one) => one.initiatorType === "script")),
    styles: weigh(parts.filter((one) => one.initiatorType === "link" || one.initiatorType === "css")),
    requests: 1 + parts.length,
    answered_ms: page.responseEnd,
    first_paint_ms: paint ? paint.startTime : null,
    ready_ms: page.domContentLoadedEventEnd,
    elements: document.querySelectorAll("*").length,
  };
}"""


def visit(browser: Browser, url: str, rounds: int) -> dict[str, dict[str, float]]:
    """Return the medians of cold and warm visits."""
    seen: dict[str, list[dict[str, float]]] = {"cold": [], "warm": []}
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 844})
        page = context.new_page()
        for found in seen.values():
            page.goto(url, wait_until="load")
            page.evaluate(PAINTED)
            found.append(page.evaluate(TIMINGS))
        context.close()
    return {
        state: {key: statistics.median(one[key] for one in found) for key in found[0]} for state, found in seen.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("paths", nargs="*", default=PATHS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    found = {}
    print(f"{'page':38} HTML kB  unpacked  scripts  styles  requests  FCP ms cold / warm  elements")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for path in asked.paths:
            found[path] = visit(browser, asked.server + path, asked.rounds)
            cold, warm = found[path]["cold"], found[path]["warm"]
            print(
                f"{path[:38]:38} {cold['html'] / 1000:7.1f} {cold['html_unpacked'] / 1000:9.0f} "
                f"{cold['scripts'] / 1000:8.1f} {cold['styles'] / 1000:7.1f} {cold['requests']:9.0f} "
                f"{cold['first_paint_ms']:9.0f} / {warm['first_paint_ms']:<7.0f} {cold['elements']:9.0f}"
            )
        browser.close()
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
