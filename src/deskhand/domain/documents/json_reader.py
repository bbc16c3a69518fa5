"""JSON documents, read as strictly as YAML ones."""

import json
import re
from typing import Any

from deskhand.domain.documents.scalars import finite, integer, not_finite
from deskhand.domain.documents.yaml_reader import DEEPEST, TOO_DEEP
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase
from deskhand.domain.suggestions import shortened

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def read_json(text: str) -> Any:
    """The data of a JSON text. Raises DocumentError."""
    _check_depth(text)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_mapping,
            parse_int=integer,
            parse_float=finite,
            parse_constant=not_finite,
        )
    except json.JSONDecodeError as error:
        raise DocumentError(
            phrase(
                "line {line}, column {column}: this is no JSON: {fault:small}.",
                line=error.lineno,
                column=error.colno,
                fault=error.msg,
            )
        ) from None
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = ord(error.object[error.start])
        raise DocumentError(
            phrase("the escape `\\u{half:04x}` is half a character: write both halves.", half=half)
        ) from None
    return data


def _check_depth(text: str) -> None:
    """Count brackets before anything is built, so that no nesting can exhaust the stack."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise DocumentError(phrase("line {line}, column {column}: {why}", line=line, column=column, why=TOO_DEEP))


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:
            raise DocumentError(phrase("the field `{key}` is there twice: remove one of the two.", key=shortened(key)))
        mapping[key] = value
    return mapping
