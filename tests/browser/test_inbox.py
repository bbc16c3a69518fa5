"""The inbox as members work in it: two of them, and customers who write meanwhile."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.inbox import Inbox, ben, customer, log, says
from tests.browser.looking import amiss_either_way
from tests.browser.server import Server
from tests.browser.slow import Held

HUMAN = "I want to talk to a human"


@pytest.fixture
def inbox(page: Page, demo: Server) -> Inbox:
    return Inbox(page, demo)


@pytest.fixture
def bens(chromium: Browser, demo: Server) -> Iterator[Inbox]:
    """Ben's inbox, in a browser of his own."""
    context = ben(chromium, demo)
    yield Inbox(context.new_page(), demo)
    context.close()


def test_a_customer_who_wants_a_person_is_answered_and_done_with(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, HUMAN, contact={"first_name": "Ada", "id": "ada-1"})
    inbox.open(queue="unassigned")
    row = inbox.item(conversation)
    expect(row).to_contain_text("without an answer")
    row.click()
    expect(inbox.bubble("customer", HUMAN)).to_be_visible()

    inbox.reply("Hello Ada, what can I do?")
    expect(inbox.bubble("member", "Hello Ada, what can I do?")).to_be_visible()
    expect(inbox.field).to_have_value("")
    assert log(demo, conversation, "replied") == [{"text": "Hello Ada, what can I do?", "by": "Demo owner"}]

    says(demo, conversation, "My lamp flickers")
    expect(inbox.bubble("customer", "My lamp flickers")).to_be_visible()
    with inbox.page.expect_response("**/resolve?*"):
        inbox.page.get_by_role("button", name="Resolve", exact=True).click()
    inbox.open(queue="resolved")
    expect(inbox.item(conversation)).to_be_visible()
    assert demo.get(f"/v1/conversations/{conversation}")["status"] == "resolved"


def test_whoever_comes_back_sees_what_has_happened_meanwhile(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, HUMAN)
    inbox.open()
    expect(inbox.item(conversation)).to_be_visible()
    inbox.page.get_by_role("link", name="Approvals").click()
    expect(inbox.page.get_by_role("heading", name="Approvals", level=1)).to_be_visible()
    demo.post(f"/v1/conversations/{conversation}/resolve")
    inbox.page.get_by_role("link", name="Inbox").click()
    expect(inbox.page.get_by_role("navigation", name="Queues")).to_be_visible()
    expect(inbox.item(conversation)).to_have_count(0)


def test_a_note_is_seen_by_colleagues_at_once_and_by_no_customer(inbox: Inbox, bens: Inbox, demo: Server) -> None:
    conversation = customer(demo, "Hello")
    bens.open(conversation)
    inbox.open(conversation)
    inbox.press("n")
    note = inbox.page.get_by_label("Your note for the other members")
    expect(note).to_be_focused()
    note.fill("Has called twice")
    note.press("Enter")

    expect(bens.bubble("note", "Has called twice")).to_be_visible()
    entries = demo.get(f"/v1/conversations/{conversation}/entries")["items"]
    assert [one["visible_to"] for one in entries if one["kind"] == "note"] == ["members"]
    assert demo.get(f"/v1/conversations/{conversation}")["mode"] == "agent"


def test_members_see_who_else_looks_and_who_types(inbox: Inbox, bens: Inbox, demo: Server) -> None:
    conversation = customer(demo, "Hello")
    inbox.open(conversation)
    bens.open(conversation)
    expect(inbox.page.get_by_text("Also looking: Ben")).to_be_visible()
    bens.field.press_sequentially("I am at it")
    expect(inbox.page.get_by_text("Ben is typing …").first).to_be_visible()
    demo.post(f"/v1/conversations/{conversation}/typing", {"typing": True})
    expect(bens.page.get_by_text("The customer is typing …").first).to_be_visible()


def test_a_reply_that_would_cross_shows_what_came_and_is_sent_knowingly(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, HUMAN)
    inbox.open(conversation)

    def meanwhile(route: Route) -> None:
        says(demo, conversation, "Never mind, it works again")
        route.continue_()

    inbox.page.route("**/reply?*", meanwhile, times=1)
    inbox.reply("Have you tried another bulb?")
    stopped = inbox.page.locator("[data-outgoing=crossed]")
    expect(stopped).to_contain_text("The customer wrote in the meantime")
    expect(stopped).to_contain_text("Never mind, it works again")
    assert log(demo, conversation, "replied") == []

    stopped.get_by_role("button", name="Send it all the same").click()
    expect(inbox.bubble("member", "Have you tried another bulb?")).to_be_visible()
    expect(stopped).to_have_count(0)
    assert len(log(demo, conversation, "replied")) == 1


def test_a_reply_that_crossed_can_be_written_anew(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, HUMAN)
    inbox.open(conversation)

    def meanwhile(route: Route) -> None:
        says(demo, conversation, "It is solved")
        route.continue_()

    inbox.page.route("**/reply?*", meanwhile, times=1)
    inbox.reply("One moment")
    inbox.page.locator("[data-outgoing=crossed]").get_by_role("button", name="Edit").click()
    expect(inbox.field).to_have_value("One moment")
    inbox.reply("Glad to hear that!")
    expect(inbox.bubble("member", "Glad to hear that!")).to_be_visible()
    assert [one["text"] for one in log(demo, conversation, "replied")] == ["Glad to hear that!"]


def test_a_reply_is_sent_once_however_often_the_connection_breaks(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, HUMAN)
    inbox.open(conversation)
    tries: list[int] = []

    def breaking(route: Route) -> None:
        tries.append(1)
        if len(tries) == 1:
            route.abort()
        elif len(tries) == 2:  # it arrives, but its answer is lost
            route.fetch()
            route.abort()
        else:
            route.continue_()

    inbox.page.route("**/reply?*", breaking)
    inbox.reply("Here I am")
    expect(inbox.page.get_by_text("Not sent yet")).to_be_visible()
    expect(inbox.page.get_by_text("Not sent yet")).to_have_count(0)
    expect(inbox.bubble("member", "Here I am")).to_have_count(1)
    assert len(tries) == 3
    assert len(log(demo, conversation, "replied")) == 1


def test_what_was_typed_is_still_there_after_looking_elsewhere(inbox: Inbox, demo: Server) -> None:
    first, second = customer(demo, "One"), customer(demo, "Two")
    inbox.open(first)
    inbox.field.fill("A long answer")
    inbox.item(second).click()
    expect(inbox.bubble("customer", "Two")).to_be_visible()
    expect(inbox.field).to_have_value("")
    inbox.item(first).click()
    expect(inbox.field).to_have_value("A long answer")
    inbox.page.reload()
    expect(inbox.field).to_have_value("A long answer")
    inbox.field.press("Shift+Enter")
    assert "\n" in inbox.field.input_value()
    assert log(demo, first, "replied") == []


def test_the_keyboard_does_it_all(inbox: Inbox, demo: Server) -> None:
    older, newer = customer(demo, "Older"), customer(demo, "Newer")
    inbox.open()
    expect(inbox.item(newer)).to_be_visible()
    inbox.press("j")
    expect(inbox.bubble("customer", "Newer")).to_be_visible()
    inbox.press("j")
    expect(inbox.bubble("customer", "Older")).to_be_visible()
    inbox.press("t")
    expect(inbox.page.get_by_text("Demo owner answers", exact=True)).to_be_visible()
    inbox.press("r")
    expect(inbox.field).to_be_focused()
    inbox.field.press("Escape")
    inbox.press("e")
    expect(inbox.bubble("customer", "Older")).to_have_count(0)
    assert demo.get(f"/v1/conversations/{older}")["status"] == "resolved"


def test_whoever_has_gone_on_is_not_called_back_by_a_slow_answer(inbox: Inbox, demo: Server) -> None:
    other, following, resolved = (customer(demo, text) for text in ("Another one", "The next", "This one"))
    inbox.open(resolved)
    expect(inbox.item(following)).to_be_visible()
    held = Held(inbox.page, "POST", "/resolve?*").during(lambda: inbox.press("e"))
    inbox.item(other).click()
    expect(inbox.bubble("customer", "Another one")).to_be_visible()
    held.go()
    expect(inbox.item(resolved)).to_have_count(0)
    expect(inbox.bubble("customer", "Another one")).to_be_visible()


def test_taking_over_past_somebodys_words_is_asked_about(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, "Hello")
    inbox.open(conversation)

    def meanwhile(route: Route) -> None:
        says(demo, conversation, "I want a refund")
        route.continue_()

    inbox.page.route("**/take-over?*", meanwhile, times=1)
    inbox.page.get_by_role("button", name="Take over").click()
    asked = inbox.page.get_by_role("alert").filter(has_text="in the meantime")
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="Do it all the same").click()
    expect(inbox.page.get_by_text("Demo owner answers", exact=True)).to_be_visible()
    demo.post(f"/v1/conversations/{conversation}/resolve")


def test_an_approval_is_decided_where_it_is_talked_about(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, "I want a refund for order A1001", "It arrived broken")
    inbox.open(conversation)
    card = inbox.page.locator("[data-approval]")
    expect(card).to_contain_text("Open a refund ticket for order #A1001")
    card.get_by_role("button", name="Approve").click()
    expect(inbox.bubble("agent", "Your refund request has been submitted")).to_be_visible()
    expect(card).to_have_count(0)


def test_a_conversation_is_assigned_and_tagged(inbox: Inbox, bens: Inbox, demo: Server) -> None:
    conversation = customer(demo, HUMAN)
    inbox.open(conversation)
    inbox.page.get_by_role("combobox", name="Assigned to").click()
    inbox.page.get_by_role("option", name="Ben").click()
    tags = inbox.page.get_by_role("combobox", name="Tags")
    tags.fill("vip")
    tags.press("Enter")
    bens.open(queue="mine")
    expect(bens.item(conversation)).to_contain_text("vip")
    state = demo.get(f"/v1/conversations/{conversation}")
    assert (state["assignee"], state["tags"], state["mode"]) == ("Ben", ["vip"], "member")


def test_the_teams_assistant_works_for_members_alone(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, "Hello")
    before = [
        one for one in demo.get(f"/v1/conversations/{conversation}/entries")["items"] if one["visible_to"] == "all"
    ]
    inbox.open(conversation)
    inbox.page.get_by_text("Assistant", exact=True).click()
    asked = inbox.page.get_by_label("What shall the assistant do?")
    asked.fill("Where is order A1003?")
    asked.press("Enter")
    expect(inbox.thread.get_by_text("Your order #A1003 is currently: shipped.")).to_be_visible()
    after = [
        one for one in demo.get(f"/v1/conversations/{conversation}/entries")["items"] if one["visible_to"] == "all"
    ]
    assert after == before


DOWN_TO = """wanted => {
    const list = document.querySelector("section[aria-label=Resolved]");
    list.scrollTop += list.clientHeight;
    return document.querySelector(`a[data-conversation=${wanted}]`) !== null;
}"""


def test_a_long_list_renders_what_is_near_and_goes_on_below(inbox: Inbox, demo: Server) -> None:
    ids = [demo.post("/v1/conversations", {"text": f"Message {number}"})["id"] for number in range(60)]
    for conversation in ids:
        demo.post(f"/v1/conversations/{conversation}/resolve")
    inbox.open(queue="resolved")
    expect(inbox.item(ids[-1])).to_be_visible()
    assert inbox.page.locator("a[data-conversation]").count() < 40
    inbox.page.wait_for_function(DOWN_TO, arg=ids[0])
    expect(inbox.item(ids[0])).to_be_attached()
    assert inbox.page.locator("a[data-conversation]").count() < 40


def test_on_a_phone_the_list_leads_to_the_conversation_and_back(chromium: Browser, demo: Server) -> None:
    conversation = customer(demo, "Hello from a phone")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    inbox = Inbox(context.new_page(), demo).open()
    inbox.item(conversation).click()
    expect(inbox.bubble("customer", "Hello from a phone")).to_be_visible()
    expect(inbox.item(conversation)).to_have_count(0)
    assert inbox.page.evaluate("document.documentElement.scrollWidth") <= 390
    inbox.page.get_by_role("link", name="Back to the list").click()
    expect(inbox.item(conversation)).to_be_visible()
    context.close()


def test_a_conversation_in_the_inbox_is_accessible(inbox: Inbox, demo: Server) -> None:
    conversation = customer(demo, HUMAN, contact={"first_name": "Ada", "id": "ada-1"})
    demo.post(f"/v1/conversations/{conversation}/note", {"text": "A note"})
    demo.post(f"/v1/conversations/{conversation}/reply", {"text": "A reply"})
    inbox.open(conversation)
    expect(inbox.bubble("note", "A note")).to_be_visible()
    expect(inbox.page.get_by_text("Open the contact")).to_be_visible()
    assert amiss_either_way(inbox.page) == {}


def test_an_empty_queue_teaches_what_comes_there(inbox: Inbox, bens: Inbox) -> None:
    bens.open(queue="unassigned")
    counts = bens.page.get_by_role("navigation", name="Queues").get_by_role("link")
    expect(counts).to_have_count(6)
    expect(counts.filter(has_text="Unassigned")).to_contain_text(re.compile(r"\d"))
