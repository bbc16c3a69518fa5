"""The whole job as people do it: build a procedure, publish it, talk to it, approve, find the run, see it counted."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.canvas import Canvas
from tests.browser.conftest import PATIENCE
from tests.browser.looking import turn_on
from tests.browser.server import Server
from tests.browser.widget import Chat

PASSWORD = "a sentence is a good one"


@pytest.fixture
def own_demo() -> Iterator[Server]:
    """A demo in which nothing has happened yet."""
    with tempfile.TemporaryDirectory() as folder, Server.running("demo", Path(folder)) as server:
        yield server


@pytest.fixture
def others(chromium: Browser) -> Iterator[tuple[Page, Page]]:
    """A colleague's browser and a customer's."""
    contexts = [chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB") for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(PATIENCE)
    yield contexts[0].new_page(), contexts[1].new_page()
    for context in contexts:
        context.close()


def invite(page: Page, address: str) -> str:
    """Invite Bob as an agent; gives his link."""
    page.goto(f"{address}/settings/members")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill("bob@example.com")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.get_by_label("The link that lets them in").input_value()
    page.get_by_role("button", name="Done").click()
    return link


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill("Bob")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


def begin(page: Page, address: str) -> None:
    """Make a draft of a flow that customers ask for."""
    page.goto(f"{address}/procedures")
    page.get_by_role("button", name="New procedure").click()
    page.get_by_role("radio", name="A flow").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Money back")
    page.get_by_role("textbox", name="When a customer …").fill("When a customer wants money back for a faulty carpet")
    page.get_by_role("button", name="Create the draft").click()


def draw(page: Page, canvas: Canvas) -> None:
    """Ask for the order, look it up, refund it where that is possible, else hand over."""
    canvas.drag_kind("Question", canvas.pane, 300, 300)
    canvas.write("Question", "What is your order number?")
    canvas.write("Store the answer as", "order_id")
    put_onto(canvas, "Call", "ask", "next")
    request(page, canvas, "GET", "/orders/{{order_id}}")
    canvas.write("Store the answer as", "order")
    put_onto(canvas, "Condition", "look_up", "next")
    choose(page, "Comparison", "is")
    page.get_by_role("tabpanel").get_by_role("combobox", name="Variable").fill("order.refundable")
    canvas.write("Value", "true")
    put_onto(canvas, "Message", "check", "then")
    canvas.write("What the customer reads", "Refund {{maid.refund_id}} is on its way.")  # the mistake
    put_onto(canvas, "Call", "check", "then")
    request(page, canvas, "POST", "/orders/{{order_id}}/refunds")
    canvas.write("Body", '{"reason": "faulty"}')
    canvas.write("Store the answer as", "made")
    page.get_by_role("button", name="Approval and confirmation").click()
    turn_on(page.get_by_role("tabpanel").get_by_role("switch", name="Cannot be undone"))
    canvas.write("What approvers read", "Refund order {{order_id}}")
    tidy(canvas)
    canvas.drag_kind("Hand over", canvas.pane, 520, 120)
    join_up(canvas, "check", "else", "to_a_person")


def tidy(canvas: Canvas) -> None:
    """Lay the steps out and bring all of them into view; wait until nothing moves."""
    canvas.page.get_by_role("button", name="Tidy up").click()
    canvas.page.get_by_role("button", name="Fit View").click()
    canvas.still()


def put_onto(canvas: Canvas, kind: str, source: str, exit: str) -> None:
    """Drag a kind of step onto the way that leaves a step by an exit."""
    tidy(canvas)
    before, way, pane = canvas.steps().count(), canvas.way(source, exit).bounding_box(), canvas.pane.bounding_box()
    assert way is not None
    assert pane is not None
    canvas.drag_kind(
        kind, canvas.pane, way["x"] + way["width"] / 2 - pane["x"], way["y"] + way["height"] / 2 - pane["y"]
    )
    expect(canvas.steps()).to_have_count(before + 1)


def choose(page: Page, field: str, value: str) -> None:
    page.get_by_role("tabpanel").get_by_role("combobox", name=field).click()
    page.get_by_role("option", name=value, exact=True).click()


def request(page: Page, canvas: Canvas, method: str, url: str) -> None:
    choose(page, "Connection", "shop")
    choose(page, "Method", method)
    canvas.write("Address", url)


def join_up(canvas: Canvas, source: str, exit: str, target: str) -> None:
    canvas.connect(canvas.handle(source, exit), canvas.step(target).locator("[data-handleid='in']"))
    expect(canvas.way(source, exit)).to_be_attached()


def publish_with_a_mistake_first(page: Page, canvas: Canvas) -> None:
    """Publishing names what is wrong and leads there; mended, it goes through."""
    page.get_by_role("button", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("1 error keeps it from being published")).to_be_visible()
    expect(dialog.get_by_role("button", name="Publish as version 1")).to_be_disabled()
    errors = dialog.get_by_role("alert", name="1 error keeps it from being published")
    expect(errors).to_contain_text("maid")
    errors.get_by_role("button", name="tell").click()
    expect(canvas.step("tell")).to_have_attribute("data-selected", "true")
    canvas.write("What the customer reads", "Refund {{made.refund_id}} is on its way.")
    canvas.saved()


def talk_to_the_draft(page: Page) -> None:
    """A customer's conversation with the draft, real reads allowed: nothing is refunded by it."""
    page.get_by_role("tab", name="Preview").click()
    page.get_by_role("button", name="How calls are answered").click()
    page.get_by_text("Read really").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Begin a preview").click()
    write = page.get_by_role("textbox", name="Write as the customer")
    write.fill("I want money back for my faulty carpet")
    write.press("Enter")
    expect(page.get_by_role("log").get_by_text("What is your order number?")).to_be_visible()
    write.fill("A1001")
    write.press("Enter")
    expect(page.get_by_text("A member has to decide")).to_be_visible()
    expect(page.get_by_text("Refund order A1001").last).to_be_visible()


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="What changed").fill("Refunds, with an approval")
    dialog.get_by_role("button", name="Publish as version 1").click()
    expect(dialog.get_by_text("Version 1 is live")).to_be_visible()
    dialog.get_by_role("button", name="Done").click()


def may_not_build(page: Page, address: str) -> None:
    """Whoever has the role `agent` finds nothing to change, and is refused where the page is gone around."""
    page.goto(f"{address}/procedures")
    expect(page.get_by_role("link", name="Money back")).to_be_visible()
    expect(page.get_by_role("button", name="New procedure")).to_have_count(0)
    send = """async ([method, path, body]) => (await fetch(path, {
        method, headers: {"X-Deskhand": "dashboard", "Content-Type": "application/json"}, body: JSON.stringify(body),
    })).status"""
    for method, path in (
        ("POST", "/v1/procedures"),
        ("PUT", "/v1/procedures/money-back"),
        ("POST", "/v1/procedures/money-back/publish"),
        ("POST", "/v1/procedures/money-back/archive"),
        ("POST", "/v1/keys"),
        ("POST", "/v1/invitations"),
    ):
        assert page.evaluate(send, [method, path, {}]) == 403, path


def test_a_refund_from_the_empty_canvas_to_the_report(page: Page, own_demo: Server, others: tuple[Page, Page]) -> None:
    bob, customer = others
    canvas, chat = Canvas(page, own_demo), Chat(customer)
    begin(page, own_demo.address)
    draw(page, canvas)
    publish_with_a_mistake_first(page, canvas)
    talk_to_the_draft(page)
    assert own_demo.get("/v1/conversations")["items"] == []
    publish(page)

    join(bob, invite(page, own_demo.address))
    may_not_build(bob, own_demo.address)

    chat.open_full(own_demo)
    chat.say("I want money back for my faulty carpet")
    chat.hears("What is your order number?")
    chat.say("A1001")
    chat.hears("A colleague is checking this")

    bob.goto(f"{own_demo.address}/approvals")
    expect(bob.get_by_role("heading", name="Refund order A1001")).to_be_visible()
    bob.keyboard.press("a")
    chat.hears("is on its way.")
    expect(chat.log.locator(".bubble").last).to_contain_text(re.compile(r"R\d+"))

    page.goto(f"{own_demo.address}/conversations?procedure=money-back")
    page.get_by_role("table", name="Conversations").get_by_role("link").first.click()
    made = page.locator("li[data-kind=call_http]").last
    made.get_by_role("button", name="Details").click()
    expect(made).to_contain_text("/orders/A1001/refunds")
    expect(made).to_contain_text("faulty")
    expect(page.get_by_text("Bob").first).to_be_visible()

    page.goto(f"{own_demo.address}/reports/runs?procedure=money-back")
    row = page.get_by_role("table", name="By procedure").get_by_role("row").filter(has_text="Money back")
    expect(row).to_contain_text("100")
