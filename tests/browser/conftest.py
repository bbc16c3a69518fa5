"""A real browser, and real servers for it to look at."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.server import Server
from tests.browser.widget import Site, site_beside

PATIENCE = 15_000
"""Milliseconds until something that never shows up fails a test."""

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is used: the one without a window needs half of what the others do."""

# without a screen, as whoever runs the tests, and with nobody to call home to
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a test of a page try once more, and say so: a stalled machine outlasts any patience. Only pages may."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium without a window; a module's, because other tests' event loops cannot run while Playwright's does."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium-headless-shell)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo() -> Iterator[Server]:
    """`deskhand demo`, shared: a test leaves no approval pending behind."""
    with tempfile.TemporaryDirectory() as folder, Server.running("demo", Path(folder)) as server:
        yield server


@pytest.fixture(scope="module")
def site(demo: Server) -> Iterator[Site]:
    """A company's website with the widget of the agent `plain`."""
    demo.put("/v1/agents/plain", {"name": "Sam"})
    with site_beside(demo) as site:
        yield site


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty tab; whatever goes wrong in the page's own code fails the test."""
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", note)
    page.on("dialog", lambda dialog: wrong.append(f"a dialog opened: {dialog.message}"))
    yield page
    assert wrong == []
