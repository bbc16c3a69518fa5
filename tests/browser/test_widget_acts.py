"""What procedures need of a visitor's page: forms, buttons and scripts, also where a click or an answer gets lost."""

import json

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.server import Server
from tests.browser.widget import PROCEDURES, Chat, Site, entries, publish

_OPENER = """
schema: 1
name: Open a page
slug: {slug}
trigger:
  description: When a customer wants to open the page {slug}
  phrases: [open {slug}]
steps:
  - id: show
    kind: button
    text: You can pick a time yourself.
    button: Book a call
    url: https://booking.invalid/
    new_tab: {new_tab}
  - id: done
    kind: message
    text: See you then.
"""
_SCRIPT = """
schema: 1
name: Run a script
slug: {slug}
trigger:
  description: When a customer wants the script {slug}
  phrases: [run {slug}]
variables:
  - {{name: order, type: text, default: "<b>A1001</b>"}}
steps:
  - id: look
    kind: javascript
    text: May I look at your basket?
    button: Show my basket
    source: |
      {source}
    inputs: '{{"order": {{{{order}}}}}}'{more}
    response_variable: basket
    on_error: failed
  - id: done
    kind: message
    text: "Found {{{{basket.order}}}} in {{{{basket.language}}}}."
    next: end
  - id: failed
    kind: message
    text: That did not work.
"""
FOUND = "window.ran = (window.ran ?? 0) + 1; return {order: inputs.order, language: deskhand.language}"
TAKE = "take-it-back"
FORM = PROCEDURES["return-it"].replace("return-it", TAKE).replace("send it back", "take it back")


@pytest.fixture(scope="session")
def procedures(demo: Server) -> None:
    """The procedures of these tests; a session's, for a worker may come back to this module."""
    publish(
        demo,
        {
            TAKE: FORM,
            "new-tab": _OPENER.format(slug="new-tab", new_tab="true"),
            "same-tab": _OPENER.format(slug="same-tab", new_tab="false"),
            "careful-basket": _SCRIPT.format(
                slug="careful-basket", source=FOUND, more="\n    confirm: I look at your basket."
            ),
            "odd-basket": _SCRIPT.format(slug="odd-basket", source="return () => 1", more=""),
        },
    )


@pytest.fixture
def chat(context: BrowserContext, page: Page, site: Site, procedures: None) -> Chat:
    """The widget, opened on an empty page; its buttons lead to another website."""
    times = "<h1>Pick a time</h1>"
    context.route("https://booking.invalid/", lambda route: route.fulfill(body=times, content_type="text/html"))
    return Chat(page).open(site.page("/", agent="plain"))


def _form(chat: Chat) -> Locator:
    chat.say("take it back")
    form = chat.log.get_by_role("form", name="Send it in")
    form.get_by_label("Order number").fill("A1001")
    form.get_by_label("E-mail address").fill("ana@example.com")
    form.get_by_label("It does not fit").check()
    form.get_by_label("PIN").fill("4711")
    return form


def test_a_form_that_was_answered_cannot_be_sent_again(chat: Chat, site: Site) -> None:
    form = _form(chat)
    form.get_by_label("E-mail address").press("Enter")
    chat.hears("Noted for A1001")
    expect(chat.field).to_be_focused()
    chat.page.reload()
    answer = chat.log.locator(".mine").last
    expect(answer).to_contain_text("Order number")
    expect(answer).to_contain_text("It does not fit")
    expect(chat.log.locator("form, input")).to_have_count(0)
    expect(chat.panel).not_to_contain_text("4711")


def test_a_form_whose_answer_got_lost_arrives_once(chat: Chat, site: Site) -> None:
    form = _form(chat)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    chat.page.route("**/forms", lose_the_answer, times=1)
    form.get_by_role("button", name="Send it in").click()

    chat.hears("Noted for A1001")
    expect(chat.banner).to_be_hidden()
    assert len(entries(site.server, chat.conversation, "form_submitted")) == 1


def test_what_was_typed_stays_while_a_colleague_answers(chat: Chat, site: Site) -> None:
    form = _form(chat)
    site.server.post(f"/v1/conversations/{chat.conversation}/take-over")
    expect(form).to_have_count(0)
    site.server.post(f"/v1/conversations/{chat.conversation}/hand-back")

    expect(form.get_by_label("E-mail address")).to_have_value("ana@example.com")
    expect(form.get_by_label("PIN")).to_have_value("4711")
    form.get_by_role("button", name="Send it in").click()
    chat.hears("Noted for A1001")


def test_a_button_opens_its_page_in_a_new_tab_and_tells_of_the_click(
    chat: Chat, site: Site, context: BrowserContext
) -> None:
    chat.say("open new-tab")
    link = chat.log.get_by_role("link", name="Book a call")
    expect(chat.log).to_contain_text("in a new tab")
    with context.expect_page() as opened:
        link.press("Enter")
    expect(opened.value.locator("h1")).to_have_text("Pick a time")
    assert opened.value.evaluate("window.opener") is None

    chat.hears("See you then.")
    assert [one["choice"] for one in entries(site.server, chat.conversation, "clicked")] == ["Book a call"]


def test_a_button_that_leads_away_tells_of_the_click_though_the_line_was_down(chat: Chat, site: Site) -> None:
    chat.say("open same-tab")
    chat.page.route("**/clicks", lambda route: route.abort(), times=1)
    chat.log.get_by_role("link", name="Book a call").click()
    expect(chat.page.locator("h1")).to_have_text("Pick a time")
    chat.page.go_back()

    chat.hears("See you then.")
    assert [one["choice"] for one in entries(site.server, chat.conversation, "clicked")] == ["Book a call"]


def test_a_script_waits_for_the_yes_that_is_asked_for_after_the_click(chat: Chat, site: Site) -> None:
    chat.say("run careful-basket")
    chat.press("Show my basket")
    chat.hears("I look at your basket. Shall I go ahead?")
    chat.page.reload()
    chat.hears("I look at your basket. Shall I go ahead?")
    assert chat.page.evaluate("window.ran") is None
    chat.press("Yes")

    chat.hears("Found <b>A1001</b> in en.")
    assert chat.page.evaluate("window.ran") == 1
    chat.page.reload()
    chat.hears("Found <b>A1001</b> in en.")
    assert chat.page.evaluate("window.ran") is None
    assert entries(site.server, chat.conversation, "browser_returned") == [{"ok": True}]
    (asked,) = entries(site.server, chat.conversation, "run_in_browser")
    module = httpx2.get(site.server.address + asked["script"])
    assert module.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert module.headers["content-type"].startswith("text/javascript")


def test_a_script_runs_in_the_tab_of_the_last_click_alone(chat: Chat, site: Site, context: BrowserContext) -> None:
    beside = Chat(context.new_page())
    chat.say("run careful-basket")
    chat.press("Show my basket")
    chat.hears("I look at your basket. Shall I go ahead?")
    beside.open(chat.page.url)
    beside.press("Yes")

    for one in (chat, beside):
        one.hears("Found <b>A1001</b> in en.")
    assert [beside.page.evaluate("window.ran"), chat.page.evaluate("window.ran")] == [1, None]
    assert len(entries(site.server, chat.conversation, "run_script")) == 1


def test_beside_the_dashboard_no_script_runs(page: Page, site: Site, procedures: None) -> None:
    chat = Chat(page).open_full(site.server)
    chat.say("run careful-basket")
    chat.press("Show my basket")
    chat.press("Yes")
    chat.hears("That did not work.")
    assert page.evaluate("window.ran") is None
    (script,) = entries(site.server, chat.conversation, "run_script")
    assert "no script here" in json.dumps(script)


def test_a_result_that_is_no_json_counts_as_an_error(chat: Chat, site: Site) -> None:
    chat.say("run odd-basket")
    chat.press("Show my basket")
    chat.hears("That did not work.")
    (script,) = entries(site.server, chat.conversation, "run_script")
    assert script["outcome"] == "failed"
    assert "JSON" in json.dumps(script)
