"""The page as the people in front of it see it."""

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=15_000)


class Desk:
    """What customers and members do on the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.banner = page.locator("#banner")
        self.timeline = page.locator("#timeline")
        self.composer = page.get_by_label("Your message")
        self.status = page.locator("#chat-status")

    def open(self, address: str) -> None:
        """Go there and wait until the page is ready."""
        self.page.goto(address)
        expect(self.page.locator("#desk")).to_be_visible()

    @property
    def conversation(self) -> str:
        """The conversation that the address names."""
        self.page.wait_for_url("**/#conv_*")
        return self.page.url.partition("#")[2]

    def say(self, text: str) -> None:
        """Write as the customer."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def hears(self, text: str) -> None:
        """The customer reads this, as the last message."""
        expect(self.page.locator("#log .message:not(.customer) .bubble").last).to_contain_text(text)

    def said(self, text: str) -> Locator:
        """The customer's bubbles with exactly this text."""
        return self.page.locator(".message.customer .bubble").get_by_text(text, exact=True)

    def choose(self, label: str) -> None:
        """Click an answer below the question."""
        self.page.locator("#choices").get_by_role("button", name=label, exact=True).click()

    def offer(self, name: str = "Send the care guide") -> Locator:
        """The card of what is offered, the last one of this name."""
        return self.page.get_by_role("group", name=name).last

    def ask_assistant(self, text: str) -> None:
        """Have the team's assistant do something, in its open tab."""
        self.page.get_by_label("Ask the assistant").fill(text)
        self.page.get_by_label("Ask the assistant").press("Enter")

    def press(self, label: str) -> None:
        """Press a button, wherever on the page it is."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def approval(self, status: str = "pending") -> Locator:
        """The card of this conversation's approval."""
        return self.page.locator(f".approval[data-here=true][data-status={status}]")

    def ask_for_refund(self, order: str, reason: str) -> None:
        """Talk up to the point where the order is looked up."""
        self.say("I want a refund")
        self.hears("order number")
        self.say(order)
        self.hears("reason for the refund")
        self.say(reason)
