"""Typed values: what a customer typed becomes a value of the declared type, or a sentence about what was wrong."""

import json
import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator

from deskhand.domain.errors import DeskhandError
from deskhand.domain.untrusted import Unreadable, read_json
from deskhand.domain.yes_no import yes_or_no

TypeName = Literal["text", "number", "integer", "float", "boolean", "date", "email", "phone", "json"]

ValueType = Annotated[TypeName, BeforeValidator(lambda given: "text" if given == "string" else given)]
"""A variable's type; `string` is accepted as another word for `text`."""

TYPE_NAMES: tuple[str, ...] = (*get_args(TypeName), "string")

NUMERIC: frozenset[str] = frozenset({"number", "integer", "float"})

LONGEST = 10_000
"""Characters that one value may have."""

_PLAIN = re.compile(r"[+-]?\d{1,30}(\.\d{1,20})?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([ ,'\u00a0\u202f]\d{3})+(\.\d{1,20})?")
_DECIMAL_COMMA = re.compile(r"[+-]?(\d{1,30}|[1-9]\d{0,2}(\.\d{3})+),\d{1,20}")
_DATE_FORMS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
)
_TRUE = frozenset({"true", "yes", "y", "on", "1"})
_FALSE = frozenset({"false", "no", "n", "off", "0"})


class InvalidValue(DeskhandError):
    """The value does not fit its type. `key` names the engine's sentence for the customer."""

    def __init__(self, key: str, **parameters: str) -> None:
        super().__init__(key)
        self.key = key
        self.parameters = parameters


def parse(kind: TypeName, given: Any, region: str | None = None) -> Any:
    """Turn text (or a value that a form or an API gave) into a value of the type.

    region: two letters, for phone numbers written without a country code.
    Raises InvalidValue with the key of the sentence that says what was wrong.
    """
    if kind in NUMERIC and isinstance(given, int | float) and not isinstance(given, bool):
        return _of_kind(kind, given)
    if kind == "json" and given is not None and not isinstance(given, str):
        return _json_value(given)
    text = given.strip() if isinstance(given, str) else text_of(given).strip()
    if not text:
        raise InvalidValue("invalid_text")
    if len(text) > LONGEST:
        raise InvalidValue("invalid_too_long", limit=str(LONGEST))
    if kind == "phone":
        return _phone(text, region)
    return _PARSERS[kind](text)


def _json_value(given: Any) -> Any:
    """A value that JSON has: it knows no NaN and no infinity."""
    try:
        json.dumps(given, allow_nan=False)
    except (TypeError, ValueError):
        raise InvalidValue("invalid_json") from None
    return given


def text_of(value: Any) -> str:
    """The text form of a value: `true`, `5`, `a`, compact JSON for objects and lists, nothing for null."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def number_of(value: Any) -> int | float | None:
    """The value as a number, or None where it is none; booleans are no numbers."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        try:
            return _number(value.strip())
        except InvalidValue:
            return None
    return None


def is_empty(value: Any) -> bool:
    """Whether a value counts as not there: null, empty text, empty list or object."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def _number(text: str) -> int | float:
    if _PLAIN.fullmatch(text):
        plain = text
    elif _GROUPED.fullmatch(text):
        plain = re.sub(r"[ ,'\u00a0\u202f]", "", text)
    elif _DECIMAL_COMMA.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
    else:
        raise InvalidValue("invalid_number")
    return float(plain) if "." in plain else int(plain)


def _of_kind(kind: str, number: int | float) -> int | float:
    if kind == "integer":
        if isinstance(number, float) and not number.is_integer():
            raise InvalidValue("invalid_integer")
        return int(number)
    try:
        approximate = float(number)
    except OverflowError:  # an integer of hundreds of digits
        approximate = math.inf
    if not math.isfinite(approximate):
        raise InvalidValue("invalid_number")
    return approximate if kind == "float" else number


def _boolean(text: str) -> bool:
    word = text.lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    meant = yes_or_no(text)
    if meant is not None:
        return meant
    raise InvalidValue("invalid_boolean")


def _date(text: str) -> str:
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    try:
        return date.fromisoformat(text[:10]).isoformat() if text[10:11] in ("", "T", " ") else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> str:
    raise InvalidValue("invalid_date")


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise InvalidValue("invalid_email") from None


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except Unreadable:
        raise InvalidValue("invalid_json") from None


def _phone(text: str, region: str | None) -> str:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise InvalidValue("invalid_phone") from None
    if not phonenumbers.is_possible_number(number):
        raise InvalidValue("invalid_phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_PARSERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "number": _number,
    "integer": lambda text: _of_kind("integer", _number(text)),
    "float": lambda text: _of_kind("float", _number(text)),
    "boolean": _boolean,
    "date": _date,
    "email": _email,
    "json": _json,
}
