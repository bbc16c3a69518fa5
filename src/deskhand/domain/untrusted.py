"""Text and JSON from outside: bounded, and free of what no database or page can hold."""

import json
import math
import re
from typing import Any

from deskhand.domain.errors import DeskhandError
from deskhand.domain.phrases import phrase

DEEPEST = 64
LONGEST_INTEGER = 1000
_UNFIT = re.compile("[\x00\ud800-\udfff]")


class Unreadable(DeskhandError):
    """What came in cannot be read."""


def fit_text(text: str) -> str:
    """The text with NUL and lone surrogates replaced."""
    return _UNFIT.sub("\ufffd", text)


def fit_json(value: Any, depth: int = 0) -> Any:
    """The value with all its texts fit. Raises Unreadable where it is nested deeper than 64 levels."""
    if isinstance(value, str):
        return fit_text(value)
    if depth > DEEPEST:
        raise Unreadable(phrase("it is nested deeper than {most} levels", most=DEEPEST))
    if isinstance(value, dict):
        return {fit_text(key): fit_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [fit_json(item, depth + 1) for item in value]
    return value


def read_json(text: str) -> Any:
    """Parse JSON from outside. Raises Unreadable with what is wrong and where."""
    try:
        value = _DECODER.decode(text)
        # most answers hold nothing that would have to be replaced, and so few brackets that no level can be too deep
        plain = "\\u" not in text and not _UNFIT.search(text) and text.count("[") + text.count("{") <= DEEPEST
        return value if plain else fit_json(value)
    except RecursionError:
        raise Unreadable(phrase("it is nested deeper than {most} levels", most=DEEPEST)) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            phrase(
                "it is no JSON: {fault} (line {line}, column {column})",
                fault=error.msg,
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except ValueError as error:
        raise Unreadable(error.args[0]) from None


def _no_constant(name: str) -> Any:
    raise ValueError(phrase("{name} is no JSON number", name=name))


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise ValueError(phrase("an integer in it has more than {most} digits", most=LONGEST_INTEGER))
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(phrase("the number {digits} is too large", digits=digits[:40]))
    return number


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, parse_int=_integer)
