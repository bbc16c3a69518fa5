"""Step `end`: ends the run."""

from typing import Any, ClassVar, Literal

from deskhand.domain.frame import Finish, Frame, Move
from deskhand.domain.steps.base import Exit, StepBase


class EndStep(StepBase):
    """Ends the run; the conversation goes on normally."""

    kind: Literal["end"]

    sample: ClassVar[dict[str, Any]] = {"id": "done", "kind": "end"}

    def exits(self) -> tuple[Exit, ...]:
        return ()

    def enter(self, frame: Frame) -> Move:
        return Finish()
