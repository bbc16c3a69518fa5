"""Step `redirect`: sends the customer to a page, with their click."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions.button import opens_safely, page_address
from deskhand.domain.effects import ShowButton
from deskhand.domain.events import Pressed, RunEvent
from deskhand.domain.frame import Frame, Goto, Move, Pause
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text, sentence
from deskhand.domain.shown import ShownButton
from deskhand.domain.state import ForClick
from deskhand.domain.steps.base import Linear, Surroundings, empty_texts, text_fields


class RedirectStep(Linear):
    """Shows a button that opens a page in place of the one where the customer is."""

    kind: Literal["redirect"]
    url: str = Field(description="Where it leads: a web page, `mailto:` or `tel:`. Filled in.")
    text: Text | None = Field(default=None, description="What stands above the button.")
    button: Text | None = Field(default=None, description="What stands on the button.")
    new_tab: bool = Field(default=False, description="Whether the page opens in a new tab.")

    pauses: ClassVar[bool] = True
    sample: ClassVar[dict[str, Any]] = {
        "id": "to_pricing",
        "kind": "redirect",
        "text": "Our prices are on this page.",
        "button": "See the prices",
        "url": "https://example.com/pricing",
    }

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from text_fields("text", self.text)
        yield from text_fields("button", self.button)
        yield "url", self.url

    def check(self, around: Surroundings) -> Iterator[Problem]:
        for name, text in (("text", self.text), ("button", self.button)):
            if text is not None:
                yield from empty_texts(self, name, text, phrase("what the customer shall read, or leave it out"))
        if not opens_safely(self.url):
            yield self.problem(
                "url", "it leads to a web page, `mailto:` or `tel:`; the host may not come from a variable.", "url"
            )
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        label = sentence("open_page", frame.given.language) if self.button is None else frame.render(self.button)
        text = "" if self.text is None else frame.render(self.text)
        button = ShownButton(text=text, label=label, url=page_address(self.url, frame.scope()), new_tab=self.new_tab)
        frame.waiting = ForClick(button=button)
        frame.emit(ShowButton(question=frame.question(), button=button))
        return Pause()

    def resume(self, frame: Frame, event: RunEvent) -> Move:
        if not isinstance(event, Pressed):
            return Pause()
        frame.waiting = None
        return Goto(self.next)
