"""Accessibility as axe-core judges it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
ANY = ("minor", "moderate", *GRAVE)
_RUN = """async impacts => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(found => impacts.includes(found.impact))
    .map(found => `${found.id}: ${found.help} (${found.nodes.length}): ` +
        found.nodes.slice(0, 3).map(node => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join(" | "))"""


def findings(page: Page, impacts: tuple[str, ...] = GRAVE) -> list[str]:
    """What axe finds on the page as it stands, a line each."""
    if not AXE.is_file():
        pytest.skip("the web parts are not installed: `make setup` fetches axe-core")
    # the page's policy lets no script in but the server's; the debugger's own evaluation is not bound by it
    page.evaluate(AXE.read_text() + "\n;undefined")
    found: list[str] = page.evaluate(_RUN, list(impacts))
    return found
