"""A comparison as it is written in a document: a value found by a path, an operator, what it is compared with."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import Field

from deskhand.domain.conditions import NUMERIC_OPERATORS, UNARY_OPERATORS, Operator, holds, look_up
from deskhand.domain.errors import TemplateError
from deskhand.domain.model import Record
from deskhand.domain.phrases import phrase
from deskhand.domain.templates import Placeholder, Scope, placeholders, render_value
from deskhand.domain.values import number_of, text_of

PATH = r"^[A-Za-z_]\w*(\.([A-Za-z_][\w-]*|\d+))*$"
"""A name with dots into objects and numbers into lists."""


class Comparison(Record):
    """`variable operator value`; the value may hold placeholders."""

    variable: str = Field(pattern=PATH)
    operator: Operator = "equals"
    value: str | int | float | bool | None = None

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.variable.split("."))

    def placeholders(self) -> Iterator[Placeholder]:
        """What its value needs. Raises TemplateError."""
        return placeholders(self.value) if isinstance(self.value, str) else iter(())

    def holds(self, scope: Scope) -> bool:
        """Whether it is true; a value that is not there makes it false."""
        try:
            right: Any = render_value(self.value, scope) if isinstance(self.value, str) else self.value
        except TemplateError:
            return False
        if self.operator not in UNARY_OPERATORS and (right is None or right == ""):
            return False  # two values that are both missing are not the same one
        return holds(self.operator, look_up(self.path, scope.values), right)

    def problem(self) -> str | None:
        """What is wrong with it by itself, in a sentence, or None."""
        if self.operator in UNARY_OPERATORS:
            return (
                phrase("`{operator}` takes no `value`: remove it.", operator=self.operator)
                if self.value is not None
                else None
            )
        if self.value is None:
            return phrase(
                "`value` is missing: `{operator}` needs something to compare `{variable}` with.",
                operator=self.operator,
                variable=self.variable,
            )
        try:
            list(self.placeholders())
        except TemplateError as error:
            return error.sentence
        if self.operator in NUMERIC_OPERATORS and "{{" not in str(self.value) and number_of(self.value) is None:
            return phrase(
                "`{operator}` compares numbers, but `value` is `{value}`: give a number.",
                operator=self.operator,
                value=self.value,
            )
        return None

    def __str__(self) -> str:
        if self.operator in UNARY_OPERATORS:
            return f"{self.variable} {self.operator}"
        return f"{self.variable} {self.operator} {text_of(self.value)}"


def all_hold(comparisons: Iterable[Comparison], scope: Scope) -> bool:
    """Whether every one of them is true."""
    return all(comparison.holds(scope) for comparison in comparisons)
