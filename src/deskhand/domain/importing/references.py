"""A description's own references (`#/…`), followed without ever leaving the document."""

from typing import Any
from urllib.parse import unquote

from deskhand.domain.phrases import phrase

MOST_HOPS = 50


class Unusable(Exception):
    """An operation cannot be imported; the message says why, as the end of a sentence."""


def literal(name: str) -> str:
    """A stranger's name for a field, as it may stand in a template without being one. Raises Unusable."""
    if "{{" in name:
        raise Unusable(phrase("its field `{name}` looks like a placeholder", name=name[:60]))
    return name


class Document:
    """An API description as plain data."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def at(self, pointer: str) -> Any:
        """What a reference leads to. Raises Unusable."""
        if not pointer.startswith("#"):
            raise Unusable(
                phrase("it refers to another document, `{pointer}`, which is not read", pointer=pointer[:120])
            )
        found: Any = self.data
        for part in pointer.lstrip("#").split("/")[1:]:
            name = unquote(part).replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and name.isdigit() and int(name) < len(found):
                found = found[int(name)]
            elif isinstance(found, dict) and name in found:
                found = found[name]
            else:
                raise Unusable(phrase("it refers to `{pointer}`, which is not there", pointer=pointer[:120]))
        return found

    def resolved(self, value: Any) -> dict[str, Any]:
        """An object, or the one that it refers to; an empty one for anything else. Raises Unusable."""
        for _ in range(MOST_HOPS):
            if not isinstance(value, dict):
                return {}
            reference = value.get("$ref")
            if not isinstance(reference, str):
                return value
            value = self.at(reference)
        raise Unusable(phrase("its references lead in a circle"))
