"""Step `set`: assigns a value to a variable."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.errors import TemplateError
from deskhand.domain.frame import Frame, Goto, Move
from deskhand.domain.model import Json
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps.base import Linear, Surroundings
from deskhand.domain.templates import placeholders, render_value
from deskhand.domain.values import TypeName
from deskhand.domain.variables import NAME, RESERVED


class SetStep(Linear):
    """Assigns a value; a lone `{{placeholder}}` keeps the value's type."""

    kind: Literal["set"]
    variable: str = Field(pattern=NAME, description="What is set.")
    value: Json = Field(description="The value; texts are filled in.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "summary",
        "kind": "set",
        "variable": "summary",
        "value": "Refund for order #{{order_id}}, reason: {{refund_reason}}",
    }

    def texts(self) -> Iterator[tuple[str, str]]:
        return (("value", text) for text in _strings(self.value))

    def writes(self) -> Mapping[str, TypeName | None]:
        return {self.variable: self._type()}

    def _type(self) -> TypeName | None:
        if isinstance(self.value, bool):
            return "boolean"
        if isinstance(self.value, int | float):
            return "number"
        if isinstance(self.value, str):
            try:
                # a text that is filled in may well hold a number; a fixed one is what it is
                return None if any(placeholders(self.value)) else "text"
            except TemplateError:
                return None
        return None

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if self.variable in RESERVED:
            yield self.problem(
                "reserved",
                phrase("`{name}` is a built-in name: choose another.", name=self.variable),
                "variable",
            )
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        frame.assign(self.variable, _fill(self.value, frame), self.id)
        return Goto(self.next)


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _fill(value: Json, frame: Frame) -> Any:
    if isinstance(value, str):
        return render_value(value, frame.scope())
    if isinstance(value, dict):
        return {key: _fill(item, frame) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, frame) for item in value]
    return value
