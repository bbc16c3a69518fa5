"""The widget when the server, the line or the page around it fails: nothing that a visitor wrote gets lost."""

import json
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.server import Server
from tests.browser.widget import Chat, Site, entries, site_beside


def _said(server: Server, conversation: str) -> list[object]:
    return [one["text"] for one in entries(server, conversation, "said")]


def test_a_message_is_said_once_though_the_server_is_killed_while_it_is_sent(page: Page, tmp_path: Path) -> None:
    with Server.running("demo", tmp_path) as server, site_beside(server) as site:
        server.put("/v1/agents/plain", {"name": "Sam"})
        chat = Chat(page).open(site.page("/", agent="plain"))
        chat.say("Where is my order?")
        chat.hears("order number")

        def killed(route: Route) -> None:
            route.fetch()  # it has arrived, but the visitor's page never hears of it
            server.kill()
            route.abort()

        page.route("**/messages", killed, times=1)
        chat.say("A1003")
        expect(chat.banner).to_contain_text("We can't be reached right now.")
        chat.say("Thank you")
        expect(chat.said("Thank you")).to_have_count(1)
        server.start()

        expect(chat.banner).to_be_hidden(timeout=30_000)
        expect(chat.said("A1003")).to_have_count(1)
        expect(chat.root.locator(".state")).to_have_count(0)
        chat.hears("You're welcome")
        assert _said(server, chat.conversation) == ["Where is my order?", "A1003", "Thank you"]
        expect(chat.said("Thank you")).to_have_count(1)


def test_what_is_written_offline_waits_and_goes_out_in_order(context: BrowserContext, page: Page, site: Site) -> None:
    chat = Chat(page).open(site.page("/", agent="plain"))
    chat.say("Where is my order?")
    chat.hears("order number")
    context.set_offline(True)
    for text in ("A1003", "Thanks", "Thanks"):
        chat.say(text)
    expect(chat.banner).to_contain_text("You are offline.")
    expect(chat.root.locator(".state").first).to_have_text("Sending …")
    context.set_offline(False)

    expect(chat.banner).to_be_hidden()
    expect(chat.root.locator(".state")).to_have_count(0)
    assert _said(site.server, chat.conversation) == ["Where is my order?", "A1003", "Thanks", "Thanks"]
    expect(chat.said("Thanks")).to_have_count(2)


def test_what_is_refused_stays_with_the_visitor(page: Page, site: Site) -> None:
    chat = Chat(page).open(site.page("/", agent="plain"))
    chat.field.fill("x" * 10_001)
    expect(chat.root.get_by_text("At most 10000 characters")).to_be_visible()
    refusal = {"type": "urn:deskhand:problem:invalid-request", "detail": "Not like this."}
    page.route("**/messages", lambda route: route.fulfill(status=422, json=refusal), times=1)
    chat.say("Where is my order?")
    expect(chat.root.locator(".state")).to_contain_text("Not sent: Not like this.")
    page.reload()
    chat.press("Try again")
    chat.hears("order number")
    expect(chat.said("Where is my order?")).to_have_count(1)


def test_the_tabs_of_a_browser_are_in_step_over_one_stream(context: BrowserContext, page: Page, site: Site) -> None:
    streams: list[str] = []
    context.on("request", lambda request: streams.append(request.url) if "/events" in request.url else None)
    address = site.page("/", agent="plain")
    one, other = Chat(page), Chat(context.new_page())
    one.open(address)
    one.say("Where is my order?")
    one.hears("order number")
    other.page.goto(address)
    other.launcher.click()
    expect(other.said("Where is my order?")).to_have_count(1)
    other.say("A1003")
    for chat in (one, other):
        chat.hears("A1003 is currently: shipped")
        expect(chat.said("A1003")).to_have_count(1)
    assert len(streams) == 1

    one.page.close()
    other.say("Thank you")
    other.hears("You're welcome")
    assert _said(site.server, other.conversation) == ["Where is my order?", "A1003", "Thank you"]
    assert len(streams) == 2


def test_a_thousand_messages_are_there_and_only_some_of_them_in_the_page(page: Page, site: Site) -> None:
    about = {"at": "2026-11-20T09:30:00.000Z"}
    log = [{"seq": seq, "kind": "say", "body": {"text": f"Words {seq}"}, **about} for seq in range(1, 1001)]
    lines = [f"event: entry\ndata: {json.dumps(entry)}\n\n" for entry in log]
    chat = Chat(page).open(site.page("/", agent="plain"))
    page.route("**/events?*", lambda route: route.fulfill(body="".join(lines), content_type="text/event-stream"))
    chat.say("Hello")
    expect(chat.log.get_by_text("Words 1000", exact=True)).to_be_in_viewport()
    assert chat.log.locator(".row").count() == 150
    chat.root.locator(".scroll").evaluate("node => { node.scrollTop = 0 }")
    chat.press("Show earlier messages")
    expect(chat.log.get_by_text("Words 751", exact=True)).to_be_attached()
    expect(chat.log.get_by_text("Words 851", exact=True)).to_be_in_viewport()
    chat.press("Newest messages")
    expect(chat.log.get_by_text("Words 1000", exact=True)).to_be_in_viewport()
    page.unroute_all(behavior="wait")
