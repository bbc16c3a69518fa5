"""Actions as builders make, try and import them in the dashboard, against a system that really answers."""

import json
import re
import secrets
import tempfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import findings
from tests.browser.looking import WIDE, unsound, wear
from tests.browser.server import Server
from tests.browser.slow import Held

CREDENTIAL = "sk-live-9f8e7d6c5b4a3210"
PASSWORD = "a sentence is a good one"
OWN_PAGE = {"X-Deskhand": "dashboard"}


class Shop(ThreadingHTTPServer):
    """Orders of a shop, for whoever brings the credential; it remembers what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Orders)
        self.host = f"127.0.0.1:{self.server_port}"
        self.calls: list[tuple[str, str, str | None]] = []


class _Orders(BaseHTTPRequestHandler):
    server: Shop

    def _answer(self) -> None:
        given = self.headers.get("Authorization")
        self.server.calls.append((self.command, self.path, given))
        known = given == f"Bearer {CREDENTIAL}"
        status = 401 if not known else 404 if "/nothing" in self.path else 200
        body = json.dumps({"id": "ORD-1", "status": "shipped"} if status == 200 else {"error": status}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with Shop() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def office(shop: Shop) -> Iterator[Server]:
    """A demo of its own, which may call the shop."""
    with tempfile.TemporaryDirectory() as folder, Server.running("demo", Path(folder)) as server:
        known = server.get("/v1/settings/internal-hosts")["hosts"]
        server.put("/v1/settings/internal-hosts", {"hosts": [*known, shop.host]})
        yield server


@pytest.fixture
def stored(office: Server, shop: Shop) -> str:
    """An action that looks an order up over a connection with a credential; gives its address."""
    auth = {"kind": "bearer", "token": CREDENTIAL}
    office.put("/v1/connections/shop", {"name": "Shop", "base_url": f"http://{shop.host}", "auth": auth})
    variable = {"name": "order_id", "description": "The order's number", "example": "ORD-1"}
    document = {
        "name": "Order status",
        "description": "Tells where an order is.",
        "variables": [variable],
        "request": {"url": "/orders/{{order_id}}", "connection": "shop"},
    }
    office.put("/v1/actions/order-status", document)
    return f"{office.address}/actions/order-status"


@pytest.fixture
def tidied(office: Server) -> Iterator[None]:
    """The office keeps none of the actions that a test makes."""
    known = slugs(office)
    yield
    for slug in slugs(office) - known:
        for agent in office.get("/v1/agents")["items"]:
            if slug in agent["actions"]:
                left = [one for one in agent["actions"] if one != slug]
                office.put(f"/v1/agents/{agent['slug']}", {**agent, "actions": left})
        office.delete(f"/v1/actions/{slug}")


def slugs(office: Server) -> set[str]:
    return {one["slug"] for one in office.get("/v1/actions")["items"]}


def step(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()


def test_an_action_is_made_step_by_step_tried_and_switched_on(
    page: Page, office: Server, shop: Shop, tidied: None
) -> None:
    page.goto(f"{office.address}/actions/new")
    page.get_by_role("button", name=re.compile("^HTTP request")).click()
    page.get_by_label("Name").fill("Look up an order")
    page.get_by_label("Description").fill("Too short")
    expect(page.get_by_test_id("description-count")).to_have_text("1 more character needed")
    step(page)
    expect(page.get_by_role("alert")).to_contain_text("1 more character needed")
    page.get_by_label("Description").fill("Looks an order up by its number.")
    step(page)

    page.get_by_label("Address").fill(f"http://{shop.host}/orders/{{{{ord")
    page.get_by_label("Address").fill(f"http://{shop.host}/orders/{{{{order_id}}}}")
    step(page)
    page.get_by_label("How calls prove who sends them").select_option("bearer")
    page.get_by_label("Credential: Credential in clear").fill(CREDENTIAL)
    page.get_by_role("button", name="Store", exact=True).click()
    expect(page.get_by_text("LOOK_UP_AN_ORDER_TOKEN")).to_be_visible()
    step(page)

    page.get_by_role("button", name="Declare order_id").click()
    expect(page.get_by_role("table", name="Variable")).to_contain_text("order_id")
    page.reload()  # what was typed is still there
    expect(page.get_by_role("table", name="Variable")).to_contain_text("order_id")
    assert CREDENTIAL not in page.evaluate("JSON.stringify({...localStorage})")
    step(page)
    page.get_by_role("textbox", name="On success").fill("Your order is {{response.status}}.")
    step(page)

    page.get_by_label("order_id").fill("ORD-1")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It worked")).to_be_visible()
    expect(page.get_by_role("blockquote")).to_have_text("Your order is shipped.")
    expect(page.get_by_role("region", name="Response")).to_contain_text("shipped")
    assert shop.calls[-1] == ("GET", "/orders/ORD-1", f"Bearer {CREDENTIAL}")
    step(page)
    page.get_by_label("Deskhand").check()
    page.get_by_role("button", name="Create the action").click()

    page.wait_for_url("**/actions/look-up-an-order")
    action = office.get("/v1/actions/look-up-an-order")
    assert action["request"]["auth"]["secret"] == "LOOK_UP_AN_ORDER_TOKEN"
    assert "look-up-an-order" in office.get("/v1/agents/default")["actions"]
    page.goto(f"{office.address}/actions/new")
    expect(page.get_by_text("What shall it do?")).to_be_visible()


def test_a_test_that_fails_says_what_to_mend(page: Page, office: Server, stored: str) -> None:
    page.goto(f"{stored}/test")
    page.get_by_label("order_id").fill("nothing")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It did not work")).to_be_visible()
    expect(page.get_by_text("Nothing is there: check the address")).to_be_visible()
    office.put("/v1/secrets/SHOP_TOKEN", {"value": "an-old-one"})
    page.get_by_label("order_id").fill("ORD-1")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("The credentials were not accepted")).to_be_visible()
    assert findings(page) == []

    page.goto(f"{stored}/log?status=failed")
    expect(page.get_by_role("table")).to_contain_text("401")
    page.get_by_role("button", name=re.compile("Show the call of")).first.click()
    expect(page.get_by_role("dialog").get_by_role("region", name="Request")).to_contain_text("/orders/ORD-1")
    page.wait_for_url("**call=run_*")


def test_a_curl_command_pasted_into_the_address_fills_everything_in(page: Page, office: Server) -> None:
    page.goto(f"{office.address}/actions/new?kind=http")
    page.get_by_label("Name").fill("Open a ticket")
    page.get_by_label("Description").fill("Opens a ticket with the customer's words.")
    step(page)
    command = (
        "curl -X POST https://api.example.com/tickets -H 'Authorization: Bearer sk-live-from-curl-000111222' "
        "-H 'X-Team: support' --json '{\"subject\": \"{{subject}}\"}'"
    )
    page.get_by_label("Address").focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text", text);
            const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(paste);
        }""",
        command,
    )
    page.get_by_role("button", name="Fill everything in").click()
    expect(page.get_by_label("Address")).to_have_value("https://api.example.com/tickets")
    expect(page.get_by_label("Method")).to_have_value("POST")
    expect(page.get_by_role("textbox", name="Headers: Name")).to_have_value("X-Team")
    assert "sk-live-from-curl" not in page.content()
    assert "sk-live-from-curl" not in page.evaluate("JSON.stringify({...localStorage})")
    step(page)
    expect(page.get_by_label("How calls prove who sends them")).to_have_value("bearer")
    step(page)
    expect(page.get_by_role("table", name="Variable")).to_contain_text("subject")
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    expect(page.get_by_text("What shall it do?")).to_be_visible()


def test_operations_are_picked_from_a_pasted_description(page: Page, office: Server, tidied: None) -> None:
    description = {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1"},
        "servers": [{"url": "https://books.example.com"}],
        "paths": {
            "/books/{isbn}": {
                "parameters": [{"name": "isbn", "in": "path", "required": True, "schema": {"type": "string"}}],
                "get": {"operationId": "getBook", "summary": "Looks a book up", "responses": {}},
                "delete": {"operationId": "dropBook", "summary": "Removes a book", "responses": {}},
            },
            "/books": {"get": {"operationId": "listBooks", "summary": "Lists all books", "responses": {}}},
        },
    }
    page.goto(f"{office.address}/actions/import")
    editor = page.get_by_role("textbox", name=re.compile("^Description"))
    editor.click()
    page.keyboard.insert_text(json.dumps(description))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("3 operations")).to_be_visible()
    expect(page.get_by_label(re.compile("Removes a book"))).to_be_visible()
    expect(page.get_by_text("a member approves each use")).to_be_visible()
    assert findings(page) == []
    page.get_by_label("Search by path, name or tag").fill("looks")
    page.get_by_label("Select all shown").check()
    page.get_by_role("button", name="Import 1 action").click()
    expect(page.get_by_text("1 action is stored")).to_be_visible()
    assert [one["slug"] for one in office.get("/v1/actions")["items"] if "book" in one["slug"]] == ["get-book"]
    page.get_by_role("main").get_by_role("link", name=re.compile("book", re.IGNORECASE)).first.click()
    page.wait_for_url("**/actions/get-book")


def test_a_credential_is_replaced_and_never_in_the_page(page: Page, office: Server, stored: str) -> None:
    del stored
    fresh = "sk-live-replaced-77aa88bb"
    seen: list[str] = []
    page.on("response", lambda answer: seen.append(answer.text()) if "/v1/" in answer.url and answer.ok else None)
    page.goto(f"{office.address}/settings/connections/shop")
    expect(page.get_by_text("SHOP_TOKEN")).to_be_visible()
    assert CREDENTIAL not in page.content()
    page.get_by_role("button", name="Replace", exact=True).click()
    page.get_by_label("Credential: Credential in clear").fill(fresh)
    page.get_by_role("button", name="Store", exact=True).click()
    expect(page.get_by_text("Stored encrypted")).to_be_visible()
    page.goto(f"{office.address}/settings/secrets")
    expect(page.get_by_role("table", name="Secrets")).to_contain_text("connection shop")
    assert fresh not in page.content()
    assert not any(fresh in text or CREDENTIAL in text for text in seen)
    assert findings(page) == []


def test_a_connection_is_tried(page: Page, office: Server, stored: str) -> None:
    del stored
    page.goto(f"{office.address}/settings/connections/shop")
    page.get_by_label("Path to ask for").fill("/orders/ORD-1")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("It answered and took the credential.")).to_be_visible()


def test_unsaved_changes_are_guarded_and_problems_stand_at_their_fields(
    page: Page, office: Server, stored: str
) -> None:
    page.goto(stored)
    page.get_by_label("Name", exact=False).first.fill("Where is my order")
    page.get_by_role("link", name="Actions", exact=True).first.click()
    expect(page.get_by_text("Leave without saving?")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    page.get_by_role("tab", name="Endpoint").click()
    page.get_by_label("Address").fill("/orders/{{order_id}}/{{nobody_knows}}")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/variables")
    expect(page.get_by_role("alert").first).to_contain_text("nobody_knows")
    page.get_by_role("button", name="Declare nobody_knows").click()
    office.put("/v1/actions/order-status", {**office.get("/v1/actions/order-status"), "name": "Somebody else's"})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Somebody else changed this action")).to_be_visible()
    page.get_by_role("button", name="Save mine").click()
    expect(page.get_by_role("heading", name="Where is my order")).to_be_visible()
    expect(page.get_by_text("Unsaved changes")).to_be_hidden()
    assert office.get("/v1/actions/order-status")["name"] == "Where is my order"


def test_what_is_typed_while_an_action_is_being_saved_stays(page: Page, office: Server, stored: str) -> None:
    page.goto(stored)
    description, save = page.get_by_label("Description"), page.get_by_role("button", name="Save", exact=True)
    description.fill("Tells where an order is just now.")
    held = Held(page, "PUT", "/v1/actions/order-status").during(save.click)
    description.fill("Tells where an order is, and since when.")
    held.go()
    expect(save).to_be_enabled()
    expect(description).to_have_value("Tells where an order is, and since when.")
    save.click()
    expect(page.get_by_text("Unsaved changes")).to_be_hidden()
    assert office.get("/v1/actions/order-status")["description"] == "Tells where an order is, and since when."


def test_what_is_typed_while_a_connection_is_being_saved_stays(page: Page, office: Server, stored: str) -> None:
    del stored
    page.goto(f"{office.address}/settings/connections/shop")
    name, save = page.get_by_label("Name", exact=True), page.get_by_role("button", name="Save", exact=True)
    name.fill("The shop")
    held = Held(page, "PUT", "/v1/connections/shop").during(save.click)
    name.fill("The shop in town")
    held.go()
    expect(save).to_be_enabled()
    expect(name).to_have_value("The shop in town")
    page.get_by_role("link", name="Secrets").click()
    expect(page.get_by_text("Leave without saving?")).to_be_visible()


def test_a_transformer_shows_what_comes_out_while_it_is_written(page: Page, office: Server, stored: str) -> None:
    office.post("/v1/actions/order-status/try", {"values": {"order_id": "ORD-1"}})
    page.goto(f"{stored}/response")
    page.get_by_role("button", name="Write a transformer").click()
    page.get_by_role("textbox", name="Transformer").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text("function transform(response) { return 'It is ' + response.status; }")
    expect(page.get_by_text("It is shipped", exact=True)).to_be_visible()


def test_an_agent_looks_and_changes_nothing(chromium: Browser, office: Server, stored: str) -> None:
    link = office.post("/v1/invitations", {"email": f"mia-{secrets.token_hex(3)}@example.com", "role": "agent"})["link"]
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", extra_http_headers={})
    context.set_default_timeout(15_000)
    token = link.rpartition("=")[2]
    given = {"name": "Mia", "password": PASSWORD}
    joined = context.request.post(f"{office.address}/v1/join/{token}", data=given, headers=OWN_PAGE)
    assert joined.ok, joined.text()
    page = context.new_page()
    page.goto(f"{office.address}/actions")
    expect(page.get_by_role("link", name=re.compile("Order status|Where is my order"))).to_be_visible()
    expect(page.get_by_role("link", name="New action")).to_have_count(0)
    page.goto(stored)
    expect(page.get_by_text("Your role may look at actions")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    expect(page.get_by_label("Name", exact=False).first).to_be_disabled()
    page.goto(f"{stored}/agents")
    expect(page.get_by_role("switch").first).to_be_disabled()
    page.goto(f"{office.address}/settings/secrets")
    expect(page.get_by_text("This section is for owners and admins")).to_be_visible()
    refused = context.request.put(
        f"{office.address}/v1/actions/order-status", data=office.get("/v1/actions/order-status"), headers=OWN_PAGE
    )
    assert refused.status == 403
    context.close()


def test_every_part_of_an_action_is_accessible(page: Page, office: Server, stored: str) -> None:
    page.goto(stored)
    expect(page.get_by_role("tab").first).to_be_visible()
    told: dict[str, list[str]] = {}
    for tab in page.get_by_role("tab").all():
        tab.click()
        expect(page.locator("main [role=status] .mantine-Skeleton-root")).to_have_count(0)
        for colours in ("light", "dark"):
            wear(page, WIDE, colours)
            if found := findings(page):
                told[f"{tab.inner_text()}, {colours}"] = found
    others = ("/actions?templates=1", "/actions/import", "/settings/connections/shop")
    assert told | unsound(page, office.address, others) == {}
