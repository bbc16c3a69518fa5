"""The procedure editor: drawing, connecting, writing, saving, two at once, by mouse and by keyboard alone."""

import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import findings
from tests.browser.canvas import Canvas
from tests.browser.server import Server

TALK = [
    {"id": "ask", "kind": "collect", "variable": "order_id", "prompt": "Which order?"},
    {
        "id": "check",
        "kind": "condition",
        "variable": "order_id",
        "operator": "exists",
        "then": "thanks",
        "else": "sorry",
    },
    {"id": "thanks", "kind": "message", "text": "Thanks for {{order_id}}.", "next": "end"},
    {"id": "sorry", "kind": "escalate", "reason": "A colleague will help."},
]


@pytest.fixture
def editor(page: Page, demo: Server) -> Canvas:
    return Canvas(page, demo)


@pytest.fixture
def other(chromium: Browser, demo: Server) -> Iterator[Canvas]:
    """Somebody else's browser."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(15_000)
    yield Canvas(context.new_page(), demo)
    context.close()


def made(demo: Server, name: str, steps: list[dict[str, Any]] | None = None) -> str:
    """A draft of its own for a test, and for each try of it; its slug."""
    document = {
        "name": name,
        "slug": f"drawn-{secrets.token_hex(4)}",
        "trigger": {"description": f"When a customer asks for {name.lower()}"},
        "steps": TALK if steps is None else steps,
    }
    slug: str = demo.post("/v1/procedures", {"document": document})["slug"]
    return slug


def test_a_procedure_is_built_by_dragging_and_connecting(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Dragged", [])
    editor.open(slug)
    editor.drag_kind("Question", editor.pane, 300, 200)
    expect(editor.step("ask")).to_be_visible()
    editor.write("Question", "Which order is it?")
    editor.write("Store the answer as", "order_id")

    editor.drag_kind("Message", editor.pane, 120, 420)
    expect(editor.step("tell")).to_be_visible()
    editor.connect(editor.handle("ask", "next"), editor.step("tell").locator("[data-handleid='in']"))
    expect(editor.way("ask", "next")).to_be_attached()
    editor.drag_kind("Hand over", editor.pane, 430, 420)
    editor.connect(editor.handle("ask", "on_too_many"), editor.step("to_a_person").locator("[data-handleid='in']"))
    expect(editor.way("ask", "on_too_many")).to_contain_text("too many tries")

    editor.saved()
    steps = {step["id"]: step for step in editor.draft(slug)["steps"]}
    assert steps["ask"]["prompt"] == "Which order is it?"
    assert steps["ask"]["variable"] == "order_id"
    assert steps["ask"]["on_too_many"] == "to_a_person"
    assert next(iter(steps)) == "ask"
    assert steps["ask"].get("next", "tell") == "tell"
    layout = demo.get(f"/v1/procedures/{slug}")["layout"]
    assert set(layout) == {"ask", "tell", "to_a_person"}


def test_a_step_that_is_dropped_onto_a_way_stands_between(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Between")
    editor.open(slug)
    box, pane = editor.way("ask", "next").bounding_box(), editor.pane.bounding_box()
    assert box is not None
    assert pane is not None
    x, y = box["x"] + box["width"] / 2 - pane["x"], box["y"] + box["height"] / 2 - pane["y"]
    editor.drag_kind("Set a value", editor.pane, x, y)
    expect(editor.step("note_down")).to_be_visible()
    editor.saved()
    steps = editor.draft(slug)["steps"]
    assert [step["id"] for step in steps] == ["ask", "note_down", "check", "thanks", "sorry"]


def test_everything_goes_by_keyboard_and_is_told(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "By keyboard")
    page = editor.open(slug).page
    editor.pane.focus()
    keys = page.keyboard
    keys.press("ArrowDown")
    expect(editor.told()).to_contain_text("ask, Question. Which order?")
    keys.press("ArrowDown")
    expect(editor.told()).to_contain_text("check, Condition.")
    assert "step=check" in page.url

    keys.press("ArrowDown")
    keys.press("a")
    page.get_by_label("Find a kind of step").fill("ticket")
    keys.press("Enter")
    expect(editor.told()).to_have_text("open_ticket added")
    expect(editor.step("open_ticket")).to_have_attribute("data-selected", "true")

    editor.pane.focus()
    keys.press("Enter")
    expect(page.get_by_role("tabpanel").locator(":focus")).to_be_visible()
    editor.pane.focus()
    keys.press("Control+d")
    expect(editor.step("open_ticket_2")).to_be_visible()
    keys.press("Delete")
    expect(editor.step("open_ticket_2")).to_have_count(0)
    editor.saved()
    steps = [step["id"] for step in editor.draft(slug)["steps"]]
    assert steps == ["ask", "check", "thanks", "open_ticket", "sorry"]


def test_changes_are_undone_and_done_again(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Undone")
    page = editor.open(slug, "?step=thanks").page
    editor.write("What the customer reads", "Something else entirely")
    expect(editor.step("thanks")).to_contain_text("Something else entirely")
    editor.pane.focus()
    page.keyboard.press("Delete")
    expect(editor.step("thanks")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(editor.step("thanks")).to_contain_text("Something else entirely")
    page.keyboard.press("Control+z")
    expect(editor.step("thanks")).to_contain_text("Thanks for")
    page.keyboard.press("Control+Shift+z")
    expect(editor.step("thanks")).to_contain_text("Something else entirely")
    editor.saved()
    assert editor.draft(slug)["steps"][2]["text"] == "Something else entirely"


def test_steps_are_copied_into_another_procedure(editor: Canvas, demo: Server) -> None:
    first, second = made(demo, "Copied from"), made(demo, "Copied to", [TALK[2]])
    page = editor.open(first).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor.pane.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    expect(editor.told()).to_have_text("4 steps copied")
    editor.open(second)
    editor.pane.focus()
    page.keyboard.press("Control+v")
    expect(editor.steps()).to_have_count(5)
    editor.saved()
    steps = {step["id"]: step for step in editor.draft(second)["steps"]}
    assert steps["check"]["then"] == "thanks_2"
    assert steps["thanks"]["next"] == "end"


def test_yaml_and_canvas_follow_each_other(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Both ways")
    page = editor.open(slug, "?view=split").page
    code = page.get_by_role("textbox", name="The procedure as YAML")
    expect(code).to_contain_text("Which order?")
    code.get_by_text("prompt: Which order?").click()
    expect(editor.step("ask")).to_have_attribute("data-selected", "true")
    page.keyboard.press("End")
    page.keyboard.type(" Tell me.")
    expect(editor.step("ask")).to_contain_text("Which order? Tell me.")

    editor.write("Question", "The number, please?")
    expect(code).to_contain_text("prompt: The number, please?")
    editor.saved()
    assert editor.draft(slug)["steps"][0]["prompt"] == "The number, please?"


def test_yaml_that_cannot_be_read_is_kept_and_the_canvas_stays(other: Canvas, demo: Server) -> None:
    slug = made(demo, "Half written")
    editor = other  # leaving warns with a dialog of the browser's, which the shared page takes for a fault
    page = editor.open(slug, "?view=split").page
    code = page.get_by_role("textbox", name="The procedure as YAML")
    code.get_by_text("Which order?").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("]broken")
    alert = page.get_by_role("alert").filter(has_text="The YAML cannot be read")
    expect(alert).to_contain_text(re.compile(r"Line \d+"))
    expect(editor.steps()).to_have_count(4)

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(code).to_contain_text("]broken")
    alert.get_by_role("button", name="Discard").click()
    expect(alert).to_have_count(0)
    expect(code).not_to_contain_text("]broken")
    assert len(editor.draft(slug)["steps"]) == 4


def test_two_who_change_different_steps_get_both(editor: Canvas, other: Canvas, demo: Server) -> None:
    slug = made(demo, "Two at once")
    editor.open(slug, "?step=thanks")
    other.open(slug, "?step=ask")
    other.write("Question", "Theirs")
    other.saved()
    editor.write("What the customer reads", "Mine")
    dialog = editor.page.get_by_role("dialog")
    expect(dialog).to_contain_text("changed this procedure meanwhile")
    expect(dialog).to_contain_text("Demo owner saved it")
    expect(dialog).to_contain_text("Theirs")
    dialog.get_by_role("button", name="Put both together").click()
    expect(editor.step("ask")).to_contain_text("Theirs")
    expect(editor.step("thanks")).to_contain_text("Mine")
    editor.saved()
    steps = editor.draft(slug)["steps"]
    assert (steps[0]["prompt"], steps[2]["text"]) == ("Theirs", "Mine")


def test_whoever_takes_theirs_gets_their_own_back_by_undo(editor: Canvas, other: Canvas, demo: Server) -> None:
    slug = made(demo, "Theirs taken")
    editor.open(slug, "?step=ask")
    other.open(slug, "?step=ask")
    other.write("Question", "Theirs")
    other.saved()
    editor.write("Question", "Mine")
    dialog = editor.page.get_by_role("dialog")
    expect(dialog).to_contain_text("You both changed: ask")
    dialog.get_by_role("button", name="Take theirs").click()
    expect(editor.step("ask")).to_contain_text("Theirs")
    editor.saved()
    assert editor.draft(slug)["steps"][0]["prompt"] == "Theirs"
    editor.page.get_by_role("button", name="Undo", exact=True).click()
    expect(editor.step("ask")).to_contain_text("Mine")
    editor.saved()
    assert editor.draft(slug)["steps"][0]["prompt"] == "Mine"


def test_what_is_not_saved_survives_a_reload(other: Canvas, demo: Server) -> None:
    slug = made(demo, "Reloaded")
    editor = other  # leaving warns with a dialog of the browser's, which the shared page takes for a fault
    page = editor.open(slug, "?step=ask").page
    page.route(
        f"**/v1/procedures/{slug}", lambda route: route.abort() if route.request.method == "PUT" else route.continue_()
    )
    editor.write("Question", "Not on the server yet")
    expect(page.locator("[data-save='failed']")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute_all()
    page.reload()
    expect(page.get_by_role("status").filter(has_text="Unsaved changes")).to_be_visible()
    expect(editor.step("ask")).to_contain_text("Not on the server yet")
    editor.saved()
    assert editor.draft(slug)["steps"][0]["prompt"] == "Not on the server yet"


def test_saving_is_tried_again_until_the_server_is_back(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Tried again")
    page = editor.open(slug, "?step=ask").page
    page.route(f"**/v1/procedures/{slug}", lambda route: route.abort())
    editor.write("Question", "Said while offline")
    mark = page.locator("[data-save='failed']")
    mark.click()
    expect(page.get_by_text("It is tried again by itself.")).to_be_visible()
    page.unroute_all()
    editor.saved()
    assert editor.draft(slug)["steps"][0]["prompt"] == "Said while offline"


def test_a_problem_leads_to_its_field(editor: Canvas, demo: Server) -> None:
    steps = [{**TALK[0]}, {"id": "look", "kind": "call", "url": "/orders", "transform": "return ("}, TALK[2]]
    slug = made(demo, "With problems", [{**steps[0], "prompt": ""}, *steps[1:]])
    page = editor.open(slug).page
    expect(editor.step("ask").get_by_role("img", name="1 problem")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"\d+ problems?$")).click()
    listed = page.get_by_role("dialog")
    listed.get_by_role("button", name=re.compile("prompt")).click()
    expect(listed).to_have_count(0)
    expect(editor.field("Question")).to_be_focused()
    page.keyboard.type("Which one?")
    expect(editor.step("ask").get_by_role("img", name=re.compile("problem"))).to_have_count(0)


def test_braces_complete_what_is_known_and_declare_what_is_not(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Completed")
    page = editor.open(slug, "?step=thanks").page
    editor.write("What the customer reads", "Hello {{ord")
    option = page.get_by_role("option", name=re.compile("^order_id"))
    option.click()
    expect(editor.field("What the customer reads")).to_have_text("Hello {{order_id}}")
    page.keyboard.type(" {{colour")
    page.get_by_role("option", name=re.compile("Declare the variable")).click()
    editor.saved()
    document = editor.draft(slug)
    assert document["steps"][2]["text"] == "Hello {{order_id}} {{colour}}"
    assert [variable["name"] for variable in document["variables"]] == ["colour"]


def test_renaming_a_step_renames_it_everywhere(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Renamed")
    page = editor.open(slug, "?step=sorry").page
    name = page.get_by_label("Name of the step")
    name.fill("check")
    expect(page.get_by_text("Another step is called that.")).to_be_visible()
    name.fill("to_a_person")
    name.press("Enter")
    expect(editor.step("to_a_person")).to_be_visible()
    editor.saved()
    assert editor.draft(slug)["steps"][1]["else"] == "to_a_person"


def test_a_version_is_shown_and_cannot_be_changed(editor: Canvas, demo: Server) -> None:
    slug = made(demo, "Published")
    demo.post(f"/v1/procedures/{slug}/simulate", {"inputs": {"order_id": "A1001"}})
    demo.post(f"/v1/procedures/{slug}/publish", {})
    page = editor.open(slug, "?version=1&step=ask").page
    expect(page.get_by_role("status").filter(has_text="Version 1 as it was published")).to_be_visible()
    expect(page.get_by_role("navigation", name="Steps")).to_have_count(0)
    expect(page.get_by_label("Name of the step")).not_to_be_editable()
    editor.pane.focus()
    page.keyboard.press("Delete")
    expect(editor.steps()).to_have_count(4)


def test_on_a_phone_steps_are_added_and_written_without_dragging(chromium: Browser, demo: Server) -> None:
    slug = made(demo, "On a phone", [])
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="en-GB")
    context.set_default_timeout(15_000)
    try:
        editor = Canvas(context.new_page(), demo).open(slug)
        page = editor.page
        page.get_by_role("button", name="Add a step").tap()
        page.get_by_role("dialog").get_by_role("button", name=re.compile("^Message")).tap()
        expect(editor.step("tell")).to_be_attached()
        sheet = page.get_by_role("dialog")
        expect(sheet).to_be_visible()
        editor.write("What the customer reads", "Hello from a phone")
        editor.saved()
        assert editor.draft(slug)["steps"][0]["text"] == "Hello from a phone"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert findings(page) == []
    finally:
        context.close()


@pytest.mark.parametrize(("search", "scheme"), [("?step=check&view=split", "light"), ("?step=thanks", "dark")])
def test_it_is_accessible(chromium: Browser, demo: Server, scheme: str, search: str) -> None:
    slug = made(demo, f"Accessible {scheme} {len(search)}")
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="en-GB",
    )
    context.set_default_timeout(15_000)
    try:
        editor = Canvas(context.new_page(), demo).open(slug, search)
        expect(editor.page.get_by_label("Name of the step")).to_be_visible()
        assert findings(editor.page) == []
    finally:
        context.close()
