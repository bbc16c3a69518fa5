"""What comes from the customer's page: a form's values, a script's result."""

import json
from collections.abc import Iterable
from typing import Any

from deskhand.domain.frame import Frame
from deskhand.domain.sentences import sentence
from deskhand.domain.shown import FormField
from deskhand.domain.untrusted import Unreadable, read_json
from deskhand.domain.values import InvalidValue

LARGEST_FROM_BROWSER = 65_536


def read_form(
    fields: Iterable[FormField], given: dict[str, Any], frame: Frame
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a submitted form in their types, and what is wrong with it by field."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        raw = given.get(field.name)
        if raw is None or (raw == "" and not field.allow_empty):
            if field.default is not None:
                values[field.name] = field.default
            elif field.required:
                errors[field.name] = sentence("invalid_text", frame.given.language)
            else:
                values[field.name] = None
            continue
        try:
            values[field.name] = field.accept(raw, frame.given.region)
        except InvalidValue as error:
            errors[field.name] = sentence(error.key, frame.given.language, **error.parameters)
    return values, errors


def from_browser(value: Any, of: str = "script") -> tuple[Any, str | None]:
    """A result from the customer's page, read like any stranger's JSON, and what is wrong with it."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > LARGEST_FROM_BROWSER:
        return None, f"The {of}'s result is larger than {LARGEST_FROM_BROWSER} characters."
    try:
        return read_json(text), None
    except Unreadable as error:
        return None, f"The {of}'s result cannot be read: {error.sentence}."
