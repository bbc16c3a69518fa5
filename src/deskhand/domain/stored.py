"""Stored records carry the number of their form; old forms are lifted when they are read."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from deskhand.domain.model import Record

SCHEMA = 1
"""The form that is written today."""

_PREFIX = '{"schema":1'

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[int, Upcaster] = {}
"""From each older form's number to a function that gives the next form."""

R = TypeVar("R", bound=Record)


def dump(record: Record) -> str:
    """The record as JSON, with the number of its form in front."""
    body = record.model_dump_json()
    return _PREFIX + ("," if len(body) > 2 else "") + body[1:]


def load(kind: type[R], text: str) -> R:
    """The record from JSON of this or any older form. Raises ValueError for a form from the future."""
    if text.startswith((_PREFIX + ",", _PREFIX + "}")):
        rest = text[len(_PREFIX) :]
        return kind.model_validate_json("{" + rest.removeprefix(","))
    data = json.loads(text)
    form = data.pop("schema", None) if isinstance(data, dict) else None
    if not isinstance(form, int) or not (form == SCHEMA or form in UPCASTERS):
        raise ValueError(f"this record has the form {form}; this version knows forms up to {SCHEMA}")
    while form < SCHEMA:
        data, form = UPCASTERS[form](data), form + 1
    return kind.model_validate(data)
