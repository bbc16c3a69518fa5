"""One browser, two people after each other: what the first typed is not for the second, and is never sent as theirs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.inbox import Inbox, ben, customer, log
from tests.browser.server import Server

OWN = "Object.keys(localStorage).filter(key => /draft|outbox|newAction/.test(key))"


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Ben").click()
    page.get_by_role("button", name="Sign out").click()


def _lose_session(page: Page) -> None:
    page.context.clear_cookies()
    page.reload()


@pytest.mark.parametrize("leave", [_sign_out, _lose_session])
def test_what_one_member_typed_is_neither_shown_to_the_next_nor_sent_as_theirs(
    chromium: Browser, demo: Server, leave: Callable[[Page], None]
) -> None:
    drafted, unsent = customer(demo, "I want to talk to a human"), customer(demo, "I want to talk to a human")
    context = ben(chromium, demo)
    inbox = Inbox(context.new_page(), demo)
    inbox.open(drafted)
    inbox.field.fill("Between us: refund him")
    inbox.page.route("**/reply?*", lambda route: route.abort())
    inbox.open(unsent)
    inbox.reply("Ben's own words")
    expect(inbox.page.get_by_text("Ben's own words")).to_be_visible()
    # between two tries it is being sent
    inbox.page.wait_for_function("localStorage['deskhand.outbox'].includes('\"waiting\"')")

    leave(inbox.page)  # the demo signs its owner in at once
    expect(inbox.page.get_by_role("button", name="Demo owner")).to_be_visible()
    inbox.page.unroute("**/reply?*")
    assert inbox.page.evaluate(OWN) == []
    inbox.open(unsent)
    expect(inbox.page.get_by_text("Ben's own words")).to_have_count(0)
    inbox.open(drafted)
    expect(inbox.field).to_have_value("")
    assert log(demo, unsent, "replied") == []
    context.close()


def test_what_was_typed_outlives_a_session_of_the_same_member(chromium: Browser, demo: Server) -> None:
    conversation = customer(demo, "I want to talk to a human")
    context = ben(chromium, demo)
    inbox = Inbox(context.new_page(), demo)
    inbox.open(conversation)
    inbox.field.fill("A long answer")
    again = ben(chromium, demo)
    context.add_cookies([{**one} for one in again.cookies()])  # type: ignore[typeddict-item]
    inbox.open(conversation)
    expect(inbox.field).to_have_value("A long answer")
    again.close()
    context.close()
