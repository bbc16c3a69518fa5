"""What is wrong with a request, in plain words."""

from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails

from deskhand.domain.faults import fault_of
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem

_EXPECTED = {
    "string": phrase("a text"),
    "int": phrase("a whole number"),
    "float": phrase("a number"),
    "bool": phrase("true or false"),
    "dict": phrase("an object"),
    "model": phrase("an object"),
    "list": phrase("a list"),
    "json": phrase("a JSON value"),
}
_OF_KINDS = ("auth", "test_auth")
_BOUNDS = {
    "greater_than_equal": (phrase("at least"), "ge"),
    "less_than_equal": (phrase("at most"), "le"),
    "greater_than": (phrase("more than"), "gt"),
    "less_than": (phrase("less than"), "lt"),
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


def _sentence(error: ErrorDetails) -> str:
    where, limits, kind = error["loc"][0], error.get("ctx") or {}, str(error["type"])
    name = f"`{_field(error['loc'])}`" if len(error["loc"]) > 1 else phrase("The request's body")
    match kind:
        case "missing":
            return phrase(
                "{name} is missing{there}.", name=name, there=phrase(" in the query") if where == "query" else ""
            )
        case "extra_forbidden":
            return phrase("{name} is no field of this request: leave it out.", name=name)
        case "string_too_short":
            return phrase("{name} must not be empty.", name=name)
        case "string_too_long":
            return phrase("{name} may have at most {most:,} characters.", name=name, most=limits["max_length"])
        case "string_pattern_mismatch":
            return phrase(
                "{name} is not of the form that it should have: {pattern}.", name=name, pattern=limits["pattern"]
            )
        case "too_long":
            return phrase("{name} may have at most {most:,} entries.", name=name, most=limits["max_length"])
        case "literal_error" | "enum":
            return phrase("{name} must be {expected}.", name=name, expected=_choices(limits["expected"]))
        case "value_error":
            return phrase("{name} {fault}", name=name, fault=fault_of(error))
        case "finite_number":
            return phrase("{name} must be a finite number.", name=name)
        case _ if kind in _BOUNDS:
            words, key = _BOUNDS[kind]
            return phrase("{name} must be {words} {limit}.", name=name, words=words, limit=limits[key])
        case _:
            expected = _EXPECTED.get(kind.split("_")[0])
            return (
                phrase("{name} must be {expected}.", name=name, expected=expected)
                if expected
                else phrase("{name} cannot be read: {fault}.", name=name, fault=fault_of(error))
            )


def _choices(expected: str) -> str:
    """The choices as the validation lists them: `'a', 'b' or 'c'`."""
    names, found, last = expected.rpartition(" or ")
    return phrase("{names} or {last}", names=names, last=last) if found else last
