"""Several windows of one browser: a customer's here, a member's there."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.desk import Desk
from tests.browser.server import Server


def _second(context: BrowserContext, demo: Server) -> Desk:
    desk = Desk(context.new_page())
    desk.open(demo.address)
    return desk


def test_a_decision_in_one_window_shows_in_the_other(desk: Desk, context: BrowserContext, demo: Server) -> None:
    members = _second(context, demo)
    desk.ask_for_refund("A1001", "Wrong colour")
    card = members.page.locator(".approval[data-status=pending]")
    expect(card).to_contain_text("Wrong colour")
    expect(members.page).to_have_title("(1) Deskhand")

    card.get_by_role("button", name="Open its conversation").click()
    expect(members.said("Wrong colour")).to_be_visible()
    members.approval().get_by_role("button", name="Approve").click()

    desk.hears("Your refund request has been submitted")
    expect(desk.approval("approved")).to_be_visible()


def test_a_window_goes_on_hearing_when_the_one_that_listened_is_closed(
    desk: Desk, context: BrowserContext, demo: Server
) -> None:
    first, second = _second(context, demo), _second(context, demo)
    desk.page.close()
    first.ask_for_refund("A1001", "Too loud")
    card = second.page.locator(".approval[data-status=pending]")
    expect(card).to_contain_text("Too loud")
    first.approval().get_by_role("button", name="Approve").click()
    expect(card).to_have_count(0)


def test_many_windows_leave_the_browser_free_to_send(desk: Desk, context: BrowserContext, demo: Server) -> None:
    desk.say("Where is my order?")
    desk.hears("order number")
    others = [_second(context, demo) for _ in range(4)]
    for number, other in enumerate(others):
        other.say("Where is my order?")
        other.hears("order number")
        other.say(f"A100{number + 1}")
        other.hears("is currently")
    desk.say("A1003")
    desk.hears("is currently: shipped")
