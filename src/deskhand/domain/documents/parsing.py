"""From a document's text to plain data: mappings, lists, texts, numbers."""

import re
from typing import Any

from deskhand.domain.documents.json_reader import read_json
from deskhand.domain.documents.yaml_reader import read_yaml
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase

LARGEST = 1_000_000
"""Bytes that a document may have."""

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def parse_yaml(text: str, source: str = "") -> dict[str, Any]:
    """The document's fields, from YAML or, where the name ends in .json or the text begins with `{`, from JSON.

    source: the file's name, for the sentences. Keys are always texts.
    Raises DocumentError with line, column and what to do.
    """
    try:
        data = _parse(text.removeprefix("\ufeff"), source)
        if isinstance(data, dict):
            return data
        raise DocumentError(_no_mapping(data))
    except DocumentError as error:
        raise DocumentError(
            phrase("{source}: {why}", source=source, why=error.sentence) if source else error.sentence
        ) from None


def _parse(text: str, source: str) -> Any:
    if len(text) > LARGEST or len(text.encode(errors="replace")) > LARGEST:
        raise DocumentError("the document is larger than 1 MB: split it into several procedures.")
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        line, column = position(text, unreadable.start())
        raise DocumentError(
            phrase(
                "line {line}, column {column}: the character U+{code:04X} cannot be read: remove it, "
                'or write it as an escape in double quotes, such as "\\u0007".',
                line=line,
                column=column,
                code=ord(unreadable[0]),
            )
        )
    if source.lower().endswith(".json") or text.lstrip().startswith("{"):
        return read_json(text)
    return read_yaml(text)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _no_mapping(data: Any) -> str:
    if data is None:
        return "the document is empty: it should hold fields such as `name`, `trigger` and `steps`."
    kind = phrase("a list") if isinstance(data, list) else phrase("a single value")
    return phrase(
        "the document is {kind}: it should hold fields such as `name: …`, `trigger: …` and `steps: …`.", kind=kind
    )
