"""What members set up around the widget: each agent's look, live chat and lead form, and what it may do in pages."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect

from deskhand.domain.ids import derived_id
from tests.browser.looking import turn_on, unsound
from tests.browser.server import Server


@pytest.fixture
def agent(demo: Server) -> Iterator[str]:
    """An agent of this test's own."""
    demo.put("/v1/agents/helper", {"name": "Helper"})
    yield "helper"
    demo.delete("/v1/agents/helper")


@pytest.fixture
def switches(demo: Server) -> Iterator[None]:
    """What the chat may do, as it was before."""
    before = demo.get("/v1/settings/widget")
    yield
    demo.put("/v1/settings/widget", {name: before[name] for name in ("scripts", "attachments")})


def test_an_agents_widget_is_made_to_look_and_put_on_a_page(page: Page, demo: Server, agent: str) -> None:
    page.goto(f"{demo.address}/agents/{agent}/widget")
    name = f"{demo.get('/v1/me')['workspace']['id']}.{agent}"
    line = f'<script src="{demo.address}/widget.js" data-agent="{name}" async></script>'
    expect(page.get_by_text(line)).to_be_visible()
    expect(page.get_by_role("link", name=f"/talk/{name}")).to_have_attribute("href", f"/talk/{name}")

    page.get_by_label("Title", exact=True).fill("Ask us")
    page.get_by_role("button", name="Add language: Title").click()
    page.get_by_role("menuitem", name="German").click()
    page.get_by_label("Title (de)").fill("Fragen Sie uns")
    page.get_by_role("button", name="Add suggestion").click()
    page.get_by_label("Suggestion 1", exact=True).fill("Where is my order?")
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("Where is my order?")
    page.get_by_role("radiogroup", name="Language of the preview").get_by_text("de").click()
    expect(preview).to_contain_text("Fragen Sie uns")
    colour = page.get_by_label("Colour", exact=True)
    colour.fill("FACC15")
    colour.blur()
    expect(page.get_by_text("hardly stands out: 1.5 to 1")).to_be_visible()
    pages = page.get_by_role("combobox", name="Pages that may use it")
    pages.fill("shop.example.com/cart")
    pages.press("Enter")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status").get_by_text("Saved", exact=True)).to_be_visible()
    stored = demo.get(f"/v1/agents/{agent}")["widget"]
    assert stored["title"] == {"en": "Ask us", "de": "Fragen Sie uns"}
    assert stored["color"] == "#facc15"
    assert stored["suggestions"] == ["Where is my order?"]
    assert stored["origins"] == ["https://shop.example.com"]


def test_live_chat_and_the_lead_form_are_saved_together(page: Page, demo: Server, agent: str) -> None:
    page.goto(f"{demo.address}/agents/{agent}/live-chat")
    turn_on(page.get_by_role("switch", name="Customers can talk to a person"))
    page.get_by_label("Within these hours").check()
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        page.get_by_role("checkbox", name=day).uncheck()
    page.get_by_role("tab", name="Lead form").click()
    turn_on(page.get_by_role("switch", name="Ask customers"))
    page.get_by_role("checkbox", name="Phone", exact=True).check()
    page.get_by_role("checkbox", name="Required: Phone").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Choose a day at least")).to_be_visible()  # and is led to where it is

    page.get_by_role("checkbox", name="Saturday").check()
    page.get_by_label("Saturday to").fill("00:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").get_by_text("Saved", exact=True)).to_be_visible()
    stored = demo.get(f"/v1/agents/{agent}")
    assert stored["live_chat"]["hours"] == [{"days": ["sat"], "from": "09:00", "to": "24:00"}]
    fields = [(one["name"], one["required"]) for one in stored["lead_form"]["fields"]]
    assert fields == [("name", False), ("email", True), ("phone", True)]


def test_what_somebody_else_saved_meanwhile_is_not_replaced_unasked(page: Page, demo: Server, agent: str) -> None:
    page.goto(f"{demo.address}/agents/{agent}/widget")
    page.get_by_label("Title", exact=True).fill("Mine")
    demo.put(f"/v1/agents/{agent}", {"name": "Helper", "instructions": "Theirs."})
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Load theirs").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("")
    assert demo.get(f"/v1/agents/{agent}")["instructions"] == "Theirs."


def test_scripts_are_stopped_only_after_a_question_that_says_what_stops(
    page: Page, demo: Server, switches: None
) -> None:
    page.goto(f"{demo.address}/settings/widget")
    scripts = page.get_by_role("switch", name="Scripts")
    scripts.press("Space")
    asked = page.get_by_role("dialog", name="Stop all scripts at once?")
    expect(asked).to_contain_text("open pages start none")
    asked.get_by_role("button", name="Cancel").click()
    expect(scripts).to_be_checked()
    assert demo.get("/v1/settings/widget")["scripts"] is True

    scripts.press("Space")
    asked.get_by_role("button", name="Stop all scripts").click()
    expect(page.get_by_text("All scripts are stopped.")).to_be_visible()
    assert demo.get("/v1/settings/widget")["scripts"] is False
    scripts.press("Space")
    expect(page.get_by_text("All scripts are stopped.")).to_be_hidden()
    assert demo.get("/v1/settings/widget")["scripts"] is True


def test_what_a_visitor_sent_and_left_reaches_the_members(page: Page, demo: Server, switches: None) -> None:
    demo.put("/v1/settings/widget", {"attachments": True})
    conversation = visit(demo)
    page.goto(f"{demo.address}/inbox/{conversation}")
    with page.expect_download() as download:
        page.get_by_role("log").get_by_role("link", name="Größe der Kiste.txt").click()
    assert download.value.suggested_filename == "Größe der Kiste.txt"
    assert Path(download.value.path()).read_text() == "40 cm"
    expect(page.get_by_role("log")).to_contain_text("TXT · 5 byte")
    expect(page.get_by_role("log")).to_contain_text("The customer opened the chat on “Shop”")
    expect(page.get_by_role("log")).to_contain_text("The customer left their address: ada@example.com")
    expect(page.get_by_text("Ada · ada@example.com")).to_be_visible()

    page.goto(f"{demo.address}/conversations/{conversation}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Größe der Kiste.txt").click()
    assert Path(download.value.path()).read_text() == "40 cm"
    page.get_by_role("link", name="Open the lead").click()
    expect(page.get_by_role("heading", name="Ada")).to_be_visible()
    demo.post(f"/v1/conversations/{conversation}/resolve", {"event_id": "done"})


def visit(demo: Server) -> str:
    """Talk as a visitor of a page does, send a file, and leave an address; gives the conversation."""
    agent = f"{demo.get('/v1/me')['workspace']['id']}.default"
    with httpx2.Client(base_url=f"{demo.address}/v1/widget", trust_env=False) as visitor:

        def send(path: str, **body: object) -> dict[str, str]:
            answer = visitor.post(path, json={"event_id": path, **body})
            assert answer.is_success, answer.text
            found: dict[str, str] = answer.json()
            return found

        begun = visitor.post("/sessions", json={"agent": agent})
        visitor.headers["authorization"] = f"Bearer {begun.json()['token']}"
        made = derived_id("conv", 1_790_000_000_000, secrets.token_hex())
        shop = {"url": "https://shop.example.com/rugs", "title": "Shop"}
        send("/conversations", id=made, text="Hello", page=shop, attributes={"plan": "gold"})
        brought = visitor.post(
            f"/conversations/{made}/attachments",
            content=b"40 cm",
            headers={"x-deskhand-name": "Gr%C3%B6%C3%9Fe%20der%20Kiste.txt"},
        )
        send(f"/conversations/{made}/messages", text="It is this wide", attachments=[brought.json()["id"]])
        send(f"/conversations/{made}/lead", email="ada@example.com", name="Ada")
    return made


def test_these_screens_are_accessible(page: Page, demo: Server) -> None:
    addresses = (
        "/agents/default/widget", "/agents/default/live-chat", "/agents/default/lead-form", "/settings/widget",
    )  # fmt: skip
    assert unsound(page, demo.address, addresses) == {}
