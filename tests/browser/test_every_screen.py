"""What holds for every screen of the menu: no errors, no jumping, accessible, in either colour, wide and narrow."""

import gzip
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.browser.looking import NARROW, WIDE, amiss, settle
from tests.browser.server import Server

BUDGET = 250 * 1024
"""Bytes of the first screen, gzipped, styles included."""
AT_ONCE = (
    "const start = setTimeout; setTimeout = (run, after, ...more) => after === 1000 || start(run, after, ...more);"
)
"""Keeps away what the first screen does without and fetches a second later."""
SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value);
    }).observe({type: "layout-shift", buffered: true});
}"""


# each screen wide and narrow, in light and in dark: both pairings would take twice as long and find the same
@pytest.fixture(params=[(WIDE, "light"), (NARROW, "dark")], ids=["wide and light", "narrow and dark"])
def looking(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    (width, height), colours = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=colours,
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def screens(page: Page, demo: Server) -> list[str]:
    """The addresses that the menu leads to."""
    page.goto(f"{demo.address}/")
    page.locator("nav a[href^='/']").first.wait_for(state="attached")
    links = page.locator("nav a[href^='/']:not([target])")
    return list(dict.fromkeys(link.get_attribute("href") or "" for link in links.all()))


def test_every_screen_is_sound(looking: BrowserContext, demo: Server) -> None:
    page = looking.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    addresses = screens(page, demo)
    assert wrong == []  # nor at the first visit, which the demo signs in
    assert len(addresses) >= 12
    page.add_init_script(f"({SHIFTS})()")
    told: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(f"{demo.address}{address}")
        settle(page)
        shift = sum(page.evaluate("window.shifts"))
        problems = [*amiss(page), *wrong]
        if shift > 0.1:
            problems.append(f"the layout shifts by {shift:.2f} while it is loaded")
        if problems:
            told[address] = problems
        wrong.clear()
    assert told == {}


def test_the_first_screen_is_light_and_asks_nobody_else(context: BrowserContext, demo: Server) -> None:
    page = context.new_page()
    files: dict[str, int] = {}
    hosts = set()

    def note(answer: Response) -> None:
        address = urlsplit(answer.url)
        hosts.add(address.netloc)
        if address.path.startswith(("/assets/", "/first-paint")) or answer.request.resource_type == "document":
            files[address.path] = len(gzip.compress(answer.body(), 6))

    page.on("response", note)
    page.add_init_script(AT_ONCE)
    page.goto(f"{demo.address}/")
    settle(page)

    assert hosts == {urlsplit(demo.address).netloc}
    assert any(path.endswith(".css") for path in files)
    assert sum(files.values()) <= BUDGET, files
