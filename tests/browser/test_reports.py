"""Finding conversations, reading reports and the audit trail, as a support lead does it."""

import csv
import io
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.inbox import ben, customer
from tests.browser.looking import unsound
from tests.browser.server import Server

QUESTION = "Do you sell unicycles for circus bears?"
SECTIONS = ("overview", "runs", "steps", "reactions", "escalations", "unanswered", "calls", "approvals")


@pytest.fixture(scope="session")  # a module may be come back to, and finds two of each then
def lived(demo: Server) -> dict[str, str]:
    """What a day leaves behind: an order looked up, a question nobody could answer, a thumbs-down."""
    looked_up = customer(demo, "Where is my order?", "A1003")
    demo.post(f"/v1/conversations/{looked_up}/feedback", {"reaction": "negative", "reason": "Took ages"})
    demo.post(f"/v1/conversations/{looked_up}/tags", {"add": ["heron"]})
    asked = customer(demo, QUESTION)
    customer(demo, QUESTION.upper())
    return {"looked_up": looked_up, "asked": asked}


@pytest.fixture
def wide(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def tab(wide: BrowserContext) -> Page:
    return wide.new_page()


def rows(page: Page) -> Locator:
    return page.get_by_role("table", name="Conversations").locator("tbody tr")


def link_to(page: Page, conversation: str) -> Locator:
    return page.locator(f"main a[href='/conversations/{conversation}']")


def figure(page: Page, tile: str) -> Locator:
    return page.locator("main a:not([role=tab])", has=page.get_by_text(tile, exact=True)).first


def saved(page: Page, button: Locator) -> list[dict[str, str]]:
    """The rows of the table that a button saves."""
    with page.expect_download() as download:
        button.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# conversations


def test_a_conversation_is_found_by_words_and_the_address_keeps_the_search(
    tab: Page, demo: Server, lived: dict[str, str]
) -> None:
    tab.goto(f"{demo.address}/conversations")
    expect(rows(tab).first).to_be_visible()
    tab.keyboard.press("/")
    expect(tab.get_by_label("Search", exact=True)).to_be_focused()
    tab.keyboard.type("unicycl bear")
    expect(tab.get_by_role("status").filter(has_text="2 conversations")).to_be_visible()
    expect(rows(tab)).to_have_count(2)
    expect(link_to(tab, lived["looked_up"])).to_have_count(0)
    tab.wait_for_url("**/conversations?text=unicycl+bear")
    tab.reload()
    expect(tab.get_by_label("Search", exact=True)).to_have_value("unicycl bear")
    link_to(tab, lived["asked"]).click()
    tab.wait_for_url(f"**/conversations/{lived['asked']}")


def test_filters_narrow_the_list_and_what_is_shown_is_what_is_saved(
    tab: Page, demo: Server, lived: dict[str, str]
) -> None:
    tab.goto(f"{demo.address}/conversations")
    tab.get_by_role("button", name="Filters").click()
    tab.get_by_label("Tag").fill("heron")
    tab.get_by_label("Reaction").select_option("Thumbs down")
    expect(rows(tab)).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Filters (2)")).to_be_visible()
    expect(rows(tab)).to_contain_text("Thumbs down")
    (row,) = saved(tab, tab.get_by_role("button", name="Export"))
    assert (row["id"], row["tags"], row["reaction"]) == (lived["looked_up"], "heron", "negative")
    tab.get_by_role("button", name="Clear the filters").click()
    expect(tab).to_have_url(f"{demo.address}/conversations")


def test_what_a_customer_writes_shows_up_by_itself(tab: Page, demo: Server, lived: dict[str, str]) -> None:
    name = f"pangolin{secrets.token_hex(3)}"
    tab.goto(f"{demo.address}/conversations?text={name}")
    expect(tab.get_by_text("Nothing matches these filters")).to_be_visible()
    conversation = customer(demo, f"My {name} is missing")
    expect(link_to(tab, conversation)).to_be_visible()
    expect(rows(tab)).to_contain_text(f"My {name} is missing")


def test_a_phone_shows_cards(chromium: Browser, demo: Server, lived: dict[str, str]) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="de-DE", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{demo.address}/conversations?tag=heron")
    expect(page.get_by_role("list", name="Gespräche, die jüngsten zuerst").locator("li")).to_have_count(1)
    expect(page.locator("main li")).to_contain_text("Daumen runter")
    context.close()


# reports


def test_the_overview_counts_and_each_tile_leads_to_its_report(tab: Page, demo: Server, lived: dict[str, str]) -> None:
    counted = demo.get("/v1/reports/overview")["now"]
    tab.goto(f"{demo.address}/reports")
    tab.wait_for_url("**/reports/overview")
    expect(figure(tab, "Unanswered questions")).to_contain_text(str(counted["unanswered"]))
    expect(figure(tab, "Escalations")).to_contain_text("the 30 days before")
    tab.get_by_label("Period").select_option("Last 7 days")
    tab.wait_for_url("**/reports/overview?period=7")
    figure(tab, "Unanswered questions").click()
    tab.wait_for_url("**/reports/unanswered?period=7")
    expect(tab.get_by_role("tab", name="Unanswered questions")).to_have_attribute("aria-selected", "true")


def test_an_unanswered_question_leads_to_where_it_was_asked_and_to_what_mends_it(
    tab: Page, demo: Server, lived: dict[str, str]
) -> None:
    tab.goto(f"{demo.address}/reports/unanswered")
    row = tab.get_by_role("row").filter(has_text="UNICYCLES")
    expect(row.get_by_role("cell").nth(1)).to_have_text("2")
    (kept,) = [one for one in saved(tab, tab.get_by_role("button", name="CSV")) if "UNICYCLES" in one["question"]]
    assert kept["count"] == "2"
    row.get_by_role("link", name="Create a procedure").click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    expect(tab.get_by_role("dialog").locator("textarea").first).to_have_value(re.compile("UNICYCLES"))
    tab.go_back()
    row.get_by_role("link", name="Add an answer").click()
    asked = tab.get_by_role("group", name="Questions")
    expect(asked.get_by_label("Question", exact=True).last).to_have_value(re.compile("UNICYCLES"))
    expect(asked.get_by_label("Answer", exact=True).last).to_be_focused()
    expect(asked.get_by_label("Answer", exact=True).first).not_to_have_value("")  # beside what it answers already


def test_runs_lead_to_the_steps_where_they_stop(tab: Page, demo: Server, lived: dict[str, str]) -> None:
    tab.goto(f"{demo.address}/reports/runs")
    tab.get_by_role("table", name="By procedure").get_by_role("link", name="Order Status Lookup").click()
    tab.wait_for_url("**/reports/steps?procedure=order-status-lookup")
    found = demo.get("/v1/reports/steps/order-status-lookup")
    first = found["steps"][0]
    row = tab.get_by_role("table", name="Where runs stop").get_by_role("row").filter(has_text=first["step"]).first
    expect(row.get_by_role("cell").nth(1)).to_have_text(str(first["entered"]))
    expect(tab.get_by_label("Version", exact=True)).to_have_value(str(found["version"]))
    tab.get_by_role("link", name="Show on the canvas").click()
    mark = tab.locator(f"[data-figures={first['step']}]")
    expect(mark).to_contain_text(f"Came to it: {first['entered']}")


def test_a_reaction_leads_to_the_entry_that_it_stands_in(tab: Page, demo: Server, lived: dict[str, str]) -> None:
    tab.goto(f"{demo.address}/reports/reactions")
    tab.get_by_role("link", name="Took ages").first.click()
    tab.wait_for_url(f"**/conversations/{lived['looked_up']}#e*")


def test_a_period_without_anything_says_so(tab: Page, demo: Server) -> None:
    tab.goto(f"{demo.address}/reports/runs?period=custom&since=2020-01-01&until=2020-01-31")
    expect(tab.get_by_text("Nothing in this period")).to_be_visible()
    tab.get_by_label("From", exact=True).fill("2015-01-01")
    expect(tab.get_by_role("alert")).to_contain_text("two years at most")


def test_every_report_is_accessible(tab: Page, demo: Server, lived: dict[str, str]) -> None:
    assert unsound(tab, demo.address, [f"/reports/{section}" for section in SECTIONS]) == {}


def test_an_agent_reads_reports_and_is_offered_nothing_to_build(
    chromium: Browser, demo: Server, lived: dict[str, str]
) -> None:
    context = ben(chromium, demo)
    page = context.new_page()
    page.goto(f"{demo.address}/reports/unanswered")
    expect(page.get_by_role("row").filter(has_text="UNICYCLES")).to_be_visible()
    expect(page.get_by_role("link", name="Create a procedure")).to_have_count(0)
    expect(page.get_by_role("link", name="Add an answer")).to_have_count(0)
    context.close()


# the audit trail


def test_the_audit_trail_is_filtered_opened_and_saved(tab: Page, demo: Server, lived: dict[str, str]) -> None:
    tab.goto(f"{demo.address}/audit")
    tab.get_by_role("combobox", name="What").fill("conversation.tagged")
    tab.get_by_label("To what").fill(lived["looked_up"])
    row = tab.get_by_role("table", name="Audit trail, newest first").locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Conversation tagged")
    row.get_by_role("button", expanded=False).click()
    expect(row.locator("pre")).to_contain_text('"heron"')
    (kept,) = saved(tab, tab.get_by_role("button", name="CSV"))
    assert (kept["action"], kept["subject"]) == ("conversation.tagged", lived["looked_up"])
    row.get_by_role("link", name=lived["looked_up"]).click()
    tab.wait_for_url(f"**/conversations/{lived['looked_up']}")


def test_a_space_stays_for_the_word_that_follows_it(tab: Page, demo: Server) -> None:
    tab.goto(f"{demo.address}/audit")
    who = tab.get_by_label("Who", exact=True)
    who.press_sequentially("Demo ")
    tab.wait_for_url("**/audit?actor=Demo")
    who.press_sequentially("owner")
    tab.wait_for_url("**/audit?actor=Demo+owner")
    expect(who).to_have_value("Demo owner")


def test_a_row_of_the_audit_trail_leads_to_the_run_it_tells_of(tab: Page, demo: Server, lived: dict[str, str]) -> None:
    tab.goto(f"{demo.address}/audit?action=call_http")
    tab.get_by_role("table").get_by_role("link", name="run_").first.click()
    tab.wait_for_url("**/conversations/conv_*?run=run_*")
    expect(tab.get_by_text("Call of look_up").first).to_be_visible()
    run = tab.url.partition("run=")[2]
    expect(tab.locator("[data-run][data-target]")).to_have_attribute("data-run", run)
    first = tab.locator("li[data-target]")
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    tab.goto(f"{demo.address}/audit?action=member.joined")
    tab.get_by_role("table").get_by_role("link", name="Demo owner").click()
    expect(tab.get_by_text("owner@demo.example")).to_be_visible()
