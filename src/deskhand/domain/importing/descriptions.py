"""The text of an API description as plain data: JSON or YAML, however large descriptions are."""

from typing import Any

from deskhand.domain.documents.json_reader import read_json
from deskhand.domain.documents.yaml_reader import read_yaml
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing.lenient_yaml import read_lenient_yaml

LARGEST = 64_000_000
"""Characters that a description may have."""
LARGEST_FETCHED = 32_000_000
"""Bytes that are fetched from an address."""


def read_description(text: str) -> dict[str, Any]:
    """The description's fields. Raises DocumentError with line, column and what to do."""
    if len(text) > LARGEST:
        raise DocumentError("the description is larger than 64 MB: take out what you do not need.")
    text = text.removeprefix("\ufeff")
    data = _read(text)
    if not isinstance(data, dict):
        raise DocumentError("this is no API description: it should be a mapping with `openapi` and `paths`.")
    return data


def _read(text: str) -> Any:
    """Our own readers say best what is wrong; what they refuse in our documents may stand in those of others."""
    try:
        return read_json(text) if text.lstrip()[:1] in ("{", "[") else read_yaml(text)
    except DocumentError as refused:
        try:
            return read_lenient_yaml(text)
        except DocumentError as hopeless:
            raise (hopeless if "alias" in hopeless.sentence else refused) from None
