"""Forms, buttons and scripts in the chat: what actions need of the customer."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Locator, Route, expect

from tests.browser.desk import Desk
from tests.browser.server import Server

_RETURN = """
schema: 1
name: Return an order
slug: return-an-order
trigger:
  description: When a customer wants to send something back
  phrases: [send something back]
steps:
  - id: form
    kind: form
    text: Tell us about the return, please.
    fields:
      - {name: order, label: Order number, placeholder: A1001}
      - {name: reason, label: Why, choices: [It is broken, It does not fit]}
      - {name: email, type: email, label: E-mail address}
      - {name: pin, label: PIN of your account, sensitive: true}
      - {name: comment, required: false, max_length: 500}
    submit: Send it in
  - id: done
    kind: message
    text: "Noted for {{order}}: {{reason}}"
"""

_OPENER = """
schema: 1
name: Open a page
slug: {slug}
trigger:
  description: When a customer wants to open the page {slug}
  phrases: [open {slug}]
steps:
  - id: show
    kind: button
    text: You can pick a time yourself.
    button: Book a call
    url: {url}
    new_tab: {new_tab}
  - id: done
    kind: message
    text: See you then.
"""

_SCRIPT = """
schema: 1
name: Run a script
slug: {slug}
trigger:
  description: When a customer wants the script {slug}
  phrases: [run {slug}]
variables:
  - {{name: order, type: text, default: "<b>A1001</b>"}}
steps:
  - id: look
    kind: javascript
    text: May I look at your cart?
    button: Show my cart
    source: |
      {source}
    inputs: '{{"order": {{{{order}}}}}}'{more}
    response_variable: cart
    on_error: failed
  - id: done
    kind: message
    text: "Found {{{{cart.order}}}} in {{{{cart.language}}}}."
    next: end
  - id: failed
    kind: message
    text: That did not work.
"""


_GUARDED = {
    "slug": "refund-fast",
    "name": "Fast refund",
    "kind": "http",
    "description": "Refunds at once, for customers whom we know.",
    "request": {"method": "POST", "url": "https://shop.example.com/refunds"},
    "preconditions": [{"kind": "holds", "conditions": [{"variable": "identity", "operator": "exists"}]}],
}


@pytest.fixture(scope="module")
def actions(demo: Server) -> Iterator[Server]:
    """The demo with procedures whose steps need the customer's page."""
    shop = demo.get("/session.json")["shop"]
    count = "window.ran = (window.ran ?? 0) + 1"
    found = f"{count}; return {{order: inputs.order, language: deskhand.language}}"
    documents = {
        "return-an-order": _RETURN,
        "new-tab": _OPENER.format(slug="new-tab", url=f"{shop}/", new_tab="true"),
        "same-tab": _OPENER.format(slug="same-tab", url=f"{shop}/", new_tab="false"),
        "cart": _SCRIPT.format(slug="cart", source=found, more=""),
        "careful-cart": _SCRIPT.format(slug="careful-cart", source=found, more="\n    confirm: I look at your cart."),
        "odd-cart": _SCRIPT.format(slug="odd-cart", source="return () => 1", more=""),
        "lost-cart": _SCRIPT.format(
            slug="lost-cart", source=f"{count}; throw new RangeError('the cart is gone')", more=""
        ),
    }
    for slug, document in documents.items():
        demo.post("/v1/procedures", {"yaml": document})
        demo.post(f"/v1/procedures/{slug}/publish")
    demo.put("/v1/actions/refund-fast", _GUARDED)
    demo.put("/v1/agents/returns", {"name": "Returns", "actions": ["refund-fast"]})
    yield demo
    for slug in documents:
        demo.post(f"/v1/procedures/{slug}/archive", {"stop_runs": True})


def _entries(server: Server, conversation: str, kind: str) -> list[Any]:
    entries = server.get(f"/v1/conversations/{conversation}/entries")["items"]
    return [entry["body"] for entry in entries if entry["kind"] == kind]


def _form(desk: Desk) -> Locator:
    desk.say("I want to send something back")
    form = desk.page.get_by_role("form", name="Form")
    expect(form).to_be_visible()
    return form


def _fill(form: Locator, email: str) -> None:
    form.get_by_label("Order number").fill("A1001")
    form.get_by_role("radiogroup", name="Why").get_by_label("It does not fit").check()
    form.get_by_label("E-mail address").fill(email)
    form.get_by_label("PIN").fill("4711")


def _send(form: Locator) -> None:
    form.get_by_role("button", name="Send it in").click()


def test_a_form_says_beside_its_fields_what_is_missing_before_it_is_sent(desk: Desk, actions: Server) -> None:
    form = _form(desk)
    form.get_by_label("Order number").fill("A1001")
    _send(form)
    why = form.get_by_role("radiogroup", name="Why")
    expect(why).to_have_accessible_description("Please fill this in.")
    expect(form.get_by_label("It is broken")).to_be_focused()
    expect(form.get_by_label("Comment (optional)")).to_have_accessible_description("")

    form.get_by_label("It is broken").press("Space")

    expect(why).to_have_accessible_description("")
    assert _entries(actions, desk.conversation, "form_submitted") == []


def test_a_form_that_is_refused_comes_back_with_what_was_typed(desk: Desk, actions: Server) -> None:
    form = _form(desk)
    _fill(form, "ana@nowhere")
    _send(form)

    email = form.get_by_label("E-mail address")
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(form).to_contain_text("That doesn't look like an email address")
    expect(form.get_by_role("alert")).to_have_text("Please check what is marked.")
    expect(form.get_by_label("It does not fit")).to_be_checked()
    expect(form.get_by_label("PIN")).to_have_attribute("type", "password")
    expect(form.get_by_label("PIN")).to_have_value("4711")
    email.fill("ana@example.com")
    email.press("Enter")

    desk.hears("Noted for A1001: It does not fit")
    sent = _entries(actions, desk.conversation, "form_submitted")
    assert [one["values"]["email"] for one in sent] == ["ana@nowhere", "ana@example.com"]


def test_a_form_that_was_answered_cannot_be_sent_again(desk: Desk, actions: Server) -> None:
    form = _form(desk)
    _fill(form, "ana@example.com")
    _send(form)
    desk.hears("Noted for A1001")
    expect(desk.composer).to_be_focused()

    desk.page.reload()

    answer = desk.page.locator(".message.customer").last
    expect(answer).to_contain_text("Order number")
    expect(answer).to_contain_text("It does not fit")
    expect(desk.page.locator("#log")).to_contain_text("Filled in")
    expect(desk.page.locator("#log form, #log input")).to_have_count(0)
    expect(desk.page.locator("#desk")).not_to_contain_text("4711")


def test_a_form_whose_answer_got_lost_is_sent_again_as_the_same_one(desk: Desk, actions: Server) -> None:
    form = _form(desk)
    conversation, page = desk.conversation, desk.page
    page.route("**/events", lambda route: route.abort())  # the stream would tell that it has arrived
    page.reload()
    _fill(form, "ana@example.com")

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/forms?*", lose_the_answer, times=1)
    page.route("**/v1/health", lambda route: route.abort())  # nor does the page find out by itself
    page.route("**/entries?*", lambda route: route.abort())
    _send(form)
    expect(form.get_by_role("alert")).to_contain_text("Not sent.")
    _send(form)

    desk.hears("Noted for A1001")
    assert len(_entries(actions, conversation, "form_submitted")) == 1


def test_what_was_typed_stays_while_a_colleague_answers(desk: Desk, actions: Server) -> None:
    form = _form(desk)
    _fill(form, "ana@example.com")
    desk.press("Take over")
    expect(form).to_have_count(0)
    expect(desk.page.locator("#log")).to_contain_text("Not filled in")

    desk.press("Hand back to the agent")

    expect(form.get_by_label("E-mail address")).to_have_value("ana@example.com")
    expect(form.get_by_label("PIN")).to_have_value("4711")
    _send(form)
    desk.hears("Noted for A1001")


def test_a_button_opens_its_page_in_a_new_tab_and_tells_of_the_click(
    desk: Desk, actions: Server, context: BrowserContext
) -> None:
    desk.say("open new-tab")
    link = desk.page.locator("#log").get_by_role("link", name="Book a call")
    expect(link).to_have_accessible_description(f"Opens {_shop(actions)} in a new tab")
    with context.expect_page() as opened:
        link.press("Enter")
    expect(opened.value).to_have_url(f"http://{_shop(actions)}/")
    assert opened.value.evaluate("window.opener") is None

    desk.hears("See you then.")
    expect(desk.page.locator("#log")).to_contain_text("Opened: Book a call")
    assert [one["choice"] for one in _entries(actions, desk.conversation, "clicked")] == ["Book a call"]


def test_a_button_that_leads_away_tells_of_the_click_first(desk: Desk, actions: Server) -> None:
    desk.say("open same-tab")
    conversation = desk.conversation
    desk.page.route("**/clicks?*", lambda route: route.abort(), times=1)
    desk.page.locator("#log").get_by_role("link", name="Book a call").click()
    expect(desk.page.locator(".failure")).to_contain_text("Not sent")

    desk.press("Retry")

    desk.page.wait_for_url(f"http://{_shop(actions)}/")
    assert [one["choice"] for one in _entries(actions, conversation, "clicked")] == ["Book a call"]
    desk.page.go_back()
    desk.hears("See you then.")


def _shop(server: Server) -> str:
    return str(server.get("/session.json")["shop"]).removeprefix("http://").rstrip("/")


def test_a_script_runs_once_and_only_where_it_was_agreed_to(
    desk: Desk, actions: Server, context: BrowserContext
) -> None:
    desk.say("run cart")
    show = desk.page.get_by_role("button", name="Show my cart")
    expect(show).to_be_visible()
    other = Desk(context.new_page())
    other.open(f"{actions.address}/#{desk.conversation}")
    expect(other.page.get_by_role("button", name="Show my cart")).to_be_visible()
    assert desk.page.evaluate("window.ran") is None

    show.click()

    for one in (desk, other):
        one.hears("Found <b>A1001</b> in en.")
    assert desk.page.evaluate("window.ran") == 1
    assert other.page.evaluate("window.ran") is None
    desk.page.reload()
    desk.hears("Found <b>A1001</b> in en.")
    assert desk.page.evaluate("window.ran") is None
    assert _entries(actions, desk.conversation, "browser_returned") == [{"ok": True}]
    expect(desk.timeline).to_contain_text("The customer’s page brought a result")


def test_a_script_waits_for_the_yes_that_is_asked_for_after_the_click(desk: Desk, actions: Server) -> None:
    desk.say("run careful-cart")
    desk.page.get_by_role("button", name="Show my cart").click()
    desk.hears("I look at your cart. Shall I go ahead?")
    desk.page.reload()
    desk.hears("I look at your cart. Shall I go ahead?")
    assert desk.page.evaluate("window.ran") is None

    desk.choose("Yes")

    desk.hears("Found <b>A1001</b> in en.")
    assert desk.page.evaluate("window.ran") == 1


def test_what_a_script_throws_is_told_to_the_run_and_to_members(desk: Desk, actions: Server) -> None:
    desk.say("run lost-cart")
    desk.page.get_by_role("button", name="Show my cart").click()
    desk.hears("That did not work.")
    assert desk.page.evaluate("window.ran") == 1
    (script,) = _entries(actions, desk.conversation, "run_script")
    assert script["outcome"] == "failed"
    act = desk.timeline.locator(".act")
    act.locator("summary").click()
    expect(act).to_contain_text("RangeError: the cart is gone")
    expect(act).to_contain_text('"order": "<b>A1001</b>"')


def test_a_result_that_is_no_json_counts_as_an_error(desk: Desk, actions: Server) -> None:
    desk.say("run odd-cart")
    desk.page.get_by_role("button", name="Show my cart").click()
    desk.hears("That did not work.")
    (script,) = _entries(actions, desk.conversation, "run_script")
    assert "no JSON value" in script["problem"]


def test_a_script_may_be_kept_for_ever_and_the_page_runs_nothing_from_elsewhere(desk: Desk, actions: Server) -> None:
    desk.say("run cart")
    desk.page.get_by_role("button", name="Show my cart").click()
    desk.hears("Found")
    (asked,) = _entries(actions, desk.conversation, "run_in_browser")

    page, module = httpx2.get(actions.address), httpx2.get(actions.address + asked["script"])

    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy.keys() == {"default-src", "frame-ancestors", "base-uri", "form-action"}
    assert page.headers["cache-control"] == "no-cache"
    assert module.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert module.headers["content-type"].startswith("text/javascript")


def test_members_see_who_the_customer_is_and_what_was_kept_from_being_done(desk: Desk, actions: Server) -> None:
    contact = {"id": "cus_7", "first_name": "Ana", "email": "ana@example.com"}
    conversation = actions.post("/v1/conversations", {"agent": "returns", "contact": contact})["id"]
    actions.post(f"/v1/conversations/{conversation}/use", {"action": "refund-fast"})

    desk.open(f"{actions.address}/#{conversation}")

    about = desk.page.get_by_label("About this conversation")
    expect(about).to_contain_text("Ana, ana@example.com, cus_7")
    expect(about).to_contain_text("returns")
    expect(desk.timeline).to_contain_text("Refund fast was asked for")
    expect(desk.timeline).to_contain_text("Not carried out: “Fast refund” is only allowed where")
