"""Typed variables: what a procedure or an action needs to know."""

from typing import Any

from pydantic import Field

from deskhand.domain.model import Json, Record
from deskhand.domain.sentences import Text
from deskhand.domain.values import InvalidValue, TypeName, ValueType, parse, text_of

NAME = r"^[A-Za-z_][A-Za-z0-9_]{0,63}$"
"""What a variable may be called."""

RESERVED = frozenset(
    {
        "secrets", "conversation", "message", "lead", "agent", "contact", "error", "agent_id", "agent_name",
        "agent_number", "direction", "medium", "current_datetime",
    }
)  # fmt: skip
"""Names that mean something in every template and cannot be variables."""

CONTEXT = frozenset({"conversation", "message", "direction", "medium", "current_datetime"})
"""Those of them that have a value in every conversation."""


class Variable(Record):
    """One declared variable: asked for when it is required and nobody gave it."""

    name: str = Field(pattern=NAME)
    type: ValueType = "text"
    description: str = ""
    example: str | None = None
    required: bool = True
    default: Json = None
    choices: list[str] = []
    prompt: Text | None = None
    """How the customer is asked; made from the description where none is given."""


def fit(kind: TypeName, choices: list[str], given: Any, region: str | None = None) -> Any:
    """The given value in its type, and one of the choices where there are some. Raises InvalidValue."""
    value = parse(kind, given, region)
    if not choices:
        return value
    wanted = text_of(value).casefold()
    for choice in choices:
        if choice.casefold() == wanted or _means(kind, choice, region) == value:
            return parse(kind, choice, region)
    raise InvalidValue("invalid_choice", choices=", ".join(choices))


def _means(kind: TypeName, choice: str, region: str | None) -> Any:
    """A choice in its type: `1` and 1.0 are the same float. None where the choice does not fit the type."""
    try:
        return parse(kind, choice, region)
    except InvalidValue:
        return None
