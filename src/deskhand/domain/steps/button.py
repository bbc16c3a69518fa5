"""Step `button`: something to click."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions import AnyAction, ButtonAction
from deskhand.domain.actions.button import ButtonSpec, opens_safely
from deskhand.domain.problems import Problem
from deskhand.domain.requests import HttpRequest
from deskhand.domain.sentences import Text
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.steps.call_checks import request_problems
from deskhand.domain.steps.inline import InlineStep


class ButtonStep(InlineStep):
    """Shows a button; on a click the page opens a URL, or an HTTP request is sent."""

    kind: Literal["button"]
    text: Text | None = Field(default=None, description="What stands above the button.")
    button: Text = Field(description="What stands on the button.")
    url: str | None = Field(default=None, description="What the page opens on a click.")
    new_tab: bool = Field(default=True, description="Whether the page opens it in a new tab.")
    request: HttpRequest | None = Field(default=None, description="What is sent on a click, in place of a URL.")

    pauses: ClassVar[bool] = True
    sample: ClassVar[dict[str, Any]] = {
        "id": "book",
        "kind": "button",
        "button": "Book a demo",
        "url": "https://example.com/demo?email={{email}}",
    }

    def build(self) -> AnyAction:
        spec = ButtonSpec.model_construct(
            label=self.button, text=self.text, url=self.url, new_tab=self.new_tab, request=self.request
        )
        return ButtonAction.model_construct(
            kind="button", slug=self.slug, name=self.label(), button=spec, messages=self.messages
        )

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if (self.url is None) == (self.request is None):
            yield self.problem("required", "give either `url` or `request`.", "url")
            return
        if self.url is not None and not opens_safely(self.url):
            yield self.problem(
                "url", "a button opens a web page, `mailto:` or `tel:`; its host may not come from a variable.", "url"
            )
        if self.request is not None:
            yield from request_problems(self, self.request, around)
        yield from super().check(around)

    def label(self) -> str:
        return "Show a button"
