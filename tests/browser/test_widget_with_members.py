"""A customer in the chat and a member at the dashboard, each in a browser of their own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.inbox import Inbox, ben
from tests.browser.server import Server
from tests.browser.widget import Chat, Site

PERSON = "I want to talk to a human"


@pytest.fixture
def chat(page: Page, site: Site) -> Chat:
    """The widget, opened by a customer."""
    return Chat(page).open(site.page("/", agent="plain"))


@pytest.fixture
def member(chromium: Browser, demo: Server) -> Iterator[Page]:
    """Ben, an agent, at the dashboard."""
    context = ben(chromium, demo)
    yield context.new_page()
    context.close()


def _ask_for_refund(chat: Chat, why: str) -> None:
    chat.say("I want a refund")
    chat.hears("order number")
    chat.say("A1001")
    chat.hears("reason for the refund")
    chat.say(why)
    chat.hears("A colleague is checking this for you")


def test_a_refund_happens_once_a_member_has_agreed(chat: Chat, member: Page, demo: Server) -> None:
    _ask_for_refund(chat, "The mugs came <b>broken</b>")
    member.goto(f"{demo.address}/approvals")
    waiting = member.get_by_role("list", name="What waits for a decision").get_by_role("listitem")
    waiting.filter(has_text="The mugs came <b>broken</b>").first.click()
    card = member.get_by_role("article")
    expect(card).to_contain_text("The mugs came <b>broken</b>")
    card.get_by_role("button", name="Approve").click()

    chat.hears("Your refund request has been submitted")
    (run,) = demo.get(f"/v1/runs?conversation={chat.conversation}")["items"]
    assert run["status"] == "completed"


def test_a_customer_and_a_member_talk_and_the_agent_goes_on_where_it_was(
    chat: Chat, member: Page, demo: Server
) -> None:
    chat.say("Where is my order?")
    chat.hears("order number")
    inbox = Inbox(member, demo).open(chat.conversation)
    chat.say(PERSON)
    expect(inbox.bubble("customer", PERSON)).to_be_visible()
    inbox.field.press_sequentially("Hello, Ben here.")
    inbox.field.press("Enter")
    expect(chat.log.locator(".row").last).to_contain_text("Hello, Ben here.")
    expect(chat.log.locator(".by").last).to_contain_text("Ben")
    expect(chat.root.locator(".status")).to_have_text("Ben is here for you")

    chat.field.press_sequentially("It is the lamp")
    expect(member.get_by_text("The customer is typing …").first).to_be_visible()
    chat.field.press("Enter")
    expect(inbox.bubble("customer", "It is the lamp")).to_be_visible()
    inbox.field.press_sequentially("Let me")
    expect(chat.root.locator(".status")).to_have_text("Ben is typing …")
    inbox.field.fill("")
    member.get_by_role("button", name="Hand back").click()

    expect(chat.root.locator(".status")).to_have_text("AI agent")
    chat.say("Where is order A1003?")
    chat.hears("A1003 is currently: shipped")
