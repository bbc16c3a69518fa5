"""The page when the server or the line between them fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.desk import Desk
from tests.browser.server import Server


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Server]:
    """A demo that a test may kill."""
    with Server.running("demo", tmp_path) as server:
        yield server


def _said(server: Server, conversation: str) -> list[str]:
    entries = server.get(f"/v1/conversations/{conversation}/entries")["items"]
    return [entry["body"]["text"] for entry in entries if entry["kind"] == "said"]


def test_the_page_outlives_its_server(page: Page, own_demo: Server) -> None:
    desk = Desk(page)
    desk.open(own_demo.address)
    desk.say("I want a refund")
    desk.hears("order number")

    own_demo.kill()
    expect(desk.banner).to_contain_text("can’t be reached right now")
    desk.say("A1001")
    expect(page.locator(".failure")).to_contain_text("Not sent")

    own_demo.start()
    expect(desk.banner).to_be_hidden()
    desk.press("Retry")
    desk.hears("reason for the refund")
    expect(desk.said("A1001")).to_have_count(1)
    assert _said(own_demo, desk.conversation) == ["I want a refund", "A1001"]


def test_a_message_whose_answer_got_lost_is_sent_again_as_the_same_one(desk: Desk, demo: Server) -> None:
    page = desk.page
    desk.say("Where is my order?")
    desk.hears("order number")
    conversation = desk.conversation
    page.route("**/events", lambda route: route.abort())  # the stream would tell that it has arrived
    page.reload()
    expect(desk.said("Where is my order?")).to_have_count(1)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/messages?*", lose_the_answer, times=1)
    page.route("**/v1/health", lambda route: route.abort())  # nor does the page find out by itself
    page.route("**/entries?*", lambda route: route.abort())
    desk.say("A1003")
    expect(page.locator(".failure")).to_contain_text("Not sent")
    desk.press("Retry")

    desk.hears("Your order #A1003 is currently: shipped")
    expect(desk.said("A1003")).to_have_count(1)
    assert _said(demo, conversation) == ["Where is my order?", "A1003"]


def test_a_conversation_that_does_not_exist_is_told(page: Page, demo: Server) -> None:
    desk = Desk(page)
    desk.open(f"{demo.address}/#conv_{'0' * 32}")
    expect(page.locator("#chat-note")).to_contain_text("That conversation isn't here")
    desk.say("Where is my order?")
    desk.hears("order number")
    expect(page.locator("#chat-note")).to_be_hidden()


def test_a_refused_decision_is_told_on_the_card(desk: Desk, demo: Server) -> None:
    desk.ask_for_refund("A1001", "Too small")
    expect(desk.approval()).to_be_visible()
    demo.post(f"/v1/conversations/{desk.conversation}/take-over")
    expect(desk.status).to_contain_text("You’re with a colleague now")

    desk.approval().get_by_role("button", name="Approve").click()

    expect(desk.approval().locator(".decision")).to_contain_text("hand it back to the agent first")
    desk.press("Hand back to the agent")
    expect(desk.status).to_contain_text("AI agent")
    desk.approval().get_by_role("button", name="Approve").click()
    desk.hears("Your refund request has been submitted")
