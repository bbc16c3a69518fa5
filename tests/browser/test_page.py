"""The demo's page in a real browser: what a visitor tries first."""

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.server import Server


def test_a_refund_is_approved_beside_the_chat(desk: Desk, demo: Server) -> None:
    desk.press("I want a refund")
    desk.hears("order number")
    desk.press("New conversation")
    expect(desk.page.locator("#hello")).to_be_visible()

    desk.ask_for_refund("A1001", "The mugs came broken")
    card = desk.approval()
    expect(card).to_contain_text("Open a refund ticket for order #A1001: The mugs came broken")
    expect(card.locator("blockquote")).to_contain_text("I want a refund")
    expect(card).to_contain_text("Refund: Order #A1001")
    expect(card).to_contain_text("left")
    expect(desk.page).to_have_title("(1) Deskhand")
    desk.hears("A colleague is checking this for you")

    card.get_by_role("button", name="Approve").click()

    desk.hears("Your refund request has been submitted")
    expect(desk.approval("approved")).to_contain_text("Approved by demo")
    expect(desk.page).to_have_title("Deskhand")
    expect(desk.timeline).to_contain_text("Completed")
    expect(desk.timeline).to_contain_text("Ticket #")
    desk.page.get_by_role("tab", name="Mail, tickets, leads").click()
    expect(desk.page.locator("#records")).to_contain_text("Refund: Order #A1001")
    run = demo.get(f"/v1/runs?conversation={desk.conversation}")["items"][0]
    assert run["status"] == "completed"


def test_a_rejection_needs_a_reason_that_the_customer_never_sees(desk: Desk) -> None:
    desk.ask_for_refund("A1001", "It is too small")
    card = desk.approval()
    card.get_by_role("button", name="Reject …").click()
    card.get_by_role("button", name="Reject", exact=True).click()
    expect(card.get_by_role("alert").filter(has_text="Please say why")).to_be_visible()
    expect(card.get_by_label("Why not?")).to_be_focused()

    card.get_by_label("Why not?").fill("Third refund this month")
    card.get_by_role("button", name="Reject", exact=True).click()

    expect(desk.approval("rejected")).to_contain_text("Third refund this month")
    desk.hears("handing you over to a colleague")
    expect(desk.page.locator("#chat")).not_to_contain_text("Third refund this month")
    expect(desk.status).to_contain_text("A colleague will answer you here")
    expect(desk.timeline).to_contain_text("Handed over")


def test_a_colleague_answers_and_hands_back(desk: Desk) -> None:
    desk.say("Where is my order?")
    desk.hears("order number")
    desk.press("Take over")
    expect(desk.status).to_contain_text("You’re with a colleague now: demo")
    desk.page.get_by_label("Answer as a colleague").fill("Hello, Mia here.")
    desk.press("Reply")
    expect(desk.page.locator(".message.colleague")).to_contain_text("Hello, Mia here.")

    desk.press("Hand back to the agent")

    desk.hears("order number")
    expect(desk.status).to_contain_text("AI agent")
    expect(desk.page.locator("#reply")).to_be_hidden()


def test_an_order_status_comes_with_the_call_that_gave_it(desk: Desk) -> None:
    desk.say("Where is my order A1003?")
    desk.hears("Your order #A1003 is currently: shipped")
    call = desk.timeline.locator(".act")
    expect(call).to_contain_text("/orders/A1003/status")
    expect(call).to_contain_text("200")

    call.locator("summary").click()

    expect(call.get_by_label("Response 200")).to_contain_text('"state": "shipped"')
    expect(call).not_to_contain_text("Bearer")
    expect(desk.timeline.get_by_role("row", name="order_id")).to_contain_text("the customer")


def test_a_reload_goes_on_with_the_same_conversation(desk: Desk) -> None:
    desk.say("I want a refund")
    desk.hears("order number")
    conversation = desk.conversation

    desk.page.reload()

    expect(desk.said("I want a refund")).to_have_count(1)
    assert desk.conversation == conversation
    desk.say("A1001")
    desk.hears("reason for the refund")
    expect(desk.timeline.locator(".node-name")).to_have_text(["Hello", "Ask order", "Ask reason"])


def test_stopping_ends_what_is_going_on(desk: Desk) -> None:
    desk.say("I want a refund")
    desk.hears("order number")
    desk.press("Stop this")
    desk.hears("I've stopped that")
    expect(desk.timeline).to_contain_text("Cancelled")
    expect(desk.page.get_by_role("button", name="Stop this")).to_be_hidden()


def test_what_a_customer_writes_is_never_markup(desk: Desk) -> None:
    words = "<img src=x onerror=alert(1)><b>bold</b>"
    desk.ask_for_refund("A1001", words)
    card = desk.approval()
    expect(card).to_contain_text(words)
    expect(desk.said(words)).to_be_visible()
    expect(desk.page.locator("main img, main b")).to_have_count(0)
    card.focus()
    card.press("a")
    desk.hears("Your refund request has been submitted")


def test_a_message_that_is_too_long_is_told_kindly_and_kept(desk: Desk) -> None:
    desk.say("x" * 10_001)
    expect(desk.page.locator("#message-length")).to_contain_text("1 characters too many")
    expect(desk.composer).to_have_value("x" * 10_001)
    expect(desk.page.locator(".message")).to_have_count(0)
    desk.say("x" * 10_000)
    expect(desk.page.locator("#log .message.customer")).to_have_count(1)


def test_a_phone_shows_one_part_at_a_time(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.ask_for_refund("A1001", "Too bright")
    switch = desk.page.get_by_role("navigation")
    expect(switch).to_contain_text("1")
    expect(desk.page.locator("#approvals")).to_be_hidden()

    switch.get_by_role("button", name="Approvals").click()
    expect(desk.page.locator("#chat")).to_be_hidden()
    desk.approval().get_by_role("button", name="Approve").click()
    expect(desk.approval("approved")).to_be_visible()

    switch.get_by_role("button", name="Behind the scenes").click()
    expect(desk.timeline).to_contain_text("Completed")
    switch.get_by_role("button", name="Chat").click()
    desk.hears("Your refund request has been submitted")
    assert desk.page.evaluate("document.documentElement.scrollWidth") == 390
