"""A server that gives no key away: the page asks for one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder, Server.running("serve", Path(folder)) as server:
        yield server


def test_a_wrong_key_is_refused_and_a_right_one_lasts_for_the_tab(page: Page, served: Server) -> None:
    page.goto(served.address)
    field = page.get_by_label("API key")
    field.fill("dh_" + "0" * 40)
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Deskhand doesn’t know this key")
    expect(page.locator("#desk")).to_be_hidden()

    field.fill(served.key)
    field.press("Enter")
    expect(page.locator("#desk")).to_be_visible()
    page.reload()
    expect(page.locator("#desk")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(field).to_be_visible()
    page.reload()
    expect(field).to_be_visible()


def test_a_key_in_the_address_is_used_and_taken_out_of_it(page: Page, served: Server) -> None:
    page.goto(f"{served.address}/#key={served.key}")
    expect(page.locator("#desk")).to_be_visible()
    assert served.key not in page.url
    page.go_back()
    assert served.key not in page.url


def test_a_key_that_is_revoked_signs_the_page_out(page: Page, served: Server) -> None:
    made = served.post("/v1/keys", {"name": "Mia", "role": "agent"})
    page.goto(f"{served.address}/#key={made['key']}")
    expect(page.locator("#desk")).to_be_visible()
    page.get_by_label("Your message").fill("Hello")
    served.delete(f"/v1/keys/{made['id']}")
    # what the page reads at its start may have told it already
    page.evaluate("document.querySelector('#desk:not([hidden]) #composer')?.requestSubmit()")
    expect(page.get_by_role("alert")).to_contain_text("This key is no longer valid")
