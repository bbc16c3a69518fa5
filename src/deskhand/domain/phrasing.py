"""Words for an answer that has no message: a plain list of its fields, with nothing in it that the answer has not."""

from typing import Any

from deskhand.domain.values import is_empty, text_of

MOST_LINES = 12
LONGEST_LINE = 300


def plain_list(answer: Any) -> str:
    """An answer's simple fields as lines `Name: value`; simple lists in a line; nothing for nothing."""
    if isinstance(answer, dict):
        lines = [line for name, value in answer.items() if (line := _line(str(name), value))]
        return "\n".join(lines[:MOST_LINES])
    if isinstance(answer, list):
        shown = [_short(text_of(item)) for item in answer if _simple(item)]
        return ", ".join(shown[:MOST_LINES])
    return "" if is_empty(answer) else _short(text_of(answer))


def _line(name: str, value: Any) -> str:
    if is_empty(value):
        return ""
    if _simple(value):
        text = text_of(value)
    elif isinstance(value, list) and all(_simple(item) for item in value):
        text = ", ".join(text_of(item) for item in value)
    else:
        return ""
    label = " ".join(name.replace("_", " ").replace("-", " ").split())
    return f"{label[:1].upper()}{label[1:]}: {_short(text)}"


def _simple(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"
