"""Trying a draft out beside the canvas, talking to it, publishing it and going back: what builders do before customers
get anything.
"""

import re
import secrets
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings
from tests.browser.server import Server

OWN_PAGE = {"x-deskhand": "dashboard"}
SLUG = "zeppelin-flight"
NUMBERS = count(1)
FLIGHT: dict[str, Any] = {
    "name": "Zeppelin flight",
    "slug": SLUG,
    "trigger": {"description": "When a customer wants to cancel a zeppelin flight", "phrases": ["cancel my zeppelin"]},
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "flight", "prompt": "Which flight?", "example": "Z7"},
        {
            "id": "look_up", "kind": "call", "url": "https://zeppelin.example/flights/{{flight}}",
            "response_variable": "found", "sample_response": {"seats": 2}, "on_error": "sorry",
        },
        {
            "id": "why", "kind": "collect", "variable": "reason", "prompt": "Why?",
            "choices": ["Weather", "Fear of heights"],
        },
        {
            "id": "cancel", "kind": "call", "method": "POST", "url": "https://zeppelin.example/flights/{{flight}}/cancel",
            "body": '{"reason": "{{reason}}"}', "description": "Cancel {{found.seats}} seats", "irreversible": True,
            "on_error": "sorry",
        },
        {"id": "done", "kind": "message", "text": "Flight {{flight}} is cancelled.", "next": "end"},
        {"id": "sorry", "kind": "escalate", "reason": "A colleague will look into it."},
    ],
}  # fmt: skip


@pytest.fixture
def flight(demo: Server) -> Iterator[str]:
    """A draft that nobody has published, gone again afterwards."""
    slug = demo.post("/v1/procedures", {"document": FLIGHT})["slug"]
    yield slug
    if demo.get(f"/v1/procedures/{slug}")["active_version"] is None:
        demo.delete(f"/v1/procedures/{slug}")


@pytest.fixture
def published(demo: Server) -> Iterator[str]:
    """One that is live, under a name of its own; archived afterwards."""
    slug = demo.post("/v1/procedures", {"document": {**FLIGHT, "slug": f"airship-{next(NUMBERS)}"}})["slug"]
    demo.post(f"/v1/procedures/{slug}/publish", {"note": "As it was in the beginning"})
    yield slug
    demo.post(f"/v1/procedures/{slug}/archive")


def save(demo: Server, slug: str, **changes: dict[str, Any]) -> None:
    """Save the draft with some steps changed."""
    document = deepcopy(FLIGHT) | {"slug": slug}
    for step in document["steps"]:
        step |= changes.get(step["id"], {})
    revision = demo.get(f"/v1/procedures/{slug}")["revision"]
    demo.put(f"/v1/procedures/{slug}", {"document": document, "based_on": revision})


def edit(page: Page, demo: Server, slug: str, panel: str = "step") -> None:
    page.goto(f"{demo.address}/procedures/{slug}/edit?panel={panel}")
    expect(page.get_by_role("tab", name="Try out")).to_be_visible()


def visits(page: Page) -> Locator:
    return page.locator("ol > li[data-step]")


def way(page: Page) -> list[str]:
    return [one.get_attribute("data-step") or "" for one in visits(page).all()]


def painted(page: Page) -> Locator:
    return page.locator(".react-flow__node [data-painted]")


def run_through(page: Page) -> None:
    """Answer both questions: with the example, and with a choice."""
    page.get_by_role("button", name="Z7").click()
    page.get_by_role("button", name="Fear of heights").click()
    expect(visits(page)).to_have_count(5)


def choose(page: Page, field: Locator, option: str) -> None:
    field.click()
    page.get_by_role("option", name=option).click()


def test_a_flow_is_run_through_with_chosen_answers_and_painted(page: Page, demo: Server, flight: str) -> None:
    edit(page, demo, flight, "test")
    run_through(page)
    assert way(page) == ["ask", "look_up", "why", "cancel", "done"]
    expect(painted(page)).to_have_count(5)
    expect(page.get_by_text("Completed").first).to_be_visible()

    choose(page, visits(page).nth(3).get_by_role("combobox", name="What the members do"), "A member rejects")
    expect(visits(page)).to_have_count(4)
    expect(page.get_by_text("Handed over").first).to_be_visible()
    choose(page, visits(page).nth(1).get_by_role("combobox", name="What the API answers"), "No answer in time")
    expect(visits(page)).to_have_count(3)
    assert way(page) == ["ask", "look_up", "sorry"]
    expect(visits(page).nth(1)).to_contain_text("on_error → sorry")

    page.get_by_role("button", name="First step").click()
    expect(visits(page).first).to_have_attribute("aria-current", "step")
    expect(page).to_have_url(re.compile("step=ask"))
    page.get_by_role("button", name="Answer differently").click()
    expect(visits(page)).to_have_count(1)
    expect(page.get_by_role("textbox", name="The customer's answer")).to_be_visible()
    assert findings(page) == []


def test_answers_for_every_path_are_ready_to_be_chosen(page: Page, demo: Server, flight: str) -> None:
    edit(page, demo, flight, "test")
    page.get_by_role("button", name="Paths").click()
    expect(page.get_by_role("menuitem")).to_have_count(3)
    page.get_by_role("menuitem", name=re.compile("look_up → sorry")).click()
    expect(visits(page).last).to_have_attribute("data-step", "sorry")


def test_a_way_is_kept_as_a_test_that_says_when_a_change_breaks_it(page: Page, demo: Server, flight: str) -> None:
    edit(page, demo, flight, "test")
    run_through(page)
    page.get_by_role("button", name="Save as test").click()
    page.get_by_role("textbox", name="Name").fill("A flight is cancelled")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("tab", name="Tests").click()
    page.get_by_role("button", name="Run all").click()
    expect(page.get_by_text("1 of 1 pass")).to_be_visible()
    expect(page.get_by_text("5 of 7 branches taken")).to_be_visible()
    assert findings(page) == []

    save(demo, flight, done={"text": "{{nobody}}"})
    page.reload()
    page.get_by_role("tab", name="Tests").click()
    page.get_by_role("button", name="Run all").click()
    expect(page.get_by_text("Fix these first")).to_be_visible()

    thanks = {"id": "thanks", "kind": "message", "text": "Thanks."}
    stored = demo.get(f"/v1/procedures/{flight}")
    document = {**FLIGHT, "steps": [FLIGHT["steps"][0], thanks, *FLIGHT["steps"][1:]]}
    demo.put(f"/v1/procedures/{flight}", {"document": document, "based_on": stored["revision"]})
    page.reload()
    page.get_by_role("tab", name="Tests").click()
    page.get_by_role("button", name="Run all").click()
    expect(page.get_by_text("Step 2 was `thanks`, not `look_up`")).to_be_visible()
    page.get_by_role("button", name="A flight is cancelled", exact=True).last.click()
    page.get_by_role("menuitem", name="This is right now").click()
    expect(page.get_by_text("1 of 1 pass")).to_be_visible()


def test_one_step_is_tried_with_values_that_stay_pinned(page: Page, demo: Server, flight: str) -> None:
    page.goto(f"{demo.address}/procedures/{flight}/edit?panel=test&step=look_up")
    page.get_by_role("tab", name="One step").click()
    page.get_by_label("flight", exact=False).first.fill("Z9")
    page.get_by_role("button", name="Run this step").click()
    expect(page.get_by_text("GET https://zeppelin.example/flights/Z9")).to_be_visible()
    expect(page.get_by_role("button", name="why")).to_be_visible()
    choose(page, page.get_by_role("combobox", name="What the API answers"), "401, not signed in")
    page.get_by_role("button", name="Run this step").click()
    expect(page.get_by_text("Does not work")).to_be_visible()
    expect(page.get_by_text("The credentials were not accepted")).to_be_visible()
    page.get_by_role("button", name="Pin these values").click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    assert findings(page) == []
    page.reload()
    page.get_by_role("tab", name="One step").click()
    expect(page.get_by_text("Pinned values are filled in.")).to_be_visible()
    expect(page.get_by_label("flight", exact=False).first).to_have_value("Z9")


def test_a_preview_is_a_talk_with_the_draft_that_leaves_nothing_behind(page: Page, demo: Server, flight: str) -> None:
    before = len(demo.get("/v1/conversations")["items"])
    edit(page, demo, flight, "preview")
    page.get_by_role("button", name="Begin a preview").click()
    write = page.get_by_role("textbox", name="Write as the customer")
    write.fill("Please cancel my zeppelin Z7")
    write.press("Enter")
    expect(page.get_by_text("Understood: wants zeppelin-flight")).to_be_visible()
    page.get_by_role("button", name="Weather").click()
    expect(page.get_by_text("A member has to decide")).to_be_visible()
    expect(page.get_by_text("Cancel 2 seats").last).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Flight Z7 is cancelled.").last).to_be_visible()
    expect(painted(page)).to_have_count(5)
    page.get_by_role("button", name="What would have been done (2)").click()
    expect(page.get_by_role("region", name="cancel").get_by_text("mocked")).to_be_visible()
    assert len(demo.get("/v1/conversations")["items"]) == before

    page.get_by_role("button", name="How calls are answered").click()
    page.get_by_text("Ask me each time").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Start the procedure directly").click()
    write.fill("Z7")
    write.press("Enter")
    expect(page.get_by_text("look_up waits for its answer")).to_be_visible()
    choose(page, page.get_by_role("combobox", name="What the API answers"), "500, server error")
    expect(page.get_by_text("A person has the conversation now.")).to_be_visible()


def test_publishing_shows_what_differs_and_what_keeps_it_back(page: Page, demo: Server, published: str) -> None:
    save(demo, published, done={"text": "Flight {{flght}} is gone."})
    edit(page, demo, published)
    page.get_by_role("button", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("1 error keeps it from being published")).to_be_visible()
    expect(dialog.get_by_role("button", name="Publish as version 2")).to_be_disabled()
    assert findings(page) == []
    dialog.get_by_role("alert").get_by_role("button", name="done").click()
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile("step=done"))

    document = deepcopy(FLIGHT) | {"slug": published}
    ask, look_up, _why, cancel, done, sorry = document["steps"]
    tip = {"id": "tip", "kind": "message", "text": "Hold on."}
    document["steps"] = [ask, look_up, cancel | {"body": "{}"}, tip, done | {"text": "{{flight}} is gone."}, sorry]
    revision = demo.get(f"/v1/procedures/{published}")["revision"]
    demo.put(f"/v1/procedures/{published}", {"document": document, "based_on": revision})
    page.reload()
    page.get_by_role("button", name="Publish", exact=True).click()
    change = dialog.locator("li[data-step=done]")
    expect(change).to_contain_text("Message")
    expect(change).to_contain_text("Flight {{flight}} is cancelled.")
    expect(change).to_contain_text("{{flight}} is gone.")
    dialog.get_by_role("tab", name="Canvas").click()
    steps = dialog.locator(".react-flow__node [data-step]")
    expect(steps).to_have_count(7)
    for step, became in {"tip": "New", "done": "Changed", "cancel": "Changed", "why": "Removed"}.items():
        expect(steps.and_(dialog.locator(f"[data-step={step}]"))).to_contain_text(became)
    expect(dialog.get_by_role("list", name="What the marks mean")).to_contain_text("Removed: 1")
    assert findings(page) == []
    dialog.get_by_role("button", name="why").press("Enter")
    removed = dialog.locator("li[data-step=why]")
    expect(removed).to_be_focused()
    expect(removed).to_contain_text("Removed")
    dialog.get_by_role("tab", name="YAML").click()
    expect(dialog.get_by_text("Version 1, live")).to_be_visible()
    expect(dialog.locator(".cm-changedLine").first).to_be_visible()
    dialog.get_by_role("textbox", name="What changed").fill("Says it more plainly")
    dialog.get_by_role("button", name="Publish as version 2").click()
    expect(dialog.get_by_text("Version 2 is live")).to_be_visible()


def test_versions_are_read_compared_and_restored_with_a_way_back(page: Page, demo: Server, published: str) -> None:
    save(demo, published, done={"text": "Something else"})
    edit(page, demo, published)
    page.get_by_role("button", name="Versions").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("As it was in the beginning")).to_be_visible()
    assert findings(page) == []
    drawer.get_by_role("button", name="Read").click()
    expect(drawer.get_by_text("- id: look_up")).to_be_visible()
    drawer.get_by_role("button", name="Back to the list").click()
    drawer.get_by_role("button", name="Compare").click()
    expect(drawer.locator("li[data-step=done]")).to_contain_text("Something else")
    drawer.get_by_role("button", name="Back to the list").click()
    drawer.get_by_role("button", name="Make it the draft").click()
    expect(drawer.get_by_text("Version 1 is the draft now.")).to_be_visible()
    path = f"/v1/procedures/{published}"
    assert demo.get(path)["document"]["steps"][4]["text"] == "Flight {{flight}} is cancelled."
    drawer.get_by_role("button", name="Undo").click()
    expect(drawer.get_by_text("The draft is back as it was.")).to_be_visible()
    assert demo.get(path)["document"]["steps"][4]["text"] == "Something else"


def test_a_draft_with_errors_leads_to_the_step_that_has_them(page: Page, demo: Server, flight: str) -> None:
    save(demo, flight, done={"text": "{{nobody}}"})
    edit(page, demo, flight, "test")
    expect(page.get_by_text("Fix these first")).to_be_visible()
    page.get_by_role("alert").get_by_role("button", name="done").click()
    expect(page).to_have_url(re.compile("step=done"))


def test_an_agent_sees_versions_but_neither_tries_out_nor_publishes(page: Page, demo: Server, published: str) -> None:
    link = demo.post("/v1/invitations", {"email": f"zoe-{secrets.token_hex(3)}@example.com", "role": "agent"})["link"]
    joined = page.request.post(
        f"{demo.address}/v1/join/{link.rpartition('token=')[2]}",
        data={"name": "Zoe", "password": "correct horse battery"},
        headers=OWN_PAGE,
    )
    assert joined.ok, joined.text()
    page.goto(f"{demo.address}/procedures/{published}/edit")
    expect(page.get_by_role("button", name="Versions")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    expect(page.get_by_role("tab", name="Try out")).to_have_count(0)
    refused = page.request.post(f"{demo.address}/v1/procedures/{published}/preview", headers=OWN_PAGE)
    assert refused.status == 403
