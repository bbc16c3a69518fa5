"""The text of an API description as plain data: JSON or YAML, however large descriptions are."""

from typing import Any

from deskhand.domain.documents.json_reader import read_json
from deskhand.domain.documents.yaml_reader import read_yaml
from deskhand.domain.errors import DocumentError

LARGEST = 16_000_000
"""Characters that a description may have."""


def read_description(text: str) -> dict[str, Any]:
    """The description's fields. Raises DocumentError with line, column and what to do."""
    if len(text) > LARGEST:
        raise DocumentError("the description is larger than 16 MB: take out what you do not need.")
    text = text.removeprefix("\ufeff")
    data = read_json(text) if text.lstrip()[:1] in ("{", "[") else read_yaml(text)
    if not isinstance(data, dict):
        raise DocumentError("this is no API description: it should be a mapping with `openapi` and `paths`.")
    return data
