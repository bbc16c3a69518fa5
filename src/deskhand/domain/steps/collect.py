"""Step `collect`: asks the customer for a value until it is valid."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.events import Answered, RunEvent
from deskhand.domain.frame import Finish, Frame, Goto, Move, Pause
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.questions import ask, take_answer
from deskhand.domain.sentences import Text
from deskhand.domain.state import ForAnswer
from deskhand.domain.steps.base import Exit, Linear, Surroundings, text_fields
from deskhand.domain.values import InvalidValue, TypeName, ValueType
from deskhand.domain.variables import NAME, RESERVED, fit


class CollectStep(Linear):
    """Asks a question, checks the answer and stores it in a variable."""

    kind: Literal["collect"]
    variable: str = Field(pattern=NAME, description="Where the answer is stored.")
    prompt: Text = Field(description="The question.")
    validation: ValueType = Field(default="text", description="What kind of answer is valid.")
    choices: list[str] = Field(default=[], description="The only valid answers, offered as buttons.")
    example: str | None = Field(default=None, description="A typical answer, such as A1001: it helps to find it.")
    invalid: Text | None = Field(default=None, description="What to say when the answer is not valid.")
    attempts: int = Field(default=5, ge=1, le=50, description="How many invalid answers end the asking.")
    on_too_many: str | None = Field(default=None, description="Where to go then; by default a person takes over.")

    pauses: ClassVar[bool] = True
    sample: ClassVar[dict[str, Any]] = {
        "id": "ask_email",
        "kind": "collect",
        "variable": "email",
        "prompt": "What is your email address?",
        "validation": "email",
    }

    def exits(self) -> tuple[Exit, ...]:
        gave_up = (Exit("on_too_many", self.on_too_many),) if self.on_too_many else ()
        return (*super().exits(), *gave_up)

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from text_fields("prompt", self.prompt)
        yield from text_fields("invalid", self.invalid)

    def writes(self) -> Mapping[str, TypeName | None]:
        return {self.variable: self.validation}

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if not self.prompt or any(not version.strip() for name, version in self.texts() if name == "prompt"):
            yield self.problem("required", "`prompt` is empty: write the question.", "prompt")
        if self.variable in RESERVED:
            yield self.problem(
                "reserved",
                phrase("`{name}` is a built-in name: choose another.", name=self.variable),
                "variable",
            )
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        if frame.take_ahead(self.variable) and self._fits(frame):
            return Goto(self.next)
        ask(
            frame,
            ForAnswer(
                variable=self.variable,
                type=self.validation,
                choices=self.choices,
                example=self.example,
                prompt=frame.render(self.prompt),
                sensitive=self.variable in frame.published.sensitive,
            ),
        )
        return Pause()

    def _fits(self, frame: Frame) -> bool:
        """Whether a value given ahead is valid here too: another step may ask for the same variable in another way."""
        try:
            value = fit(self.validation, self.choices, frame.variables[self.variable], frame.given.region)
        except InvalidValue:
            return False
        frame.assign(self.variable, value, "customer")
        return True

    def resume(self, frame: Frame, event: RunEvent) -> Move:
        if not isinstance(event, Answered):
            return Pause()
        taken = take_answer(frame, event, self.attempts, self.invalid)
        if taken is None:
            return Pause()
        if taken:
            frame.take_ahead(self.variable)
            return Goto(self.next)
        if self.on_too_many:
            return Goto(self.on_too_many)
        frame.say_sentence("too_many_tries")
        return Finish("escalated", f"No valid answer to “{frame.render(self.prompt)}” after {self.attempts} tries.")
