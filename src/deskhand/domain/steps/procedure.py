"""Step `procedure`: runs another procedure and comes back."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.effects import StartProcedure
from deskhand.domain.events import ChildEnded, RunEvent
from deskhand.domain.frame import Finish, Frame, Goto, Move, Pause
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.problems import Problem
from deskhand.domain.steps.base import Linear, Surroundings
from deskhand.domain.templates import render_value
from deskhand.domain.values import TypeName


class ProcedureStep(Linear):
    """Runs another procedure, with arguments; takes over the values that are wanted."""

    kind: Literal["procedure"]
    procedure: str = Field(pattern=SLUG, description="The other procedure, by its slug.")
    arguments: dict[str, str] = Field(default={}, description="The other one's variables, filled in.")
    outputs: dict[str, str] = Field(default={}, description="Variables to set here: `name: the other one's name`.")
    passes_on: bool = Field(default=False, description="Give the other one all variables of the same names, too.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "verify",
        "kind": "procedure",
        "procedure": "verify-customer",
        "arguments": {"email": "{{email}}"},
        "outputs": {"customer_id": "customer_id"},
    }

    def texts(self) -> Iterator[tuple[str, str]]:
        return ((f"arguments.{name}", template) for name, template in self.arguments.items())

    def writes(self) -> Mapping[str, TypeName | None]:
        return dict.fromkeys(self.outputs)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        yield from super().check(around)
        if self.procedure == around.procedure.slug:
            yield self.problem("recursion", "the procedure runs itself: use `next` to repeat steps.", "procedure")
        elif around.workspace_known and self.procedure not in around.procedures:
            yield self.problem(
                "unknown-procedure",
                phrase("there is no active procedure `{procedure}`: publish it first.", procedure=self.procedure),
                "procedure",
            )
        elif self.procedure in around.procedures:
            yield from self._argument_problems(around.procedures[self.procedure].declared)

    def _argument_problems(self, declared: Mapping[str, Any]) -> Iterator[Problem]:
        for name in self.arguments:
            if name not in declared:
                known = ", ".join(f"`{one}`" for one in declared) or phrase("none")
                yield self.problem(
                    "argument",
                    phrase(
                        "`{procedure}` declares no variable `{name}` (it declares {known}).",
                        procedure=self.procedure,
                        name=name,
                        known=known,
                    ),
                    "arguments",
                )

    def enter(self, frame: Frame) -> Move:
        arguments = self._passed_on(frame) if self.passes_on else {}
        arguments |= {name: render_value(template, frame.scope()) for name, template in self.arguments.items()}
        frame.emit(StartProcedure(procedure=self.procedure, arguments=arguments))
        return Pause()

    def _passed_on(self, frame: Frame) -> dict[str, Any]:
        """All variables but those that nobody may read, unless the other procedure keeps them so."""
        child = frame.published.procedures.get(self.procedure)
        hidden = frame.published.sensitive - (child.sensitive if child else frozenset())
        return {name: value for name, value in frame.variables.items() if name not in hidden}

    def resume(self, frame: Frame, event: RunEvent) -> Move:
        if not isinstance(event, ChildEnded):
            return Pause()
        frame.waiting = None
        if event.acted:
            frame.has_acted()
        if event.outcome != "completed":
            return Finish(event.outcome)
        for name, theirs in self.outputs.items():
            frame.assign(name, event.variables.get(theirs), self.id)
        return Goto(self.next)
