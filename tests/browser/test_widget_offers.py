"""What the agent offers in the chat: procedures beside an answer, after a thumb down, and in the menu."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import ANY, findings
from tests.browser.widget import RUG, Chat, Site, entries

GUIDE, CALL = "Send the care guide", "Call back"


@pytest.fixture
def chat(page: Page, site: Site) -> Chat:
    """The widget, opened on an empty page."""
    return Chat(page).open(site.page("/", agent="plain"))


def _card(chat: Chat, name: str) -> Locator:
    return chat.log.locator(".card .box").filter(has_text=name)


def _closed(chat: Chat, site: Site) -> list[object]:
    return [one["status"] for one in entries(site.server, chat.conversation, "offer_closed")]


def test_an_offer_is_accepted_and_says_so_after_a_reload_too(chat: Chat, site: Site) -> None:
    chat.say(RUG)
    expect(_card(chat, GUIDE)).to_be_visible()
    chat.press("Yes, please")

    chat.hears("Which e-mail address shall I send it to?")
    expect(chat.log.locator(".over")).to_have_text("Accepted")
    expect(chat.said("Yes, please")).to_have_count(1)
    expect(chat.field).to_be_focused()
    assert _closed(chat, site) == ["accepted"]
    chat.page.reload()
    expect(chat.log.locator(".over")).to_have_text("Accepted")
    expect(chat.said("Yes, please")).to_have_count(1)


def test_an_offer_is_declined_or_passed_over_and_accepted_later(chat: Chat, site: Site) -> None:
    chat.say(RUG)
    chat.press("No, thanks")
    expect(chat.log.locator(".over")).to_have_text("Declined")

    chat.say("Do you sell bicycles?")
    expect(_card(chat, CALL)).to_be_visible()
    assert findings(chat.page, ANY) == []
    chat.say("How can I pay?")
    chat.hears("By card, bank transfer, PayPal or invoice.")
    assert _closed(chat, site) == ["declined", "ignored"]
    chat.press("Yes, please")

    chat.hears("Which number should we call?")
    assert _closed(chat, site) == ["declined", "ignored", "accepted"]


def test_an_offer_goes_when_a_colleague_takes_over(chat: Chat, site: Site) -> None:
    chat.say(RUG)
    expect(_card(chat, GUIDE)).to_be_visible()
    site.server.post(f"/v1/conversations/{chat.conversation}/take-over")
    expect(_card(chat, GUIDE)).to_have_count(0)
    expect(chat.log.locator(".over")).to_have_text("Not answered")


def test_a_thumb_down_says_why_and_brings_what_is_offered_then(chat: Chat, site: Site) -> None:
    chat.say("How can I pay?")
    chat.hears("By card, bank transfer, PayPal or invoice.")
    down = chat.log.get_by_role("button", name="Not helpful")
    down.click()
    why = chat.log.get_by_role("textbox", name="What was wrong?")
    expect(why).to_be_focused()
    assert findings(chat.page, ANY) == []
    chat.press("Not now")
    expect(why).to_have_count(0)
    expect(down).to_be_focused()
    down.press("Enter")
    why.fill("<img src=x onerror=alert(1)>")
    chat.log.locator(".thumbs").get_by_role("button", name="Send").click()

    expect(_card(chat, CALL)).to_be_visible()
    expect(down).to_have_attribute("aria-pressed", "true")
    with chat.page.expect_response("**/feedback"):
        chat.log.get_by_role("button", name="Helpful", exact=True).click()
    expect(down).to_have_attribute("aria-pressed", "false")
    given = entries(site.server, chat.conversation, "feedback")
    assert [(one["reaction"], one.get("reason")) for one in given] == [
        ("negative", "<img src=x onerror=alert(1)>"),
        ("positive", None),
    ]


def test_the_menu_holds_what_is_always_offered_and_works_by_keyboard(chat: Chat, site: Site) -> None:
    opener = chat.root.get_by_role("button", name="Menu")
    item = chat.root.locator(".menu").get_by_role("button", name=GUIDE)
    opener.press("Enter")
    expect(chat.root.locator(".menu button").first).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(item).to_be_hidden()
    expect(opener).to_be_focused()
    expect(chat.panel).to_be_visible()
    opener.press("Enter")
    item.press("Enter")

    chat.hears("Which e-mail address shall I send it to?")
    expect(chat.said(GUIDE)).to_have_count(1)
    assert entries(site.server, chat.conversation, "clicked") == [{"question": "menu", "choice": "care-guide"}]
    chat.menu("Stop this")
    chat.hears("I've stopped that")
