"""The page of one conversation: what happened, why, with which request, and what can be made of it."""

import json
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.inbox import ben, customer, says
from tests.browser.looking import amiss_either_way
from tests.browser.server import Server

STATUS = "order-status-lookup"


@pytest.fixture
def looked_up(demo: Server) -> str:
    """A conversation in which an order was looked up."""
    return customer(demo, "Where is my order?", "A1003")


@pytest.fixture
def wide(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def balloons(demo: Server) -> Iterator[str]:
    """The name of a published procedure that the widget's conversations are kept from; archived afterwards."""
    name = f"Balloons {secrets.token_hex(3)}"
    kept_back = [{"variable": "conversation.channel", "operator": "equals", "value": "widget"}]
    trigger = {"description": "When a customer wants a balloon repaired", "skip_when": kept_back}
    steps = [{"id": "done", "kind": "message", "text": "Your balloon is repaired."}]
    slug = demo.post("/v1/procedures", {"document": {"name": name, "trigger": trigger, "steps": steps}})["slug"]
    demo.post(f"/v1/procedures/{slug}/publish", {})
    yield name
    demo.post(f"/v1/procedures/{slug}/archive")


def show(page: Page, demo: Server, conversation: str, rest: str = "") -> None:
    page.goto(f"{demo.address}/conversations/{conversation}{rest}")
    expect(page.get_by_text("The customer wrote").first).to_be_visible()


def test_a_request_and_its_answer_are_read_and_copied_as_curl(
    wide: BrowserContext, demo: Server, looked_up: str
) -> None:
    page = wide.new_page()
    show(page, demo, looked_up)
    call = page.locator("li[data-kind=call_http]")
    expect(call).to_contain_text("succeeded")
    expect(call).to_contain_text("200")
    call.get_by_role("button", name="Details").click()
    expect(call).to_contain_text("/orders/A1003")
    expect(call).to_contain_text('"state": "shipped"')
    call.get_by_role("button", name="Copy as cURL").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl 'http://")
    assert "/orders/A1003/status'" in copied
    assert "Bearer ey" not in copied


def test_a_link_leads_to_one_entry_and_marks_it(wide: BrowserContext, demo: Server, looked_up: str) -> None:
    page = wide.new_page()
    show(page, demo, looked_up)
    call = page.locator("li[data-kind=call_http]")
    call.hover()
    call.get_by_role("button", name="Copy a link to this").click()
    link = page.evaluate("navigator.clipboard.readText()")
    other = wide.new_page()
    other.set_viewport_size({"width": 1440, "height": 300})
    other.goto(link)
    marked = other.locator("li[data-target]")
    expect(marked).to_have_attribute("data-kind", "call_http")
    expect(marked).to_be_in_viewport()


def test_a_link_to_a_run_leads_to_where_it_began_however_far_down(page: Page, demo: Server, looked_up: str) -> None:
    says(demo, looked_up, "And where is A1004?")
    *_, latest = demo.get(f"/v1/conversations/{looked_up}/timeline")["runs"]
    page.set_viewport_size({"width": 1440, "height": 300})
    # one entry to a page stands for a conversation of thousands
    page.route("**/timeline?*", lambda route: route.continue_(url=f"{route.request.url}&limit=1"))
    page.goto(f"{demo.address}/runs/{latest['id']}")
    began = page.locator("li[data-target]")
    expect(began).to_contain_text(f"{latest['name']} began")
    expect(began).to_be_focused()
    expect(began).to_be_in_viewport()
    expect(page.locator("[data-run][aria-current]")).to_have_attribute("data-run", latest["id"])


def test_filters_stand_in_the_address(page: Page, demo: Server, looked_up: str) -> None:
    show(page, demo, looked_up)
    for group in ("Engine", "Calls", "Approvals", "People"):
        page.get_by_role("group", name="Show").get_by_text(group).click()
    expect(page.locator("li[data-group=engine]")).to_have_count(0)
    expect(page).to_have_url(f"{demo.address}/conversations/{looked_up}?show=messages")
    page.reload()
    expect(page.locator("li[data-group=messages]").first).to_be_visible()
    expect(page.locator("li[data-group=calls]")).to_have_count(0)


def test_durations_lead_to_what_took_them(page: Page, demo: Server, looked_up: str) -> None:
    show(page, demo, looked_up)
    part = page.get_by_role("link", name="Call: look_up")
    expect(part).to_contain_text("ms")
    part.click()
    expect(page.locator("li[data-target]")).to_have_attribute("data-kind", "call_http")


def test_what_happens_meanwhile_shows_by_itself(page: Page, demo: Server, looked_up: str) -> None:
    show(page, demo, looked_up)
    says(demo, looked_up, "Thank you so much")
    expect(page.locator("li[data-kind=said]").filter(has_text="Thank you so much")).to_be_visible()


def test_what_was_not_allowed_says_which_rule_kept_it_back(page: Page, demo: Server, balloons: str) -> None:
    show(page, demo, customer(demo, "I want my balloon repaired"))
    guarded = page.locator("li[data-kind=guarded]")
    expect(guarded).to_contain_text(f"It is not meant for this case: “{balloons}” is not used where")
    expect(guarded).not_to_contain_text("when_not_to_use")


def test_a_run_becomes_a_test_of_its_procedure(page: Page, demo: Server, looked_up: str) -> None:
    show(page, demo, looked_up)
    run = page.locator("[data-run]")
    expect(run.get_by_role("link", name="Open in the editor, with this run painted")).to_have_attribute(
        "href", f"/procedures/{STATUS}/edit?run={run.get_attribute('data-run')}"
    )
    run.get_by_role("button", name="Save this as a test").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("the same version takes the same path")
    dialog.get_by_label("Name of the test").fill("Shipped order")
    dialog.get_by_role("button", name="Save the test").click()
    expect(dialog).to_contain_text("Saved with the procedure's tests.")
    tests = demo.get(f"/v1/procedures/{STATUS}/tests")["items"]
    (made,) = [one for one in tests if one["name"] == "Shipped order"]
    assert made["script"]["inputs"] == {"order_id": "A1003"}
    assert made["expected"]["outcome"] == "completed"
    demo.delete(f"/v1/procedures/{STATUS}/tests/{made['id']}")


def test_an_agent_sees_the_script_and_cannot_save_it(chromium: Browser, demo: Server, looked_up: str) -> None:
    context = ben(chromium, demo)
    page = context.new_page()
    show(page, demo, looked_up)
    page.get_by_role("button", name="Save this as a test").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("This takes the role admin or owner.")
    expect(dialog.get_by_role("button", name="Save the test")).to_have_count(0)
    body = json.dumps({"name": "Mine", "script": {}})
    headers = {"X-Deskhand": "dashboard", "Content-Type": "application/json"}
    answer = context.request.post(f"{demo.address}/v1/procedures/{STATUS}/tests", data=body, headers=headers)
    assert answer.status == 403
    context.close()


def test_it_leads_to_the_inbox(page: Page, demo: Server, looked_up: str) -> None:
    show(page, demo, looked_up)
    page.get_by_role("link", name="Answer in the inbox").click()
    expect(page).to_have_url(f"{demo.address}/inbox/{looked_up}")
    expect(page.get_by_role("log")).to_contain_text("A1003")


def test_a_conversation_that_is_not_there_is_said_in_a_sentence(page: Page, demo: Server) -> None:
    page.goto(f"{demo.address}/conversations/conv_{'0' * 12}7{'0' * 3}8{'0' * 15}")
    expect(page.get_by_role("alert").first).to_contain_text("There is no such")


def test_it_is_accessible_and_fits(page: Page, demo: Server, looked_up: str) -> None:
    show(page, demo, looked_up)
    page.locator("li[data-kind=call_http]").get_by_role("button", name="Details").click()
    expect(page.locator("li[data-kind=call_http]")).to_contain_text("Idempotency key")
    assert amiss_either_way(page) == {}
