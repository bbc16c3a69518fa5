"""Step `message`: tells the customer something."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.frame import Frame, Goto, Move
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text
from deskhand.domain.steps.base import Linear, Surroundings, text_fields


class MessageStep(Linear):
    """Sends a text to the customer."""

    kind: Literal["message"]
    text: Text = Field(description="What the customer reads; `{{variable}}` puts a value in.")

    sample: ClassVar[dict[str, Any]] = {"id": "thanks", "kind": "message", "text": "Thanks, {{name}}!"}

    def texts(self) -> Iterator[tuple[str, str]]:
        return text_fields("text", self.text)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if any(not version.strip() for _, version in self.texts()) or not self.text:
            yield self.problem("required", "`text` is empty: write what the customer shall read.", "text")
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        frame.say(frame.render(self.text))
        return Goto(self.next)
