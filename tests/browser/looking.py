"""Looking at one screen after the other, and what all of them have."""

from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings

WIDE, NARROW = (1440, 900), (390, 844)
DRAWN = """async colours => {
    // what is off the screen would keep the colours of before: Chromium styles it when it is scrolled to
    const all = new CSSStyleSheet();
    all.replaceSync("* { content-visibility: visible !important }");
    document.adoptedStyleSheets = [all];
    const { dataset } = document.documentElement;
    const frame = () => new Promise(requestAnimationFrame);
    const ends = ({ effect }) => effect.getComputedTiming().endTime !== Infinity;
    let moving;
    do {
        await frame();
        await frame();
        moving = document.getAnimations().filter(ends);
        await Promise.allSettled(moving.map(one => one.finished));
    } while (moving.length || (dataset.mantineColorScheme ?? colours) !== colours);
}"""
"""Until the page has been drawn in these colours, and what changes slowly has changed."""


def settle(page: Page) -> None:
    """Until nothing is being loaded any more."""
    expect(page.locator("main h1:visible, main h2:visible").first).to_be_visible()
    expect(page.locator(".mantine-Skeleton-root:visible")).to_have_count(0)


def turn_on(switch: Locator) -> None:
    """Turn a switch on by its key: it has no size that a pointer could be sure to hit while the form unfolds."""
    expect(switch).not_to_be_checked()
    switch.press("Space")
    expect(switch).to_be_checked()


def wear(page: Page, size: tuple[int, int], colours: str) -> None:
    """Show the page in this size and these colours."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=colours, reduced_motion="reduce")  # type: ignore[arg-type]
    page.evaluate(DRAWN, colours)


def unsound(page: Page, base: str, addresses: Iterable[str]) -> dict[str, list[str]]:
    """What is wrong with these screens, wide and light, narrow and dark; `?` in an address opens a dialog."""
    told: dict[str, list[str]] = {}
    for address in addresses:
        wear(page, WIDE, "light")
        page.goto(base + address)
        settle(page)
        if "?" in address:
            expect(page.get_by_role("dialog")).to_be_visible()
        told |= {f"{address}, {how}": found for how, found in amiss_either_way(page).items()}
    return told


def amiss_either_way(page: Page) -> dict[str, list[str]]:
    """What is wrong with the screen wide and light, and narrow and dark."""
    told = {}
    for how, size, colours in (("wide and light", WIDE, "light"), ("narrow and dark", NARROW, "dark")):
        wear(page, size, colours)
        told[how] = amiss(page)
    return {how: found for how, found in told.items() if found}


def amiss(page: Page) -> list[str]:
    """What is wrong with the screen as it stands: what axe finds, and scrolling sideways."""
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return findings(page) + ([f"the page scrolls sideways by {sideways} pixels"] if sideways > 0 else [])
