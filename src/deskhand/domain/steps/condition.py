"""Step `condition`: branches on a variable's value."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.conditions import NUMERIC_OPERATORS, UNARY_OPERATORS, Operator, holds, look_up
from deskhand.domain.frame import Frame, Goto, Move
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps.base import PATH, Exit, Read, StepBase, Surroundings
from deskhand.domain.templates import render_value
from deskhand.domain.values import NUMERIC, number_of


class ConditionStep(StepBase):
    """Goes one way if the comparison is true, the other way if not."""

    kind: Literal["condition"]
    variable: str = Field(pattern=PATH, description="What is compared, with dots into objects: `order.total`.")
    operator: Operator
    value: str | int | float | bool | None = Field(default=None, description="What it is compared with.")
    then: str = Field(description="The step to go to if true, or `end`.")
    otherwise: str = Field(alias="else", description="The step to go to if false, or `end`.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "refundable",
        "kind": "condition",
        "variable": "order.refundable",
        "operator": "equals",
        "value": True,
        "then": "refund",
        "else": "explain",
    }

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.variable.split("."))

    def exits(self) -> tuple[Exit, ...]:
        known = (self.path[0],)
        return (
            Exit("then", self.then, known if self.operator == "exists" else ()),
            Exit("else", self.otherwise, known if self.operator == "not_exists" else ()),
        )

    def texts(self) -> Iterator[tuple[str, str]]:
        if isinstance(self.value, str):
            yield "value", self.value

    def reads(self, around: Surroundings) -> Iterator[Read]:
        yield Read("variable", self.path, optional=self.operator in UNARY_OPERATORS)
        yield from super().reads(around)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if self.operator in UNARY_OPERATORS:
            if self.value is not None:
                yield self.problem(
                    "value", phrase("`{operator}` takes no `value`: remove it.", operator=self.operator), "value"
                )
        elif self.value is None:
            yield self.problem(
                "required",
                phrase("`value` is missing: `{operator}` needs something to compare with.", operator=self.operator),
                "value",
            )
        if self.operator in NUMERIC_OPERATORS:
            yield from self._numeric_problems(around)
        yield from super().check(around)

    def _numeric_problems(self, around: Surroundings) -> Iterator[Problem]:
        kind = around.procedure.types.get(self.variable)
        if kind is not None and kind not in NUMERIC:
            yield self.problem(
                "operator-type",
                phrase(
                    "`{operator}` compares numbers, but `{variable}` is {kind}: "
                    "collect it as a number, or use `equals` or `contains`.",
                    operator=self.operator,
                    variable=self.variable,
                    kind=kind,
                ),
                "operator",
            )
        literal = self.value is not None and "{{" not in str(self.value)
        if literal and number_of(self.value) is None:
            yield self.problem(
                "operator-type",
                phrase(
                    "`{operator}` compares numbers, but `value` is `{value}`: give a number.",
                    operator=self.operator,
                    value=self.value,
                ),
                "value",
            )

    def enter(self, frame: Frame) -> Move:
        scope = frame.scope()
        right = render_value(self.value, scope) if isinstance(self.value, str) else self.value
        met = holds(self.operator, look_up(self.path, scope.values), right)
        return Goto(self.then if met else self.otherwise)
