"""The widget on a company's page: a small web server for the page, and what a visitor does in the chat."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server

expect.set_options(timeout=15_000)

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shop</title>
{head}
</head>
<body><main><h1>Shop</h1>{body}</main>{after}</body>
</html>
"""
STUB = "window.Deskhand = window.Deskhand || function () { (Deskhand.q = Deskhand.q || []).push(arguments) };"
RUG = "How do I clean a wool rug?"
"""What a page of the demo's help answers."""
LOADER = '<script async src="{server}/widget.js" data-agent="{agent}"{more}></script>'


@dataclass
class Site:
    """A company's website: another origin than Deskhand's."""

    server: Server
    address: str = ""
    pages: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)

    @functools.cached_property
    def workspace(self) -> str:
        found: str = self.server.get("/v1/me")["workspace"]["id"]
        return found

    def agent(self, slug: str = "default") -> str:
        """An agent's public name."""
        return f"{self.workspace}.{slug}"

    def page(
        self,
        path: str,
        *,
        agent: str = "default",
        head: str = "",
        body: str = "",
        more: str = "",
        language: str = "en",
        headers: dict[str, str] | None = None,
        after: str | None = None,
    ) -> str:
        """Put a page with the widget there; gives its address. more: attributes of the script's tag."""
        loader = LOADER.format(server=self.server.address, agent=self.agent(agent), more=f" {more}" if more else "")
        html = PAGE.format(language=language, head=head, body=body, after=loader if after is None else after)
        self.pages[path] = html.encode(), {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
        return self.address + path


@contextmanager
def site_beside(server: Server) -> Iterator[Site]:
    """A website until the block ends."""
    site = Site(server)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content, headers = site.pages.get(self.path.partition("?")[0], (b"", {}))
            self.send_response(200 if content else 404)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as web:
        site.address = f"http://127.0.0.1:{web.server_port}"
        thread = threading.Thread(target=web.serve_forever, daemon=True)
        thread.start()
        yield site
        web.shutdown()
        thread.join()


class Chat:
    """What a visitor sees and does in the widget."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("deskhand-chat")
        self.launcher = self.root.locator(".launcher")
        self.panel = self.root.locator(".panel")
        self.field = self.root.get_by_label("Your message")
        self.log = self.root.get_by_role("log")
        self.banner = self.root.locator(".banner")

    def open(self, address: str) -> "Chat":
        """Go to a page, and open the chat there."""
        self.page.goto(address)
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def open_full(self, server: Server, agent: str = "default") -> "Chat":
        """Go to the agent's own page, which the chat fills."""
        workspace = server.get("/v1/me")["workspace"]["id"]
        self.page.goto(f"{server.address}/talk/{workspace}.{agent}")
        expect(self.panel).to_be_visible()
        return self

    def say(self, text: str) -> None:
        """Write something and send it."""
        self.field.fill(text)
        self.field.press("Enter")

    def said(self, text: str) -> Locator:
        """The visitor's bubbles with exactly this text, on their way or in the log."""
        return self.root.locator(".mine .bubble").get_by_text(text, exact=True)

    def hears(self, text: str) -> None:
        """The last words that are not the visitor's hold this text."""
        expect(self.log.locator(".row:not(.mine) .bubble").last).to_contain_text(text)

    def press(self, label: str) -> None:
        """Press the last button of this name."""
        self.root.get_by_role("button", name=label, exact=True).last.click()

    def menu(self, label: str) -> None:
        """Choose something in the menu."""
        self.press("Menu")
        self.root.locator(".menu").get_by_role("button", name=label, exact=True).click()

    @property
    def conversation(self) -> str:
        """The conversation's identifier, as the browser remembers it."""
        remembered = self.page.evaluate("Object.entries(localStorage).filter(([k]) => !k.includes(':out:'))")
        found = [json.loads(value).get("conversation") for key, value in remembered if key.startswith("deskhand:")]
        assert found[-1], remembered
        return str(found[-1])


def entries(server: Server, conversation: str, kind: str) -> list[dict[str, Any]]:
    """The bodies of a conversation's entries of a kind, as the server has them."""
    items = server.get(f"/v1/conversations/{conversation}/entries")["items"]
    return [one["body"] for one in items if one["kind"] == kind]


PROCEDURES = {
    "return-it": """
schema: 1
name: Return an order
slug: return-it
trigger:
  description: When a customer wants to send something back
  phrases: [send it back]
steps:
  - id: form
    kind: form
    text: Tell us about the return, please.
    fields:
      - {name: order, label: Order number, placeholder: A1001}
      - {name: email, type: email, label: E-mail address}
      - {name: why, label: Why, choices: [It is broken, It does not fit]}
      - {name: day, type: date, label: Since when, required: false}
      - {name: amount, type: number, label: How many, required: false}
      - {name: pin, label: PIN, sensitive: true, max_length: 6}
    submit: Send it in
  - id: done
    kind: message
    text: "Noted for **{{order}}**: {{why}}."
""",
    "look-around": """
schema: 1
name: Look around
slug: look-around
trigger:
  description: When a customer wants to look around
  phrases: [look around]
steps:
  - id: picture
    kind: component
    text: This is our shop.
    component: {kind: image, url: https://pictures.invalid/shop.png, alt: The shop from outside}
  - id: film
    kind: component
    text: And this is how it is made.
    component: {kind: video, url: https://pictures.invalid/film.mp4, title: How it is made, captions: https://pictures.invalid/film.vtt}
  - id: questions
    kind: component
    component:
      kind: flow
      pages:
        - {title: Welcome, text: Two questions first.}
        - title: About you
          fields:
            - {name: nick, label: Nickname}
            - {name: email, type: email, label: E-mail address}
      submit: Sign me up
  - id: seat
    kind: component
    text: Which seat would you like?
    component: {kind: element, name: seat-map, properties: {seats: 2, innerHTML: "<b>no</b>"}}
    response_variable: seat
  - id: more
    kind: suggest
    suggestions: [How can I pay?]
  - id: there
    kind: redirect
    text: Our prices are on this page.
    button: See the prices
    url: https://prices.invalid/list
  - id: done
    kind: message
    text: "Seat {{seat.name}} for {{nick}}."
""",
    "cart": """
schema: 1
name: Look at the cart
slug: cart
trigger:
  description: When a customer wants their cart
  phrases: [show my cart]
steps:
  - id: script
    kind: javascript
    text: I can look into your cart here.
    button: Show my cart
    source: |
      window.ran = (window.ran ?? 0) + 1;
      if (window.broken) throw new RangeError("the cart is gone");
      deskhand.say("Looking …");
      return {items: window.items, language: deskhand.language};
    response_variable: cart
    on_error: failed
  - id: done
    kind: message
    text: "{{cart.items}} things ({{cart.language}})."
    next: end
  - id: failed
    kind: message
    text: That did not work.
""",
}


def publish(server: Server, documents: dict[str, str]) -> None:
    """Publish procedures."""
    for slug, document in documents.items():
        server.post("/v1/procedures", {"yaml": document})
        server.post(f"/v1/procedures/{slug}/publish")
