"""Procedures in the dashboard: listed, made, set up, tried, archived and brought back."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import amiss_either_way, turn_on, unsound
from tests.browser.server import Server
from tests.browser.slow import Held

REFUND = "/procedures/refund-request-handler"
OPENING: dict[str, Any] = {
    "name": "Opening hours",
    "trigger": {"description": "When a customer asks at what time the shop opens or closes"},
    "steps": [
        {"id": "hours", "kind": "message", "text": "We are open from nine to six."},
        {"id": "note", "kind": "internal", "action": "create_ticket", "parameters": {"subject": "Asked for hours"}},
    ],
}


@pytest.fixture
def opening(demo: Server) -> str:
    """A draft's slug, made anew."""
    name = f"Opening hours {secrets.token_hex(3)}"
    return str(demo.post("/v1/procedures", {"document": {**OPENING, "name": name}})["slug"])


@pytest.fixture
def tidied(demo: Server) -> Iterator[None]:
    """The demo keeps none of the drafts that a test makes."""
    known = slugs(demo)
    yield
    for slug in slugs(demo) - known:
        demo.delete(f"/v1/procedures/{slug}")


def slugs(demo: Server) -> set[str]:
    return {one["slug"] for one in demo.get("/v1/procedures")["items"]}


def stored(demo: Server, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = demo.get(f"/v1/procedures/{slug}")
    return found


def saved(page: Page) -> None:
    expect(page.get_by_role("status").get_by_text("The draft is saved")).to_be_visible()


def in_german(page: Page, label: str, text: str) -> None:
    """Write a text in a second language."""
    page.get_by_role("button", name=f"Add language: {label}").click()
    page.get_by_role("menuitem", name="German").click()
    page.get_by_label(f"{label} (de)").fill(text)


def test_the_list_is_searched_and_its_address_keeps_the_search(page: Page, demo: Server) -> None:
    page.goto(f"{demo.address}/procedures")
    row = page.get_by_role("row", name="Refund Request Handler")
    expect(row).to_contain_text("Needs approval")
    page.get_by_role("searchbox").fill("refund returning")
    expect(page.get_by_role("row", name="Order Status Lookup")).to_have_count(0)
    expect(row).to_be_visible()
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("refund returning")
    page.get_by_role("searchbox").fill("nothing at all")
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.get_by_role("row", name="Order Status Lookup")).to_be_visible()


def test_a_procedure_is_made_by_type(page: Page, demo: Server, tidied: None) -> None:
    page.goto(f"{demo.address}/procedures")
    page.get_by_role("heading", name="Procedures").wait_for()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Book a demo")
    dialog.get_by_role("radio", name="A redirect").click()
    dialog.get_by_label("When does it come?").select_option("always")
    dialog.get_by_role("button", name="Create the draft").click()
    page.wait_for_url("**/procedures/book-a-demo/edit")
    document = stored(demo, "book-a-demo")["document"]
    assert (document["trigger"], document["steps"][0]["kind"]) == ({"always": True}, "redirect")


def test_what_is_wrong_with_yaml_is_told_with_its_line(page: Page, demo: Server, tidied: None) -> None:
    page.goto(f"{demo.address}/procedures?create=yaml")
    editor = page.get_by_role("dialog").get_by_role("textbox", name="The document")
    editor.fill(
        "name: From YAML\ntrigger: {description: When a customer asks for it}\nsteps:\n  - id: ask\n    kind: col\n"
    )
    expect(page.get_by_role("dialog").get_by_text("Line 4:")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("did you mean collect?")
    page.reload()
    editor.fill("name: From YAML\ntrigger: {description: When a customer asks for it}\nsteps: []\n")
    page.get_by_role("button", name="Create the draft").click()
    page.wait_for_url("**/procedures/from-yaml/edit")


def test_an_example_is_shown_and_used(page: Page, demo: Server, tidied: None) -> None:
    before = slugs(demo)
    page.goto(f"{demo.address}/procedures?create=template")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Make an appointment").click()
    expect(dialog.get_by_role("list", name="What it does").get_by_role("listitem").first).to_be_visible()
    dialog.get_by_role("button", name="Use this template").click()
    page.wait_for_url("**/procedures/*/edit")
    assert len(slugs(demo) - before) == 1


def test_settings_are_saved_by_themselves_in_every_tab(page: Page, demo: Server, opening: str) -> None:
    at = f"{demo.address}/procedures/{opening}/settings"
    page.goto(f"{at}/general")
    page.get_by_label("For the team").fill("Ask Ana about holidays")
    saved(page)
    page.get_by_role("tab", name="Variables").click()
    page.get_by_role("button", name="Add a variable").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Name").fill("branch")
    drawer.get_by_label("Description").fill("Which branch is asked about")
    drawer.get_by_label("Question", exact=True).fill("Which branch?")
    in_german(page, "Question", "Welche Filiale?")
    drawer.get_by_role("button", name="Add a condition").click()
    drawer.get_by_role("textbox", name="Value").fill("contact.plan")
    drawer.get_by_label("With", exact=True).fill("business")
    drawer.get_by_role("button", name="Done").click()
    saved(page)
    page.get_by_role("tab", name="Triggers").click()
    turn_on(page.get_by_role("switch", name="Always"))
    page.get_by_role("combobox", name="What customers write").fill("When do you open?")
    page.keyboard.press("Enter")
    saved(page)
    page.get_by_role("tab", name="Boundary").click()
    turn_on(page.get_by_role("switch", name="Each run counts as an escalation"))
    page.get_by_label("Approval of note").select_option("require")
    page.get_by_label("Who may agree to note").select_option("admin")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_label("What the customer is asked before note", exact=True).fill("Shall I?")
    in_german(page, "What the customer is asked before note", "Soll ich?")
    saved(page)
    document = stored(demo, opening)["document"]
    assert (document["description"], document["escalation"]) == ("Ask Ana about holidays", True)
    (variable,) = document["variables"]
    assert (variable["name"], variable["ask_when"][0]["value"]) == ("branch", "business")
    assert (document["trigger"]["always"], document["trigger"]["phrases"]) == (True, ["When do you open?"])
    assert variable["prompt"] == {"en": "Which branch?", "de": "Welche Filiale?"}
    assert document["steps"][1]["confirm"] == {"en": "Shall I?", "de": "Soll ich?"}
    assert (document["steps"][1]["approval"], document["steps"][1]["approvers"]) == ("require", {"role": "admin"})


def test_two_who_change_the_same_are_told_and_nothing_is_lost(page: Page, demo: Server, opening: str) -> None:
    page.goto(f"{demo.address}/procedures/{opening}/settings/general")
    name = page.get_by_label("For the team")
    expect(name).to_be_visible()
    document = stored(demo, opening)["document"]
    demo.put(f"/v1/procedures/{opening}", {"document": {**document, "description": "Theirs"}, "based_on": 1})
    name.fill("Mine")
    conflict = page.get_by_role("alert").filter(has_text="Somebody else changed the same")
    expect(conflict).to_contain_text("description")
    assert stored(demo, opening)["document"]["description"] == "Theirs"
    conflict.get_by_role("button", name="Save mine").click()
    saved(page)
    assert stored(demo, opening)["document"]["description"] == "Mine"


def test_a_new_slug_leads_nobody_back(page: Page, demo: Server, opening: str, tidied: None) -> None:
    page.goto(f"{demo.address}/procedures/{opening}/settings/general")
    page.get_by_role("textbox", name="Slug").fill(f"{opening}-shop")
    held = Held(page, "PUT", f"/v1/procedures/{opening}").during(
        page.get_by_role("button", name="Change the slug").click
    )
    page.get_by_role("tab", name="Variables").click()
    expect(page.get_by_role("button", name="Add a variable")).to_be_visible()
    held.go()
    expect(page).to_have_url(f"{demo.address}/procedures/{opening}-shop/settings/variables")

    page.get_by_role("tab", name="General").click()
    page.get_by_role("textbox", name="Slug").fill(opening)
    held = Held(page, "PUT", f"/v1/procedures/{opening}-shop").during(
        page.get_by_role("button", name="Change the slug").click
    )
    page.get_by_role("link", name="Tickets", exact=True).click()
    expect(page.get_by_role("heading", name="Tickets", level=1)).to_be_visible()
    held.go()
    expect(page).to_have_url(f"{demo.address}/tickets")
    assert stored(demo, opening)["slug"] == opening


def test_a_sentence_is_tried_against_the_draft(page: Page, demo: Server, opening: str) -> None:
    page.goto(f"{demo.address}/procedures/{opening}/settings/triggers")
    sentence = page.get_by_label("As a customer would write it")
    sentence.fill("At what time does the shop open?")
    sentence.press("Enter")
    expect(page.get_by_text("This one starts.")).to_be_visible()
    expect(page.get_by_text("We are open from nine to six.")).to_be_visible()
    sentence.fill("Where is my order?")
    sentence.press("Enter")
    expect(page.get_by_text("Another one answers: Order Status Lookup.")).to_be_visible()
    demo.delete(f"/v1/procedures/{opening}")


def test_a_procedure_is_archived_and_the_toast_brings_it_back(page: Page, demo: Server, opening: str) -> None:
    page.goto(f"{demo.address}/procedures/{opening}")
    page.get_by_role("button", name="More for Opening hours").click()
    page.get_by_role("menuitem", name="Archive").click()
    page.get_by_role("dialog").get_by_role("radio", name="Stop them now").check()
    page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    expect(page.locator("main").get_by_text("Archived", exact=True)).to_be_visible()
    assert stored(demo, opening)["status"] == "archived"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main").get_by_text("Draft", exact=True)).to_be_visible()
    assert stored(demo, opening)["status"] == "draft"
    page.get_by_role("button", name="More for Opening hours").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.wait_for_url("**/procedures")
    assert opening not in [one["slug"] for one in demo.get("/v1/procedures")["items"]]


def test_what_could_not_be_undone_stands_in_the_page_until_it_is_closed(page: Page, demo: Server, opening: str) -> None:
    name = demo.get(f"/v1/procedures/{opening}")["name"]
    page.goto(f"{demo.address}/procedures")
    page.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    demo.post("/v1/procedures", {"document": {**OPENING, "name": name}})  # the name is taken meanwhile
    page.get_by_role("button", name="Undo").click()
    told = page.get_by_role("alert").filter(has_text="That could not be undone")
    expect(told).to_have_count(2)
    note = page.locator("main").get_by_role("alert")
    expect(note).to_contain_text(opening)
    assert amiss_either_way(page) == {}
    note.get_by_role("button", name="Close").click()
    expect(told).to_have_count(0)
    demo.delete(f"/v1/procedures/{opening}")


def test_an_agent_looks_and_changes_nothing(chromium: Any, demo: Server, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = as_agent(context, demo)
    page.goto(f"{demo.address}/procedures")
    expect(page.get_by_role("row", name="Refund Request Handler")).to_be_visible()
    expect(page.get_by_role("button", name="New procedure")).to_have_count(0)
    page.goto(f"{demo.address}/procedures/refund-request-handler/settings/general")
    expect(page.get_by_text("Changing it takes the role admin or owner.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).not_to_be_editable()
    context.close()


def as_agent(context: BrowserContext, demo: Server) -> Page:
    """Signed in as an invited member with the role agent."""
    email = f"agent-{secrets.token_hex(3)}@demo.example"
    link = demo.post("/v1/invitations", {"email": email, "role": "agent"})["link"]
    context.set_default_timeout(15_000)
    answer = context.request.post(
        f"{demo.address}/v1/join/{link.rpartition('=')[2]}",
        data={"name": "Ana Agent", "password": "a long sentence"},
        headers={"X-Deskhand": "dashboard"},
    )
    assert answer.ok, answer.text()
    return context.new_page()


PARTS = (
    "/procedures?create=type", "/procedures?create=template", "/procedures?create=yaml", REFUND,
    *(f"{REFUND}/settings/{tab}" for tab in ("general", "variables", "triggers", "boundary")),
)  # fmt: skip


def test_every_part_is_accessible(page: Page, demo: Server) -> None:
    assert unsound(page, demo.address, PARTS) == {}
