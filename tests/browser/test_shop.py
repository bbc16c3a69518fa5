"""The demo's shop: the chat in a company's own pages, under a strict policy, with what only such a page can do."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server


class Shop:
    """What a customer sees and does in the shop."""

    def __init__(self, page: Page, demo: Server) -> None:
        self.page = page
        self.demo = demo
        self.address: str = demo.get("/session.json")["shop"]
        self.chat = page.locator("deskhand-chat")
        self.panel = self.chat.locator(".panel")
        self.cart = page.get_by_role("link", name=re.compile("^Cart"))

    def go(self, path: str = "/") -> None:
        """Open a page of the shop."""
        self.page.goto(self.address + path)

    def sign_in(self) -> None:
        """Be Mia from now on."""
        self.page.get_by_role("button", name="Sign in as Mia").click()
        expect(self.page.get_by_text("Signed in as Mia")).to_be_visible()

    def press(self, name: str) -> None:
        """Press a button of the shop's own."""
        self.page.get_by_role("main").get_by_role("button", name=name).click()

    def click(self, name: str) -> None:
        """Press a button in the chat."""
        self.panel.get_by_role("button", name=name, exact=True).last.click()

    def say(self, text: str) -> None:
        """Write in the chat."""
        field = self.panel.get_by_label("Your message")
        field.fill(text)
        field.press("Enter")

    def hears(self, text: str) -> None:
        """The agent says so."""
        expect(self.panel.locator(".row:not(.mine) .bubble").filter(has_text=text).last).to_be_visible()

    def last(self) -> dict[str, Any]:
        """The newest conversation, as members see it."""
        (newest,) = self.demo.get("/v1/conversations?limit=1")["items"]
        found: dict[str, Any] = self.demo.get(f"/v1/conversations/{newest['id']}")
        return found


@pytest.fixture
def shop(page: Page, demo: Server) -> Shop:
    """The shop's first page, opened by a guest."""
    shop = Shop(page, demo)
    shop.go()
    return shop


def test_mia_sends_an_order_back_and_a_member_agrees(shop: Shop, demo: Server) -> None:
    shop.sign_in()
    shop.page.get_by_role("link", name="Orders").click()
    shop.press("Send it back")

    shop.hears("What's the reason for the refund?")
    shop.say("It flickers")
    shop.hears("A colleague is checking this for you")
    conversation = shop.last()
    assert conversation["channel"] == "widget"
    assert (conversation["contact"]["id"], conversation["contact"]["email"]) == ("C-209", "mia.berg@example.com")
    waiting = demo.get("/v1/approvals?status=pending")["items"]
    (approval,) = [one for one in waiting if one["conversation"] == conversation["id"]]
    assert "order #A1017: It flickers" in str(approval)
    demo.post(f"/v1/approvals/{approval['id']}/approve")

    shop.hears("Your refund request has been submitted")


def test_who_is_signed_in_the_shop_has_signed_and_a_guest_is_nobody(shop: Shop) -> None:
    shop.chat.get_by_role("button").first.click()
    shop.say("What have I ordered before?")
    shop.hears("I don't know who you are.")
    assert shop.last()["contact"] is None
    shop.sign_in()
    expect(shop.panel).to_be_visible()
    shop.say("What have I ordered before?")
    shop.hears("Mia, these are your orders: A1015")
    shop.page.get_by_role("button", name="Sign out").click()
    expect(shop.page.get_by_text("Guest", exact=True)).to_be_visible()
    expect(shop.panel).to_contain_text("Hello! What can we do for you?")
    expect(shop.panel.get_by_text("these are your orders")).to_have_count(0)


def test_a_procedure_puts_a_gift_card_into_the_cart_as_far_as_the_page_allows(shop: Shop) -> None:
    shop.press("I'd like a gift card")
    shop.hears("For how much?")
    shop.say("10")
    shop.click("Put it into my cart")
    shop.hears("The shop's page did not take a gift card of 10 EUR")
    expect(shop.cart).to_have_text("Cart")
    shop.say("50")

    shop.click("Put it into my cart")

    shop.hears("A gift card of 50 EUR is in your cart, which comes to 50.00 EUR now.")
    expect(shop.cart).to_have_text("Cart (1) 50.00 EUR")
    shop.cart.click()
    expect(shop.page.get_by_role("main")).to_contain_text("1 × Gift card")
    shop.hears("A gift card of 50 EUR is in your cart")
    shop.press("Remove: Gift card")
    expect(shop.cart).to_have_text("Cart")


def test_a_size_is_picked_in_the_pages_own_element(shop: Shop) -> None:
    shop.press("Which size of slippers do I need?")
    picker = shop.panel.locator("shop-size-picker")
    expect(picker).to_contain_text("Felt slippers Tuva")
    expect(picker.get_by_role("button")).to_have_text(["36", "37", "38", "39", "40", "42"])
    picker.get_by_label("Length of your foot").fill("26")
    expect(picker.get_by_text("We suggest 42.")).to_be_visible()

    picker.get_by_role("button", name="40", exact=True).click()

    shop.hears("Size 40 it is.")
    shop.click("Put them into my cart")
    shop.hears("Felt slippers Tuva in size 40 are in your cart, which comes to 45.00 EUR now.")
    expect(shop.cart).to_have_text("Cart (1) 45.00 EUR")


def test_a_question_is_suggested_and_a_page_opened_on_which_the_chat_goes_on(shop: Shop) -> None:
    policy = shop.page.request.get(shop.address).headers["content-security-policy"]
    assert f"script-src 'self' {shop.demo.address};" in policy
    assert "unsafe" not in policy
    shop.chat.get_by_role("button").first.click()
    shop.click("What can I ask?")
    shop.click("Which size of slippers do I need?")
    expect(shop.panel.locator("shop-size-picker")).to_be_visible()
    _menu(shop, "Open the page of my orders")
    link = shop.panel.get_by_role("link", name="Open my orders")

    link.click()

    shop.page.wait_for_url("**/orders")
    shop.hears("All your orders are on a page of their own")


def _menu(shop: Shop, name: str) -> None:
    """Choose something in the chat's menu."""
    shop.click("Menu")
    item: Locator = shop.chat.locator(".menu").get_by_role("button", name=name, exact=True)
    item.click()
