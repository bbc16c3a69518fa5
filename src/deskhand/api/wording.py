"""What is wrong with a request, in plain words."""

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError

from deskhand.domain.problems import Problem

_EXPECTED = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "dict": "an object",
    "model": "an object",
    "list": "a list",
    "json": "a JSON value",
}
_OF_KINDS = ("auth", "test_auth")
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "greater_than": ("more than", "gt"),
    "less_than": ("less than", "lt"),
}


def request_problems(error: RequestValidationError) -> list[Problem]:
    """One problem for each thing that is wrong with a request, with the path of its field."""
    return [
        Problem(code="request", field=_field(one["loc"]) or None, sentence=_sentence(one)) for one in error.errors()
    ]


def _field(location: tuple[Any, ...]) -> str:
    before = ("", *location)
    # behind an authentication's field stands its kind, which is part of no document
    return ".".join(str(part) for at, part in enumerate(location[1:], 1) if before[at] not in _OF_KINDS)


def _sentence(error: Mapping[str, Any]) -> str:
    where, limits, kind = error["loc"][0], error.get("ctx") or {}, str(error["type"])
    name = f"`{_field(error['loc'])}`" if len(error["loc"]) > 1 else "The request's body"
    match kind:
        case "missing":
            return f"{name} is missing{' in the query' if where == 'query' else ''}."
        case "extra_forbidden":
            return f"{name} is no field of this request: leave it out."
        case "string_too_short":
            return f"{name} must not be empty."
        case "string_too_long":
            return f"{name} may have at most {limits['max_length']:,} characters."
        case "string_pattern_mismatch":
            return f"{name} is not of the form that it should have: {limits['pattern']}."
        case "too_long":
            return f"{name} may have at most {limits['max_length']:,} entries."
        case "literal_error" | "enum":
            return f"{name} must be {limits['expected']}."
        case "value_error":
            return f"{name} {limits['error']}"
        case "finite_number":
            return f"{name} must be a finite number."
        case _ if kind in _BOUNDS:
            words, key = _BOUNDS[kind]
            return f"{name} must be {words} {limits[key]}."
        case _:
            expected = _EXPECTED.get(kind.split("_")[0])
            return f"{name} must be {expected}." if expected else f"{name} cannot be read: {error['msg']}."
