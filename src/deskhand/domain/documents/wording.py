"""What the model's validation found, in plain words."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from deskhand.domain.documents.slugs import slugify
from deskhand.domain.preconditions import SLUG
from deskhand.domain.procedure import Procedure, Trigger
from deskhand.domain.steps import STEP_KINDS
from deskhand.domain.steps.base import PATH, STEP_ID
from deskhand.domain.suggestions import closest, did_you_mean, listed, shortened
from deskhand.domain.variables import NAME, Variable

Path = tuple[str | int, ...]

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "`true` or `false`",
    "list_type": "a list (lines that begin with `- `)",
    "dict_type": "a group of `name: value` lines",
    "model_type": "a group of `name: value` lines",
    "model_attributes_type": "a group of `name: value` lines",
}
_LIMITS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}


def sentence_for(error: ErrorDetails, path: Path, data: Mapping[str, Any]) -> str:
    """What is wrong at the path, and what to do.

    path: names and list positions in the document, without the names of models.
    """
    given, limits = error["input"], error.get("ctx", {})
    name = place(in_step(path))
    match error["type"]:
        case "missing":
            return f"{name} is missing{_purpose(path, data)}."
        case "extra_forbidden":
            return _unknown_field(path, data)
        case "union_tag_not_found":
            return f"`kind` is missing: write which kind of step it is, one of {listed(STEP_KINDS)}."
        case "union_tag_invalid":
            return unknown_kind(given)
        case "literal_error":
            return _no_choice(name, path, given, str(limits["expected"]))
        case "string_pattern_mismatch":
            return f"{name} is {shown(given)}: {_form(str(limits['pattern']), str(given))}"
        case "string_too_short":
            return f"{name} is empty: it needs at least {limits['min_length']} character."
        case "string_too_long":
            return f"{name} has {len(given)} characters: at most {limits['max_length']} are allowed."
        case "too_short":
            return "there are no steps: add at least one." if path == ("steps",) else f"{name} is empty."
        case "too_long":
            hint = " Split the procedure into smaller ones." if path == ("steps",) else ""
            return f"{name} has {len(given)} entries: at most {limits['max_length']} are allowed.{hint}"
        case kind if kind in _LIMITS:
            words, key = _LIMITS[kind]
            return f"{name} is {shown(given)}: it must be {words} {limits[key]:g}."
        case kind if kind in _EXPECTED:
            return wrong_type(name, _EXPECTED[kind], given)
    return f"{name} cannot hold {shown(given)}."


def union_sentence(errors: list[ErrorDetails], path: Path) -> str:
    """What is wrong where several types of value would do and none was given."""
    kinds = dict.fromkeys(_EXPECTED.get(error["type"], "") for error in errors)
    words = [kind for kind in kinds if kind and not (kind == "a whole number" and "a number" in kinds)]
    return wrong_type(place(in_step(path)), " or ".join(words) or "another value", errors[0]["input"])


def wrong_type(name: str, expected: str, given: Any) -> str:
    """That another type of value is expected."""
    if given is None:
        return f"{name} is empty: it must be {expected}. Write it, or leave the line out."
    hint = ": put it in quotes." if expected.startswith("text") and isinstance(given, bool | int | float) else "."
    return f"{name} must be {expected}, but is {shown(given)}{hint}"


def unknown_kind(given: Any) -> str:
    """That there is no such kind of step."""
    kind = given.get("kind") if isinstance(given, dict) else given
    if not isinstance(kind, str):
        return f"`kind` must be the name of a step kind, one of {listed(STEP_KINDS)}."
    suggestion = did_you_mean(kind, STEP_KINDS) or "."
    return f"`{shortened(kind)}` is no step kind{suggestion} The kinds are {listed(STEP_KINDS)}."


def shown(value: Any) -> str:
    """A value as a sentence shows it."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, int | float):
        return f"the number {shortened(str(value), 30)}" if abs(value) < 1e15 else "a very large number"
    if isinstance(value, str):
        return f"`{shortened(value)}`"
    return "a list" if isinstance(value, list) else "a group of fields"


def in_step(path: Path) -> Path:
    """The path as seen from its step, which is named beside the sentence."""
    return path[2:] if path[:1] == ("steps",) and len(path) > 2 else path


def place(path: Path) -> str:
    """The field as a person names it: `trigger.description`, `type` in entry 1 of `variables`."""
    if not path:
        return "the document"
    numbers = [at for at, part in enumerate(path) if isinstance(part, int)]
    if not numbers:
        return f"`{shortened('.'.join(map(str, path)))}`"
    last = numbers[-1]
    entry = f"entry {int(path[last]) + 1} of {place(path[:last])}"
    rest = path[last + 1 :]
    return f"{place(rest)} in {entry}" if rest else entry


def _model(path: Path, data: Mapping[str, Any]) -> tuple[type[BaseModel], str, Path]:
    """The model that a path leads into, what people call it, and the rest of the path."""
    match path:
        case ("trigger", _, *rest):
            return Trigger, "the trigger", (path[1], *rest)
        case ("variables", int(), _, *rest):
            return Variable, "a variable", (path[2], *rest)
        case ("steps", int(at), _, *rest):
            kind = data["steps"][at]["kind"]
            return STEP_KINDS[kind], f"a `{kind}` step", (path[2], *rest)
    return Procedure, "a procedure", path


def _fields(model: type[BaseModel]) -> dict[str, str]:
    return {info.alias or name: info.description or "" for name, info in model.model_fields.items()}


def _purpose(path: Path, data: Mapping[str, Any]) -> str:
    model, _, rest = _model(path, data)
    text = _fields(model).get(str(rest[0]), "").split("; ")[0].rstrip(".")
    return f": {text[0].lower()}{text[1:]}" if text else ""


def _unknown_field(path: Path, data: Mapping[str, Any]) -> str:
    model, thing, rest = _model(path, data)
    fields = _fields(model)
    word = str(rest[-1])
    if closest(word, fields):
        return f"{place(rest)} is no field of {thing}{did_you_mean(word, fields)}"
    return f"{place(rest)} is no field of {thing}: it has {listed(fields)}."


def _no_choice(name: str, path: Path, given: Any, expected: str) -> str:
    if path == ("schema",):
        return f"`schema` is {shown(given)}: this version of Deskhand knows the form 1; a newer one may know more."
    choices = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
    suggestion = did_you_mean(given, choices) if isinstance(given, str) else ""
    sentence = f"{name} is {shown(given)}"
    if suggestion:
        return f"{sentence}{suggestion} It must be one of {listed(choices)}."
    return f"{sentence}: it must be one of {listed(choices)}."


def _form(pattern: str, given: str) -> str:
    like = slugify(given)
    match pattern:
        case _ if pattern == SLUG:
            return f"use lowercase letters, digits and single hyphens, such as `{like or 'refund-request'}`."
        case _ if pattern == STEP_ID:
            like = like if like[:1].isalpha() else f"step-{like}" if like else "ask_order"
            return (
                "use lowercase letters, digits, `_` and `-`, beginning with a letter, at most 64, "
                f"such as `{like[:64]}`."
            )
        case _ if pattern == NAME:
            like = like.replace("-", "_")
            like = like if like[:1].isalpha() else f"_{like}" if like else "order_id"
            return f"use letters, digits and `_`, not beginning with a digit, at most 64, such as `{like[:64]}`."
        case _ if pattern == PATH:
            return "write a variable's name, with dots into objects, such as `order.total`."
    return "it does not have the form that is needed here."
