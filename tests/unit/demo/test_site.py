"""The shop's own pages: who is signed in, what the chat is told, and what a stranger's page cannot do."""

from collections.abc import Iterator

import httpx2
import jwt
import pytest

from deskhand.demo.shop import build_shop
from deskhand.demo.shop_sample import sample
from deskhand.demo.shop_serving import serving
from deskhand.demo.site.visit import Chat
from tests.unit.demo.conftest import TODAY, TOKEN

SERVER = "http://127.0.0.1:8000"
AGENT = "ws_01a1fb92f4127fe9abfb596aa375b74b.default"
SECRET = "dhid_a-secret-that-is-long-enough-to-sign"
PAGES = ("/", "/orders", "/cart", "/about", "/help", "/care")


@pytest.fixture(scope="module")
def with_chat() -> Iterator[str]:
    chat = Chat(SERVER, AGENT, SECRET)
    with serving(build_shop(TOKEN, sample(TODAY), chat=chat)) as url:
        yield url


@pytest.fixture
def browser(with_chat: str) -> Iterator[httpx2.Client]:
    """A browser in the shop, as a guest."""
    with httpx2.Client(base_url=with_chat, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_chat_and_a_policy_that_allows_it_and_nothing_inline(
    browser: httpx2.Client, path: str
) -> None:
    page = browser.get(path)

    assert f'<script defer src="{SERVER}/widget.js" data-agent="{AGENT}"></script>' in page.text
    policy = page.headers["content-security-policy"]
    assert f"script-src 'self' {SERVER}; connect-src 'self' {SERVER}; style-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not {"<style", "style=", "onclick="} & set(page.text.split())


@pytest.mark.parametrize("path", ["/files/shop.js", "/files/cart.js", "/files/size-picker.js", "/files/shop.css"])
def test_the_pages_files_are_there(browser: httpx2.Client, path: str) -> None:
    assert browser.get(path).status_code == 200


def test_every_product_and_the_gift_card_have_a_picture(browser: httpx2.Client) -> None:
    products = browser.get("/catalogue.json").json()["products"]
    assert len(products) == 13
    for name in [*(one["sku"].lower() for one in products), "gift"]:
        assert browser.get(f"/files/pictures/{name}.svg").headers["content-type"] == "image/svg+xml"


def test_a_guest_has_no_orders_and_no_token(browser: httpx2.Client) -> None:
    assert "Sign in at the top of the page" in browser.get("/orders").text
    assert "data-customer" not in browser.get("/").text
    assert browser.get("/user-token").status_code == 401


def test_whoever_signs_in_has_orders_and_a_token_that_says_who_they_are(browser: httpx2.Client) -> None:
    answer = browser.post("/sign-in?to=/orders")

    assert (answer.status_code, answer.headers["location"]) == (303, "/orders")
    assert "HttpOnly" in answer.headers["set-cookie"]
    page = browser.get("/orders").text
    assert '<body data-customer="Mia" data-order="A1017">' in page
    assert page.index('id="A1017"') < page.index('id="A1016"') < page.index('id="A1015"')
    assert 'data-start="refund-request-handler" data-order="A1017"' in page
    assert 'data-start="order-status-lookup" data-order="A1016"' in page
    token = browser.get("/user-token")
    assert token.headers["cache-control"] == "no-store"
    claims = jwt.decode(token.text, SECRET, algorithms=["HS256"])
    assert {name: claims[name] for name in ("sub", "name", "email", "attributes")} == {
        "sub": "C-209",
        "name": "Mia Berg",
        "email": "mia.berg@example.com",
        "attributes": {"orders": 3},
    }

    assert browser.post("/sign-out?to=/orders").headers["location"] == "/orders"
    assert browser.get("/user-token").status_code == 401


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "/nowhere"])
def test_signing_in_leads_to_a_page_of_the_shop_alone(browser: httpx2.Client, to: str) -> None:
    assert browser.post("/sign-in", params={"to": to}).headers["location"] == "/"


def test_nobody_can_be_another_customer(browser: httpx2.Client) -> None:
    browser.cookies.set("demo_shop_customer", "C-201")
    assert browser.get("/user-token").status_code == 401


def test_a_name_that_leads_to_this_machine_is_no_name_of_the_shop(browser: httpx2.Client) -> None:
    answer = browser.get("/user-token", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert (
        "access-control-allow-origin" not in browser.get("/user-token", headers={"Origin": "https://a.example"}).headers
    )


def test_without_a_chat_the_shop_is_a_shop(shop: httpx2.Client) -> None:
    page = shop.get("/", headers={"Authorization": ""})
    assert "widget.js" not in page.text
    assert "script-src 'self';" in page.headers["content-security-policy"]
    shop.post("/sign-in")
    assert shop.get("/user-token").status_code == 401
