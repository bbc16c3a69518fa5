"""YAML as other people's tools write it: anchors and merges too, but nothing that grows without measure."""

import re
from typing import Any

import yaml

from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase

MOST_NODES = 2_000_000
"""Values that a description may have once every alias is written out."""
DEEPEST = 200

_TIME = "tag:yaml.org,2002:timestamp"
_BOOL = "tag:yaml.org,2002:bool"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader without dates, and with `true` and `false` as the only booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag not in (_TIME, _BOOL)]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _first in "tTfF":
    _Loader.yaml_implicit_resolvers.setdefault(_first, []).append(
        (_BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"))
    )


def read_lenient_yaml(text: str) -> Any:
    """The data of a YAML text, its keys as texts. Raises DocumentError."""
    try:
        _refuse_depths(text)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = phrase("line {line}, column {column}: ", line=mark.line + 1, column=mark.column + 1) if mark else ""
        raise DocumentError(phrase("{where}this cannot be read as YAML.", where=where)) from None
    if _size(data, {}, set()) > MOST_NODES:
        raise DocumentError("its aliases make it grow without measure.")
    return _with_text_keys(data)


def _refuse_depths(text: str) -> None:
    """Look at the nesting before anything is built: the library's own building would overflow the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise DocumentError("the description is nested too deeply.")


def _size(node: Any, known: dict[int, int], above: set[int]) -> int:
    """How many values there are with all aliases written out, each node looked at once."""
    if not isinstance(node, dict | list):
        return 1
    place = id(node)
    if place in above or len(above) > DEEPEST:
        raise DocumentError("an alias leads to itself, or the description is nested too deeply.")
    if place not in known:
        above.add(place)
        inner = node.values() if isinstance(node, dict) else node
        known[place] = 1 + sum(_size(one, known, above) for one in inner)
        above.discard(place)
    return known[place]


def _with_text_keys(node: Any) -> Any:
    if isinstance(node, dict):
        return {_text(key): _with_text_keys(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_text_keys(value) for value in node]
    return node if isinstance(node, str | int | float | bool) or node is None else str(node)


def _text(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)
