"""What a language model writes, as a visitor sees it come."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.widget import Chat, site_beside
from tests.fake_model import KEY, MODEL, calls
from tests.model_beside import ModelBeside, model_beside

FIRST, REST = "By card or on invoice.", "That leaves time to look at everything at home, before it is paid for."
EVIL = "<b>Would</b> <img src=x onerror=alert()> you"
ANSWER = f"{FIRST} {REST} {EVIL} like to know anything else about it?"


@pytest.fixture
def model(demo: Server) -> Iterator[ModelBeside]:
    """A model that the agent `writer` has."""
    hosts = demo.get("/v1/settings/internal-hosts")["hosts"]
    with model_beside() as beside:
        demo.put("/v1/settings/internal-hosts", {"hosts": [*hosts, beside.fake.host]})
        priced = {"price_input": 1, "price_output": 2}
        demo.put(
            "/v1/models/paced",
            {"provider": "compatible", "model": MODEL, "base_url": beside.fake.url, "key": KEY, **priced},
        )
        demo.put("/v1/agents/writer", {"name": "Writer", "model": "paced"})
        yield beside
        demo.delete("/v1/agents/writer")
        demo.delete("/v1/models/paced")
        demo.put("/v1/settings/internal-hosts", {"hosts": hosts})


@pytest.fixture
def chat(page: Page, demo: Server, model: ModelBeside) -> Iterator[Chat]:
    """The widget of the agent with the model, opened."""
    with site_beside(demo) as site:
        yield Chat(page).open(site.page("/", agent="writer"))


def test_words_are_seen_while_a_model_writes_them(chat: Chat, model: ModelBeside) -> None:
    model.say(calls(answer={"text": ANSWER, "cites": ["questions#2"]}, pauses=True))
    chat.say("How can I pay?")

    writing = chat.root.locator(".scroll > .row[aria-hidden]:not(.working)")
    expect(writing).to_contain_text(FIRST)
    expect(chat.root.locator(".working")).to_be_hidden()
    expect(chat.log.get_by_text(FIRST)).to_have_count(0)
    model.go_on()

    chat.hears("<b>Would</b> <img src=x onerror=alert()> you like")
    expect(writing).to_be_hidden()
    expect(chat.log.locator("b, img, a[href^=javascript]")).to_have_count(0)
    expect(chat.log.locator(".sources")).to_contain_text("Questions and answers")


def test_a_model_that_breaks_off_leaves_no_half_of_an_answer(chat: Chat, model: ModelBeside) -> None:
    broken = calls(answer={"text": ANSWER, "cites": ["questions#2"]}, cuts=True)
    model.say(broken, broken)
    chat.say("How can I pay?")

    chat.hears("By card, bank transfer, PayPal or invoice.")
    expect(chat.log.get_by_text(FIRST)).to_have_count(0)
