"""Previewing a draft as a customer of one's choice, who picks, rates and clicks as customers do."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import findings
from tests.browser.server import Server

BALLOON: dict[str, Any] = {
    "name": "Balloon ride",
    "slug": "balloon-ride",
    "trigger": {"always": True, "on_negative_feedback": True, "start": "agent", "audience": "balloonists"},
    "steps": [
        {
            "id": "up", "kind": "message",
            "text": {"en": "Up, {{contact.first_name}}", "de": "Auf, {{contact.first_name}}"},
        },
        {"id": "more", "kind": "suggest", "text": "You may ask:", "suggestions": ["Is it high?"]},
    ],
}  # fmt: skip


@pytest.fixture
def balloon(demo: Server) -> Iterator[str]:
    """A draft for an audience with one contact in it; all of it gone again afterwards."""
    rule = {"variable": "contact.email", "operator": "ends_with", "value": "@balloon.example"}
    demo.put("/v1/audiences/balloonists", {"name": "Balloonists", "rule": rule})
    contact = demo.post("/v1/contacts", {"first_name": "Sophie", "email": "sophie@balloon.example"})["id"]
    slug = demo.post("/v1/procedures", {"document": BALLOON})["slug"]
    yield slug
    demo.delete(f"/v1/procedures/{slug}")
    demo.delete(f"/v1/contacts/{contact}")
    demo.delete("/v1/audiences/balloonists")


def test_a_preview_is_held_as_the_customer_that_was_chosen(page: Page, demo: Server, balloon: str) -> None:
    address = f"{demo.address}/procedures/{balloon}/edit?panel=preview"
    page.goto(address)
    begin = page.get_by_role("button", name="Begin a preview")
    page.get_by_text("Somebody else").click()
    page.get_by_label("First name").fill("Bob")
    assert findings(page) == []
    begin.click()
    kept_out = page.get_by_role("status").filter(has_text="not for this customer")
    expect(kept_out).to_contain_text("they are not in the audience “Balloonists”. contact.email is not known")
    menu = page.get_by_role("button", name="The customer's menu")
    menu.click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    expect(page.get_by_role("menuitem", name="Balloon ride")).to_have_count(0)
    page.keyboard.press("Escape")

    kept_out.get_by_role("button", name="Choose another customer").click()
    dialog = page.get_by_role("dialog", name="Whom you try it as")
    dialog.get_by_text("A contact").click()
    dialog.get_by_role("combobox", name="Contact").fill("sophie@balloon")
    page.get_by_role("option", name="Sophie").click()
    dialog.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="German").click()
    dialog.get_by_role("button", name="Start over").click()
    expect(page.get_by_text("Sophie · Deskhand · German")).to_be_visible()
    expect(kept_out).to_have_count(0)

    menu.click()
    page.get_by_role("menuitem", name="Balloon ride").click()
    expect(page.get_by_text("Auf, Sophie")).to_be_visible()
    suggestion = page.get_by_role("button", name="Is it high?")
    suggestion.click()
    expect(suggestion).to_have_count(0)
    expect(page.locator("[data-side=customer]").last).to_contain_text("Is it high?")

    unhelpful = page.get_by_role("button", name="Not helpful")
    unhelpful.first.click()
    page.get_by_role("textbox", name="What was wrong?").fill("Too cold")
    page.get_by_role("button", name="Rate", exact=True).click()
    expect(page.get_by_text("The customer gave a thumbs-down: Too cold")).to_be_visible()
    expect(page.get_by_text("Auf, Sophie")).to_have_count(2)
    expect(unhelpful.first).to_have_attribute("aria-pressed", "true")
    assert findings(page) == []

    late: list[Route] = []
    page.route("**/v1/previews/*/events", lambda route: late.append(route), times=1)
    menu.click()
    with page.expect_request("**/v1/previews/*/events"):
        page.get_by_role("menuitem", name="Balloon ride").click()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    answer = late[0].fetch()
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_text("Auf, Sophie")).to_have_count(0)
    with page.expect_response("**/v1/previews/*/events"):
        late[0].fulfill(response=answer)
    menu.click()
    page.get_by_role("menuitem", name="Balloon ride").click()
    expect(page.get_by_text("Auf, Sophie")).to_have_count(1)

    page.goto(address)
    begin.click()
    expect(page.get_by_text("Sophie · Deskhand · German")).to_be_visible()
    other = page.context.new_page()
    other.goto(address)
    other.get_by_role("button", name="Begin a preview").click()
    expect(other.get_by_role("button", name=re.compile("Nobody in particular"))).to_be_visible()


def test_a_step_and_the_whole_flow_are_tried_as_a_customer(page: Page, demo: Server, balloon: str) -> None:
    page.goto(f"{demo.address}/procedures/{balloon}/edit?panel=test&step=up")
    line = page.get_by_role("button", name="Whom you try it as")
    line.click()
    dialog = page.get_by_role("dialog", name="Whom you try it as")
    dialog.get_by_text("Somebody else").click()
    dialog.get_by_label("First name").fill("Marie")
    page.keyboard.press("Escape")
    expect(line).to_contain_text("Marie · Deskhand · English")
    expect(page.get_by_text("Up, Marie")).to_be_visible()

    page.get_by_role("tab", name="One step").click()
    expect(line).to_contain_text("Nobody in particular")
    line.click()
    dialog.get_by_text("A contact").click()
    dialog.get_by_role("combobox", name="Contact").click()
    page.get_by_role("option", name="Sophie").click()
    page.keyboard.press("Escape")
    expect(line).to_contain_text("Sophie · Deskhand · English")
    page.get_by_role("button", name="Run this step").click()
    expect(page.get_by_text("Up, Sophie")).to_be_visible()
    assert findings(page) == []

    page.get_by_role("tab", name="Whole flow").click()
    expect(line).to_contain_text("Marie")
    save = page.get_by_role("button", name="Save as test")
    saving = page.get_by_role("dialog", name="Save as test")
    save.click()
    expect(saving.get_by_role("button", name="Save")).to_be_visible()
    expect(saving.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Escape")
    line.click()
    dialog.get_by_text("A contact").click()
    dialog.get_by_role("combobox", name="Contact").click()
    page.get_by_role("option", name="Sophie").click()
    page.keyboard.press("Escape")
    expect(line).to_contain_text("Sophie")
    save.click()
    expect(saving.get_by_role("alert")).to_contain_text("keeps what is known of Sophie")
    assert findings(page) == []
