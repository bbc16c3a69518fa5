"""Schemas of an API description as typed variables."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from deskhand.domain.importing.imported import plain, shortened, variable_name
from deskhand.domain.importing.references import Document, Unusable
from deskhand.domain.phrases import phrase
from deskhand.domain.schemas import tame
from deskhand.domain.values import LONGEST, ValueType
from deskhand.domain.variables import Variable

LARGEST_SCHEMA = 32_768
"""Characters of a variable's schema; a larger one is left out, and any JSON is taken."""
MOST_CHOICES = 200
DEEPEST = 40
"""Levels of `allOf` that are looked into."""
MOST_PARTS = 1000
"""Schemas that one `allOf` may come to: each level can double them."""

_TYPES: dict[str, ValueType] = {"integer": "integer", "number": "float", "boolean": "boolean", "string": "text"}
_FORMATS: dict[str, ValueType] = {"date": "date", "email": "email"}
_DROPPED = frozenset({"example", "examples", "externalDocs", "xml", "discriminator", "deprecated", "title"})


def variable(
    document: Document, name: str, schema: Any, *, required: bool, about: str = "", example: Any = None,
    taken: Collection[str] = (), suffix: str = "value", flat: bool = False,
) -> Variable:  # fmt: skip
    """A variable for a parameter or a field.

    flat: it goes into a URL, where objects and lists have no place: they are taken as text. Raises Unusable.
    """
    whole = _unwrapped(document, document.resolved(schema))
    kind, choices, own = _typed(document, whole, flat)
    text = about or str(whole.get("description") or "")
    seen = _first(example, whole.get("example"), *_listed(whole.get("examples")))
    longest = whole.get("maxLength")
    return Variable(
        name=variable_name(name, taken, suffix),
        type=kind,
        description=shortened(plain(text)),
        example=_example(seen),
        required=required,
        choices=choices,
        max_length=longest if kind == "text" and _is_length(longest) and not choices else None,
        sensitive=whole.get("format") == "password",
        json_schema=own,
    )


def properties(document: Document, schema: Any) -> tuple[dict[str, Any], set[str]] | None:
    """The fields of an object and the names of the required ones, or None where it has no fixed fields."""
    found: dict[str, Any] = {}
    required: set[str] = set()
    for count, part in enumerate(_parts(document, schema, 0)):
        if count > MOST_PARTS:
            raise Unusable(phrase("its schemas are made up of too many others"))
        if _leaves_fields_open(document, part):
            return None
        given = part.get("properties")
        found |= given if isinstance(given, dict) else {}
        required |= {name for name in _listed(part.get("required")) if isinstance(name, str)}
    return (found, required) if found else None


def _leaves_fields_open(document: Document, schema: dict[str, Any]) -> bool:
    """Whether there are fields that only one of several alternatives has; alternatives in what is required are none."""
    ways = [one for word in ("oneOf", "anyOf") for one in _listed(schema.get(word))]
    return bool(ways) and (
        not schema.get("properties") or any(document.resolved(one).get("properties") for one in ways)
    )


def _parts(document: Document, schema: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        raise Unusable(phrase("its schemas are nested too deeply"))
    whole = document.resolved(schema)
    for part in _listed(whole.get("allOf")):
        yield from _parts(document, part, depth + 1)
    yield whole


def _unwrapped(document: Document, schema: dict[str, Any]) -> dict[str, Any]:
    """A wrapper around one schema (`allOf` of one, or “this or null”) as that schema."""
    for _ in range(DEEPEST):
        if "type" in schema or "properties" in schema:
            return schema
        inner = [document.resolved(one) for word in ("allOf", "anyOf", "oneOf") for one in _listed(schema.get(word))]
        inner = [one for one in inner if one.get("type") != "null"]
        if len(inner) != 1:
            return schema
        schema = {**inner[0], **{key: value for key, value in schema.items() if key in ("description", "example")}}
    return schema


def _typed(
    document: Document, schema: dict[str, Any], flat: bool
) -> tuple[ValueType, list[str], dict[str, Any] | None]:
    kinds = [one for one in _listed(schema.get("type")) if one != "null"]
    kind = kinds[0] if len(kinds) == 1 and isinstance(kinds[0], str) else None
    choices = [one for one in _listed(schema.get("enum")) if isinstance(one, str | int | float | bool)]
    if kind in _TYPES or (kind is None and choices):
        own = _FORMATS.get(str(schema.get("format")), _TYPES.get(kind or "string", "text"))
        texts = [json.dumps(one) if isinstance(one, bool) else str(one) for one in choices]
        texts = [text for text in dict.fromkeys(texts) if text and len(text) <= 1000]
        return own, texts if len(texts) <= MOST_CHOICES and own != "boolean" else [], None
    if kind is None and not any(word in schema for word in ("properties", "items", "allOf", "anyOf", "oneOf")):
        return ("text" if flat else "json"), [], None
    if flat:
        return "text", [], None
    return "json", [], standalone(document, schema)


class _TooLarge(Exception):
    """A schema has more parts than its text may have characters."""


def standalone(document: Document, schema: Any) -> dict[str, Any] | None:
    """The schema with all that it refers to in its own `$defs`, recursive ones too; None where it is too large."""
    names: dict[str, str] = {}
    waiting: list[str] = []
    count = 0

    def rewritten(value: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > LARGEST_SCHEMA:  # each of them takes a character at least
            raise _TooLarge
        if depth > 100:
            raise Unusable(phrase("its schemas are nested too deeply"))
        if isinstance(value, list):
            return [rewritten(one, depth + 1) for one in value]
        if not isinstance(value, dict):
            return value
        reference = value.get("$ref")
        if isinstance(reference, str):
            if reference not in names:
                names[reference] = f"{reference.rsplit('/', 1)[-1][:60]}_{len(names)}"
                waiting.append(reference)
            return {"$ref": f"#/$defs/{names[reference]}"}
        kept = {key: one for key, one in value.items() if key not in _DROPPED and not str(key).startswith("x-")}
        return _modern({key: rewritten(one, depth + 1) for key, one in kept.items()})

    definitions: dict[str, Any] = {}
    try:
        whole = rewritten(schema, 0)
        while waiting:
            reference = waiting.pop()
            definitions[names[reference]] = rewritten(document.at(reference), 0)
    except _TooLarge:
        return None
    if definitions:
        whole = {**whole, "$defs": definitions}
    tamed: dict[str, Any] = tame(whole)
    try:
        return tamed if len(json.dumps(tamed)) <= LARGEST_SCHEMA else None
    except (TypeError, ValueError):
        return None  # a value that JSON does not have, such as a date of YAML's


def _modern(schema: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI 3.0's and Swagger's own words in those of JSON Schema 2020-12."""
    if schema.pop("nullable", None) is True and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
        if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(word), bool) and schema.pop(word) and bound in schema:
            schema[word] = schema.pop(bound)
    if schema.get("type") == "file":
        schema["type"] = "string"
    if not isinstance(schema.get("required", []), list):
        schema.pop("required")  # Swagger's parameters say it of themselves
    schema.pop("readOnly", None)
    schema.pop("writeOnly", None)
    return schema


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value] if isinstance(value, str) else []


def _first(*values: Any) -> Any:
    return next((one for one in values if one not in (None, "")), None)


def _example(value: Any) -> str | None:
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str | int | float):
        return str(value)[:200] or None
    return None


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST
