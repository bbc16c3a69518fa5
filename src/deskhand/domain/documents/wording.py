"""What the model's validation found, in plain words."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from deskhand.domain.documents.slugs import slugify
from deskhand.domain.faults import fault_of
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.procedure import Procedure, Trigger
from deskhand.domain.steps import STEP_KINDS
from deskhand.domain.steps.base import PATH, STEP_ID
from deskhand.domain.suggestions import closest, did_you_mean, listed, shortened
from deskhand.domain.variables import NAME, Variable

NO_STEPS = "there are no steps: add at least one."
Path = tuple[str | int, ...]

_EXPECTED = {
    "string_type": phrase("text"),
    "int_type": phrase("a whole number"),
    "int_from_float": phrase("a whole number"),
    "float_type": phrase("a number"),
    "bool_type": phrase("`true` or `false`"),
    "list_type": phrase("a list (lines that begin with `- `)"),
    "dict_type": phrase("a group of `name: value` lines"),
    "model_type": phrase("a group of `name: value` lines"),
    "model_attributes_type": phrase("a group of `name: value` lines"),
}
_LIMITS = {
    "greater_than": (phrase("more than"), "gt"),
    "greater_than_equal": (phrase("at least"), "ge"),
    "less_than": (phrase("less than"), "lt"),
    "less_than_equal": (phrase("at most"), "le"),
}


def sentence_for(error: ErrorDetails, path: Path, data: Mapping[str, Any]) -> str:
    """What is wrong at the path, and what to do.

    path: names and list positions in the document, without the names of models.
    """
    given, limits = error["input"], error.get("ctx", {})
    name = place(in_step(path))
    match error["type"]:
        case "missing":
            return phrase("{name} is missing{purpose}.", name=name, purpose=_purpose(path, data))
        case "extra_forbidden":
            return _unknown_field(path, data)
        case "union_tag_not_found" | "union_tag_invalid" if len(path) > 2:
            return _unknown_tag(place((*in_step(path), "kind")), given, str(limits.get("expected_tags", "")))
        case "union_tag_not_found":
            return phrase(
                "`kind` is missing: write which kind of step it is, one of {kinds}.", kinds=listed(STEP_KINDS)
            )
        case "union_tag_invalid":
            return unknown_kind(given)
        case "literal_error":
            return _no_choice(name, path, given, str(limits["expected"]))
        case "string_pattern_mismatch":
            return phrase(
                "{name} is {given}: {form}",
                name=name,
                given=shown(given),
                form=_form(str(limits["pattern"]), str(given)),
            )
        case "string_too_short":
            return phrase(
                "{name} is empty: it needs at least {least} character.", name=name, least=limits["min_length"]
            )
        case "string_too_long":
            return phrase(
                "{name} has {count} characters: at most {most} are allowed.",
                name=name,
                count=len(given),
                most=limits["max_length"],
            )
        case "too_short":
            return phrase("{name} is empty.", name=name) if path != ("steps",) else NO_STEPS
        case "too_long":
            hint = phrase(" Split the procedure into smaller ones.") if path == ("steps",) else ""
            return phrase(
                "{name} has {count} entries: at most {most} are allowed.{hint}",
                name=name,
                count=len(given),
                most=limits["max_length"],
                hint=hint,
            )
        case "value_error":
            return phrase("{name}: {fault}", name=name, fault=fault_of(error))
        case kind if kind in _LIMITS:
            words, key = _LIMITS[kind]
            return phrase(
                "{name} is {given}: it must be {words} {limit:g}.",
                name=name,
                given=shown(given),
                words=words,
                limit=limits[key],
            )
        case kind if kind in _EXPECTED:
            return wrong_type(name, _EXPECTED[kind], given)
    return phrase("{name} cannot hold {given}.", name=name, given=shown(given))


def union_sentence(errors: list[ErrorDetails], path: Path) -> str:
    """What is wrong where several types of value would do and none was given."""
    kinds = dict.fromkeys(_EXPECTED.get(error["type"], "") for error in errors)
    words = [kind for kind in kinds if kind and not (kind == "a whole number" and "a number" in kinds)]
    return wrong_type(
        place(in_step(path)), joined(words, phrase(" or ")) or phrase("another value"), errors[0]["input"]
    )


def wrong_type(name: str, expected: str, given: Any) -> str:
    """That another type of value is expected."""
    if given is None:
        return phrase(
            "{name} is empty: it must be {expected}. Write it, or leave the line out.", name=name, expected=expected
        )
    hint = (
        phrase(": put it in quotes.") if expected.startswith("text") and isinstance(given, bool | int | float) else "."
    )
    return phrase(
        "{name} must be {expected}, but is {given}{hint}", name=name, expected=expected, given=shown(given), hint=hint
    )


def unknown_kind(given: Any) -> str:
    """That there is no such kind of step."""
    kind = given.get("kind") if isinstance(given, dict) else given
    if not isinstance(kind, str):
        return phrase("`kind` must be the name of a step kind, one of {kinds}.", kinds=listed(STEP_KINDS))
    suggestion = did_you_mean(kind, STEP_KINDS) or "."
    return phrase(
        "`{kind}` is no step kind{suggestion} The kinds are {kinds}.",
        kind=shortened(kind),
        suggestion=suggestion,
        kinds=listed(STEP_KINDS),
    )


def _unknown_tag(name: str, given: Any, expected: str) -> str:
    """That a part of a step is of no kind that there is."""
    tag = given.get("kind") if isinstance(given, dict) else None
    if tag is None:
        return phrase("{name} is missing: write which kind it is.", name=name)
    choices = [choice.strip("'") for choice in expected.split(", ")]
    suggestion = did_you_mean(tag, choices) if isinstance(tag, str) else ""
    return phrase(
        "{name} is {tag}{suggestion} it must be one of {choices}.",
        name=name,
        tag=shown(tag),
        suggestion=suggestion or ":",
        choices=listed(choices),
    )


def shown(value: Any) -> str:
    """A value as a sentence shows it."""
    if value is None:
        return phrase("empty")
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, int | float):
        return (
            phrase("the number {value}", value=shortened(str(value), 30))
            if abs(value) < 1e15
            else phrase("a very large number")
        )
    if isinstance(value, str):
        return f"`{shortened(value)}`"
    return phrase("a list") if isinstance(value, list) else phrase("a group of fields")


def in_step(path: Path) -> Path:
    """The path as seen from its step, which is named beside the sentence."""
    return path[2:] if path[:1] == ("steps",) and len(path) > 2 else path


def place(path: Path) -> str:
    """The field as a person names it: `trigger.description`, `type` in entry 1 of `variables`."""
    if not path:
        return phrase("the document")
    numbers = [at for at, part in enumerate(path) if isinstance(part, int)]
    if not numbers:
        return f"`{shortened('.'.join(map(str, path)))}`"
    last = numbers[-1]
    entry = phrase("entry {number} of {list}", number=int(path[last]) + 1, list=place(path[:last]))
    rest = path[last + 1 :]
    return phrase("{field} in {entry}", field=place(rest), entry=entry) if rest else entry


def _model(path: Path, data: Mapping[str, Any]) -> tuple[type[BaseModel], str, Path]:
    """The model that a path leads into, what people call it, and the rest of the path."""
    match path:
        case ("trigger", _, *rest):
            return Trigger, phrase("the trigger"), (path[1], *rest)
        case ("variables", int(), _, *rest):
            return Variable, phrase("a variable"), (path[2], *rest)
        case ("steps", int(at), _, *rest):
            kind = data["steps"][at]["kind"]
            return STEP_KINDS[kind], phrase("a `{kind}` step", kind=kind), (path[2], *rest)
    return Procedure, phrase("a procedure"), path


def _fields(model: type[BaseModel]) -> dict[str, str]:
    return {info.alias or name: info.description or "" for name, info in model.model_fields.items()}


def purpose_of(description: str) -> str:
    """What a field is for: the first part of its description."""
    return description.split("; ")[0].rstrip(".")


def _purpose(path: Path, data: Mapping[str, Any]) -> str:
    model, _, rest = _model(path, data)
    described = _fields(model).get(str(rest[0]), "") if len(rest) == 1 else ""
    text = purpose_of(described)
    return phrase(": {purpose:small}", purpose=phrase(text)) if text else ""


def _unknown_field(path: Path, data: Mapping[str, Any]) -> str:
    model, thing, rest = _model(path, data)
    fields = _fields(model)
    word = str(rest[-1])
    if closest(word, fields):
        return phrase(
            "{field} is no field of {thing}{hint}", field=place(rest), thing=thing, hint=did_you_mean(word, fields)
        )
    return phrase(
        "{field} is no field of {thing}: it has {fields}.", field=place(rest), thing=thing, fields=listed(fields)
    )


def _no_choice(name: str, path: Path, given: Any, expected: str) -> str:
    if path == ("schema",):
        return phrase(
            "`schema` is {given}: this version of Deskhand knows the form 1; a newer one may know more.",
            given=shown(given),
        )
    choices = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
    suggestion = did_you_mean(given, choices) if isinstance(given, str) else ""
    sentence = phrase("{name} is {given}", name=name, given=shown(given))
    if suggestion:
        return phrase(
            "{sentence}{suggestion} It must be one of {choices}.",
            sentence=sentence,
            suggestion=suggestion,
            choices=listed(choices),
        )
    return phrase("{sentence}: it must be one of {choices}.", sentence=sentence, choices=listed(choices))


def _form(pattern: str, given: str) -> str:
    like = slugify(given)
    match pattern:
        case _ if pattern == SLUG:
            return phrase(
                "use lowercase letters, digits and single hyphens, such as `{like}`.", like=like or "refund-request"
            )
        case _ if pattern == STEP_ID:
            like = like if like[:1].isalpha() else f"step-{like}" if like else "ask_order"
            return phrase(
                "use lowercase letters, digits, `_` and `-`, beginning with a letter, at most 64, such as `{like}`.",
                like=like[:64],
            )
        case _ if pattern == NAME:
            like = like.replace("-", "_")
            like = like if like[:1].isalpha() else f"_{like}" if like else "order_id"
            return phrase(
                "use letters, digits and `_`, not beginning with a digit, at most 64, such as `{like}`.", like=like[:64]
            )
        case _ if pattern == PATH:
            return "write a variable's name, with dots into objects, such as `order.total`."
    return "it does not have the form that is needed here."
