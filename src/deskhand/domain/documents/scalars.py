"""What a plain scalar means: YAML 1.2's core schema, where `no` is a text and `010` is ten."""

import math
import re

from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase

Scalar = bool | int | float | str | None

_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MOST_DIGITS = 300


def plain_value(text: str) -> Scalar:
    """The value of a scalar without quotes. Raises DocumentError for a number that no API could take."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return integer(text)
    if _OCTAL.fullmatch(text):
        return integer(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return integer(text[2:], 16)
    if _FLOAT.fullmatch(text):
        return finite(text)
    if _NOT_FINITE.fullmatch(text):
        return not_finite(text)
    return text


def integer(text: str, base: int = 10) -> int:
    """A whole number. Raises DocumentError where it is absurdly long."""
    if len(text) > _MOST_DIGITS:
        raise DocumentError(
            phrase("a number of {count} digits is too long: put it in quotes if it is a text.", count=len(text))
        )
    return int(text, base)


def finite(text: str) -> float:
    """A number with a fraction or exponent. Raises DocumentError where it is too large."""
    number = float(text)
    if not math.isfinite(number):
        raise DocumentError(
            phrase("the number `{text}` is too large: put it in quotes if it is a text.", text=text[:40])
        )
    return number


def not_finite(text: str) -> float:
    """Refuse infinity and what is no number. Raises DocumentError."""
    raise DocumentError(
        phrase("`{text}` is no number that an API could take: put it in quotes if it is a text.", text=text)
    )


_RESERVED_ELSEWHERE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "="})


def needs_quotes(text: str) -> bool:
    """Whether some YAML reader, old ones included, would take this scalar for something else than its text."""
    return not text or text[0] in "+-.0123456789" or text.lower() in _RESERVED_ELSEWHERE
