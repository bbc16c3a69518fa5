"""Contacts, leads and tickets in the dashboard."""

import re
import secrets
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import unsound
from tests.browser.server import Server
from tests.browser.slow import TYPED, Held

COMPLAINT: dict[str, Any] = {
    "name": "Complaint box",
    "trigger": {"description": "When a customer complains about something that arrived broken"},
    "steps": [
        {"id": "what", "kind": "collect", "variable": "complaint", "prompt": "What went wrong?"},
        {
            "id": "open", "kind": "internal", "action": "create_ticket",
            "parameters": {"subject": "{{complaint}}", "description": "Please look", "email": "eva@example.com",
                           "name": "Eva", "priority": "HIGH"},
        },
    ],
}  # fmt: skip


@pytest.fixture(scope="session", autouse=True)  # a module may be come back to, and finds two of each then
def customers(demo: Server) -> None:
    """Eva, a lead of hers, and two tickets."""
    demo.post("/v1/contacts", {
        "external_id": "eva", "first_name": "Eva", "email": "eva@example.com", "attributes": {"plan": "pro"},
    })  # fmt: skip
    demo.post("/v1/procedures", {"document": COMPLAINT})
    demo.post("/v1/procedures/complaint-box/publish")
    for complaint in ("The lamp flickers", "The sofa squeaks"):
        conversation = demo.post("/v1/conversations", {"contact": {"id": "eva"}})["id"]
        wanted = {"procedure": "complaint-box", "arguments": {"complaint": complaint}}
        demo.post(f"/v1/conversations/{conversation}/start", wanted)
    lead = {"email": "eva@example.com", "name": "Eva", "company": "Lamps & Co", "message": "Call me"}
    demo.post(f"/v1/conversations/{conversation}/lead", lead)
    demo.post("/v1/procedures/complaint-box/archive")


def contact(demo: Server, q: str) -> dict[str, Any]:
    found: dict[str, Any] = demo.get(f"/v1/contacts?q={q}")["items"][0]
    return found


@pytest.fixture
def nobodys(demo: Server) -> None:
    """The sofa's ticket, which nobody has taken yet."""
    (sofa,) = demo.get("/v1/tickets?q=sofa")["items"]
    demo.patch(f"/v1/tickets/{sofa['number']}", {"status": "open", "assignee": None})


def test_a_ticket_is_found_taken_and_solved(page: Page, demo: Server, nobodys: None) -> None:
    page.goto(f"{demo.address}/tickets")
    page.get_by_role("searchbox").fill("sofa")
    page.wait_for_url("**/tickets?q=sofa")
    expect(page.get_by_role("row", name="The lamp flickers")).to_have_count(0)
    page.get_by_role("link", name="The sofa squeaks").click()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_role("button", name="Take it")).to_have_count(0)
    with page.expect_response("**/v1/tickets/*"):
        page.get_by_role("radiogroup", name="Status").get_by_text("Solved").click()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("sofa")
    page.goto(f"{demo.address}/tickets?status=solved")
    expect(page.get_by_role("row", name="The sofa squeaks")).to_contain_text("Demo owner")
    (found,) = demo.get("/v1/tickets?status=solved&q=sofa")["items"]
    assert found["assignee"] == "owner@demo.example"


def test_whoever_opens_a_row_while_still_typing_stays_there(page: Page, demo: Server) -> None:
    page.add_init_script(TYPED)
    page.goto(f"{demo.address}/tickets")
    row = page.get_by_role("link", name="The lamp flickers")
    expect(row).to_be_visible()
    page.get_by_role("searchbox").press_sequentially("so")
    row.click()
    expect(page.get_by_role("heading", name="The lamp flickers")).to_be_visible()
    page.evaluate("later()")
    expect(page).to_have_url(re.compile(r"/tickets/\d+$"))


def test_what_is_chosen_for_a_ticket_stands_there_while_it_is_being_stored(page: Page, demo: Server) -> None:
    (ticket,) = demo.get("/v1/tickets?q=lamp")["items"]
    demo.patch(f"/v1/tickets/{ticket['number']}", {"status": "open", "assignee": None})
    page.goto(f"{demo.address}/tickets/{ticket['number']}")
    assignee = page.get_by_label("Assigned to")
    expect(assignee.get_by_role("option", name="Demo owner")).to_be_attached()
    held = Held(page, "PATCH", "/v1/tickets/*").during(lambda: assignee.select_option("Demo owner"))
    expect(assignee).to_have_value("owner@demo.example")
    held.go()
    expect(assignee).to_have_value("owner@demo.example")


def test_tickets_are_taken_along(page: Page, demo: Server) -> None:
    page.goto(f"{demo.address}/tickets?q=lamp")
    expect(page.get_by_role("row", name="The lamp flickers")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert (len(lines), "The lamp flickers" in lines[1]) == (2, True)


def test_a_lead_leads_to_its_conversation(page: Page, demo: Server) -> None:
    page.goto(f"{demo.address}/leads?q=lamps")
    page.get_by_role("link", name="Eva").click()
    expect(page.get_by_text("Lamps & Co")).to_be_visible()
    (lead,) = demo.get("/v1/leads?q=lamps")["items"]
    page.get_by_role("link", name="Open the conversation").click()
    page.wait_for_url(f"**/conversations/{lead['conversation']}*")


def test_a_contact_is_made_changed_and_erased(page: Page, demo: Server) -> None:
    email = f"tim-{secrets.token_hex(3)}@example.com"
    page.goto(f"{demo.address}/contacts?do=add")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("First name").fill("Tim")
    dialog.get_by_label("E-mail").fill(email)
    dialog.get_by_role("button", name="Add an attribute").click()
    dialog.get_by_placeholder("Attribute").fill("seats")
    dialog.get_by_placeholder("Value").fill("12")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Tim")).to_be_visible()
    assert contact(demo, email)["attributes"] == {"seats": 12}
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("dialog").get_by_label("Last name").fill("Berg")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Tim Berg")).to_be_visible()
    assert contact(demo, email)["attributes"] == {"seats": 12}
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.wait_for_url("**/contacts")
    assert demo.get(f"/v1/contacts?q={email}")["items"] == []


def test_whoever_leaves_while_a_contact_is_made_is_not_called_back(page: Page, demo: Server) -> None:
    page.goto(f"{demo.address}/contacts?do=add")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("First name").fill("Slow")
    held = Held(page, "POST", "/v1/contacts").during(dialog.get_by_role("button", name="Save").click)
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("link", name="Tickets", exact=True).click()
    expect(page.get_by_role("heading", name="Tickets", level=1)).to_be_visible()
    held.go()
    expect(page).to_have_url(f"{demo.address}/tickets")


def test_a_contact_shows_all_that_belongs_to_it(page: Page, demo: Server) -> None:
    page.goto(f"{demo.address}/contacts/{contact(demo, 'eva@example.com')['id']}")
    expect(page.get_by_role("link", name="The lamp flickers")).to_be_visible()
    expect(page.get_by_role("link", name="Lamps & Co")).to_be_visible()
    expect(page.get_by_role("table", name="Conversations").get_by_role("row")).to_have_count(3)


def test_an_import_says_row_by_row_what_was_wrong(page: Page, demo: Server, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        'Customer ID;Vorname;E-Mail;plan\nimp-1;"Ada; B";ada@imp.example;pro\n;Nobody;;free\nimp-2;Cy;no-mail;\n'
    )
    page.goto(f"{demo.address}/contacts?do=import")
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)
    expect(page.get_by_label("Becomes: Vorname")).to_have_value("first_name")
    page.get_by_role("dialog").get_by_role("button", name="Import 3 contacts").click()
    expect(page.get_by_role("dialog").get_by_text("Row 3:")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    found = contact(demo, "ada@imp.example")
    assert (found["external_id"], found["first_name"], found["attributes"]) == ("imp-1", "Ada; B", {"plan": "pro"})


def test_these_screens_are_accessible(page: Page, demo: Server) -> None:
    eva, (lead,) = contact(demo, "eva@example.com")["id"], demo.get("/v1/leads?q=lamps")["items"]
    addresses = (
        "/contacts", "/contacts?do=add", "/contacts?do=import", f"/contacts/{eva}", "/leads", f"/leads/{lead['id']}",
        "/tickets", "/tickets/1",
    )  # fmt: skip
    assert unsound(page, demo.address, addresses) == {}
