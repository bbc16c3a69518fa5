"""Members in the inbox, each in a browser of their own, and customers over the API."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.server import Server

OWN_PAGE = {"X-Deskhand": "dashboard"}
BEN = "ben@example.com"
PASSWORD = "a sentence is a good one"


def customer(demo: Server, *texts: str, **about: Any) -> str:
    """A customer opens a conversation and says all this."""
    conversation: str = demo.post("/v1/conversations", {"channel": "widget", **about})["id"]
    for text in texts:
        says(demo, conversation, text)
    return conversation


def says(demo: Server, conversation: str, text: str) -> None:
    demo.post(f"/v1/conversations/{conversation}/messages", {"text": text})


def log(demo: Server, conversation: str, kind: str) -> list[dict[str, Any]]:
    """The bodies of a conversation's entries of a kind."""
    entries = demo.get(f"/v1/conversations/{conversation}/entries")["items"]
    return [entry["body"] for entry in entries if entry["kind"] == kind]


def ben(chromium: Browser, demo: Server) -> BrowserContext:
    """A browser in which Ben, who is an agent, is signed in."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(15_000)
    known = [one["email"] for one in demo.get("/v1/members")["items"]]
    if BEN in known:
        body = {"email": BEN, "password": PASSWORD}
        answer = context.request.post(f"{demo.address}/v1/sign-in", data=body, headers=OWN_PAGE)
    else:
        link = demo.post("/v1/invitations", {"email": BEN, "role": "agent"})["link"]
        token = link.partition("token=")[2]
        body = {"name": "Ben", "password": PASSWORD}
        answer = context.request.post(f"{demo.address}/v1/join/{token}", data=body, headers=OWN_PAGE)
    assert answer.ok, answer.text()
    return context


class Inbox:
    """The inbox as a member sees it."""

    def __init__(self, page: Page, demo: Server) -> None:
        self.page = page
        self._demo = demo

    def open(self, conversation: str | None = None, queue: str = "all") -> "Inbox":
        """Open it, with a conversation if wanted."""
        place = f"/{conversation}" if conversation else ""
        self.page.goto(f"{self._demo.address}/inbox{place}?queue={queue}")
        if conversation:
            expect(self.thread).to_be_visible()
        return self

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log")

    def item(self, conversation: str) -> Locator:
        """Its row in the list."""
        return self.page.locator(f"a[data-conversation={conversation}]")

    def bubble(self, side: str, text: str) -> Locator:
        """A message of the customer, the agent, a member, or a note."""
        return self.thread.locator(f"[data-side={side}]").filter(has_text=text)

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Your reply to the customer")

    def reply(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def press(self, key: str) -> None:
        """Press a key where no field has the focus."""
        self.page.locator("body").press(key)
