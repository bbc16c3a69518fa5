"""Step `escalate`: hands the conversation over to a person and ends the run."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.frame import Finish, Frame, Move
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text
from deskhand.domain.steps.base import Exit, StepBase, Surroundings, text_fields


class EscalateStep(StepBase):
    """Tells the customer why, hands over to a person, ends the run."""

    kind: Literal["escalate"]
    reason: Text = Field(description="What the customer reads.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "to_a_person",
        "kind": "escalate",
        "reason": "This needs a closer look. A colleague will answer you shortly.",
    }

    def exits(self) -> tuple[Exit, ...]:
        return ()

    def texts(self) -> Iterator[tuple[str, str]]:
        return text_fields("reason", self.reason)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if not self.reason or any(not version.strip() for _, version in self.texts()):
            yield self.problem("required", "`reason` is empty: write what the customer shall read.", "reason")
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        text = frame.render(self.reason)
        frame.say(text)
        return Finish("escalated", text)
