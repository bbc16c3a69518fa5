"""From a procedure to its document: the canonical form, which reads well in a pull request."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from deskhand.domain.documents.scalars import needs_quotes
from deskhand.domain.procedure import DOCUMENT_SCHEMA, Procedure
from deskhand.domain.steps import StepBase

_INDICATORS = "-?:,[]{}#&*!|>'\"%@`="
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_ESCAPED = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LONGEST_KEY = 100
"""Characters of a key on one line with its value: YAML's readers give up on very long ones."""


def to_document(procedure: Procedure) -> dict[str, Any]:
    """The procedure's fields in their order, without those that have their default."""
    fields = procedure.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    steps = [_in_order(type(step), fields) for step, fields in zip(procedure.steps, fields["steps"], strict=True)]
    return {"schema": DOCUMENT_SCHEMA, **fields, "steps": steps}


def _in_order(kind: type[StepBase], fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as one reads a step: what it is, what it does, on which terms, and where it goes on."""
    return {name: fields[name] for name in _field_order(kind) if name in fields}


@cache
def _field_order(kind: type[StepBase]) -> tuple[str, ...]:
    names = ["id", "kind", "note"]
    for model in kind.__mro__[: kind.__mro__.index(StepBase)]:
        fields, inherited = (getattr(one, "model_fields", {}) for one in model.__mro__[:2])
        names += [name for name in fields if name not in inherited]
    return tuple(kind.model_fields[name].alias or name for name in dict.fromkeys(names))


def write_yaml(procedure: Procedure) -> str:
    """The procedure as YAML. Reading it gives an equal procedure; equal procedures give the same text."""
    document = to_document(procedure)
    steps = document.pop("steps")
    lines = [*_fields(document, 0), "", "steps:"]
    for number, step in enumerate(steps):
        if number:
            lines.append("")
        lines += _entry("-", step, 2)
    return "\n".join(lines) + "\n"


def write_data(data: Mapping[str, Any]) -> str:
    """Any document's fields as YAML."""
    return "\n".join(_fields(data, 0)) + "\n"


def _fields(mapping: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in mapping.items():
        if len(key) > _LONGEST_KEY:
            yield f"{' ' * indent}? {_scalar(key)}"
            yield from _entry(":", value, indent)
        else:
            yield from _entry(f"{_key(key)}:", value, indent)


def _block(value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _fields(value, indent)
    else:
        for item in value:
            yield from _entry("-", item, indent)


def _entry(prefix: str, value: Any, indent: int) -> Iterator[str]:
    """One field or list entry: its prefix and the value, on the same line where there is room."""
    pad = " " * indent
    if isinstance(value, dict | list) and value:
        nested = _block(value, indent + 2)
        # a list entry begins with the first field of its value; a field's value begins below
        yield f"{pad}- {next(nested)[indent + 2 :]}" if prefix == "-" else pad + prefix
        yield from nested
    elif isinstance(value, str) and _fits_a_block(value):
        yield f"{pad}{prefix} {'|' if value.endswith(chr(10)) else '|-'}"
        yield from (f"{pad}  {line}" if line else "" for line in value.removesuffix("\n").split("\n"))
    else:
        yield f"{pad}{prefix} {_scalar(value)}"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) and not needs_quotes(key) else _quoted(key)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)  # null, true, false, whole numbers, [] and {}


def _number(value: float) -> str:
    text = repr(value)
    return text if "." in text or "e" not in text else text.replace("e", ".0e")


def _is_plain(text: str) -> bool:
    """Whether the text stands for itself without quotes, for readers of YAML 1.2 and 1.1."""
    if needs_quotes(text) or text[0] in _INDICATORS or text != text.strip() or text.endswith(":"):
        return False
    return not any(sign in text for sign in (": ", " #", "\n", "\t")) and not _ESCAPED.search(text)


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text and not re.search(r"[\\\n\t]", text) and not _ESCAPED.search(text):
        return f"'{text}'"
    # a JSON text is a double-quoted YAML text; a few characters that JSON leaves alone need escapes
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _fits_a_block(text: str) -> bool:
    """Whether a text of several lines can stand as it is, with nothing that an editor would take away."""
    if "\n" not in text.removesuffix("\n") or _ESCAPED.search(text) or text.endswith("\n\n"):
        return False
    lines = text.removesuffix("\n").split("\n")
    return bool(lines[0]) and not lines[0][0].isspace() and all(line == line.rstrip() for line in lines)
