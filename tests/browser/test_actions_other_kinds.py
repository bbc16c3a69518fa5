"""Actions that are no HTTP request, made in the dashboard: a form, a button, a script, a tool of a real MCP server."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import WIDE, amiss_either_way, wear
from tests.browser.server import Server
from tests.integration.mcp.shop import Shop, open_shop


@pytest.fixture(autouse=True)
def tidied(demo: Server) -> Iterator[None]:
    """The demo keeps none of the actions that a test makes."""
    known = slugs(demo)
    yield
    for slug in slugs(demo) - known:
        demo.delete(f"/v1/actions/{slug}")


@pytest.fixture
def kiosk(demo: Server) -> Iterator[Shop]:
    """An MCP server in a thread of its own, which the demo may call; no connection to it is left behind."""
    ready = threading.Event()
    made: list[tuple[Shop, Callable[[], None]]] = []

    async def run() -> None:
        over, loop = asyncio.Event(), asyncio.get_running_loop()
        async with open_shop() as shop:
            made.append((shop, lambda: loop.call_soon_threadsafe(over.set)))  # type: ignore[arg-type]
            ready.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="kiosk")
    thread.start()
    ready.wait()
    shop, end = made[0]
    known = demo.get("/v1/settings/internal-hosts")["hosts"]
    demo.put("/v1/settings/internal-hosts", {"hosts": [*known, shop.host]})
    try:
        yield shop
    finally:
        for one in demo.get("/v1/connections")["items"]:
            if one["base_url"] == f"http://{shop.host}/mcp":
                demo.delete(f"/v1/connections/{one['slug']}")
        demo.put("/v1/settings/internal-hosts", {"hosts": known})
        end()
        thread.join()


def slugs(demo: Server) -> set[str]:
    return {one["slug"] for one in demo.get("/v1/actions")["items"]}


def begin(page: Page, demo: Server, kind: str, name: str, description: str) -> None:
    """Begin a new action, up to the step in which it says what it does."""
    page.goto(f"{demo.address}/actions/new")
    page.get_by_role("button", name=re.compile(f"^{kind}")).click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Description").fill(description)
    step(page)


def step(page: Page, times: int = 1) -> None:
    for _ in range(times):
        page.get_by_role("button", name="Next", exact=True).click()


def create(page: Page, slug: str) -> None:
    """Create the action in the last step, and see that it opens."""
    page.get_by_role("button", name="Create the action").click()
    page.wait_for_url(f"**/actions/{slug}")
    expect(page.get_by_role("tab", name="About")).to_be_visible()


def test_a_form_asks_what_was_typed(page: Page, demo: Server) -> None:
    begin(page, demo, "Form", "Ask for a return", "Asks what shall be sent back, and why.")
    page.get_by_role("textbox", name="Text above the form").fill("What would you like to return?")
    fields = page.get_by_role("table", name="Fields")
    expect(fields).to_contain_text("email")
    page.get_by_role("button", name="Add a field").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("textbox", name="Name", exact=True).fill("reason")
    drawer.get_by_role("textbox", name="Label", exact=True).fill("Why?")
    choices = drawer.get_by_label("Choices")
    for one in ("Broken", "Too small"):
        choices.fill(one)
        choices.press("Enter")
    drawer.get_by_role("button", name="Done").click()
    expect(drawer).to_be_hidden()
    expect(fields).to_contain_text("Broken, Too small")
    page.get_by_role("button", name="Move reason up").click()
    page.get_by_role("textbox", name="Label of the button").fill("Send it back")
    step(page, 3)

    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("It worked")).to_be_visible()
    expect(page.get_by_text("What the customer would see", exact=True)).to_be_visible()
    shown = page.locator("pre")
    expect(shown).to_contain_text("Too small")
    expect(shown).to_contain_text("Send it back")
    step(page)
    create(page, "ask-for-a-return")

    form = demo.get("/v1/actions/ask-for-a-return")["form"]
    assert (form["text"], form["submit"]) == ("What would you like to return?", "Send it back")
    assert [(one["name"], one.get("label"), one.get("choices")) for one in form["fields"]] == [
        ("reason", "Why?", ["Broken", "Too small"]),
        ("email", None, None),
    ]
    page.get_by_role("tab", name="Form").click()
    expect(fields).to_contain_text("Broken, Too small")
    assert amiss_either_way(page) == {}


def test_a_button_opens_a_page_and_no_script(page: Page, demo: Server) -> None:
    begin(page, demo, "Button", "Open the returns page", "Offers the page where returns are booked.")
    page.get_by_role("textbox", name="Label of the button").fill("Book a return")
    address = page.get_by_role("textbox", name="Address that is opened")
    address.fill("javascript:alert(1)")
    step(page, 4)
    page.get_by_role("button", name="Create the action").click()
    expect(address).to_have_accessible_description(re.compile("^A button opens a web page"))
    assert "open-the-returns-page" not in slugs(demo)

    address.fill("https://shop.example.com/returns?order={{order_id}}")
    step(page)
    page.get_by_role("button", name="Declare order_id").click()
    step(page, 2)
    page.get_by_label("order_id").fill("A 1")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("What the customer would see", exact=True)).to_be_visible()
    expect(page.locator("pre")).to_contain_text("returns?order=A%201")
    step(page)
    create(page, "open-the-returns-page")

    button = demo.get("/v1/actions/open-the-returns-page")["button"]
    assert (button["label"], button["url"]) == ("Book a return", "https://shop.example.com/returns?order={{order_id}}")
    page.get_by_role("tab", name="Button").click()
    address.fill("javascript:alert(1)")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(address).to_have_accessible_description(re.compile("^A button opens a web page"))
    assert amiss_either_way(page) == {}
    assert demo.get("/v1/actions/open-the-returns-page")["button"] == button


def test_a_script_says_where_it_breaks_off(page: Page, demo: Server) -> None:
    begin(page, demo, "JavaScript", "Fill the coupon in", "Puts a coupon's code into the basket's field.")
    script = page.get_by_role("textbox", name="Script")
    script.click()
    page.keyboard.insert_text("const field = document.querySelector('#coupon');")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("field.value = ;")
    broken = page.get_by_text("Line 2, column 15: something is missing here")
    expect(broken).to_be_visible()
    assert amiss_either_way(page) == {}
    wear(page, WIDE, "light")
    page.keyboard.press("ArrowLeft")
    page.keyboard.insert_text("inputs.code")
    expect(broken).to_be_hidden()
    step(page)
    page.get_by_role("button", name="Add a variable").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Name", exact=True).fill("code")
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    step(page, 2)
    expect(page.get_by_text("nothing is sent and no script runs")).to_be_visible()
    page.get_by_role("textbox", name="code", exact=True).fill("SPRING")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("It worked")).to_be_visible()
    step(page)
    create(page, "fill-the-coupon-in")

    action = demo.get("/v1/actions/fill-the-coupon-in")
    source = "const field = document.querySelector('#coupon');\nfield.value = inputs.code;"
    assert action["script"]["source"] == source
    assert [one["name"] for one in action["variables"]] == ["code"]
    page.get_by_role("tab", name="JavaScript").click()
    expect(script).to_contain_text("inputs.code;")


def test_a_tool_is_taken_from_its_server_and_tried(page: Page, demo: Server, kiosk: Shop) -> None:
    page.goto(f"{demo.address}/actions/import?from=mcp")
    page.get_by_role("link", name="New connection").click()
    expect(page.get_by_role("heading", name="New connection")).to_be_visible()
    expect(page.get_by_label("Kind")).to_have_value("mcp")
    page.get_by_role("textbox", name="Name", exact=True).fill("Kiosk")
    page.get_by_role("textbox", name="Address of the server").fill(f"http://{kiosk.host}/mcp")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/settings/connections/kiosk")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("It offers 2 tools.")).to_be_visible()
    page.get_by_role("link", name="Import tools").click()

    expect(page.get_by_text("Cancels an order that was not sent yet.")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^find_order")).check()
    page.get_by_role("button", name="Import 1 action").click()
    expect(page.get_by_text("1 action is stored")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=re.compile("^Find order$", re.IGNORECASE)).click()
    page.get_by_role("tab", name="Tool").click()
    expect(page.get_by_label("MCP server")).to_have_value("kiosk")
    expect(page.get_by_text("Finds an order by its number, with its status.")).to_be_visible()
    assert demo.get("/v1/actions/find-order")["call"]["tool"] == "find_order"

    page.get_by_role("tab", name="Test").click()
    page.get_by_label("order_id").fill("A9")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It did not work")).to_be_visible()
    page.get_by_label("order_id").fill("A1")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It worked")).to_be_visible()
    expect(page.get_by_role("region", name="Response")).to_contain_text("shipped")
    assert amiss_either_way(page) == {}
