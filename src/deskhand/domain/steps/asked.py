"""What a step with an act says of itself to whoever has to agree to it."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, Literal

from deskhand.domain.deciding import Approvers
from deskhand.domain.effects import Act, Forgo, Why
from deskhand.domain.frame import Frame, Move
from deskhand.domain.state import WithAct
from deskhand.domain.steps.base import Linear
from deskhand.domain.steps.editing import Input

Stage = Literal["asking", "sending"]
"""When an act is checked: before anybody is asked for it, and right before it is sent."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that asks for a decision."""

    why: Why
    sentence: str


class AskedStep(Linear):
    """What is known of an act before and after people have agreed to it."""

    @abstractmethod
    def act(self, frame: Frame) -> Act:
        """What will be done, rendered to the byte. Raises TemplateError."""

    @abstractmethod
    def editable(self, frame: Frame) -> dict[str, Input]:
        """The values that the act is made of and that members may edit, by their names."""

    @abstractmethod
    def wanted(self, frame: Frame, act: Act) -> WithAct:
        """An act with its number in the run and its key."""

    @abstractmethod
    def intend(self, frame: Frame, wanted: WithAct) -> None:
        """Note an act that waits for somebody."""

    @abstractmethod
    def check_first(self, frame: Frame, wanted: WithAct, stage: Stage, intended: bool) -> Move:
        """What has to be true before somebody is asked, and again right before it is sent."""

    @abstractmethod
    def confirmation(self, frame: Frame) -> str | None:
        """What the customer is asked to agree to, filled in."""

    @abstractmethod
    def rule(self, frame: Frame, act: Act) -> Rule | None:
        """The rule that asks for an approval, or None."""

    @abstractmethod
    def decided_by(self) -> Approvers | None:
        """Who may decide; None for every member."""

    @abstractmethod
    def on_no_decision(self) -> str | None:
        """The step that follows when nobody decides in time; None where a person takes over."""

    @abstractmethod
    def describe(self, frame: Frame) -> str:
        """What is done, for the members: without values that nobody may read."""

    @abstractmethod
    def happened(self, frame: Frame, output: Any = None) -> Move:
        """It was found out that it happened."""

    def forgo(self, frame: Frame) -> None:
        """Give up what is waited for."""
        frame.emit(Forgo(run=frame.run.id, seq=frame.waiting.seq))
        frame.waiting = None
