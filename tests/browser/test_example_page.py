"""The example page: identified, with the page's values, an element of its own, and JavaScript of a procedure."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from deskhand.domain.documents import parse_yaml
from tests.browser.axe import findings
from tests.browser.server import Server
from tests.browser.widget import Chat, entries

EXAMPLE = Path(__file__).parents[2] / "examples" / "shop-page"


@pytest.fixture(scope="session")  # a module may be come back to, and publishes twice then
def shop(demo: Server) -> Iterator[str]:
    """The address of the example's page."""
    file = EXAMPLE / "engraving.yaml"
    demo.post("/v1/procedures", {"document": parse_yaml(file.read_text(), file.name)})
    demo.post("/v1/procedures/engraving/publish")
    secret = demo.post("/v1/settings/widget/identity-secret")["identity_secret"]
    agent = demo.get("/v1/me")["workspace"]["id"] + ".default"
    command = [sys.executable, str(EXAMPLE / "serve.py"), "--server", demo.address, "--agent", agent, "--port", "0"]
    env = {**os.environ, "DESKHAND_IDENTITY_SECRET": secret}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        yield serving.stdout.readline().split()[-1]
        serving.terminate()


def test_a_signed_in_customer_has_a_pen_engraved(page: Page, shop: str, demo: Server) -> None:
    chat = Chat(page)
    page.goto(shop)
    page.get_by_role("button", name="Have it engraved").click()
    chat.hears("What shall stand on your Walnut pen?")
    assert findings(page) == []
    page.get_by_label("Letters").fill("Ada B.")
    page.get_by_role("button", name="Take it").click()
    chat.press("Put it into my cart")
    chat.hears("It is in your cart, for 53 EUR.")
    expect(page.get_by_text("In your cart: a walnut pen with “Ada B.”.")).to_be_visible()

    contact = demo.get(f"/v1/conversations/{chat.conversation}")["contact"]
    assert (contact["id"], contact["email"]) == ("c-1001", "ada@example.com")
    assert entries(demo, chat.conversation, "visited")[0]["attributes"] == {"page": "product"}


def test_letters_that_the_page_refuses_are_asked_for_again(page: Page, shop: str, demo: Server) -> None:
    chat = Chat(page)
    page.goto(shop)
    page.get_by_role("button", name="Have it engraved").click()
    page.get_by_label("Letters").fill("<b>Ada</b>")
    page.get_by_role("button", name="Take it").click()
    chat.press("Put it into my cart")
    expect(chat.log).to_contain_text("The shop's page does not take these letters.")
    page.get_by_label("Letters").last.fill("Ada")
    page.get_by_role("button", name="Take it").last.click()
    chat.press("Put it into my cart")
    chat.hears("It is in your cart, for 53 EUR.")
