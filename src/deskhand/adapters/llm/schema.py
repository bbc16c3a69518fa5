"""The JSON Schema of an answer: the commands that make sense now, with the names that are valid now."""

from typing import Any

from deskhand.adapters.llm.offered import Offered
from deskhand.domain.values import TypeName
from deskhand.domain.variables import JSON_TYPES
from deskhand.ports.understanding import Candidate, Wanted

Schema = dict[str, Any]

MOST_COMMANDS = 10
LONGEST_REASON = 300
LONGEST_ANSWER = 4_000

# providers that hold an answer to its schema refuse formats that the standard does not know
_TYPES: dict[TypeName, Schema] = {kind: dict(schema) for kind, schema in JSON_TYPES.items() if kind != "phone"}
_TYPES["phone"] = {"type": "string"}


def value_schema(wanted: Wanted) -> Schema:
    """What a value has to look like."""
    schema = dict(_TYPES[wanted.type])
    if wanted.choices:
        schema["enum"] = list(wanted.choices)
    if wanted.description:
        schema["description"] = wanted.description
    if wanted.example:
        schema["examples"] = [wanted.example]
    return schema


def parameters(candidate: Candidate) -> Schema:
    """The values that a procedure or an action takes."""
    return {"type": "object", "properties": {one.name: value_schema(one) for one in candidate.wanted}}


def answer_schema(names: Offered) -> Schema:
    """The whole answer: commands, and words for a question that the knowledge answers."""
    one = {"anyOf": [_command(kind, names) for kind in names.kinds]}
    commands = {"type": "array", "maxItems": MOST_COMMANDS, "items": one}
    answer = _object(
        {
            "text": {"type": "string", "description": "The answer, in the customer's language."},
            "cites": {"type": "array", "minItems": 1, "items": {"type": "string", "enum": list(names.citable)}},
        },
        ["text", "cites"],
    )
    return _object({"commands": commands, "answer": answer}, ["commands"])


def _command(kind: str, names: Offered) -> Schema:
    fields = _FIELDS.get(kind, lambda _: {})(names)
    required = [name for name in fields if (kind, name) not in _OPTIONAL]
    return _object({"kind": {"type": "string", "const": kind}, **fields}, ["kind", *required])


def _object(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _one_of(names: Any) -> Schema:
    return {"type": "string", "enum": list(names)}


_VALUES: Schema = {"type": "object", "description": "Only what the customer said, by the names of the parameters."}

_OPTIONAL = frozenset({("resume", "procedure"), ("correct_variable", "value")})

_FIELDS: dict[str, Any] = {
    "start_procedure": lambda names: {"procedure": _one_of(names.procedures), "values": _VALUES},
    "use_action": lambda names: {"action": _one_of(names.actions), "values": _VALUES},
    "set_variables": lambda names: {
        "values": {
            "type": "object",
            "properties": {name: value_schema(one) for name, one in names.asked.items()},
            "additionalProperties": False,
        }
    },
    "correct_variable": lambda names: {"variable": _one_of(names.given), "value": {}},
    "resume": lambda names: {"procedure": _one_of(names.context.interrupted)},
    "clarify": lambda names: {
        "between": {"type": "array", "minItems": 2, "items": _one_of([*names.procedures, *names.actions])}
    },
    "hand_over": lambda _: {"reason": {"type": "string", "maxLength": LONGEST_REASON}},
    "small_talk": lambda _: {"about": _one_of(("greeting", "thanks", "goodbye"))},
}
