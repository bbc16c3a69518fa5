"""The palette: screens, procedures and actions at once, conversations and contacts as the server finds them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import findings
from tests.browser.server import Server

SHOWN = ".mantine-Spotlight-action"
CHOSEN = f"{SHOWN}[data-selected]"


def opened(page: Page, demo: Server) -> Locator:
    """The palette's field, on some screen."""
    page.goto(f"{demo.address}/approvals")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    field = page.get_by_role("textbox", name="Search")
    expect(field).to_be_focused()
    return field


def conversation(demo: Server, text: str) -> str:
    """One in which a customer wrote this."""
    made: str = demo.post("/v1/conversations", {"contact": {"first_name": "Ada", "last_name": "Byron"}})["id"]
    demo.post(f"/v1/conversations/{made}/messages", {"text": text})
    return made


def test_a_conversation_is_found_by_its_words_and_opened_by_keyboard(page: Page, demo: Server) -> None:
    wanted = conversation(demo, "Do you repair periwinkle umbrellas?")
    opened(page, demo).fill("periwinkle")
    expect(page.locator(CHOSEN)).to_contain_text("Do you repair periwinkle umbrellas?")
    expect(page.locator(CHOSEN)).to_contain_text("Ada Byron")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/conversations/{wanted}"))


def test_a_conversation_is_found_by_its_id(page: Page, demo: Server) -> None:
    wanted = conversation(demo, "Hello")
    opened(page, demo).fill(wanted)
    expect(page.locator(SHOWN)).to_have_count(1)
    page.locator(SHOWN).click()
    expect(page).to_have_url(re.compile(f"/conversations/{wanted}"))


@pytest.fixture
def refunda(demo: Server) -> Iterator[str]:
    """A contact's id; gone again afterwards, so that there is one of her."""
    contact: str = demo.post("/v1/contacts", {"first_name": "Refunda", "last_name": "Quint"})["id"]
    yield contact
    demo.delete(f"/v1/contacts/{contact}")


def test_contacts_stand_below_what_is_known_here_and_are_reached_by_arrow_keys(
    page: Page, demo: Server, refunda: str
) -> None:
    opened(page, demo).fill("refund")
    expect(page.locator(SHOWN).filter(has_text="Refunda Quint")).to_be_visible()
    expect(page.locator(CHOSEN)).to_have_text("Refund Request Handler")
    assert findings(page) == []
    page.keyboard.press("ArrowUp")
    expect(page.locator(CHOSEN)).to_contain_text("Refunda Quint")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/contacts/{refunda}"))


def test_it_says_that_it_searches_that_nothing_is_found_and_that_it_cannot(page: Page, demo: Server) -> None:
    def answer(route: Route) -> None:
        if "q=broken" in route.request.url:
            route.fulfill(status=422, json={"title": "Broken", "detail": "It is broken."})
        elif "q=slow" not in route.request.url:  # that one waits for ever
            route.continue_()

    page.route("**/v1/contacts?*", answer)
    told = page.get_by_role("dialog").get_by_role("status")
    field = opened(page, demo)
    field.fill("slowxyzzyx")
    expect(told).to_have_text("Searching conversations and contacts …")
    field.fill("xyzzyx")
    expect(told).to_have_text("Nothing found. Try a shorter word.")
    field.fill("brokenxyzzyx")
    expect(told).to_have_text("Conversations and contacts cannot be searched right now.")
