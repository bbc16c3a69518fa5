"""Typed variables: what a procedure or an action needs to know."""

from typing import Any

from pydantic import Field

from deskhand.domain.comparisons import Comparison
from deskhand.domain.model import Json, Record, sparse
from deskhand.domain.schemas import problem_with
from deskhand.domain.sentences import Text
from deskhand.domain.values import LONGEST, InvalidValue, TypeName, ValueType, parse, text_of

NAME = r"^[A-Za-z_][A-Za-z0-9_]{0,63}$"
"""What a variable may be called."""

RESERVED = frozenset(
    {
        "secrets", "conversation", "message", "lead", "agent", "contact", "error", "agent_id", "agent_name",
        "agent_number", "direction", "medium", "current_datetime", "identity", "facts", "fetched",
    }
)  # fmt: skip
"""Names that mean something in every template and cannot be variables."""

CONTEXT = frozenset(
    {
        "conversation", "message", "lead", "agent", "contact", "agent_id", "agent_name", "agent_number", "direction",
        "medium", "current_datetime", "identity", "facts",
    }
)  # fmt: skip
"""Those of them that every template sees."""


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
    max_length: int | None = Field(default=None, ge=1, le=LONGEST)
    """Characters that its text form may have."""
    allow_empty: bool = False
    """Whether an empty text is a value: a form or a program may give one, a customer's message cannot."""
    sensitive: bool = False
    """A PIN or a password: masked in the timeline, the log and approvals."""
    ask_when: list[Comparison] = sparse([])
    """Asked for only where all of these hold for the answers so far; otherwise it is left out."""
    json_schema: dict[str, Json] | None = Field(default=None, alias="schema")
    """What a value of type `json` looks like, as JSON Schema."""

    def accept(self, given: Any, region: str | None = None) -> Any:
        """The given value as one of this variable. Raises InvalidValue."""
        if self.takes_empty(given):
            return ""
        value = fit(self.type, self.choices, self._spread(given), region)
        if self.max_length is not None and len(text_of(value)) > self.max_length:
            raise InvalidValue("invalid_too_long", limit=str(self.max_length))
        if self.json_schema is not None and problem_with(value, self.json_schema):
            raise InvalidValue("invalid_json")
        return value

    def takes_empty(self, given: Any) -> bool:
        """Whether the given value is an empty text, and that is a value here."""
        return self.allow_empty and self.type == "text" and isinstance(given, str) and not given.strip()

    def _spread(self, given: Any) -> Any:
        """Plain text for a list: its parts between commas."""
        if self.type != "json" or not isinstance(given, str) or given.lstrip()[:1] in ("[", "{", '"'):
            return given
        if self.json_schema is None or self.json_schema.get("type") != "array":
            return given
        items = self.json_schema.get("items")
        kind = items.get("type") if isinstance(items, dict) else None
        parts = [part.strip() for part in given.split(",") if part.strip()]
        return [parse("number", part) for part in parts] if kind in ("number", "integer") else parts

    def parameter(self) -> dict[str, Json]:
        """What a model is told of it, as JSON Schema."""
        about: dict[str, Json] = {**JSON_TYPES[self.type], **(self.json_schema or {})}
        if self.description:
            about["description"] = self.description
        if self.example is not None:
            about["examples"] = [self.example]
        if self.choices:
            about["enum"] = list(self.choices)
        if self.default is not None:
            about["default"] = self.default
        if self.max_length is not None:
            about["maxLength"] = self.max_length
        return about


JSON_TYPES: dict[TypeName, dict[str, Json]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "float": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string", "format": "phone"},
    "json": {},
}
"""Each type as JSON Schema."""


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


def typed_default(variable: Variable, region: str | None = None) -> Any:
    """The default in the variable's type; one that does not fit, such as an empty text, stays as it is written."""
    try:
        return variable.accept(variable.default, region)
    except InvalidValue:
        return variable.default


def _means(kind: TypeName, choice: str, region: str | None) -> Any:
    """A choice in its type: `1` and 1.0 are the same float. None where the choice does not fit the type."""
    try:
        return parse(kind, choice, region)
    except InvalidValue:
        return None
