"""JSON Schema: what a value has to look like, where a type's name is not enough."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from deskhand.domain.phrases import phrase

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_UNSAFE = frozenset(
    {"pattern", "patternProperties", "format", "$schema", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor"}
)
"""Keywords of a stranger's schema that are left out: a pattern can take for ever, an address would be looked up."""

_NAMED = frozenset({"properties", "$defs", "definitions"})
"""Keywords whose keys are names that somebody chose."""

Schema = dict[str, Any]


def tame(schema: Any) -> Any:
    """A stranger's schema without the keywords that could do harm, and with references to itself only."""
    if isinstance(schema, list):
        return [tame(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    tamed: Schema = {}
    for key, value in schema.items():
        if key in _NAMED and isinstance(value, Mapping):
            tamed[key] = {name: tame(inner) for name, inner in value.items()}
        elif key in ("enum", "const", "default", "example", "examples"):
            tamed[key] = value
        elif key == "$ref" and not str(value).startswith("#"):
            continue
        elif key not in _UNSAFE:
            tamed[key] = tame(value)
    return tamed


def problem_with(value: Any, schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a value, in a sentence without a full stop, or None."""
    from referencing.exceptions import Unresolvable  # the library is slow to import, and few variables have a schema

    validator = _validator(json.dumps(schema, sort_keys=True))
    if validator is None:
        return phrase("its schema cannot be used")
    try:
        error = next(iter(validator.iter_errors(value)), None)
    except (Unresolvable, RecursionError):
        return phrase("its schema refers to something that is not there")
    return None if error is None else _told(error)


@lru_cache(maxsize=512)
def _validator(schema: str) -> "Draft202012Validator | None":
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    parsed = tame(json.loads(schema))
    try:
        Draft202012Validator.check_schema(parsed)
    except (SchemaError, RecursionError):
        return None
    return Draft202012Validator(parsed)


def _told(error: "ValidationError") -> str:
    place = ".".join(str(part) for part in error.absolute_path)
    where = f"`{place}`: " if place else ""
    return f"{where}{error.message[:200]}"
