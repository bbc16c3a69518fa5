"""Knowledge, audiences, agents, and the settings of models, channels and webhooks in the dashboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import unsound
from tests.browser.server import Server
from tests.browser.slow import Held


@pytest.fixture
def local(demo: Server) -> None:
    """What is sent may reach this machine."""
    demo.put("/v1/settings/internal-hosts", {"hosts": ["127.0.0.1"]})


@pytest.fixture
def tidied(demo: Server) -> Iterator[None]:
    """The demo keeps nothing of what a test makes on these screens."""
    known = stored(demo)
    yield
    for path in stored(demo) - known:
        demo.delete(path)


def stored(demo: Server) -> set[str]:
    """The addresses of what these screens make."""
    kinds = {"sources": "slug", "topics": "slug", "audiences": "slug", "agents": "slug", "webhooks": "slug",
             "models": "slug", "contacts": "id"}  # fmt: skip
    return {f"/v1/{kind}/{one[key]}" for kind, key in kinds.items() for one in demo.get(f"/v1/{kind}")["items"]}


def test_a_source_with_answers_is_made_and_asked(page: Page, demo: Server, tidied: None) -> None:
    page.goto(f"{demo.address}/knowledge/sources/new")
    page.get_by_label("Kind").select_option("faq")
    page.get_by_label("Name").fill("Gift cards")
    page.get_by_label("Question", exact=True).fill("How long is a gift card valid?")
    page.get_by_role("textbox", name="Answer", exact=True).fill("Three years from the day of purchase.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/knowledge/sources/gift-cards")
    expect(page.get_by_text("Three years from the day of purchase.")).to_be_visible()
    page.goto(f"{demo.address}/knowledge/ask")
    question = page.get_by_label("As a customer would ask it")
    question.fill("For how long are gift cards valid?")
    question.press("Enter")
    answer = page.get_by_role("status").filter(has_text="The agent would say")
    expect(answer).to_contain_text("Three years from the day of purchase.")
    expect(answer.get_by_role("link", name="Gift cards").first).to_be_visible()
    question.fill("Do you repair bicycles?")
    question.press("Enter")
    expect(page.get_by_role("heading", name="that it does not know")).to_be_visible()


def test_a_page_that_cannot_be_fetched_says_why(page: Page, demo: Server, local: None, tidied: None) -> None:
    page.goto(f"{demo.address}/knowledge/sources/new")
    page.get_by_label("Name").fill("Gone page")
    page.get_by_label("Address of the page").fill("http://127.0.0.1:9/help")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/knowledge/sources/gone-page")
    page.get_by_role("button", name="Fetch now").click()
    problem: str = page.get_by_role("alert").inner_text()
    assert demo.get("/v1/sources/gone-page")["problem"] in problem


def test_a_topic_is_made_of_sources(page: Page, demo: Server, tidied: None) -> None:
    page.goto(f"{demo.address}/knowledge/topics?open=%2B")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Delivery")
    dialog.get_by_role("combobox", name="Sources").click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Delivery")).to_contain_text("1 source")


def test_an_audience_is_made_and_tells_who_is_in_it(page: Page, demo: Server, tidied: None) -> None:
    demo.post("/v1/contacts", {"first_name": "Gold", "attributes": {"tier": "gold"}})
    page.goto(f"{demo.address}/audiences/new")
    page.get_by_label("Name").fill("Gold members")
    page.get_by_role("combobox", name="Value").fill("contact.attributes.tier")
    page.get_by_role("textbox", name="With").fill("gold")
    expect(page.get_by_text("tier is gold")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/audiences/gold-members")
    expect(page.get_by_role("link", name="Gold")).to_be_visible()
    assert demo.get("/v1/audiences/gold-members")["rule"]["all"][0]["value"] == "gold"
    page.get_by_label("Comparison").select_option("in")
    page.get_by_role("textbox", name="With one of").fill("silver, bronze")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("None of the contacts is in it.")).to_be_visible()


def test_an_agent_is_told_which_names_match_nothing(page: Page, demo: Server, tidied: None) -> None:
    demo.put("/v1/agents/clerk", {"name": "Clerk"})
    page.goto(f"{demo.address}/agents/clerk")
    page.get_by_label("Instructions").fill("Use `refund-requst-handler` for refunds.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("refund-requst-handler")
    assert "refund-requst-handler" in demo.get("/v1/agents/clerk")["instructions"]
    page.get_by_label("Instructions").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_while_an_agent_is_being_saved_stays(page: Page, demo: Server, tidied: None) -> None:
    demo.put("/v1/agents/clerk", {"name": "Clerk"})
    page.goto(f"{demo.address}/agents/clerk")
    instructions, save = page.get_by_label("Instructions"), page.get_by_role("button", name="Save")
    instructions.fill("Be brief.")
    held = Held(page, "PUT", "/v1/agents/clerk").during(save.click)
    instructions.fill("Be brief. Be kind.")
    held.go()
    expect(save).to_be_enabled()
    expect(instructions).to_have_value("Be brief. Be kind.")
    save.click()
    expect(page.get_by_role("status").get_by_text("Saved", exact=True)).to_be_visible()
    assert demo.get("/v1/agents/clerk")["instructions"] == "Be brief. Be kind."


def test_one_talks_to_an_agent_of_ones_choice(page: Page, demo: Server, tidied: None) -> None:
    demo.put("/v1/agents/sales", {"name": "Sales"})
    page.goto(f"{demo.address}/agents/sales")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Talk to it").click()
    expect(opened.value.locator("deskhand-chat").get_by_role("heading", name="Sales")).to_be_visible()


def test_a_webhooks_secret_is_shown_once_and_a_delivery_is_sent_again(
    page: Page, demo: Server, local: None, tidied: None
) -> None:
    page.goto(f"{demo.address}/settings/webhooks?open=%2B")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Case system")
    dialog.get_by_label("Address").fill("http://127.0.0.1:9/hook")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("textbox", name="Secret")).to_have_value(re.compile(r"^whsec_\S{20,}$"))
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="More for case-system").click()
    page.get_by_role("menuitem", name="Send a test").click()
    page.get_by_role("button", name="webhook.test").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Send again").click()
    expect(drawer.get_by_text("It is on its way again.")).to_be_visible()


def test_a_models_key_is_never_shown_again(page: Page, demo: Server, local: None, tidied: None) -> None:
    page.goto(f"{demo.address}/settings/models?open=%2B")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Slug", exact=True).fill("local")
    dialog.get_by_label("Provider").select_option("compatible")
    dialog.get_by_label("Model", exact=True).fill("qwen3")
    dialog.get_by_label("Address").fill("http://127.0.0.1:9/v1")
    dialog.get_by_role("textbox", name="Key").fill("not-a-real-key")
    dialog.get_by_role("button", name="Save").click()
    model = page.get_by_role("region", name="local")
    expect(model).to_contain_text("qwen3")
    expect(model).not_to_contain_text("not-a-real-key")
    model.get_by_role("button", name="Test").click()
    expect(model.get_by_role("status")).to_contain_text("127.0.0.1")
    assert "not-a-real-key" not in page.content()


def test_these_screens_are_accessible(page: Page, demo: Server) -> None:
    addresses = (
        "/knowledge/sources", "/knowledge/sources/new", "/knowledge/sources/questions", "/knowledge/topics",
        "/knowledge/ask", "/audiences", "/audiences/new", "/agents", "/agents/default",
        "/settings/models", "/settings/models?open=%2B", "/settings/channels", "/settings/channels?open=%2B",
        "/settings/webhooks", "/settings/webhooks?open=%2B",
    )  # fmt: skip
    assert unsound(page, demo.address, addresses) == {}
