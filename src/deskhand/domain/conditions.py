"""Conditions: eight operators over a value found by a dot path."""

from typing import Any, Literal, get_args

from deskhand.domain.values import is_empty, number_of, text_of

Operator = Literal["equals", "contains", "gt", "lt", "gte", "lte", "exists", "not_exists"]

OPERATORS: tuple[str, ...] = get_args(Operator)
NUMERIC_OPERATORS: frozenset[str] = frozenset({"gt", "lt", "gte", "lte"})
UNARY_OPERATORS: frozenset[str] = frozenset({"exists", "not_exists"})


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Any = _Missing()
"""What a path leads to when nothing is there."""


def look_up(path: tuple[str, ...], values: Any) -> Any:
    """Follow names into objects and numbers into lists; MISSING where the path leads nowhere."""
    found = values
    for part in path:
        if isinstance(found, dict):
            found = found.get(part, MISSING)
        elif isinstance(found, list) and part.isdecimal() and len(part) < 9 and int(part) < len(found):
            found = found[int(part)]
        else:
            return MISSING
        if found is MISSING:
            return MISSING
    return found


def holds(operator: Operator, left: Any, right: Any) -> bool:
    """Whether `left operator right` is true; a comparison that makes no sense is false.

    `equals` and `contains` compare text forms, so an API's boolean true equals `true`; where one side is a
    number they compare as numbers, so 5 equals 5.0 and "5". Two texts never do: the PIN "0123" is not "123".
    A numeric operator on what is no number is false.
    """
    match operator:
        case "exists":
            return left is not MISSING and not is_empty(left)
        case "not_exists":
            return left is MISSING or is_empty(left)
        case "equals":
            return left is not MISSING and _equal(left, right)
        case "contains":
            return left is not MISSING and _contains(left, right)
        case "gt" | "lt" | "gte" | "lte":
            return left is not MISSING and _compare(operator, number_of(left), number_of(right))


def _equal(left: Any, right: Any) -> bool:
    if text_of(left) == text_of(right):
        return True
    if isinstance(left, str) and isinstance(right, str):
        return False
    one, other = number_of(left), number_of(right)
    return one is not None and one == other


def _contains(left: Any, right: Any) -> bool:
    if isinstance(left, list):
        return any(_equal(item, right) for item in left)
    if isinstance(left, dict):
        return text_of(right) in left
    return text_of(right) in text_of(left)


def _compare(operator: str, left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return False
    return {"gt": left > right, "lt": left < right, "gte": left >= right, "lte": left <= right}[operator]
