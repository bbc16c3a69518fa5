"""The editor's panels for suggestions, redirects, components, topics and live chat, and what becomes of them."""

import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.canvas import Canvas
from tests.browser.server import Server


@pytest.fixture
def editor(page: Page, demo: Server) -> Canvas:
    return Canvas(page, demo)


def made(demo: Server, name: str, *steps: dict[str, Any]) -> str:
    """A draft of its own for a test, and for each try of it; its slug."""
    trigger = {"description": f"When a customer wants to see the {name.lower()}"}
    document = {"name": name, "slug": f"drawn-{secrets.token_hex(4)}", "trigger": trigger, "steps": list(steps)}
    slug: str = demo.post("/v1/procedures", {"document": document})["slug"]
    return slug


def step_of(editor: Canvas, slug: str) -> dict[str, Any]:
    editor.saved()
    [step] = editor.draft(slug)["steps"]
    found: dict[str, Any] = step
    return found


def test_questions_are_suggested(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Hints")
    editor.open(slug)
    editor.drag_kind("Suggestions", editor.pane, 300, 200)
    editor.write("Above the questions", "You may ask:")
    editor.write("Question 1", "How long does it take?")
    editor.page.get_by_role("button", name="Add to: Questions").click()
    editor.write("Question 2", "What does it cost?")
    expect(editor.step("suggest")).to_contain_text("How long does it take? · What does it cost?")
    step = step_of(editor, slug)
    assert (step["kind"], step["text"]) == ("suggest", "You may ask:")
    assert step["suggestions"] == ["How long does it take?", "What does it cost?"]
    editor.page.get_by_role("button", name="Remove Question 1").click()
    questions = editor.page.get_by_role("group", name="Questions", exact=True)
    questions.get_by_role("button", name="Language").click()
    editor.page.get_by_role("menuitem", name="de").click()
    editor.write("Question 1 (de)", "Was kostet es?")
    editor.saved()
    assert editor.draft(slug)["steps"][0]["suggestions"] == [{"en": "What does it cost?", "de": "Was kostet es?"}]


def test_a_redirect_says_what_is_wrong_with_its_page(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Prices page")
    editor.open(slug)
    editor.drag_kind("Redirect", editor.pane, 300, 200)
    editor.write("Page", "javascript:alert(1)")
    page = editor.page.get_by_role("tabpanel").get_by_role("group", name="Page", exact=True)
    expect(page).to_contain_text("a web page, mailto: or tel:")
    editor.write("Page", "https://example.com/prices")
    expect(page).not_to_contain_text("may not come from a variable")
    editor.page.get_by_role("tabpanel").get_by_role("switch", name="In a new tab").check()
    step = step_of(editor, slug)
    assert (step["url"], step["new_tab"]) == ("https://example.com/prices", True)


def test_a_flow_is_written_page_by_page(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Sign-up")
    editor.open(slug)
    editor.drag_kind("Component", editor.pane, 300, 200)
    panel = editor.page.get_by_role("tabpanel")
    panel.get_by_text("Pages", exact=True).click()
    editor.write("Title", "Welcome")
    panel.get_by_role("button", name="Page 1", exact=True).click()
    panel.get_by_role("button", name="Add a page").click()
    panel.get_by_role("button", name="Page 2", exact=True).click()
    editor.write("Title", "About you")
    panel.get_by_role("button", name="Add a field").click()
    panel.get_by_text("With an image").click()
    editor.write("What is on the image", "A house")
    image = panel.get_by_role("group", name="Address", exact=True)
    expect(image).to_contain_text("no web address")
    editor.write("Address", "https://example.com/house.png")
    expect(image).not_to_contain_text("no web address")
    expect(editor.step("show")).to_contain_text("Pages: Welcome → About you")
    assert step_of(editor, slug)["component"] == {
        "kind": "flow",
        "pages": [
            {"title": "Welcome"},
            {
                "title": "About you",
                "image": {"url": "https://example.com/house.png", "alt": "A house"},
                "fields": [{"name": "field_1"}],
            },
        ],
    }


def test_an_element_has_a_tag_and_properties(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Seats")
    editor.open(slug)
    editor.drag_kind("Component", editor.pane, 300, 200)
    panel = editor.page.get_by_role("tabpanel")
    panel.get_by_text("Element", exact=True).click()
    editor.write("Tag", "seatmap")
    expect(panel).to_contain_text("its name needs a hyphen")
    editor.write("Tag", "seat-map")
    expect(panel).not_to_contain_text("its name needs a hyphen")
    properties = panel.get_by_role("group", name="Properties", exact=True).get_by_role("textbox")
    properties.click()
    editor.page.keyboard.insert_text('{"hall": "A", "seats": 2}')
    expect(editor.step("show")).to_contain_text("Element: seat-map")
    assert step_of(editor, slug)["component"] == {
        "kind": "element", "name": "seat-map", "properties": {"hall": "A", "seats": 2},
    }  # fmt: skip


def test_a_topic_is_chosen_among_those_there_are(editor: Canvas, demo: Server) -> None:
    demo.put("/v1/topics/shipping-questions", {"name": "Shipping questions"})
    slug = made(demo, "Shipping")
    editor.open(slug)
    editor.drag_kind("Topic", editor.pane, 300, 200)
    expect(editor.step("switch_topic")).to_contain_text("All of the knowledge")
    editor.page.get_by_role("tabpanel").get_by_role("combobox", name="Topic").click()
    editor.page.get_by_role("option", name="Shipping questions").click()
    assert step_of(editor, slug)["topic"] == "shipping-questions"


def test_live_chat_leads_on_where_nobody_is_there(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Person", {"id": "later", "kind": "message", "text": "Please write to us."})
    editor.open(slug)
    editor.drag_kind("Live chat", editor.pane, 300, 60)
    editor.write("Said when nobody is there", "We are back at nine.")
    editor.connect(
        editor.handle("live_chat", "on_unavailable"), editor.step("later").locator("[data-handleid='in']")
    )  # fmt: skip
    expect(editor.way("live_chat", "on_unavailable")).to_contain_text("nobody there")
    editor.saved()
    steps = {step["id"]: step for step in editor.draft(slug)["steps"]}
    assert steps["live_chat"]["on_unavailable"] == "later"
    assert steps["live_chat"]["away_text"] == "We are back at nine."


def test_one_shot_procedures_are_made_by_their_type(page: Page, demo: Server) -> None:
    token = secrets.token_hex(3)
    page.goto(f"{demo.address}/procedures")
    page.get_by_role("heading", name="Procedures").wait_for()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name", exact=True).fill(f"Have a look {token}")
    dialog.get_by_role("radio", name="A component").click()
    assert findings(page) == []
    dialog.get_by_role("button", name="Create the draft").click()
    expect(page).to_have_url(re.compile(f"/procedures/have-a-look-{token}/edit"))
    expect(page.locator("[data-step='show']")).to_be_visible()
    document = demo.get(f"/v1/procedures/have-a-look-{token}")["document"]
    assert [step["kind"] for step in document["steps"]] == ["component"]


FLOW = {"kind": "flow", "pages": [{"title": "You", "fields": [{"name": "email", "type": "email"}]}]}


@pytest.fixture
def live_chat(demo: Server) -> Iterator[None]:
    """People behind the agent, who are gone again afterwards."""
    agent = demo.get("/v1/agents/default")
    demo.put("/v1/agents/default", {**agent, "live_chat": {}})
    yield
    demo.put("/v1/agents/default", agent)


def test_a_preview_goes_through_components_and_live_chat(editor: Canvas, demo: Server, live_chat: None) -> None:
    slug = made(
        demo,
        "Way in",
        {"id": "seat", "kind": "component", "component": {"kind": "element", "name": "seat-map"},
         "response_variable": "seat"},
        {"id": "you", "kind": "component", "component": FLOW},
        {"id": "more", "kind": "suggest", "suggestions": ["How long does it take?"]},
        {"id": "say", "kind": "message", "text": "{{email}}, row {{seat.row}}"},
        {"id": "chat", "kind": "live_chat"},
    )  # fmt: skip
    editor.open(slug, "?panel=preview")
    page = editor.page
    page.get_by_role("button", name="Begin a preview").click()
    page.get_by_role("button", name="Start the procedure directly").click()
    seat = page.get_by_role("region", name="Component: seat-map")
    seat.get_by_role("textbox").fill('{"row": 7}')
    seat.get_by_role("button", name="The customer is through with it").click()
    you = page.get_by_role("region", name="You")
    you.get_by_role("textbox", name="email").fill("ann@example.com")
    you.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("ann@example.com, row 7")).to_be_visible()
    expect(page.get_by_text("How long does it take?").first).to_be_visible()
    expect(page.get_by_text("A person has the conversation now.")).to_be_visible()
