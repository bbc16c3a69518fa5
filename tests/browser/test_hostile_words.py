"""What customers, APIs and models say stays text: in the customer's chat, and on the members' screens."""

import json
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.test_widget_hostile import strings
from tests.browser.widget import Chat, Site, entries, publish

ATTACKS = [
    "<img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    '"><script>window.ran=1</script>',
    "[click](javascript:window.ran=1) ![x](https://evil.example/x.png)",
    "<a href='javascript:window.ran=1'>a</a> {{constructor.constructor('window.ran=1')()}} ${window.ran=1}",
]
MARKS = "[onerror], [onload], [src='x'], img[src*=evil], a[href^=javascript], script:not([src])"
"""Elements that only an attack makes."""
LOOK_UP = """
schema: 1
name: {name}
slug: {slug}
trigger:
  description: When a customer wants to hear the shop's news
  phrases: [tell me the news]
steps:
  - id: ask
    kind: collect
    variable: which
    prompt: Which news?
  - id: fetch
    kind: call
    url: "{url}"
    response_variable: news
  - id: tell
    kind: message
    text: "{{{{which}}}} {{{{news.title}}}} [more]({{{{news.link}}}})"
"""


@pytest.fixture
def said(demo: Server, site: Site) -> Iterator[list[str]]:
    """What an API of the company says, and a procedure that tells it on."""
    words = "\n".join([*ATTACKS, *strings()[:3]])
    news = json.dumps({"title": words, "link": "javascript:window.ran=1"})
    site.pages["/news.json"] = news.encode(), {"Content-Type": "application/json"}
    hosts = demo.get("/v1/settings/internal-hosts")["hosts"]
    demo.put("/v1/settings/internal-hosts", {"hosts": [*hosts, urlsplit(site.address).netloc]})
    name = json.dumps(f"News {ATTACKS[0]}")
    slug = f"news-{secrets.token_hex(3)}"
    publish(demo, {slug: LOOK_UP.format(slug=slug, url=f"{site.address}/news.json", name=name)})
    # fewer messages, so that nobody writes too fast
    many = strings()
    yield [*ATTACKS, *("\n".join(many[at : at + 3]) for at in range(0, len(many), 3))]
    demo.post(f"/v1/procedures/{slug}/archive")
    demo.put("/v1/settings/internal-hosts", {"hosts": hosts})


def test_what_customers_and_apis_say_is_text_on_both_sides(
    page: Page, site: Site, demo: Server, said: list[str]
) -> None:
    chat = Chat(page).open(site.page("/", agent="plain"))
    chat.say("tell me the news")
    chat.hears("Which news?")
    chat.say(ATTACKS[0])
    expect(chat.log.locator(".row:not(.mine) .bubble").last).to_contain_text(ATTACKS[1])
    for words in said:
        chat.say(words)
    expect(chat.root.locator(".mine .bubble")).to_have_count(len(said) + 2)
    _unharmed(page)
    told = [one["text"] for one in entries(demo, chat.conversation, "said")]
    assert told[2 : 2 + len(ATTACKS)] == ATTACKS

    conversation = chat.conversation
    for path in (f"/inbox/{conversation}?queue=all", f"/conversations/{conversation}", "/procedures"):
        page.goto(demo.address + path)
        expect(page.get_by_text("<img src=x onerror=window.ran=1>").first).to_be_attached()
        _unharmed(page)


def _unharmed(page: Page) -> None:
    """Nothing of it ran, and nothing of it is an element."""
    assert page.evaluate("window.ran") is None
    assert page.locator(MARKS).evaluate_all("all => all.map(one => one.outerHTML)") == []
