"""The procedure editor as somebody at a keyboard and a mouse sees it."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server

STILL = """async () => {
    const place = () => document.querySelector(".react-flow__viewport").style.transform;
    for (let still = 0, last = ""; still < 10; last = place()) {
        await new Promise(requestAnimationFrame);
        still = place() === last ? still + 1 : 0;
    }
}"""


class Canvas:
    """One open editor."""

    def __init__(self, page: Page, demo: Server) -> None:
        self.page = page
        self._demo = demo
        self.pane = page.locator("[data-canvas]")

    def open(self, slug: str, search: str = "") -> "Canvas":
        """Open a procedure's editor and wait until it is drawn."""
        self.page.goto(f"{self._demo.address}/procedures/{slug}/edit{search}")
        expect(self.pane.locator(".react-flow__node").first).to_be_visible()
        return self

    def step(self, name: str) -> Locator:
        return self.page.locator(f"[data-step='{name}']")

    def steps(self) -> Locator:
        return self.page.locator("[data-step]")

    def way(self, source: str, exit: str) -> Locator:
        return self.page.locator(f".react-flow__edge[data-id='{source}>{exit}']")

    def handle(self, step: str, exit: str) -> Locator:
        return self.step(step).locator(f"[data-handleid='{exit}']")

    def drag_kind(self, label: str, to: Locator, x: float, y: float) -> None:
        """Drag a kind of step from the side bar onto a place inside something."""
        source = self.page.get_by_role("navigation", name="Steps").get_by_role("button", name=label, exact=True)
        source.drag_to(to, target_position={"x": x, "y": y})

    def connect(self, source: Locator, target: Locator) -> None:
        """Drag from an exit to a step or to the end."""
        expect(target).to_be_visible()
        self.still()
        source.hover()  # which waits until it does not move any more, as beside a panel that opens
        end = target.bounding_box()
        assert end is not None
        mouse = self.page.mouse
        mouse.down()
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
        mouse.up()

    def still(self) -> None:
        """Wait until the canvas does not move any more: whatever is selected comes into view by and by."""
        self.page.evaluate(STILL)

    def field(self, label: str) -> Locator:
        """A field of the selected step, by its label."""
        panel = self.page.get_by_role("tabpanel")
        return panel.get_by_role("textbox", name=label, exact=True)

    def write(self, label: str, text: str) -> None:
        field = self.field(label)
        field.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def saved(self) -> None:
        """Wait until the server has everything."""
        expect(self.page.locator("[data-save='saved']")).to_be_visible()

    def told(self) -> Locator:
        """What a screen reader was told last."""
        return self.page.locator("[data-announced]")

    def draft(self, slug: str) -> dict[str, Any]:
        """The document as the server has it."""
        document: dict[str, Any] = self._demo.get(f"/v1/procedures/{slug}")["document"]
        return document
