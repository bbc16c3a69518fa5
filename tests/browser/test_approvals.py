"""Approvals as members decide them in the dashboard: live, by keyboard, edited, told the truth."""

import re
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.axe import findings
from tests.browser.server import Server
from tests.browser.slow import Held
from tests.browser.visits import BOOKING, Calendar

PASSWORD = "correct horse battery"
OWN_PAGE = {"x-deskhand": "dashboard"}


def complaint(name: str, **fields: Any) -> dict[str, Any]:
    """A procedure that opens a ticket after an approval."""
    ticket = {
        "id": "open",
        "kind": "internal",
        "action": "create_ticket",
        "parameters": {"subject": "Refund of {{amount}}", "description": "{{complaint}}"},
        "approval": "require",
        "description": "Refund {{amount}} for {{complaint}}",
        **fields,
    }
    steps = [
        {"id": "what", "kind": "collect", "variable": "complaint", "prompt": "What went wrong?"},
        {"id": "worth", "kind": "collect", "variable": "amount", "prompt": "How much?", "validation": "number"},
        ticket,
        {"id": "done", "kind": "message", "text": "{{amount}} are on their way."},
    ]
    trigger = {"description": f"When a customer asks for the {name.lower()} of what they bought"}
    return {"name": name, "trigger": trigger, "steps": steps}


PROCEDURES = (
    complaint("Refund"),
    complaint("Agreed refund", confirm="I'll refund {{amount}}."),
    complaint("Short refund", expires_hours=0.0015),
    complaint("Guarded refund", approvers={"role": "admin"}),
    complaint("Told refund", approval="notify"),
)


@pytest.fixture(scope="module")
def office() -> Iterator[Server]:
    """A demo of its own, so that nobody else's approvals are counted, with procedures that ask for approvals."""
    with tempfile.TemporaryDirectory() as folder, Server.running("demo", Path(folder)) as server:
        for document in PROCEDURES:
            slug = server.post("/v1/procedures", {"document": document})["slug"]
            server.post(f"/v1/procedures/{slug}/publish")
        yield server


@pytest.fixture(autouse=True)
def nothing_left(office: Server) -> Iterator[None]:
    """What a test leaves pending is not counted by the next one."""
    yield
    for one in office.get("/v1/approvals")["items"]:
        kind, body = (
            ("reject", {"reason": "over"}) if one["about"] == "approval" else ("outcome", {"decision": "happened"})
        )
        office.post(f"/v1/approvals/{one['id']}/{kind}", body)


@pytest.fixture
def ben(chromium: Browser, office: Server) -> Iterator[Page]:
    """An agent's browser."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(15_000)
    _join(context, office)
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def _join(context: BrowserContext, office: Server) -> None:
    """Invite Ben, the first time, and sign him in."""
    members = [one["email"] for one in office.get("/v1/members")["items"]]
    who = {"email": "ben@example.com", "password": PASSWORD}
    if who["email"] not in members:
        made = office.post("/v1/invitations", {"email": who["email"], "role": "agent"})
        token = made["link"].rpartition("token=")[2]
        answer = context.request.post(
            f"{office.address}/v1/join/{token}", data={"name": "Ben", "password": PASSWORD}, headers=OWN_PAGE
        )
    else:
        answer = context.request.post(f"{office.address}/v1/sign-in", data=who, headers=OWN_PAGE)
    assert answer.ok, answer.text()


def ask(office: Server, complaint: str = "a broken lamp", slug: str = "refund", *more: str) -> dict[str, Any]:
    """A customer comes as far as a member has to decide; gives the approval."""
    conversation = office.post("/v1/conversations", {"contact": {"first_name": "Ada", "last_name": "Byron"}})["id"]
    office.post(f"/v1/conversations/{conversation}/start", {"procedure": slug})
    for text in (complaint, "50", *more):
        office.post(f"/v1/conversations/{conversation}/messages", {"text": text})
    found = office.get(f"/v1/approvals?conversation={conversation}")["items"]
    return found[0] if found else {"conversation": conversation}


def look(office: Server, approval: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = office.get(f"/v1/approvals/{approval['id']}")
    return found


def subjects(office: Server) -> list[str]:
    """The tickets that were opened, the newest first."""
    return [one["subject"] for one in office.get("/v1/tickets")["items"]]


def opened(page: Page, office: Server, path: str = "/approvals") -> Page:
    page.goto(f"{office.address}{path}")
    expect(page.get_by_role("heading", name="Approvals", level=1)).to_be_visible()
    return page


def card(page: Page) -> Locator:
    return page.get_by_role("article")


def ready(page: Page) -> None:
    """Until the card can be decided."""
    expect(card(page).get_by_role("button", name="Approve")).to_be_enabled()


def rows(page: Page) -> Locator:
    return page.get_by_role("list", name="What waits for a decision").get_by_role("listitem")


def test_an_empty_list_teaches_and_what_comes_shows_up_by_itself(page: Page, office: Server) -> None:
    opened(page, office)
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    expect(page).to_have_title("Approvals · Deskhand")
    ask(office)
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_title("(1) Approvals · Deskhand")
    expect(page.get_by_role("link", name="Approvals One approval waits for you")).to_be_visible()
    expect(card(page)).to_contain_text("Refund 50 for a broken lamp")


def test_with_nothing_to_choose_the_place_of_the_card_is_used(page: Page, office: Server) -> None:
    opened(page, office)
    told = page.get_by_role("heading", name="Nothing waits for you")
    expect(told).to_be_visible()
    tabs, text = page.get_by_role("tabpanel").bounding_box(), told.bounding_box()
    assert tabs
    assert text
    assert abs((tabs["x"] + tabs["width"] / 2) - (text["x"] + text["width"] / 2)) < 2


def test_a_link_to_an_approval_that_is_not_there_leads_back_to_those_that_are(page: Page, office: Server) -> None:
    approval = ask(office)
    opened(page, office, "/approvals/appr_00000000000000000000000000000000")
    expect(page.get_by_role("heading", name="There is no such approval")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("link", name="All approvals").click()
    expect(card(page)).to_have_attribute("aria-label", approval["card"]["description"])


def test_a_card_tells_everything_that_a_decision_needs(page: Page, office: Server) -> None:
    approval = ask(office)
    opened(page, office, f"/approvals/{approval['id']}")
    shown = card(page)
    for text in ("Ada Byron", "This step asks for an approval.", "May decide: every member", "h 59 min left",
                 "Then the conversation goes to a person.", "Refund of 50", "a broken lamp", "version 1"):  # fmt: skip
        expect(shown).to_contain_text(text)
    link = shown.get_by_role("link", name="Open the conversation").get_attribute("href")
    assert link is not None
    assert re.fullmatch(rf"/conversations/{approval['conversation']}#e\d+", link)
    shown.get_by_text("Raw", exact=True).click()
    expect(shown).to_contain_text('"subject": "Refund of 50"')
    assert findings(page) == []


def test_an_agent_decides_by_keyboard_alone(ben: Page, office: Server) -> None:
    first, second = ask(office, "a first lamp"), ask(office, "a second lamp")
    opened(ben, office)
    expect(card(ben)).to_contain_text("a second lamp")
    ben.keyboard.press("j")
    expect(card(ben)).to_contain_text("a first lamp")
    ben.keyboard.press("k")
    expect(card(ben)).to_contain_text("a second lamp")
    ben.keyboard.press("a")
    expect(ben.get_by_role("status").filter(has_text="Approved: Refund 50 for a second lamp")).to_be_visible()
    expect(card(ben)).to_contain_text("a first lamp")
    ben.keyboard.press("r")
    dialog = ben.get_by_role("dialog")
    expect(dialog.get_by_label("Reason, for your colleagues")).to_be_focused()
    ben.keyboard.press("Control+Enter")
    expect(dialog).to_contain_text("Say why, in a few words.")
    ben.keyboard.type("Not his lamp")
    ben.keyboard.press("Control+Enter")
    expect(ben.get_by_text("Nothing waits for you")).to_be_visible()
    decided = [(one["status"], one["decided_by"], one["reason"]) for one in (look(office, second), look(office, first))]
    assert decided == [("approved", "Ben", None), ("rejected", "Ben", "Not his lamp")]


def test_a_reason_can_be_chosen_and_written_on(page: Page, office: Server) -> None:
    approval = ask(office)
    opened(page, office)
    page.get_by_role("button", name="Reject").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Looks like fraud").click()
    reason = dialog.get_by_label("Reason, for your colleagues")
    expect(reason).to_have_value("Looks like fraud")
    reason.fill("Looks like fraud: third lamp this week")
    assert findings(page) == []
    dialog.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    assert look(office, approval)["reason"] == "Looks like fraud: third lamp this week"
    page.get_by_role("tab", name="Decided").click()
    expect(card(page)).to_contain_text("Reason: Looks like fraud: third lamp this week")
    expect(card(page)).to_contain_text("It was not done.")
    expect(card(page).get_by_role("button", name="Approve")).to_have_count(0)


def test_whoever_comes_second_is_told_who_was_first(page: Page, office: Server) -> None:
    approval = ask(office)
    page.route("**/v1/events", lambda route: route.abort())  # nothing tells this browser of it
    opened(page, office)
    expect(card(page)).to_contain_text("Refund 50")
    office.post(f"/v1/approvals/{approval['id']}/approve")
    page.keyboard.press("a")
    told = page.get_by_role("alert").filter(has_text="Somebody decided already")
    expect(told).to_contain_text(re.compile(r"demo approved it (now|\d+ seconds? ago)\."))
    expect(card(page)).to_contain_text("demo approved it")
    assert len(office.get(f"/v1/approvals?conversation={approval['conversation']}&status=all")["items"]) == 1


def test_a_decision_that_does_not_arrive_comes_back(page: Page, office: Server) -> None:
    approval = ask(office)
    opened(page, office)

    def fail(route: Route) -> None:
        route.abort()

    page.route("**/approve?*", fail, times=1)
    ready(page)
    page.keyboard.press("a")
    expect(page.get_by_text("This was not decided: Refund 50 for a broken lamp")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="The server cannot be reached")).to_be_visible()
    expect(rows(page)).to_have_count(1)
    with page.expect_response("**/approve?*"):
        page.keyboard.press("a")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    assert look(office, approval)["status"] == "approved"


def test_a_decision_that_fails_late_calls_nobody_back(page: Page, office: Server) -> None:
    first, _ = ask(office, "a first lamp"), ask(office, "a second lamp")
    opened(page, office)
    expect(card(page)).to_contain_text("a second lamp")
    ready(page)
    held = Held(page, "POST", "/approve?*").during(lambda: page.keyboard.press("a"))
    expect(card(page)).to_contain_text("a first lamp")
    ready(page)
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason, for your colleagues").fill("Not his lamp")
    held.fail()
    expect(page.get_by_text("This was not decided: Refund 50 for a second lamp")).to_be_attached()
    expect(dialog.get_by_label("Reason, for your colleagues")).to_have_value("Not his lamp")
    with page.expect_response("**/reject?*"):
        dialog.get_by_role("button", name="Reject").click()
    expect(card(page)).to_contain_text("a second lamp")
    assert look(office, first)["status"] == "rejected"

    ready(page)
    page.unroute_all()
    held = Held(page, "POST", "/approve?*").during(lambda: page.keyboard.press("a"))
    page.get_by_role("link", name="Tickets", exact=True).click()
    expect(page.get_by_role("heading", name="Tickets", level=1)).to_be_visible()
    held.fail()
    expect(page).to_have_url(f"{office.address}/tickets")


def test_edited_values_are_checked_and_the_customer_is_asked_again(page: Page, office: Server) -> None:
    approval, before = ask(office, "a broken lamp", "agreed-refund", "yes"), subjects(office)
    opened(page, office)
    ready(page)
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("will be asked again with the new values")
    send = dialog.get_by_role("button", name="Approve with these values")
    expect(send).to_be_disabled()
    amount = dialog.get_by_label("Amount")
    amount.fill("a lot")
    send.click()
    expect(dialog).to_contain_text("That doesn't look like a number.")
    expect(amount).to_have_value("a lot")
    amount.fill("40")
    expect(dialog).to_contain_text("Amount: 50 → 40")
    assert findings(page) == []
    send.click()
    expect(page.get_by_role("status").filter(has_text="the customer is being asked again")).to_be_visible()
    assert subjects(office) == before
    page.goto(f"{office.address}/approvals/{approval['id']}?tab=decided")
    expect(card(page)).to_contain_text("Amount: 50 → 40")
    expect(card(page)).to_contain_text("Not sent yet: it waits for the customer's yes.")
    office.post(f"/v1/conversations/{approval['conversation']}/messages", {"text": "yes"})
    expect(card(page)).to_contain_text("It was done.")
    card(page).get_by_text("First form").click()
    expect(card(page)).to_contain_text("Refund of 50")
    assert subjects(office) == ["Refund of 40", *before]


def test_what_expires_says_so_while_one_looks_at_it(page: Page, office: Server) -> None:
    approval = ask(office, "a broken lamp", "short-refund")
    opened(page, office, f"/approvals/{approval['id']}")
    expect(card(page)).to_contain_text(re.compile(r"\d (s|ms) left|Its time is over"))
    expect(card(page)).to_contain_text("Nobody decided in time")
    expect(card(page).get_by_role("button", name="Approve")).to_have_count(0)


def test_who_may_not_decide_is_told_why(ben: Page, page: Page, office: Server) -> None:
    approval = ask(office, "a broken lamp", "guarded-refund")
    opened(ben, office)
    expect(ben.get_by_text("Nothing waits for you")).to_be_visible()
    expect(ben).to_have_title("Approvals · Deskhand")
    ben.get_by_role("button", name="Show them too").click()
    expect(card(ben)).to_contain_text("Others decide this: admins and owners.")
    expect(card(ben).get_by_role("button", name="Approve")).to_have_count(0)
    ben.keyboard.press("a")
    refused = ben.request.post(f"{office.address}/v1/approvals/{approval['id']}/approve", headers=OWN_PAGE)
    assert refused.status == 403
    assert look(office, approval)["status"] == "pending"
    opened(page, office)
    expect(card(page).get_by_role("button", name="Approve")).to_be_enabled()


def test_with_four_eyes_an_edit_waits_for_somebody_else(page: Page, ben: Page, office: Server) -> None:
    approval = ask(office)
    opened(page, office)
    page.get_by_role("button", name="Rules").click()
    page.get_by_role("switch", name="Four eyes").click()
    expect(page.get_by_role("switch", name="Four eyes")).to_be_checked()
    try:
        opened(ben, office)
        ready(ben)
        ben.keyboard.press("e")
        dialog = ben.get_by_role("dialog")
        dialog.get_by_label("Amount").fill("40")
        dialog.get_by_role("button", name="Save for somebody else to approve").click()
        expect(ben.get_by_role("status").filter(has_text="somebody else has to approve it")).to_be_visible()
        opened(ben, office, f"/approvals/{approval['id']}?all=1")
        expect(card(ben)).to_contain_text("You edited this request, and four eyes are wanted")
        page.keyboard.press("Escape")
        expect(card(page)).to_contain_text("Refund 40 for a broken lamp")
        card(page).get_by_role("button", name="Approve").click()
        expect(page.get_by_role("status").filter(has_text="Approved: Refund 40")).to_be_visible()
        assert look(office, approval)["status"] == "approved"
    finally:
        office.put("/v1/settings/approvals", {"four_eyes": False})


@pytest.fixture
def calendar(office: Server) -> Iterator[Calendar]:
    """A calendar that hangs up once, and a procedure that books visits in it; archived afterwards."""
    slug = f"book-a-visit-{secrets.token_hex(3)}"
    with Calendar().open() as calendar:
        office.put("/v1/settings/internal-hosts", {"hosts": [f"127.0.0.1:{calendar.server_port}"]})
        base = {"name": "Calendar", "base_url": f"http://127.0.0.1:{calendar.server_port}", "auth": None}
        office.put("/v1/connections/calendar", base)
        office.post("/v1/procedures", {"yaml": BOOKING.replace("book-a-visit", slug)})
        office.post(f"/v1/procedures/{slug}/publish")
        yield calendar
        office.post(f"/v1/procedures/{slug}/archive")


def test_what_became_of_an_unanswered_call_is_said_here_too(page: Page, office: Server, calendar: Calendar) -> None:
    conversation = office.post("/v1/conversations", {})["id"]
    for text in ("I need a technician to come by", "Thursday", "yes"):
        office.post(f"/v1/conversations/{conversation}/messages", {"text": text})
    opened(page, office)
    expect(card(page)).to_contain_text("Nobody knows whether this happened.")
    expect(card(page)).to_contain_text("POST")
    assert findings(page) == []
    card(page).get_by_role("button", name="It did not: send it again").click()
    page.get_by_role("dialog").get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("status").filter(has_text="Sent again: Book a visit on Thursday")).to_be_visible()
    page.get_by_role("tab", name="Decided").click()
    expect(card(page)).to_contain_text("had it sent again")
    expect(card(page)).to_contain_text("It was done.")
    assert calendar.requests == 2


def test_members_are_told_what_the_agent_does_by_itself(page: Page, office: Server) -> None:
    opened(page, office)
    ask(office, "a broken lamp", "told-refund")
    notice = page.get_by_role("alert").filter(has_text="The agent has done something")
    expect(notice).to_contain_text("Refund 50 for a broken lamp")
    expect(notice.get_by_role("link", name="Open the conversation")).to_be_visible()


def test_on_a_phone_the_buttons_lie_under_the_thumb(chromium: Browser, office: Server) -> None:
    approval = ask(office)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="de-DE")
    page = context.new_page()
    page.goto(f"{office.address}/approvals")
    page.get_by_role("listitem").filter(has_text="Refund 50").tap()
    page.wait_for_url(f"**/approvals/{approval['id']}")
    button = page.get_by_role("button", name="Freigeben")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert findings(page) == []
    button.tap()
    expect(page.get_by_role("status").filter(has_text="Freigegeben: Refund 50")).to_be_visible()
    context.close()


def test_filters_stand_in_the_address(page: Page, office: Server) -> None:
    ask(office)
    ask(office, "a broken lamp", "agreed-refund", "yes")
    opened(page, office)
    expect(rows(page)).to_have_count(2)
    page.get_by_role("combobox", name="Procedure").click()
    page.get_by_role("option", name="Agreed refund").click()
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"procedure=agreed-refund"))
    page.reload()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("button", name="Clear the filters").click()
    expect(rows(page)).to_have_count(2)
